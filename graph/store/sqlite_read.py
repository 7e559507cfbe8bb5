"""What an SQLite graph answers by id: its documents, statements, concepts, nodes and edges.

Each function reads through the ``seen_`` views of :func:`graph.store.sqlite_schema.look_through` and so knows nothing
of access.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Sequence

from corpus.errors import KluwenError
from graph import derive
from graph.model import (
    Concept,
    Document,
    Edge,
    Kind,
    Link,
    Node,
    Passage,
    Relation,
    Statement,
    Theme,
    actor_id,
    theme_id,
)
from graph.store import picking, sqlite_rim
from graph.store import sqlite_rows as rows
from graph.store.base import Filters

_THEMES = {theme_id(theme): theme for theme in Theme}
_MOST_REDIRECTS = 50


def documents(connection: sqlite3.Connection, ids: Collection[str] | None = None) -> list[Document]:
    only = "" if ids is None else "WHERE id IN (SELECT value FROM json_each(?1))"
    found = connection.execute(
        f"SELECT {rows.DOCUMENT} FROM seen_document {only}", () if ids is None else (rows.many(ids),)
    )
    return picking.by_title(map(rows.document, found))


def same_source(connection: sqlite3.Connection, document_id: str) -> list[Document]:
    query = (
        f"SELECT {rows.DOCUMENT} FROM seen_document"
        " WHERE source = (SELECT source FROM seen_document WHERE id = ?1) AND id <> ?1"
    )
    return picking.by_title(map(rows.document, connection.execute(query, (document_id,))))


def document(connection: sqlite3.Connection, key: str) -> Document:
    return picking.pick(documents(connection), key)


def passages(connection: sqlite3.Connection, ids: Collection[str] | None, document_id: str | None) -> list[Passage]:
    only = "WHERE d.id = :document" if document_id is not None else ""
    if ids is None:
        query = f"SELECT {rows.PASSAGE} FROM {rows.PASSAGES} {only} ORDER BY p.document, p.place"
    else:
        query = (
            f"SELECT {rows.PASSAGE} FROM json_each(:ids) j CROSS JOIN seen_passage p ON p.id = j.value"
            f" JOIN document d ON d.n = p.document {only} ORDER BY j.key"
        )
    return [
        rows.passage(row) for row in connection.execute(query, {"ids": rows.many(_once(ids)), "document": document_id})
    ]


def statements(
    connection: sqlite3.Connection,
    ids: Collection[str] | None,
    document_id: str | None,
    concept_ids: Collection[str] | None,
) -> list[Statement]:
    tables = rows.STATEMENTS
    where, order = [], "d.title COLLATE NOCASE, s.document, s.place"
    if ids is not None:
        tables = f"json_each(:ids) j CROSS JOIN {tables}"
        where, order = ["s.id = j.value"], "j.key"
    if document_id is not None:
        where.append("d.id = :document")
    if concept_ids is not None:
        where.append("s.concept IN (SELECT value FROM json_each(:concepts))")
        concept_ids = list(redirected(connection, concept_ids).values())
    query = f"SELECT {rows.STATEMENT} FROM {tables} {'WHERE ' if where else ''}{' AND '.join(where)} ORDER BY {order}"
    values = {"ids": rows.many(_once(ids)), "document": document_id, "concepts": rows.many(_once(concept_ids))}
    return [rows.statement(row) for row in connection.execute(query, values)]


def links(connection: sqlite3.Connection, statement_ids: Collection[str] | None) -> list[Link]:
    if statement_ids is None:
        query = f"SELECT {rows.LINK} FROM {rows.LINKS} ORDER BY l.n"
    else:
        asked = "SELECT s.n FROM json_each(:ids) j JOIN statement s ON s.id = j.value"
        query = (
            f"SELECT {rows.LINK} FROM {rows.LINKS} WHERE l.n IN (SELECT n FROM link WHERE source IN ({asked})"
            f" UNION SELECT n FROM link WHERE target IN ({asked})) ORDER BY l.n"
        )
    return [rows.link(row) for row in connection.execute(query, {"ids": rows.many(_once(statement_ids))})]


def concepts(connection: sqlite3.Connection, ids: Collection[str] | None) -> list[Concept]:
    """In the order of ``ids``, else by support."""
    if ids is None:
        query = f"SELECT {rows.VOICE} FROM {rows.VOICES} ORDER BY s.n"
        return derive.by_support(derive.concepts(map(rows.voice, connection.execute(query))))
    wanted = redirected(connection, ids)
    found = {c.id: c for c in derive.concepts(voices(connection, set(wanted.values())))}
    return [found[id] for id in dict.fromkeys(wanted.values()) if id in found]


def voices(connection: sqlite3.Connection, concept_ids: Collection[str]) -> list[derive.Voice]:
    """What the seen statements of these concepts say."""
    query = (
        f"SELECT {rows.VOICE} FROM {rows.VOICES} WHERE s.n IN"
        " (SELECT e.statement FROM json_each(?) j JOIN seen_expresses e ON e.concept = j.value) ORDER BY s.n"
    )
    return [rows.voice(row) for row in connection.execute(query, (rows.many(concept_ids),))]


def passing(connection: sqlite3.Connection, found: Iterable[Concept], filters: Filters) -> list[Concept]:
    """Those of the concepts that pass the filters."""
    inside: set[str] | None = None
    if filters.documents:
        query = "SELECT DISTINCT s.concept FROM seen_statement s JOIN document d ON d.n = s.document WHERE d.id IN (SELECT value FROM json_each(?))"
        inside = {row[0] for row in connection.execute(query, (rows.many(filters.documents),))}
    return picking.passing(found, filters, inside)


def nodes(connection: sqlite3.Connection, ids: Collection[str]) -> list[Node]:
    known = dict.fromkeys(redirected(connection, ids).values())
    found = {c.id: derive.node(c) for c in concepts(connection, [id for id in known if id.startswith("con-")])}
    rim = [id for id in known if id not in found]
    found |= {n.id: n for n in sqlite_rim.nodes(connection, rim)}
    return [found[id] for id in known if id in found]


def edges(connection: sqlite3.Connection, ids: Collection[str]) -> list[Edge]:
    known = list(dict.fromkeys(redirected(connection, ids).values()))
    asked = rows.many(known)
    stands = "SELECT e.statement FROM json_each(?1) j JOIN seen_expresses e ON e.concept = j.value"
    query = (
        f"SELECT {rows.CLAIM} FROM {rows.CLAIMS} WHERE l.n IN (SELECT n FROM link WHERE source IN ({stands})"
        f" UNION SELECT n FROM link WHERE target IN ({stands})) ORDER BY l.n"
    )
    found = derive.claim_edges(rows.claim(row) for row in connection.execute(query, (asked,)))
    said = {v.id: v for v in voices(connection, known)}
    rim = {id for id in known if not id.startswith("con-")}
    query = (
        f"SELECT {rows.VOICE} FROM {rows.VOICES} WHERE s.n IN (SELECT m.statement FROM json_each(?1) j"
        " JOIN mention m ON m.actor = j.value) OR s.theme IN (SELECT value FROM json_each(?2)) ORDER BY s.n"
    )
    themes = [_THEMES[id].value for id in rim if id in _THEMES]
    if rim:
        at_rim = map(rows.voice, connection.execute(query, (rows.many(rim), rows.many(themes))))
        said |= {v.id: v for v in at_rim}
    names = {name: actor_id(name) for v in said.values() for name in (*v.actors, *v.experienced_by)}
    touched = set(known)
    return found + [e for e in derive.rim_edges(said.values(), names) if e.source in touched or e.target in touched]


def claims(connection: sqlite3.Connection) -> list[Edge]:
    query = f"SELECT {rows.CLAIM} FROM {rows.CLAIMS} ORDER BY l.n"
    return derive.claim_edges(rows.claim(row) for row in connection.execute(query))


def resolve(connection: sqlite3.Connection, id: str) -> str:
    found = redirected(connection, [id]).get(id)
    if found is None or not nodes(connection, [found]):
        raise KluwenError("store.node_missing", id=id)
    return found


def redirected(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, str]:
    """The id of the node that each of the ids stands for: a statement's concept, where a redirect ends, or itself."""
    result = dict(zip(ids, ids, strict=True))
    statements = [id for id in ids if id.startswith("st-")]
    if statements:
        query = "SELECT s.id, s.concept FROM json_each(?) j CROSS JOIN seen_statement s ON s.id = j.value"
        result |= connection.execute(query, (rows.many(statements),)).fetchall()
    open_ = {id: id for id in ids if id.startswith("con-")}
    for _ in range(_MOST_REDIRECTS):
        # a concept that is there needs no redirect, even if one was made while it was away
        gone = set(open_.values()) - _there(connection, open_.values())
        # what became one with another is still known by its wording
        query = (
            "SELECT e.key, e.concept FROM json_each(?) j CROSS JOIN seen_expresses e ON e.key = j.value"
            " ORDER BY e.statement DESC"
        )
        joined = dict(connection.execute(query, (rows.many(gone),)).fetchall()) if gone else {}
        open_ = {id: joined.get(at, at) for id, at in open_.items()}
        gone -= joined.keys()
        query = "SELECT j.value, r.new FROM json_each(?) j CROSS JOIN seen_redirect r ON r.old = j.value ORDER BY r.n"
        steps = dict(connection.execute(query, (rows.many(gone),)).fetchall()) if gone else {}
        if not steps:
            break
        open_ = {id: steps.get(at, at) for id, at in open_.items()}
    return result | open_


def _there(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    query = (
        "SELECT DISTINCT e.concept FROM json_each(?) j CROSS JOIN seen_expresses e ON e.concept = j.value"
        " JOIN seen_statement s ON s.n = e.statement"
    )
    return {row[0] for row in connection.execute(query, (rows.many(ids),))}


def counts(
    connection: sqlite3.Connection, all_concepts: Sequence[Concept], all_claims: Sequence[Edge]
) -> dict[str, int]:
    def one(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    statements = one("SELECT count(*) FROM seen_statement")
    passages = one("SELECT count(*) FROM seen_passage")
    kinds = {kind: sum(c.kind == kind for c in all_concepts) for kind in Kind}
    relations = {
        r: sum(e.relation == r for e in all_claims) for r in (Relation.CAUSED_BY, Relation.LEADS_TO, Relation.ADDRESSES)
    }
    experienced = (
        "SELECT count(*) FROM (SELECT DISTINCT s.concept, m.actor FROM seen_mention m"
        " JOIN seen_statement s ON s.n = m.statement WHERE m.relation = '{}'{})"
    )
    return {
        "Document": one("SELECT count(*) FROM seen_document"),
        "Passage": passages,
        "Statement": statements,
        "Bottleneck": kinds[Kind.BOTTLENECK],
        "Cause": kinds[Kind.CAUSE],
        "Solution": kinds[Kind.SOLUTION],
        "Actor": one("SELECT count(DISTINCT actor) FROM seen_mention"),
        "Theme": one("SELECT count(DISTINCT theme) FROM seen_statement"),
        "PART_OF": passages,
        "FROM": statements,
        "EXPRESSES": statements,
        "CAUSED_BY": relations[Relation.CAUSED_BY],
        "LEADS_TO": relations[Relation.LEADS_TO],
        "ADDRESSES": relations[Relation.ADDRESSES],
        "EXPERIENCED_BY": one(experienced.format("EXPERIENCED_BY", " AND s.kind = 'bottleneck'")),
        "INVOLVES": one(experienced.format("INVOLVES", "")),
        "ABOUT": one(
            "SELECT count(*) FROM (SELECT DISTINCT concept, theme FROM seen_statement WHERE theme IS NOT NULL)"
        ),
    }


def documents_of(connection: sqlite3.Connection, statement_ids: Collection[str] | None) -> dict[str, int]:
    """How many of the statements each document has, by its id; most first."""
    only = "" if statement_ids is None else "WHERE s.id IN (SELECT value FROM json_each(?1))"
    query = (
        f"SELECT d.id, count(*) FROM seen_statement s JOIN document d ON d.n = s.document {only}"
        " GROUP BY d.id ORDER BY 2 DESC, 1"
    )
    return dict(connection.execute(query, (rows.many(_once(statement_ids)),) if only else ()).fetchall())


def concepts_of(connection: sqlite3.Connection, statement_ids: Collection[str]) -> list[str]:
    """The ids of the concepts that the statements express."""
    query = "SELECT DISTINCT s.concept FROM json_each(?) j CROSS JOIN seen_statement s ON s.id = j.value"
    return [row[0] for row in connection.execute(query, (rows.many(statement_ids),))]


def _once(ids: Collection[str] | None) -> list[str]:
    return list(dict.fromkeys(ids or ()))
