"""The neighbourhood of a node."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from graph.model import Edge, Node, Origin, Relation
from graph.store.base import Store

_RIM = ("actor", "theme")
_RIM_SHARE = 5
"""One in so many of the nodes may be an actor or theme, however many concepts there are."""
_WEIGHED = 8
"""Of the candidates of one hop, so many times the free places are looked at by their own support."""


@dataclass(frozen=True, slots=True)
class Tangle:
    """A part of the graph around ``centre`` (a node id): its nodes, nearest first, and all relations between them.

    ``depth`` says how many steps each node stands from the centre; ``truncated`` that there is more than was asked for.
    """

    centre: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    truncated: bool
    depth: Mapping[str, int]


def neighbourhood(
    store: Store, node_id: str, hops: int = 2, limit: int = 60, kinds: Collection[str] | None = None
) -> Tangle:
    """What stands within ``hops`` steps of a node, at most ``limit`` nodes: the nearest first, and of those equally near
    the best supported.

    Actors and themes are shown where they touch, but never walked through, since nearly everything hangs on them (from
    an actor or theme itself the walk does start). ``kinds`` limits which nodes are shown and walked through. The graph
    is asked hop by hop. Raises KluwenError for a node that is not there.
    """
    centre = store.resolve(node_id)
    shown = {n.id: n for n in store.nodes([centre])}
    depth = {centre: 0}
    frontier = [centre]
    rim: dict[str, int] = {}
    seen: dict[tuple[str, Relation, str], Edge] = {}
    places = max(limit, 1) - max(limit, 1) // _RIM_SHARE
    truncated = False
    for hop in range(1, hops + 1):
        found = store.edges(frontier) if frontier else []
        seen |= {(e.source, e.relation, e.target): e for e in found}
        ends = _ends(found, depth.keys() | rim.keys())
        rim |= {id: hop for id in ends if _is_rim(id)}
        # actors and themes come last, into what is left
        nearest, cut = _best(store, {id: w for id, w in ends.items() if not _is_rim(id)}, places - len(shown), kinds)
        truncated |= cut
        shown |= {n.id: n for n in nearest}
        depth |= {n.id: hop for n in nearest}
        frontier = [n.id for n in nearest]
    if frontier:
        seen |= {(e.source, e.relation, e.target): e for e in store.edges(frontier)}
    touching = [e for e in seen.values() if (e.source in shown) != (e.target in shown)]
    weights = {id: w for id, w in _ends(touching, shown.keys()).items() if id in rim}
    margin, cut = _best(store, weights, limit - len(shown), kinds)
    shown |= {n.id: n for n in margin}
    depth |= {n.id: rim[n.id] for n in margin}
    edges = [e for e in seen.values() if e.source in shown and e.target in shown]
    return Tangle(
        centre,
        tuple(sorted(shown.values(), key=lambda n: (depth[n.id], n.kind in _RIM, -n.support, n.label))),
        tuple(sorted(edges, key=lambda e: (e.source, e.relation, e.target))),
        truncated or cut,
        depth,
    )


def _is_rim(id: str) -> bool:
    return id.startswith(("actor-", "theme-"))


def _ends(edges: Iterable[Edge], known: Collection[str]) -> dict[str, float]:
    """The ends of the edges that are not known yet, and how strongly they are tied to what is."""
    ends: dict[str, float] = {}
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in known:
                # what a source says ties more than what the software thinks
                ends[end] = ends.get(end, 0.0) + edge.support * (0.5 if edge.origin == Origin.INFERRED else 1.0)
    return ends


def _best(
    store: Store, ends: Mapping[str, float], places: int, kinds: Collection[str] | None
) -> tuple[list[Node], bool]:
    """The best supported of the ends, and whether some had to be left out."""
    if not ends:
        return [], False
    tied = sorted(ends, key=lambda id: (-ends[id], id))
    if kinds is None:
        tied = tied[: max(places, 1) * _WEIGHED]
    nodes = [n for n in store.nodes(tied) if kinds is None or n.kind in kinds]
    nodes.sort(key=lambda n: (-n.support, -ends[n.id], n.label, n.id))
    return nodes[: max(places, 0)], len(nodes) > max(places, 0)
