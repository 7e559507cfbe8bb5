"""The solutions that sources offer for a problem: for itself, for what causes it, for what has the same cause."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.model import Edge, Kind, Node, Origin, Relation
from graph.store.base import Filters, Store
from graph.tangle.causal import reason_and_result

if TYPE_CHECKING:
    from graph.meaning.base import Encoder

_MOST_BESIDE = 50
"""Of the bottlenecks that share a cause so many are looked at, those with most sources."""
_MOST_TWINS = 10
_GOOD = 0.15
"""What people would call right in fewer than one of seven cases is no solution by meaning."""


class Way(StrEnum):
    """How a solution comes to a problem; the nearer the earlier."""

    ITSELF = "itself"
    """Said to help against it, in the words that were asked about."""
    ELSEWHERE = "elsewhere"
    """Said to help against the same problem by another statement of it, or against what is perhaps the same."""
    CAUSE = "cause"
    """Said to help against what causes it."""
    SHARED_CAUSE = "shared_cause"
    """Said to help against another bottleneck with the same cause."""
    MEANING = "meaning"
    """Said nowhere to help against it; it is about the same."""


_ORDER = list(Way)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a way, from ``source`` to ``target`` (node ids, along the way). ``relation`` is the graph's, None where the
    two are only alike; ``back`` is true when the relation runs from target to source. ``evidence`` are pairs of ids of the
    statements that it rests on, ``support`` the number of independent documents that say it."""

    source: str
    target: str
    relation: Relation | None
    origin: Origin
    evidence: tuple[tuple[str, str], ...]
    support: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A solution for a problem. ``path`` are the node ids from the problem to the solution and ``hops`` what ties them.

    ``sources`` is the number of independent documents that state its last step (by meaning: that offer the solution);
    ``sure`` (0–1) how likely what is only alike is right, 1 where nothing is.
    """

    solution: Node
    way: Way
    hops: tuple[Hop, ...]
    sources: int
    sure: float = 1.0

    @property
    def path(self) -> tuple[str, ...]:
        return (self.hops[0].source, *(hop.target for hop in self.hops))

    @property
    def origin(self) -> Origin:
        """That of the least certain step: ``stated`` only where sources say all of it."""
        origins = {hop.origin for hop in self.hops}
        return next(o for o in (Origin.INFERRED, Origin.CURATED, Origin.STATED) if o in origins)


@dataclass(frozen=True, slots=True)
class _Found:
    way: Way
    hops: tuple[Hop, ...]
    sure: float = 1.0


def solutions_for(
    store: Store, node_id: str, limit: int = 20, causes: int = 2, *, encoder: Encoder | None = None
) -> list[Answer]:
    """The solutions for a bottleneck or cause, each once, by the nearest way.

    Those said to help against it come first, then those for the same problem elsewhere, for its causes (up to ``causes``
    steps back), for a bottleneck that shares a cause with it, and, with an ``encoder``, what is about the same. Within a way
    the shorter comes first, what sources state before what is inferred, then what most independent sources say. For the id
    of a statement, what is said of that very statement goes before what is said of its concept.
    Raises KluwenError for a node that is not there.
    """
    start = store.resolve(node_id)
    found: dict[str, _Found] = {}

    def keep(solution: str, way: Way, hops: tuple[Hop, ...], sure: float = 1.0) -> None:
        known = found.get(solution)
        if known is None or _rank(_Found(way, hops, sure)) < _rank(known):
            found[solution] = _Found(way, hops, sure)

    around = store.edges([start])
    for edge in _answers(around, {start}):
        own = start == node_id or any(node_id in pair for pair in edge.evidence)
        keep(edge.source, Way.ITSELF if own else Way.ELSEWHERE, (_back(edge),))
    for hop, edge, sure in _of_twins(store, start):
        keep(edge.source, Way.ELSEWHERE, (hop, _back(edge)), sure)
    reached = _reasons(store, start, around, causes)
    for edge in _answers(store.edges(list(reached)) if reached else (), reached):
        keep(edge.source, Way.CAUSE, (*reached[edge.target], _back(edge)))
    for hops, edge in _beside(store, start, reached):
        keep(edge.source, Way.SHARED_CAUSE, (*hops, _back(edge)))
    if encoder is not None and len(found) < limit:
        for answer in solutions_by_meaning(store, encoder, store.nodes([start])[0].label, limit, start):
            keep(answer.solution.id, Way.MEANING, answer.hops, answer.sure)
    answers = [
        Answer(node, f.way, f.hops, node.support if f.way == Way.MEANING else f.hops[-1].support, f.sure)
        for node in store.nodes(list(found))
        if (f := found[node.id])
    ]
    answers.sort(key=lambda a: (*_rank(_Found(a.way, a.hops, a.sure)), -a.solution.support, a.solution.label))
    return answers[:limit]


def solutions_by_meaning(
    store: Store, encoder: Encoder, problem: str, limit: int = 20, node_id: str = ""
) -> list[Answer]:
    """Solutions about the same as a problem in anyone's words, best first; none of them is said to help against it.

    ``node_id`` is where the problem stands in the graph, if it does.
    """
    from graph.search import search

    found = search(store, encoder, problem, filters=Filters(kinds=frozenset({Kind.SOLUTION})), limit=limit)
    hits = {hit.id: hit for hit in found.hits if hit.statements and hit.score >= _GOOD}
    return [
        Answer(node, Way.MEANING, (_alike(node_id, node.id, [hit.statements[0].id]),), node.support, hit.score)
        for node in store.nodes(list(hits))
        if (hit := hits[node.id])
    ]


def _rank(found: _Found) -> tuple[float, ...]:
    """The lower the better."""
    inferred = any(hop.origin == Origin.INFERRED for hop in found.hops)
    return _ORDER.index(found.way), len(found.hops), inferred, -found.sure, -min(hop.support for hop in found.hops)


def _answers(edges: Iterable[Edge], problems: Collection[str]) -> Iterator[Edge]:
    return (edge for edge in edges if edge.relation == Relation.ADDRESSES and edge.target in problems)


def _of_twins(store: Store, start: str) -> Iterator[tuple[Hop, Edge, float]]:
    """What is said to help against concepts that are perhaps the same as this one."""
    twins = {other: sure for _, other, sure in store.proposals(_MOST_TWINS, [start])}
    if not twins:
        return
    said: dict[str, str] = {}
    for statement in store.statements(concept_ids=[start, *twins]):
        said.setdefault(statement.concept_id, statement.id)
    for edge in _answers(store.edges(list(twins)), twins.keys()):
        evidence = [said[id] for id in (start, edge.target) if id in said]
        yield _alike(start, edge.target, evidence), edge, twins[edge.target]


def _reasons(store: Store, start: str, around: Iterable[Edge], steps: int) -> dict[str, tuple[Hop, ...]]:
    """What causes a node, up to so many steps back, each with the shortest and best supported way to it."""
    ways: dict[str, tuple[Hop, ...]] = {start: ()}
    ring, edges = [start], around
    for step in range(steps):
        back: list[str] = []
        for edge in sorted(edges, key=lambda e: (e.origin == Origin.INFERRED, -e.support, e.source, e.target)):
            ends = reason_and_result(edge)
            if ends and ends[1] in ring and ends[0] not in ways:
                ways[ends[0]] = (*ways[ends[1]], _hop(edge, ends[1], ends[0]))
                back.append(ends[0])
        ring = back
        if not ring:
            break
        edges = store.edges(ring) if step + 1 < steps else ()
    del ways[start]
    return ways


def _beside(store: Store, start: str, reached: dict[str, tuple[Hop, ...]]) -> Iterator[tuple[tuple[Hop, ...], Edge]]:
    """What is said to help against other results of the direct causes of a node."""
    direct = {cause: hops for cause, hops in reached.items() if len(hops) == 1}
    if not direct:
        return
    ways: dict[str, tuple[Hop, ...]] = {}
    for edge in sorted(store.edges(list(direct)), key=lambda e: (e.origin == Origin.INFERRED, -e.support, e.source)):
        ends = reason_and_result(edge)
        if ends and ends[0] in direct and ends[1] != start and ends[1] not in reached and len(ways) < _MOST_BESIDE:
            ways.setdefault(ends[1], (*direct[ends[0]], _hop(edge, *ends)))
    for edge in _answers(store.edges(list(ways)) if ways else (), ways):
        yield ways[edge.target], edge


def _hop(edge: Edge, source: str, target: str) -> Hop:
    return Hop(source, target, edge.relation, edge.origin, edge.evidence, edge.support, back=edge.source != source)


def _back(edge: Edge) -> Hop:
    """From a problem to the solution that addresses it."""
    return _hop(edge, edge.target, edge.source)


def _alike(source: str, target: str, evidence: Sequence[str]) -> Hop:
    pairs = ((evidence[0], evidence[-1]),) if evidence else ()
    return Hop(source, target, None, Origin.INFERRED, pairs, 1)
