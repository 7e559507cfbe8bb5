"""Lists and bars: what hangs on a point, how often each kind is found, and the table of sources."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from graph.model import Access, Document, Edge, Kind, Level, Node
from search_app import words
from search_app.pieces.marks import internal, origin, shape
from search_app.pieces.quotes import date_word


def connections(title: str, rows: Iterable[tuple[Node, Edge]], *, more: int = 0) -> str:
    """The points that one relation leads to, each with who says so; ``more`` is how many there are beside them."""
    items = "".join(
        f"<li>{shape(node.kind, node.level)}<span>{escape(words.node_label(node))}</span>{origin(edge.origin)}</li>"
        for node, edge in rows
    )
    if more:
        items += f'<li class="kl-more"><span></span><span>en nog {more}</span></li>'
    return f'<h3 class="kl-h3">{escape(title)}</h3><ul class="kl-links">{items}</ul>'


def points(nodes: Sequence[Node], edges: Sequence[Edge], *, locks: bool = True) -> str:
    """The table of the points of a network: what, how many sources, and what each is tied to."""
    label = {node.id: words.node_label(node) for node in nodes}
    ties: dict[str, list[str]] = {node.id: [] for node in nodes}
    for edge in edges:
        ties[edge.source].append(f"{words.relation_word(edge.relation)}: {label[edge.target]}")
        ties[edge.target].append(f"{words.relation_word(edge.relation, back=True)}: {label[edge.source]}")
    body = "".join(
        f'<tr><td class="kl-lead-cell"><span class="kl-point">{shape(node.kind, node.level)}<span>{escape(label[node.id])}'
        f"{internal() if locks and node.internal else ''}</span></span></td>"
        f'<td data-label="Soort">{_what(node)}</td><td class="kl-num" data-label="Bronnen">{node.support}</td>'
        f'<td class="kl-ties"><ul>{"".join(f"<li>{escape(tie)}</li>" for tie in ties[node.id])}</ul></td></tr>'
        for node in nodes
    )
    return (
        '<table class="kl-table kl-points"><caption class="kl-unseen">De punten van deze kluwen</caption><thead><tr>'
        '<th scope="col">Punt</th><th scope="col">Soort</th><th scope="col" class="kl-num">Bronnen</th>'
        f'<th scope="col">Verbonden met</th></tr></thead><tbody>{body}</tbody></table>'
    )


def _what(node: Node) -> str:
    word = words.kind_word(node.kind).capitalize()
    return escape(f"{word}, {words.level_word(node.level)}" if node.level else word)


def kinds(counts: Mapping[str, int]) -> str:
    """How many of each kind."""
    items = "".join(
        f"<li>{shape(kind)}<b>{counts.get(kind, 0)}</b> {words.kind_word(kind, plural=counts.get(kind, 0) != 1)}</li>"
        for kind in Kind
    )
    return f'<ul class="kl-facets">{items}</ul>'


def levels(counts: Mapping[str, int]) -> str:
    """How many of each level, as bars with their number."""
    most = max(1, sum(counts.values()))
    rows = "".join(
        f"<span>{words.level_word(level).capitalize()}</span>"
        f'<i class="kl-c-{level}" style="width:{counts.get(level, 0) / most:.0%}"></i><b>{counts.get(level, 0)}</b>'
        for level in Level
    )
    return f'<div class="kl-levels">{rows}</div>'


def source_head() -> str:
    """The words above the columns of :func:`source_row`."""
    heads = "".join(
        f"<span>{shape(kind, size=16)}{words.kind_word(kind, plural=True).capitalize()}</span>" for kind in Kind
    )
    return f'<div class="kl-source kl-source-head" aria-hidden="true"><span>Datum</span>{heads}<span>Verdeling</span></div>'


def source_kind(document: Document, form: str, *, locks: bool = True) -> str:
    """What kind of file a document is, and *Intern* where it is."""
    lock = internal() if locks and document.access == Access.INTERNAL else ""
    return f'<span class="kl-sub kl-muted"><span>{escape(form)}</span>{lock}</span>'


def source_row(document: Document, counts: Mapping[str, int], most: int) -> str:
    """What was found in one document: its date, the numbers, and the same as a bar (``most`` is the longest)."""
    date = date_word(document.date)
    numbers = "".join(
        f"<span><b>{counts.get(kind, 0)}</b> <i>{words.kind_word(kind, plural=counts.get(kind, 0) != 1)}</i></span>"
        for kind in Kind
    )
    bar = "".join(f'<i class="kl-c-{kind}" style="flex:{counts[kind]}"></i>' for kind in Kind if counts.get(kind, 0))
    width = sum(counts.get(kind, 0) for kind in Kind) / max(1, most)
    return (
        f'<div class="kl-source">'
        f'<span class="kl-date">{date}</span>{numbers}<span class="kl-bar" style="width:{width:.0%}">{bar}</span></div>'
    )
