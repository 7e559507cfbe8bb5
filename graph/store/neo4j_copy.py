"""A document of a Neo4j graph with all that rests on it, as it can be put into another graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from corpus.errors import KluwenError
from graph.ledger.applying import PERSON
from graph.model import CLAIMS, Contents, Vectors
from graph.store import neo4j_read as read
from graph.store import neo4j_rows as rows
from graph.store import neo4j_vectors as vectors
from graph.store.neo4j_ledger import Desk
from graph.store.neo4j_server import Ask
from graph.store.vector_cache import matrix


def order(ask: Ask) -> list[str]:
    return [row[0] for row in ask("MATCH (d:Document) WHERE d.access IN $seen RETURN d.id ORDER BY d.n")]


def contents(ask: Ask, document_id: str) -> Contents:
    import numpy as np

    found = ask("MATCH (d:Document {id: $id}) WHERE d.access IN $seen RETURN d.n, properties(d)", id=document_id)
    if not found:
        raise KluwenError("store.document_missing", document=document_id)
    n, document = found[0]
    links = [
        row
        for relation in CLAIMS
        for row in ask(
            f"MATCH (a:Statement)-[l:{relation.value} {{document_id: $id}}]->(b:Statement)"
            f" WHERE a.access IN $seen AND b.access IN $seen AND l.rule <> $person RETURN l.n, {rows.LINK}",
            id=document_id,
            person=PERSON,
        )
    ]
    info, made = vectors.model(ask), None
    if info is not None:
        # those of statements that people rejected too
        query = (
            "MATCH (x:KluwenExtraction {id: $id}) WHERE size(x.statements) > 0 RETURN x.statements, x.texts, x.leads"
        )
        blocks = [(list(b.ids), b.texts, b.leads) for b in vectors.Source(ask).blocks([n])] + ask(query, id=document_id)
        if blocks:
            ids = tuple(id for block in blocks for id in block[0])
            texts, leads = (np.concatenate([matrix(b[at], info.dimension) for b in blocks]) for at in (1, 2))
            made = Vectors(info, ids, texts, leads)
    contents = Contents(
        rows.document(document),
        tuple(read.passages(ask, None, document_id)),
        tuple(replace(s, concept_id="") for s in read.statements(ask, None, document_id, None)),
        tuple(rows.link(row[1:]) for row in sorted(links, key=lambda row: row[0])),
        made,
    )
    return Desk(ask).extracted(document_id, contents)


def redirects(ask: Ask, document_id: str) -> list[tuple[str, str]]:
    query = (
        "MATCH (r:KluwenRedirect {document_id: $id}) MATCH (d:Document {id: $id}) WHERE d.access IN $seen"
        " RETURN r.old, r.new ORDER BY r.n"
    )
    return [(old, new) for old, new in ask(query, id=document_id)]


def redirect(ask: Ask, document_id: str, pairs: Iterable[tuple[str, str]]) -> None:
    known = set(redirects(ask, document_id))
    new = [{"old": old, "new": new} for old, new in pairs if (old, new) not in known]
    ask(
        "MATCH (g:KluwenGraph) WHERE size($rows) > 0 SET g.revision = g.revision + 1, g.next = g.next + size($rows)"
        " WITH g.next - size($rows) AS first UNWIND range(0, size($rows) - 1) AS i WITH first + i AS n, $rows[i] AS row"
        " CREATE (:KluwenRedirect {old: row.old, new: row.new, document_id: $id, n: n, name: row.old + ' → ' + row.new})",
        rows=new,
        id=document_id,
    )
