"""What the causes and consequences of the whole graph add up to: its loops, and what most else hangs on.

That A is caused by B and that B leads to A are one claim, from B to A. Only what sources state and people say counts,
unless ``inferred`` is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from graph.model import Edge, Kind, Node, Origin, Relation
from graph.store.base import Store

if TYPE_CHECKING:
    import networkx as nx

    Causes = nx.DiGraph[str]

_MOST_CYCLES = 5000


@dataclass(frozen=True, slots=True)
class Loop:
    """A problem that keeps itself going: each node is a reason of the next, the last of the first.

    ``support`` is the number of sources of its weakest tie.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    support: int


@dataclass(frozen=True, slots=True)
class Lever:
    """A cause or bottleneck on which others hang: ``reaches`` are the ids of the bottlenecks that it leads to, directly
    or through others; ``direct`` the number of those that it leads to itself."""

    node: Node
    reaches: tuple[str, ...]
    direct: int


def loops(store: Store, limit: int = 20, longest: int = 6, *, inferred: bool = False) -> list[Loop]:
    """The loops of at most ``longest`` nodes: the shortest first, of those equally long the best supported.

    Elementary circuits inside the strongly connected parts (Johnson 1975; with a bounded length Gupta and Suzumura
    2021, as networkx has it), shortest lengths first until there are ``limit``; of one length at most 5000 are weighed.
    """
    import networkx as nx

    causes = _causes(store.claims(), inferred=inferred)
    knots = [sorted(part) for part in nx.strongly_connected_components(causes) if len(part) > 1]
    tied = nx.compose_all([causes.subgraph(part) for part in knots]) if knots else nx.DiGraph()
    found: list[tuple[tuple[str, ...], int]] = []
    for length in range(2, longest + 1):
        cycles = islice(_cycles(tied, length), _MOST_CYCLES)
        found += sorted(((c, _weakest(causes, c)) for c in cycles), key=lambda pair: (-pair[1], pair[0]))
        if len(found) >= limit:
            break
    found = found[:limit]
    nodes = {n.id: n for n in store.nodes({id for cycle, _ in found for id in cycle})}
    return [
        Loop(
            tuple(nodes[id] for id in cycle),
            tuple(causes.edges[a, b]["edge"] for a, b in _ties(cycle)),
            support,
        )
        for cycle, support in found
        # another process may have removed one meanwhile
        if nodes.keys() >= set(cycle)
    ]


def levers(store: Store, limit: int = 20, *, inferred: bool = False) -> list[Lever]:
    """The causes and bottlenecks on which most bottlenecks hang, those with most first.

    A node counts for as many as can be reached from it, following reasons to their results (each bottleneck once, itself
    not counted); of equal reach the one with more direct results, then with more sources comes first. Reachability is
    worked out once over the graph with its loops drawn together, where all members of a loop reach the same.
    """
    import networkx as nx

    causes = _causes(store.claims(), inferred=inferred)
    kinds = {n.id: n for n in store.nodes(causes.nodes)}
    # another process may have removed some meanwhile
    causes.remove_nodes_from(set(causes.nodes) - kinds.keys())
    order = sorted(causes.nodes)
    bit = {id: 1 << i for i, id in enumerate(order)}
    drawn = nx.condensation(causes)
    below: dict[int, int] = {}
    for part in reversed(list(nx.topological_sort(drawn))):
        mask = sum(bit[id] for id in drawn.nodes[part]["members"] if kinds[id].kind == Kind.BOTTLENECK)
        for after in drawn.successors(part):
            mask |= below[after]
        below[part] = mask
    reach: dict[str, int] = {}
    for part, mask in below.items():
        members = drawn.nodes[part]["members"]
        own = mask
        if len(members) == 1:
            # a node alone does not lead to itself
            own &= ~sum(bit[id] for id in members)
        for id in members:
            reach[id] = own & ~bit[id]
    direct = {id: sum(kinds[o].kind == Kind.BOTTLENECK for o in causes.successors(id)) for id in order}
    best = sorted(
        (id for id in order if reach[id]),
        key=lambda id: (-reach[id].bit_count(), -direct[id], -kinds[id].support, kinds[id].label, id),
    )
    return [
        Lever(kinds[id], tuple(other for other in order if reach[id] & bit[other]), direct[id]) for id in best[:limit]
    ]


def reason_and_result(edge: Edge) -> tuple[str, str] | None:
    """The two ends of a causal edge, the reason first; None for another relation."""
    if edge.relation == Relation.CAUSED_BY:
        return edge.target, edge.source
    if edge.relation == Relation.LEADS_TO:
        return edge.source, edge.target
    return None


def _causes(claims: Iterable[Edge], *, inferred: bool) -> Causes:
    import networkx as nx

    causes: Causes = nx.DiGraph()
    for edge in claims:
        ends = reason_and_result(edge)
        if ends and (inferred or edge.origin != Origin.INFERRED):
            causes.add_edge(*ends, edge=edge)
    return causes


def _cycles(tied: Causes, length: int) -> Iterator[tuple[str, ...]]:
    """The cycles of exactly that length, each from its first id on."""
    import networkx as nx

    for cycle in nx.simple_cycles(tied, length_bound=length):
        if len(cycle) == length:
            first = cycle.index(min(cycle))
            yield (*cycle[first:], *cycle[:first])


def _ties(cycle: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def _weakest(causes: Causes, cycle: tuple[str, ...]) -> int:
    return min(int(causes.edges[a, b]["edge"].support) for a, b in _ties(cycle))
