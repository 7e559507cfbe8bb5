"""A tangle as a table for Dutch Excel: semicolons, a byte order mark, Dutch words."""

import csv
import io
from collections.abc import Collection, Sequence

from graph.model import Edge, Node, Relation
from search_app import words

HEAD = ("soort", "aard", "thema", "punt", "bronnen", "komt door", "leidt tot", "helpt tegen", "oplossingen", "actoren")


def as_csv(nodes: Sequence[Node], edges: Sequence[Edge], unanswered: Collection[str], *, public: bool) -> bytes:
    """The nodes, one a row, with what they are tied to; UTF-8 with a byte order mark. Internal ones are marked, unless ``public``."""
    label = {node.id: node.label for node in nodes}
    out = io.StringIO()
    table = csv.writer(out, delimiter=";", lineterminator="\r\n")
    table.writerow([*HEAD, "nog geen oplossing", *([] if public else ["intern"])])
    for node in nodes:
        ties = _ties(node.id, edges)
        table.writerow(
            [
                words.kind_word(node.kind),
                words.level_word(node.level) if node.level else "",
                words.theme_word(node.theme) if node.theme else "",
                _safe(node.label),
                node.support,
                *(_safe(" | ".join(label[id] for id in ids)) for ids in ties),
                "ja" if node.id in unanswered else "",
                *([] if public else ["ja" if node.internal else ""]),
            ]
        )
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _ties(id: str, edges: Sequence[Edge]) -> tuple[list[str], ...]:
    """The ids of causes, effects, what it addresses, solutions and actors of a node, in the order of ``HEAD``."""
    causes: list[str] = []
    effects: list[str] = []
    addressed: list[str] = []
    solutions: list[str] = []
    actors: list[str] = []
    for edge in edges:
        if id not in (edge.source, edge.target):
            continue
        outward = edge.source == id
        other = edge.target if outward else edge.source
        match edge.relation:
            case Relation.CAUSED_BY:
                (causes if outward else effects).append(other)
            case Relation.LEADS_TO:
                (effects if outward else causes).append(other)
            case Relation.ADDRESSES:
                (addressed if outward else solutions).append(other)
            case Relation.EXPERIENCED_BY | Relation.INVOLVES if outward:
                actors.append(other)
    return causes, effects, addressed, solutions, actors


def _safe(text: str) -> str:
    """A text that a spreadsheet can't take for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
