"""What may hold of a problem because it is said of one that is perhaps the same: links between documents that no one states."""

from __future__ import annotations

from dataclasses import dataclass, replace

from graph.model import CLAIMS, Edge, Node, Origin
from graph.store.base import Store


@dataclass(frozen=True, slots=True)
class Inferred:
    """A relation that no source states. ``edge`` is what would hold, its evidence what is said of ``twin``, which is the
    same with a certainty of ``sure`` (0–1); its confidence is that of both together."""

    edge: Edge
    twin: Node
    sure: float


def inferred(store: Store, concept_id: str, limit: int = 10) -> list[Inferred]:
    """The causes, consequences and solutions that sources give for what is perhaps the same as this concept, surest first.

    What holds already, by any link, is left out. It is worked out when asked for and kept nowhere, so that it is never
    counted among what sources state; when people say that the two are the same (or not), it goes over into what is stated
    (or away). Raises KluwenError for a concept that is not there.
    """
    own = store.resolve(concept_id)
    twins = {other: sure for _, other, sure in store.proposals(limit, [own])}
    if not twins:
        return []
    nodes = {node.id: node for node in store.nodes(list(twins))}
    tied = {frozenset((edge.source, edge.target)) for edge in store.edges([own])}
    found: dict[frozenset[str], Inferred] = {}
    for edge in store.edges(list(twins)):
        if edge.relation not in CLAIMS or edge.origin == Origin.INFERRED:
            continue
        for twin in {edge.source, edge.target} & nodes.keys():
            ends = (own if edge.source == twin else edge.source, own if edge.target == twin else edge.target)
            pair = frozenset(ends)
            sure = twins[twin]
            confidence = sure * edge.confidence
            if len(pair) == 2 and pair not in tied and (pair not in found or found[pair].edge.confidence < confidence):
                would = replace(edge, source=ends[0], target=ends[1], origin=Origin.INFERRED, confidence=confidence)
                found[pair] = Inferred(would, nodes[twin], sure)
    return sorted(found.values(), key=lambda one: (-one.edge.confidence, one.edge.source, one.edge.target))[:limit]
