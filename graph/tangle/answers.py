"""Which problems have a solution, and which solutions a problem has."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Concept, Edge, Kind, Node, Relation
from graph.store.base import Filters, Store
from graph.tangle.causal import reason_and_result


@dataclass(frozen=True, slots=True)
class Answer:
    """A solution for a problem. ``path`` are the node ids from the problem to the solution (over its causes, where it
    is one of those that the solution addresses) and ``edges`` what ties them."""

    solution: Node
    path: tuple[str, ...]
    edges: tuple[Edge, ...]


def unanswered(store: Store, filters: Filters = Filters(), limit: int | None = None) -> list[Concept]:
    """The bottlenecks and causes that no solution addresses, most supported first."""
    answered = {e.target for e in store.claims() if e.relation == Relation.ADDRESSES}
    found = [c for c in store.concepts(filters=filters) if c.kind != Kind.SOLUTION and c.id not in answered]
    return found[:limit]


def solutions_for(store: Store, node_id: str, limit: int = 20, causes: int = 2) -> list[Answer]:
    """The solutions that address a bottleneck or cause itself, or one of its causes up to ``causes`` steps back.

    The nearest first, then those with most sources. Raises KluwenError for a node that is not there.
    """
    start = store.resolve(node_id)
    ways: dict[str, tuple[tuple[str, ...], tuple[Edge, ...]]] = {start: ((start,), ())}
    found: dict[str, tuple[tuple[str, ...], tuple[Edge, ...]]] = {}
    ring = [start]
    for _ in range(causes + 1):
        back: list[str] = []
        for edge in sorted(store.edges(ring), key=lambda e: -e.support):
            if edge.relation == Relation.ADDRESSES and edge.target in ring:
                path, edges = ways[edge.target]
                found.setdefault(edge.source, ((*path, edge.source), (*edges, edge)))
            ends = reason_and_result(edge)
            if ends and ends[1] in ring and ends[0] not in ways:
                path, edges = ways[ends[1]]
                ways[ends[0]] = ((*path, ends[0]), (*edges, edge))
                back.append(ends[0])
        ring = back
        if not ring:
            break
    answers = [Answer(n, *found[n.id]) for n in store.nodes(list(found))]
    answers.sort(key=lambda a: (len(a.path), -a.solution.support, -a.edges[-1].support, a.solution.label))
    return answers[:limit]
