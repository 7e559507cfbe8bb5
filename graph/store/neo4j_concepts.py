"""The concepts, actors and themes that stand in a Neo4j graph for people to look at, with the edges between them.

They are worked out (:mod:`graph.derive`) from all statements, and written anew for the concepts that a change touched, in
the same transaction. A public session reads none of this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from graph import derive
from graph.model import Concept, Edge, Kind, Relation, Theme, actor_id, theme_id
from graph.store import neo4j_read as read
from graph.store.neo4j_rows import LINKS, Row, batches, grouped
from graph.store.neo4j_schema import LABELS
from graph.store.neo4j_server import Ask

_RIM = {Relation.INVOLVES: "Actor", Relation.EXPERIENCED_BY: "Actor", Relation.ABOUT: "Theme"}
_RIMS = "|".join(relation.value for relation in _RIM)
_TIES = "CALL (c, row) { UNWIND row.said AS id MATCH (s:Statement {id: id}) CREATE (s)-[:EXPRESSES]->(c) } " + " ".join(
    f"CALL (c, row) {{ UNWIND row.{relation.value} AS end MATCH (n:{label} {{id: end.to}})"
    f" CREATE (c)-[e:{relation.value}]->(n) SET e = end.about }}"
    for relation, label in _RIM.items()
)
"""What a concept ``c`` is tied to, from a ``row`` with its statements and the edges of its rim."""


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
    names = _names(voices)
    edges = derive.rim_edges(voices, names)
    _draw(ask, edges, {id: LABELS[kind] for id, kind in kinds.items()} | _rim_nodes(ask, edges, names))
    if rim:
        ask("UNWIND $ids AS id MATCH (n:Actor {id: id}) WHERE NOT EXISTS { (n)--() } DELETE n", ids=rim)
        ask("UNWIND $ids AS id MATCH (n:Theme {id: id}) WHERE NOT EXISTS { (n)--() } DELETE n", ids=rim)


def of_documents(ask: Ask, numbers: Iterable[int]) -> set[str]:
    """The ids of the concepts that statements of these documents express."""
    query = (
        "UNWIND $numbers AS n MATCH (d:Document {n: n}) MATCH (s:Statement {document_id: d.id})"
        " RETURN DISTINCT s.concept_id"
    )
    return {row[0] for row in ask(query, numbers=sorted(numbers))}


class Growth:
    """What new statements and links make of the concepts. What stands is asked at once, before they are written; what
    becomes of it is written by :meth:`write`, when they are.

    Of a concept that stands already, only its properties and the edges that something new is said of are written.
    """

    def __init__(
        self, ask: Ask, voices: Sequence[derive.Voice], claims: Sequence[derive.Claim], kinds: Mapping[str, Kind]
    ) -> None:
        """``kinds`` are those of all concepts that the voices and claims name."""
        self._ask = ask
        self._labels = {id: LABELS[kind] for id, kind in kinds.items()}
        self._new = voices
        # how many statements express each concept that stands
        self._standing: dict[str, int] = {}
        for label, ids in grouped(kinds, self._labels.__getitem__).items():
            query = f"UNWIND $ids AS id MATCH (c:{label} {{id: id}}) RETURN id, c.statements"
            self._standing |= {row[0]: row[1] for some in batches(ids) for row in ask(query, ids=list(some))}
        touched = dict.fromkeys(v.concept_id for v in voices)
        self._voices = [*read.voices(ask, [id for id in touched if id in self._standing]), *voices]
        self._pairs = self._standing_pairs(claims)
        self._claims = [*read.claims_between(ask, self._pairs), *claims]

    def write(self) -> None:
        names = _names(self._voices)
        said_of = {(e.source, e.relation, e.target) for e in derive.rim_edges(self._new, names)}
        edges = derive.rim_edges(self._voices, names)
        rim = [edge for edge in edges if (edge.source, edge.relation, edge.target) in said_of]
        labels = self._labels | _rim_nodes(self._ask, rim, _names(self._new))
        old = grouped((e for e in rim if e.source in self._standing), lambda e: e.relation.value)
        for type_, some in old.items():
            _erase(self._ask, [(e.source, e.target) for e in some], labels, type_)
        around, said = grouped(rim, lambda e: e.source), grouped(self._new, lambda v: v.concept_id)
        rows: list[Row] = []
        for c in derive.concepts(self._voices):
            ends = grouped(around.get(c.id, ()), lambda e: e.relation.value)
            row = {type_: [{"to": e.target, "about": _about(e)} for e in some] for type_, some in ends.items()}
            rows.append(row | {"about": _properties(c), "said": [v.id for v in said[c.id]]})
        kind_of = lambda row: (labels[row["about"]["id"]], row["about"]["id"] in self._standing)  # noqa: E731
        for (label, stands), made in grouped(rows, kind_of).items():
            start = f"MATCH (c:{label} {{id: row.about.id}}) SET c += row.about"
            start = start if stands else f"CREATE (c:{label}) SET c = row.about"
            for run in batches(made):
                self._ask(f"UNWIND $rows AS row {start} WITH c, row {_TIES}", rows=list(run))
        _erase(self._ask, self._pairs, labels, LINKS)
        _draw(self._ask, derive.claim_edges(self._claims), labels)

    def _standing_pairs(self, claims: Sequence[derive.Claim]) -> list[tuple[str, str]]:
        """The pairs of concepts that stand both, the one with fewest statements first."""
        size = self._standing
        pairs = [(c.source, c.target) for c in claims if c.source in size and c.target in size and c.source != c.target]
        return list(dict.fromkeys(min((a, b), (b, a), key=lambda pair: (size[pair[0]], pair)) for a, b in pairs))


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
        rows = [_properties(c) for c in found if c.kind == kind]
        for some in batches(rows):
            ask(f"UNWIND $rows AS row MERGE (c:{label} {{id: row.id}}) SET c += row", rows=list(some))


def _properties(c: Concept) -> Row:
    return {
        "id": c.id,
        "name": c.label,
        "level": c.level and c.level.value,
        "effort": c.effort and c.effort.value,
        "term": c.term and c.term.value,
        "support": c.support,
        "statements": c.statements,
    }


def _about(edge: Edge) -> Row:
    about: Row = {"support": edge.support, "confidence": edge.confidence, "origin": edge.origin.value}
    return about | {"evidence": [" ".join(pair) for pair in edge.evidence]}


def _kinds(ask: Ask, claims: Sequence[Edge], known: Mapping[str, Kind]) -> dict[str, Kind]:
    """The kinds of the concepts at the other ends."""
    ends = {id for edge in claims for id in (edge.source, edge.target) if id not in known}
    query = "UNWIND $ids AS id MATCH (s:Statement {concept_id: id}) RETURN DISTINCT id, s.kind"
    return {row[0]: Kind(row[1]) for row in ask(query, ids=sorted(ends))} if ends else {}


def _draw(ask: Ask, edges: Sequence[Edge], labels: Mapping[str, str]) -> None:
    """Write edges, by relation and labels: a pattern takes neither as a parameter."""
    rows = ({"type": e.relation.value, "source": e.source, "target": e.target, "about": _about(e)} for e in edges)
    key = lambda row: (labels[row["source"]], row["type"], labels[row["target"]])  # noqa: E731
    for (source, relation, target), found in grouped(rows, key).items():
        for some in batches(found):
            ask(
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row.source}}) MATCH (b:{target} {{id: row.target}})"
                f" CREATE (a)-[e:{relation}]->(b) SET e = row.about",
                rows=list(some),
            )


def _erase(ask: Ask, pairs: Iterable[tuple[str, str]], labels: Mapping[str, str], types: str) -> None:
    """Take away the edges of these types between pairs of nodes, whatever their direction."""
    once = dict.fromkeys(pairs)
    for (one, other), found in grouped(once, lambda pair: (labels[pair[0]], labels[pair[1]])).items():
        for some in batches(found):
            ask(
                f"UNWIND $pairs AS pair MATCH (a:{one} {{id: pair[0]}})-[e:{types}]-(b:{other} {{id: pair[1]}})"
                " WITH DISTINCT e DELETE e",
                pairs=list(map(list, some)),
            )


def _names(voices: Iterable[derive.Voice]) -> dict[str, str]:
    """The node id of each actor that voices name."""
    return {name: actor_id(name) for v in voices for name in (*v.actors, *v.experienced_by)}


def _rim_nodes(ask: Ask, edges: Sequence[Edge], names: Mapping[str, str]) -> dict[str, str]:
    """See to it that the actors and themes at the ends of edges are there; their labels."""
    ends = {edge.target for edge in edges}
    actors = [{"id": id, "name": name} for name, id in names.items() if id in ends]
    themes = [{"id": theme_id(theme), "name": theme.value} for theme in Theme if theme_id(theme) in ends]
    for label, rows in (("Actor", actors), ("Theme", themes)):
        query = f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) ON CREATE SET n.name = row.name"
        for some in batches(rows):
            ask(query, rows=list(some))
    return {row["id"]: label for label, rows in (("Actor", actors), ("Theme", themes)) for row in rows}
