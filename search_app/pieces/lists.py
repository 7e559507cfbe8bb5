"""Lists and bars: what hangs on a point, how often each kind is found, and the table of sources."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from graph.model import Access, Document, Edge, Kind, Level, Node
from search_app import words
from search_app.pieces.marks import internal, origin, shape
from search_app.pieces.quotes import date_word


def connections(title: str, rows: Iterable[tuple[Node, Edge]]) -> str:
    """The points that one relation leads to, each with who says so."""
    items = "".join(
        f"<li>{shape(node.kind, node.level)}<span>{escape(node.label)}</span>{origin(edge.origin)}</li>"
        for node, edge in rows
    )
    return f'<h3 class="kl-h3">{escape(title)}</h3><ul class="kl-links">{items}</ul>'


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


def sources(rows: Sequence[tuple[Document, Mapping[str, int]]], form: Mapping[str, str], *, locks: bool = True) -> str:
    """The table of documents with what was found in each. ``form`` maps a document's id to what kind of file it is."""
    most = max((sum(counts.values()) for _, counts in rows), default=0) or 1
    heads = "".join(
        f'<th scope="col" class="kl-num">{shape(kind)} {words.kind_word(kind, plural=True).capitalize()}</th>'
        for kind in Kind
    )
    body = "".join(_source_row(document, counts, form[document.id], most, locks) for document, counts in rows)
    return (
        '<table class="kl-table kl-sources"><caption class="kl-unseen">Bronnen</caption><thead><tr><th scope="col">Document</th>'
        f'<th scope="col" class="kl-num">Datum</th>{heads}<th scope="col">Verdeling</th></tr></thead><tbody>{body}</tbody></table>'
    )


def _source_row(document: Document, counts: Mapping[str, int], form: str, most: int, locks: bool) -> str:
    date = date_word(document.date)
    lock = internal() if locks and document.access == Access.INTERNAL else ""
    numbers = "".join(
        f'<td class="kl-num" data-label="{words.kind_word(kind, plural=True).capitalize()}">{counts.get(kind, 0)}</td>'
        for kind in Kind
    )
    bar = "".join(f'<i class="kl-c-{kind}" style="flex:{counts[kind]}"></i>' for kind in Kind if counts.get(kind, 0))
    width = sum(counts.get(kind, 0) for kind in Kind) / most
    return (
        f'<tr><td class="kl-lead-cell"><b>{escape(document.title)}</b><span class="kl-sub kl-muted"><span>{escape(form)}</span>'
        f'<span class="kl-phone">{date}</span>{lock}</span></td><td class="kl-num kl-desk">{date}</td>{numbers}'
        f'<td class="kl-barcell"><span class="kl-bar" style="width:{width:.0%}">{bar}</span></td></tr>'
    )
