"""What a Neo4j graph answers by id: its documents, statements, concepts, nodes and edges.

Every query holds ``IN $seen`` on the access of what it returns. What a concept is and which edges run between concepts
is worked out from the statements that the session may see (:mod:`graph.derive`), as on SQLite; the concepts that stand
in the graph for people (:mod:`graph.store.neo4j_concepts`) say what all statements say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TypeVar

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
from graph.store import neo4j_rim, picking
from graph.store import neo4j_rows as rows
from graph.store.base import Filters
from graph.store.neo4j_server import Ask

_T = TypeVar("_T", Passage, Statement)
_THEMES = {theme_id(theme): theme for theme in Theme}
_MOST_REDIRECTS = 50
_MENTIONING = (
    "UNWIND $actors AS actor CALL db.index.fulltext.queryNodes('kluwen_statement_mentions', '\"' + actor + '\"')"
    " YIELD node AS s WITH actor, s WHERE s.access IN $seen "
)


def documents(ask: Ask, ids: Collection[str] | None = None) -> list[Document]:
    at = "MATCH (d:Document)" if ids is None else "UNWIND $ids AS id MATCH (d:Document {id: id})"
    found = ask(f"{at} WHERE d.access IN $seen RETURN properties(d)", ids=list(dict.fromkeys(ids or ())))
    return picking.by_title(rows.document(row[0]) for row in found)


def document(ask: Ask, key: str) -> Document:
    return picking.pick(documents(ask), key)


def same_source(ask: Ask, document_id: str) -> list[Document]:
    column = "public_source" if ask.public else "source"
    found = ask(
        f"MATCH (d:Document {{id: $id}}) WHERE d.access IN $seen MATCH (o:Document {{{column}: d.{column}}})"
        " WHERE o.id <> $id AND o.access IN $seen RETURN properties(o)",
        id=document_id,
    )
    return picking.by_title(rows.document(row[0]) for row in found)


def passages(ask: Ask, ids: Collection[str] | None, document_id: str | None) -> list[Passage]:
    if ids is not None:
        found = ask(
            "UNWIND $ids AS id MATCH (p:Passage {id: id}) WHERE p.access IN $seen"
            " AND ($document IS NULL OR p.document_id = $document)"
            " RETURN p {.id, .document_id, .order, .text, .kind, .section, .lead_in, .page}",
            ids=_once(ids),
            document=document_id,
        )
        return _ordered([rows.passage(row[0]) for row in found], ids)
    start = "MATCH (p:Passage {document_id: $document})" if document_id is not None else "MATCH (p:Passage)"
    found = ask(
        f"{start} WHERE p.access IN $seen MATCH (d:Document {{id: p.document_id}})"
        " RETURN p {.id, .document_id, .order, .text, .kind, .section, .lead_in, .page} ORDER BY d.n, p.order",
        document=document_id,
    )
    return [rows.passage(row[0]) for row in found]


def statements(
    ask: Ask, ids: Collection[str] | None, document_id: str | None, concept_ids: Collection[str] | None
) -> list[Statement]:
    start = "MATCH (s:Statement)"
    if ids is not None:
        start = "UNWIND $ids AS id MATCH (s:Statement {id: id})"
    elif concept_ids is not None:
        start = "UNWIND $concepts AS concept MATCH (s:Statement {concept_id: concept})"
    elif document_id is not None:
        start = "MATCH (s:Statement {document_id: $document})"
    concepts = None if concept_ids is None else list(dict.fromkeys(redirected(ask, concept_ids).values()))
    found = ask(
        f"{start} WHERE s.access IN $seen AND ($document IS NULL OR s.document_id = $document)"
        " AND ($concepts IS NULL OR s.concept_id IN $concepts) MATCH (d:Document {id: s.document_id})"
        f" RETURN {rows.STATEMENT}, d.title, d.n, s.place",
        ids=_once(ids),
        document=document_id,
        concepts=concepts,
    )
    if ids is not None:
        return _ordered([rows.statement(row[0]) for row in found], ids)
    return [rows.statement(row[0]) for row in sorted(found, key=lambda row: (rows.nocase(row[1]), row[2], row[3]))]


def links(ask: Ask, statement_ids: Collection[str] | None) -> list[Link]:
    of_link = (
        f"-[l:{rows.LINKS}]->(b:Statement) WHERE a.access IN $seen AND b.access IN $seen"
        " MATCH (d:Document {id: l.document_id}) WHERE d.access IN $seen "
    )
    if statement_ids is None:
        found = ask(f"MATCH (a:Statement){of_link} RETURN {rows.LINK} ORDER BY l.n")
    else:
        found = ask(
            f"UNWIND $ids AS id MATCH (:Statement {{id: id}})-[l:{rows.LINKS}]-(:Statement) WITH DISTINCT l"
            " WITH l, startNode(l) AS a, endNode(l) AS b WHERE a.access IN $seen AND b.access IN $seen"
            f" MATCH (d:Document {{id: l.document_id}}) WHERE d.access IN $seen RETURN {rows.LINK} ORDER BY l.n",
            ids=_once(statement_ids),
        )
    return [rows.link(row) for row in found]


def concepts(ask: Ask, ids: Collection[str] | None) -> list[Concept]:
    """In the order of ``ids``, else by support."""
    if ids is None:
        found = ask(
            "MATCH (d:Document) WHERE d.access IN $seen MATCH (s:Statement {document_id: d.id})"
            f" WHERE s.access IN $seen RETURN {rows.VOICE} ORDER BY s.n",
            public=ask.public,
        )
        return derive.by_support(derive.concepts(map(rows.voice, found)))
    wanted = redirected(ask, ids)
    by_id = {c.id: c for c in derive.concepts(voices(ask, set(wanted.values())))}
    return [by_id[id] for id in dict.fromkeys(wanted.values()) if id in by_id]


def voices(ask: Ask, concept_ids: Collection[str]) -> list[derive.Voice]:
    """What the seen statements of these concepts say."""
    asked = [id for id in concept_ids if id.startswith("con-")]
    if not asked:
        return []
    found = ask(
        "UNWIND $ids AS id MATCH (s:Statement {concept_id: id}) WHERE s.access IN $seen"
        f" MATCH (d:Document {{id: s.document_id}}) RETURN {rows.VOICE} ORDER BY s.n",
        ids=asked,
        public=ask.public,
    )
    return [rows.voice(row) for row in found]


def passing(ask: Ask, found: Iterable[Concept], filters: Filters) -> list[Concept]:
    """Those of the concepts that pass the filters."""
    inside: set[str] | None = None
    if filters.documents:
        query = (
            "UNWIND $ids AS id MATCH (s:Statement {document_id: id}) WHERE s.access IN $seen"
            " RETURN DISTINCT s.concept_id"
        )
        inside = {row[0] for row in ask(query, ids=sorted(filters.documents))}
    return picking.passing(found, filters, inside)


def nodes(ask: Ask, ids: Collection[str]) -> list[Node]:
    known = dict.fromkeys(redirected(ask, ids).values())
    found = {c.id: derive.node(c) for c in concepts(ask, [id for id in known if id.startswith("con-")])}
    rim = [id for id in known if id not in found]
    found |= {n.id: n for n in neo4j_rim.nodes(ask, rim)}
    return [found[id] for id in known if id in found]


def edges(ask: Ask, ids: Collection[str]) -> list[Edge]:
    known = list(dict.fromkeys(redirected(ask, ids).values()))
    found = derive.claim_edges(claims_of(ask, [id for id in known if id.startswith("con-")]))
    said = {v.id: v for v in voices(ask, known)}
    actors = _actor_ids(known)
    themes = [_THEMES[id].value for id in known if id in _THEMES]
    at_rim = f" MATCH (d:Document {{id: s.document_id}}) RETURN {rows.VOICE} ORDER BY s.n"
    if actors:
        found_ = ask(_MENTIONING + "WITH DISTINCT s" + at_rim, actors=actors, public=ask.public)
        said |= {row[0]: rows.voice(row) for row in found_}
    if themes:
        start = "UNWIND $themes AS theme MATCH (s:Statement {theme: theme}) WHERE s.access IN $seen"
        said |= {row[0]: rows.voice(row) for row in ask(start + at_rim, themes=themes, public=ask.public)}
    names = {name: actor_id(name) for v in said.values() for name in (*v.actors, *v.experienced_by)}
    touched = set(known)
    return found + [e for e in derive.rim_edges(said.values(), names) if e.source in touched or e.target in touched]


def claims_of(ask: Ask, concept_ids: Sequence[str]) -> list[derive.Claim]:
    """The links that touch a statement of one of these concepts."""
    if not concept_ids:
        return []
    found = ask(
        f"UNWIND $ids AS id MATCH (:Statement {{concept_id: id}})-[l:{rows.LINKS}]-(:Statement) WITH DISTINCT l"
        " WITH l, startNode(l) AS a, endNode(l) AS b WHERE a.access IN $seen AND b.access IN $seen"
        f" MATCH (d:Document {{id: l.document_id}}) WHERE d.access IN $seen RETURN {rows.CLAIM} ORDER BY l.n",
        ids=list(concept_ids),
        public=ask.public,
    )
    return [rows.claim(row) for row in found]


def claims_between(ask: Ask, pairs: Sequence[tuple[str, str]]) -> list[derive.Claim]:
    """The links between statements of the one and of the other concept of each pair."""
    if not pairs:
        return []
    found = ask(
        f"UNWIND $pairs AS pair MATCH (x:Statement {{concept_id: pair[0]}})-[l:{rows.LINKS}]-(y:Statement)"
        " WHERE y.concept_id = pair[1] WITH DISTINCT l WITH l, startNode(l) AS a, endNode(l) AS b"
        " WHERE a.access IN $seen AND b.access IN $seen MATCH (d:Document {id: l.document_id})"
        f" WHERE d.access IN $seen RETURN {rows.CLAIM} ORDER BY l.n",
        pairs=[list(pair) for pair in pairs],
        public=ask.public,
    )
    return [rows.claim(row) for row in found]


def claims(ask: Ask) -> list[Edge]:
    found = ask(
        f"MATCH (a:Statement)-[l:{rows.LINKS}]->(b:Statement) WHERE a.access IN $seen AND b.access IN $seen"
        f" MATCH (d:Document {{id: l.document_id}}) WHERE d.access IN $seen RETURN {rows.CLAIM} ORDER BY l.n",
        public=ask.public,
    )
    return derive.claim_edges(map(rows.claim, found))


def resolve(ask: Ask, id: str) -> str:
    found = redirected(ask, [id]).get(id)
    if found is None or not nodes(ask, [found]):
        raise KluwenError("store.node_missing", id=id)
    return found


def redirected(ask: Ask, ids: Collection[str]) -> dict[str, str]:
    """The id of the node that each of the ids stands for: a statement's concept, where a redirect ends, or itself."""
    result = dict(zip(ids, ids, strict=True))
    if asked := [id for id in ids if id.startswith("st-")]:
        query = "UNWIND $ids AS id MATCH (s:Statement {id: id}) WHERE s.access IN $seen RETURN s.id, s.concept_id"
        result |= dict(ask(query, ids=asked))
    open_ = {id: id for id in ids if id.startswith("con-")}
    for _ in range(_MOST_REDIRECTS):
        # a concept that is there needs no redirect, even if one was made while it was away
        at = list(dict.fromkeys(open_.values()))
        gone = _gone(ask, at) if at else []
        # what became one with another is still known by its wording
        query = (
            "UNWIND $ids AS id MATCH (s:Statement {key: id}) WHERE s.access IN $seen"
            " RETURN id, s.concept_id ORDER BY s.n DESC"
        )
        joined = {row[0]: row[1] for row in ask(query, ids=gone)} if gone else {}
        open_ = {id: joined.get(at, at) for id, at in open_.items()}
        gone = [id for id in gone if id not in joined]
        query = (
            "UNWIND $ids AS id MATCH (r:KluwenRedirect {old: id}) OPTIONAL MATCH (d:Document {id: r.document_id})"
            " WITH r, d WHERE r.document_id IS NULL OR d.access IN $seen RETURN r.old, r.new ORDER BY r.n"
        )
        steps = {row[0]: row[1] for row in ask(query, ids=gone)} if gone else {}
        if not steps:
            break
        open_ = {id: steps.get(at, at) for id, at in open_.items()}
    return result | open_


def _gone(ask: Ask, ids: Sequence[str]) -> list[str]:
    query = (
        "UNWIND $ids AS id WITH id WHERE NOT EXISTS"
        " { MATCH (s:Statement {concept_id: id}) WHERE s.access IN $seen } RETURN id"
    )
    return [row[0] for row in ask(query, ids=list(ids))]


def counts(ask: Ask, all_concepts: Sequence[Concept], all_claims: Sequence[Edge]) -> dict[str, int]:
    statements = ask.one("MATCH (s:Statement) WHERE s.access IN $seen RETURN count(s)")
    passages = ask.one("MATCH (p:Passage) WHERE p.access IN $seen RETURN count(p)")
    kinds = {kind: sum(c.kind == kind for c in all_concepts) for kind in Kind}
    relations = {
        r: sum(e.relation == r for e in all_claims) for r in (Relation.CAUSED_BY, Relation.LEADS_TO, Relation.ADDRESSES)
    }
    said = ask(
        "MATCH (s:Statement) WHERE s.access IN $seen AND (size(s.actors) > 0 OR size(s.experienced_by) > 0)"
        " RETURN DISTINCT s.concept_id, s.kind, s.actors, s.experienced_by"
    )
    involved = {(concept, actor_id(name)) for concept, _, names, _ in said for name in names}
    experienced = {(concept, actor_id(name), kind) for concept, kind, _, names in said for name in names}
    about = ask(
        "MATCH (s:Statement) WHERE s.access IN $seen AND s.theme IS NOT NULL RETURN DISTINCT s.concept_id, s.theme"
    )
    return {
        "Document": ask.one("MATCH (d:Document) WHERE d.access IN $seen RETURN count(d)"),
        "Passage": passages,
        "Statement": statements,
        "Bottleneck": kinds[Kind.BOTTLENECK],
        "Cause": kinds[Kind.CAUSE],
        "Solution": kinds[Kind.SOLUTION],
        "Actor": len({pair[1] for pair in involved} | {pair[1] for pair in experienced}),
        "Theme": len({theme for _, theme in about}),
        "PART_OF": passages,
        "FROM": statements,
        "EXPRESSES": statements,
        "CAUSED_BY": relations[Relation.CAUSED_BY],
        "LEADS_TO": relations[Relation.LEADS_TO],
        "ADDRESSES": relations[Relation.ADDRESSES],
        "EXPERIENCED_BY": sum(kind == Kind.BOTTLENECK for _, _, kind in experienced),
        "INVOLVES": len(involved),
        "ABOUT": len(about),
    }


def documents_of(ask: Ask, statement_ids: Collection[str] | None) -> dict[str, int]:
    """How many of the statements each document has, by its id; most first."""
    start = "UNWIND $ids AS id MATCH (s:Statement {id: id})" if statement_ids is not None else "MATCH (s:Statement)"
    found = ask(
        f"{start} WHERE s.access IN $seen RETURN s.document_id AS id, count(*) AS n ORDER BY n DESC, id",
        ids=_once(statement_ids),
    )
    return dict(found)


def concepts_of(ask: Ask, statement_ids: Collection[str]) -> list[str]:
    """The ids of the concepts that the statements express, in the order of the statements."""
    found = {
        row[0]: row[1]
        for row in ask(
            "UNWIND $ids AS id MATCH (s:Statement {id: id}) WHERE s.access IN $seen RETURN id, s.concept_id",
            ids=_once(statement_ids),
        )
    }
    return list(dict.fromkeys(found[id] for id in statement_ids if id in found))


def _ordered(found: Sequence[_T], ids: Collection[str]) -> list[_T]:
    by_id = {item.id: item for item in found}
    return [by_id[id] for id in dict.fromkeys(ids) if id in by_id]


def _once(ids: Collection[str] | None) -> list[str]:
    return list(dict.fromkeys(ids or ()))


def _actor_ids(ids: Iterable[str]) -> list[str]:
    # they are asked of a full-text index, whose language must not be spoken to us
    return [id for id in ids if id.startswith("actor-") and id[6:].isalnum()]
