"""From a tree of HTML elements to parts: headings, paragraphs, nested lists, tables with their cells."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.document import BlockKind
from ingest.structure.flow import loose
from ingest.structure.lines import Line
from ingest.structure.outline import Part
from ingest.structure.tables import Placed, Tables
from ingest.structure.words import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "math",
        "canvas",
        "object",
        "embed",
        "button",
        "input",
        "select",
        "textarea",
        "option",
        "label",
        "audio",
        "video",
        "source",
        "track",
        "map",
        "area",
        "head",
        "link",
        "meta",
        "nav",
        "dialog",
        "menu",
    ]
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_BOLD = frozenset(("strong", "b"))
_NOTE = re.compile(r"^\s*[\[(]?(\d{1,3}|[*†‡]|[a-z])[\])]?\s*$")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SUMMARY_LEVEL = 5
_BOLD_LEVEL = 6
_ROOM = 1000.0


def parts(root: "HtmlElement", tables: Tables | None = None) -> list[Part]:
    """The parts of everything under ``root``, in reading order; ``tables`` counts on where a document has more roots."""
    walk = _Walk(tables or Tables())
    walk.element(root)
    walk.flush()
    return walk.done


class _Walk:
    """Goes through a tree, gathering inline text until a block begins or ends."""

    def __init__(self, tables: Tables) -> None:
        self.done: list[Part] = []
        self.tables = tables
        self.text: list[str] = []
        self.plain = 0  # characters that are not bold
        self.bold = 0  # how many bold elements are open
        self.depth = 0  # of lists
        self.kind = BlockKind.PARAGRAPH
        self.level = 0

    def element(self, element: "HtmlElement") -> None:
        """Take in ``element`` and all that is in it, not its tail."""
        tag = element.tag
        if not isinstance(tag, str) or _hidden(element):
            return
        if tag in _SKIP and not (tag == "button" and (opens(element) or self.kind is BlockKind.HEADING)):
            return
        if tag == "br":
            self.text.append("\n")
        elif tag == "sup" and _NOTE.match(element.text_content()):
            return
        elif tag not in _BLOCK and (tag != "button" or self.kind is BlockKind.HEADING):
            self.bold += tag in _BOLD
            self._inside(element)
            self.bold -= tag in _BOLD
        else:
            self.flush()
            self._block(element, tag)
            self.flush()

    def _inside(self, element: "HtmlElement") -> None:
        self._add(element.text)
        for child in element:
            self.element(child)
            self._add(child.tail)

    def _add(self, text: str | None) -> None:
        if text:
            self.text.append(_SPACE.sub(" ", text))
            if not self.bold:
                self.plain += len(text.strip())

    def _block(self, element: "HtmlElement", tag: str) -> None:
        before = (self.kind, self.level, self.depth)
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6") or element.get("role") == "heading":
            digit = tag[1] if tag[0] == "h" and tag[1:].isdigit() else element.get("aria-level", "2")
            self.kind, self.level = BlockKind.HEADING, int(digit) if digit.isdigit() else 2
            self._inside(element)
        elif tag in ("summary", "button"):
            self.kind, self.level = BlockKind.HEADING, _SUMMARY_LEVEL
            self._inside(element)
        elif tag in ("ul", "ol", "dl"):
            self.depth += 1
            self._inside(element)
        elif tag in ("li", "dt", "dd"):
            self._item(element, tag)
        elif tag == "table":
            self._table(element)
        elif tag in ("figcaption", "caption"):
            self.kind = BlockKind.CAPTION
            self._inside(element)
        elif tag == "pre":
            self.text.append(element.text_content())
            self.plain += 1
        elif _is_note(element):
            self.kind = BlockKind.FOOTNOTE
            self._inside(element)
        else:
            self._inside(element)
        self.flush()
        self.kind, self.level, self.depth = before

    def _item(self, element: "HtmlElement", tag: str) -> None:
        if self.kind is BlockKind.FOOTNOTE or _is_note(element):
            self.kind = BlockKind.FOOTNOTE
        elif element.find(".//h2") is None and element.find(".//h3") is None and element.find(".//h4") is None:
            self.kind, self.level = BlockKind.LIST_ITEM, max(1, self.depth) + (tag == "dd")
        self._inside(element)

    def flush(self) -> None:
        """End the text gathered so far: it becomes a part, or several where it has lines with markers."""
        raw, plain = "".join(self.text), self.plain
        self.text, self.plain = [], 0
        lines = [folded for line in raw.split("\n") if (folded := fold(line))]
        if not lines:
            return
        if self.kind is BlockKind.PARAGRAPH:
            joined = " ".join(lines)
            if not plain and len(joined) <= 90 and not joined.endswith((".", ";", ",")):
                self.done.append(Part(joined, BlockKind.HEADING, _BOLD_LEVEL))
                return
            self.done += loose([Line(line, right=len(line), margin=_ROOM + len(line)) for line in lines])
            return
        self.done.append(Part(" ".join(lines), self.kind, self.level))

    def _table(self, table: "HtmlElement") -> None:
        rows = [row for row in table.iter("tr") if _owner(row) is table]
        wide = max((len(_cells(row)) for row in rows), default=0)
        nested = table.find(".//table") is not None or table.find(".//h2") is not None
        if table.get("role") in ("presentation", "none") or wide < 2 or nested:
            self._inside(table)
            return
        for caption in table.iterchildren("caption"):
            self.element(caption)
        firsts: dict[int, int] = {}
        placed = list(self._placed(rows, firsts))
        first = _cells(rows[0])
        header = all(cell.tag == "th" for cell in first) or rows[0].getparent().tag == "thead"
        bare = all(cell.tag == "td" for row in rows for cell in _cells(row))
        self.done += self.tables.parts(placed, header=True if header else (None if bare else False), firsts=firsts)

    def _placed(self, rows: "list[HtmlElement]", firsts: dict[int, int]) -> Iterator[Placed]:
        """The cells with their place, spans over rows and columns counted; ``firsts`` is filled for :class:`Tables`."""
        taken: dict[tuple[int, int], bool] = {}
        for number, row in enumerate(rows):
            column = 0
            for cell in _cells(row):
                while taken.get((number, column)):
                    column += 1
                across, down = _span(cell, "colspan"), _span(cell, "rowspan")
                for i in range(down):
                    for j in range(across):
                        taken[(number + i, column + j)] = True
                if column == 0:
                    firsts.update((number + i, number) for i in range(1, down))
                inner = _Walk(self.tables)
                inner._inside(cell)
                inner.flush()
                yield number, column, [part for part in inner.done if part.text]
                column += across


def opens(button: "HtmlElement") -> bool:
    """Whether a button is the title of something that it opens below it, on the same page."""
    if any(parent.tag in ("h1", "h2", "h3", "h4", "h5", "h6") for parent in button.iterancestors()):
        return True
    return button.get("aria-expanded") is not None and len(button.text_content().split()) >= 2


def _cells(row: "HtmlElement") -> "list[HtmlElement]":
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: "HtmlElement", name: str) -> int:
    value = cell.get(name, "1")
    return min(max(int(value), 1), 100) if value.isdigit() else 1


def _owner(row: "HtmlElement") -> "HtmlElement | None":
    parent = row.getparent()
    while parent is not None and parent.tag != "table":
        parent = parent.getparent()
    return parent


def _hidden(element: "HtmlElement") -> bool:
    """Whether an element is never shown; what a closed accordion holds is text as well."""
    style = (element.get("style") or "").replace(" ", "").lower()
    names = (element.get("class") or "").lower().split()
    if "display:none" in style or any(name in ("sr-only", "visually-hidden", "screen-reader-text") for name in names):
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return len(element.text_content()) < 80
    return False


def _is_note(element: "HtmlElement") -> bool:
    role, names = element.get("role") or "", (element.get("class") or "").lower().split()
    return role in ("doc-endnotes", "doc-footnote", "doc-endnote") or any(
        name in ("footnotes", "footnote", "voetnoten", "voetnoot", "endnotes") for name in names
    )
