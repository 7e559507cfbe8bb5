"""The concepts, actors and themes that stand in a Neo4j graph for people to look at, with the edges between them.

They are worked out (:mod:`graph.derive`) from all statements, and written anew for the concepts that a change touched, in
the same transaction. A public session reads none of this.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from graph import derive
from graph.model import Concept, Edge, Kind, Relation, Theme, actor_id, theme_id
from graph.store import neo4j_read as read
from graph.store.neo4j_rows import LINKS, batches
from graph.store.neo4j_schema import LABELS
from graph.store.neo4j_server import Ask

_RIM = (Relation.INVOLVES, Relation.EXPERIENCED_BY, Relation.ABOUT)
_RIMS = "|".join(relation.value for relation in _RIM)


def refresh(ask: Ask, touched: Collection[str], expressing: Mapping[str, str]) -> None:
    """Bring the touched concepts up to date. ``expressing`` gives the concept of each statement whose relation to it is
    to be made."""
    ids = sorted(touched)
    voices = read.voices(ask, ids)
    found = derive.concepts(voices)
    kinds = {c.id: c.kind for c in found}
    rim = _clear(ask, ids, kinds)
    _concepts(ask, found)
    for label in LABELS.values():
        rows = [{"s": s, "c": c} for s, c in expressing.items() if LABELS.get(kinds[c]) == label]
        for some in batches(rows):
            ask(
                f"UNWIND $rows AS row MATCH (s:Statement {{id: row.s}}) MATCH (c:{label} {{id: row.c}})"
                " CREATE (s)-[:EXPRESSES]->(c)",
                rows=list(some),
            )
    claims = derive.claim_edges(read.claims_of(ask, ids))
    _draw(ask, claims, {id: LABELS[kind] for id, kind in (kinds | _kinds(ask, claims, kinds)).items()})
    _draw_rim(ask, voices, kinds)
    if rim:
        ask("UNWIND $ids AS id MATCH (n:Actor {id: id}) WHERE NOT EXISTS { (n)--() } DELETE n", ids=rim)
        ask("UNWIND $ids AS id MATCH (n:Theme {id: id}) WHERE NOT EXISTS { (n)--() } DELETE n", ids=rim)


def _clear(ask: Ask, ids: Sequence[str], alive: Collection[str]) -> list[str]:
    """Take away the concepts that are no more, and all edges of the others; the actors and themes that had one come back."""
    rim: list[str] = []
    for label in LABELS.values():
        at = f"UNWIND $ids AS id MATCH (c:{label} {{id: id}})"
        # most are new, and have nothing to be cleared
        there = [row[0] for some in batches(ids) for row in ask(f"{at} RETURN id", ids=list(some))]
        for some in batches(there):
            rim += [row[0] for row in ask(f"{at}-[e:{_RIMS}]->(n) DELETE e RETURN DISTINCT n.id", ids=list(some))]
            ask(f"{at}-[e:{LINKS}]-() WITH DISTINCT e DELETE e", ids=list(some))
        for some in batches([id for id in there if id not in alive]):
            ask(f"{at} DETACH DELETE c", ids=list(some))
    return list(dict.fromkeys(rim))


def _concepts(ask: Ask, found: Sequence[Concept]) -> None:
    for kind, label in LABELS.items():
        rows = [
            {
                "id": c.id,
                "name": c.label,
                "level": c.level and c.level.value,
                "effort": c.effort and c.effort.value,
                "term": c.term and c.term.value,
                "support": c.support,
                "statements": c.statements,
            }
            for c in found
            if c.kind == kind
        ]
        for some in batches(rows):
            ask(f"UNWIND $rows AS row MERGE (c:{label} {{id: row.id}}) SET c += row", rows=list(some))


def _kinds(ask: Ask, claims: Sequence[Edge], known: Mapping[str, Kind]) -> dict[str, Kind]:
    """The kinds of the concepts at the other ends."""
    ends = {id for edge in claims for id in (edge.source, edge.target) if id not in known}
    query = "UNWIND $ids AS id MATCH (s:Statement {concept_id: id}) RETURN DISTINCT id, s.kind"
    return {row[0]: Kind(row[1]) for row in ask(query, ids=sorted(ends))} if ends else {}


def _draw(ask: Ask, edges: Sequence[Edge], labels: Mapping[str, str]) -> None:
    """Write edges, by relation and labels: a pattern takes neither as a parameter."""
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for edge in edges:
        key = (labels[edge.source], edge.relation.value, labels[edge.target])
        about: dict[str, Any] = {"support": edge.support, "confidence": edge.confidence}
        about |= {"origin": edge.origin.value, "evidence": [" ".join(pair) for pair in edge.evidence]}
        groups.setdefault(key, []).append({"source": edge.source, "target": edge.target, "about": about})
    for (source, relation, target), rows in groups.items():
        for some in batches(rows):
            ask(
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}})"
                f" CREATE (a)-[e:{relation}]->(b) SET e = row.about",
                rows=list(some),
            )


def _draw_rim(ask: Ask, voices: Sequence[derive.Voice], kinds: Mapping[str, Kind]) -> None:
    names = {name: actor_id(name) for v in voices for name in (*v.actors, *v.experienced_by)}
    edges = derive.rim_edges(voices, names)
    ends = {edge.target for edge in edges}
    actors = [{"id": id, "name": name} for name, id in names.items() if id in ends]
    themes = [{"id": theme_id(theme), "name": theme.value} for theme in Theme if theme_id(theme) in ends]
    for label, rows in (("Actor", actors), ("Theme", themes)):
        for some in batches(rows):
            ask(
                f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) ON CREATE SET n.name = row.name", rows=list(some)
            )
    labels = {id: LABELS[kind] for id, kind in kinds.items()}
    labels |= {row["id"]: label for label, rows in (("Actor", actors), ("Theme", themes)) for row in rows}
    _draw(ask, edges, labels)
