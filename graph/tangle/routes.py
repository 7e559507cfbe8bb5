"""How two nodes hang together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from graph.model import CLAIMS, Edge, Node, Origin
from graph.store.base import Store

_MOST_STEPS = 8
_MOST_NODES = 4000
"""Where two nodes lie so far apart that this many lie between, a path says nothing."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one node to another: ``edges[i]`` ties ``nodes[i]`` and ``nodes[i + 1]``, in either direction."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def paths(store: Store, source: str, target: str, limit: int = 3) -> list[Route]:
    """The shortest ways between two nodes over CAUSED_BY, LEADS_TO and ADDRESSES, either direction; at most ``limit``.

    Searched from both ends, one ring of neighbours at a time; of ways of one length those come first that sources state
    themselves. Empty when there is none within eight steps; one node alone from a node to itself. Raises KluwenError
    for a node that is not there.
    """
    ends = store.resolve(source), store.resolve(target)
    if ends[0] == ends[1]:
        return [Route(tuple(store.nodes([ends[0]])), ())]
    edges = _between(store, *ends)
    if not edges:
        return []
    import networkx as nx

    ties: nx.Graph[str] = nx.Graph()
    for edge in edges:
        # an inferred tie is a tenth longer: it breaks ties of length, and no more within eight steps
        weight = 1.1 if edge.origin == Origin.INFERRED else 1.0
        known = ties.get_edge_data(edge.source, edge.target)
        if known is None or (weight, -edge.support) < (known["weight"], -known["edge"].support):
            ties.add_edge(edge.source, edge.target, weight=weight, edge=edge)
    try:
        found = list(islice(nx.shortest_simple_paths(ties, *ends, weight="weight"), max(limit, 0)))
    except nx.NetworkXNoPath:
        return []
    nodes = {n.id: n for n in store.nodes({id for way in found for id in way})}
    return [
        Route(
            tuple(nodes[id] for id in way),
            tuple(ties.edges[a, b]["edge"] for a, b in pairwise(way)),
        )
        for way in found
        # another process may have removed one meanwhile
        if nodes.keys() >= set(way)
    ]


def _between(store: Store, source: str, target: str) -> list[Edge]:
    """The claims around both ends, out to where the two searches meet and one ring further (for the next shortest)."""
    reached: tuple[set[str], set[str]] = {source}, {target}
    rings: list[Sequence[str]] = [[source], [target]]
    found: dict[tuple[str, str, str], Edge] = {}
    left_over = 2
    for _ in range(_MOST_STEPS):
        met = bool(reached[0] & reached[1])
        if met and not left_over:
            break
        left_over -= met
        # the smaller ring is the cheaper one to widen
        sides = [side for side in (0, 1) if rings[side]]
        if not sides or len(reached[0]) + len(reached[1]) > _MOST_NODES:
            break
        side = min(sides, key=lambda s: len(rings[s]))
        edges = [e for e in store.edges(rings[side]) if e.relation in CLAIMS]
        found |= {(e.source, e.relation.value, e.target): e for e in edges}
        rings[side] = sorted(_ends(edges) - reached[side])
        reached[side].update(rings[side])
    return list(found.values()) if reached[0] & reached[1] else []


def _ends(edges: Iterable[Edge]) -> set[str]:
    return {end for e in edges for end in (e.source, e.target)}
