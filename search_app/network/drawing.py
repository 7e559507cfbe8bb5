"""From nodes and edges of the graph to what the picture needs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from graph.model import Edge, Kind, Node, Origin, Relation
from search_app import words

_LABEL = 62
KINDS = (*(kind.value for kind in Kind), "actor")
"""The kinds of node that a picture shows; a theme belongs to too many points to draw its lines."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the component takes: ``nodes``, ``edges`` and ``kinds``, as plain JSON."""

    data: dict[str, Any]


def short(label: str, most: int = _LABEL) -> str:
    """A label of at most ``most`` characters, cut between words."""
    if len(label) <= most:
        return label
    return label[:most].rpartition(" ")[0].rstrip(" ,;:-–(") + " …"


def draw(nodes: Sequence[Node], edges: Sequence[Edge], unanswered: Collection[str]) -> Drawing:
    """The drawing of a tangle; nodes in ``unanswered`` get the mark of what has no solution yet."""
    shown = [node for node in nodes if node.kind in KINDS]
    ids = {node.id for node in shown}
    between: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        if edge.source in ids and edge.target in ids:
            between.setdefault((edge.source, edge.target), []).append(edge)
    return Drawing(
        {
            "nodes": [_node(node, node.id in unanswered) for node in shown],
            "edges": [_line(ties) for ties in between.values()],
            "kinds": [{"id": kind, "name": words.kind_word(kind, plural=True).capitalize()} for kind in KINDS],
        }
    )


def _node(node: Node, unanswered: bool) -> dict[str, Any]:
    word = words.kind_word(node.kind).capitalize()
    level = {"level": node.level.value} if node.level and node.kind != Kind.SOLUTION else {}
    return {
        "id": node.id,
        "kind": node.kind,
        **level,
        "label": node.label,
        "short": short(node.label),
        "words": f"{word}, {words.level_word(node.level)}" if node.level else word,
        "sources": node.support,
        "open": unanswered,
    }


def _line(ties: Sequence[Edge]) -> dict[str, Any]:
    """One line for all that ties two nodes the same way; what a source says goes before what the software thinks."""
    first = min(ties, key=lambda edge: list(Origin).index(edge.origin))
    return {
        "id": f"{first.source} {first.target}",
        "source": first.source,
        "target": first.target,
        "words": ", ".join(dict.fromkeys(words.relation_word(edge.relation) for edge in ties)),
        "origin": first.origin.value,
        "backward": first.relation == Relation.CAUSED_BY,
    }
