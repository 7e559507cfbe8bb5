"""Word files (DOCX): as the page that they show, made into the elements that web pages are made of."""

from typing import TYPE_CHECKING, Any, ClassVar

from corpus.errors import KluwenError
from ingest.document import Block, BlockKind, ReadDocument
from ingest.readers.base import Reader
from ingest.readers.office.package import Package, attribute, children, local, on
from ingest.readers.office.styles import Role, Styles
from ingest.structure import facts, outline

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BOLD_LEVEL = 6  # of a heading that is only bold: no style's heading goes deeper
_TEXTS = {"tab": " ", "noBreakHyphen": "-", "ptab": " "}


class WordReader(Reader):
    """Word files; comments, deleted text, running heads and hidden text are left out, and macros never run."""

    name = "word"
    suffixes: ClassVar[tuple[str, ...]] = (".docx", ".docm")
    media_types: ClassVar[tuple[str, ...]] = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.ms-word.document.macroenabled.12",
    )

    def read(self, data: bytes, name: str) -> ReadDocument:
        from ingest.readers import markup

        package = Package(data, name)
        page = _Page(package)
        blocks = outline.blocks(markup.parts(page.root))
        if not blocks:
            raise KluwenError("reader.no_text", name=name)
        told = package.told()
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=blocks,
            title=facts.worth(page.title) or _first_heading(blocks) or told.title or facts.title_at_top(blocks),
            date=facts.date_near_top(blocks) or told.date,
            publisher=told.publisher,
        )


def _first_heading(blocks: tuple[Block, ...]) -> str | None:
    """The heading at the top when it is the only one of its level: the title of the whole."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    top = facts.title_at_top(blocks)
    alone = bool(headings) and all(block.level > headings[0].level for block in headings[1:])
    return top if top and alone and not top[:1].isdigit() else None


class _Page:
    """Builds the elements: ``root`` is the page, ``title`` what stands in the style for titles."""

    def __init__(self, package: Package) -> None:
        from lxml import html

        self._make = html.Element
        main = package.main()
        self.root: HtmlElement = self._make("div")
        self.title: str | None = None
        self._styles = Styles.of(package, main)
        self._notes: dict[tuple[str, str], Any] = {}
        for kind, tag in (("footnotes", "footnote"), ("endnotes", "endnote")):
            part = package.related(main, kind)
            notes = package.xml_or_none(part) if part else None
            for note in notes if notes is not None else ():
                if attribute(note, "type") in (None, "normal"):
                    self._notes[(tag, attribute(note, "id") or "")] = note
        self._waiting: list[Any] = []  # notes of this section that are to come after it
        self._boxes: list[Any] = []
        self._joined: HtmlElement | None = None
        body = package.xml(main).find("{*}body")
        if body is None:
            raise KluwenError("reader.damaged", name=package.name)
        self._shift = any(self._styles.role(each).title for each in body.iterchildren("{*}p"))
        self._blocks(body, self.root)
        self._flush_notes()

    def _blocks(self, container: Any, into: "HtmlElement") -> None:
        for child in children(container):
            if local(child) == "p":
                self._paragraph(child, into)
            elif local(child) == "tbl":
                self._table(child, into)
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self._blocks(box, self._under(into, "div"))

    def _paragraph(self, paragraph: Any, into: "HtmlElement") -> None:
        role = self._styles.role(paragraph)
        if role.skipped:
            return
        if (role.heading or role.title) and into is self.root:
            self._flush_notes()
        element = self._joined if self._joined is not None else self._element(role, into)
        self._runs(paragraph, element, role)
        # A paragraph whose end was deleted goes on in the next one.
        self._joined = element if paragraph.find("{*}pPr/{*}rPr/{*}del") is not None else None
        if role.title and self.title is None:
            self.title = element.text_content().strip() or None

    def _element(self, role: Role, into: "HtmlElement") -> "HtmlElement":
        if role.title or role.heading:
            heading = self._under(into, "div")
            level = 1 if role.title else role.heading + self._shift
            heading.attrib.update({"role": "heading", "aria-level": str(min(level, _BOLD_LEVEL))})
            return heading
        if role.item:
            for _ in range(role.item):
                into = self._under(into, "ul")
            return self._under(into, "li")
        return self._under(into, "figcaption" if role.caption else "p")

    def _runs(self, container: Any, into: "HtmlElement", role: Role) -> None:
        for child in children(container):
            name = local(child)
            if name == "r":
                self._run(child, into, role)
            elif name in ("oMath", "oMathPara"):
                self._say(into, "".join(each.text or "" for each in child.iter("{*}t")), bold=False)

    def _run(self, run: Any, into: "HtmlElement", role: Role) -> None:
        properties = run.find("{*}rPr")
        if properties is not None and (on(properties.find("{*}vanish")) or properties.find("{*}del") is not None):
            return
        bold = self._styles.bold(properties, role.bold)
        for child in children(run):
            name = local(child)
            if name == "t":
                self._say(into, child.text or "", bold)
            elif name in _TEXTS:
                self._say(into, _TEXTS[name], bold)
            elif name in ("br", "cr"):
                self._under(into, "br")
            elif name in ("footnoteReference", "endnoteReference"):
                note = self._notes.pop((name.removesuffix("Reference"), attribute(child, "id") or ""), None)
                self._waiting += [note] if note is not None else []
            elif name in ("drawing", "pict", "object"):
                self._boxes += _outermost(child, "txbxContent")

    def _say(self, into: "HtmlElement", text: str, bold: bool) -> None:
        part = self._under(into, "b" if bold else "span")
        part.text = text

    def _table(self, table: Any, into: "HtmlElement") -> None:
        made = self._under(into, "table")
        open_cells: dict[int, HtmlElement] = {}  # by column: the cell that goes on over the rows below
        for row in children(table):
            marks = row.find("{*}trPr") if local(row) == "tr" else None
            if local(row) != "tr" or (marks is not None and marks.find("{*}del") is not None):
                continue
            line, column = self._under(made, "tr"), 0
            tag = "th" if marks is not None and on(marks.find("{*}tblHeader")) else "td"
            for cell in children(row):
                if local(cell) != "tc":
                    continue
                across = _number(cell.find("{*}tcPr/{*}gridSpan"))
                merged = cell.find("{*}tcPr/{*}vMerge")
                above = open_cells.get(column) if merged is not None and attribute(merged, "val") != "restart" else None
                if above is not None:
                    above.set("rowspan", str(int(above.get("rowspan", "1")) + 1))
                else:
                    made_cell = self._under(line, tag)
                    made_cell.set("colspan", str(across))
                    open_cells[column] = made_cell
                    self._blocks(cell, made_cell)
                column += across

    def _flush_notes(self) -> None:
        """The notes of a section stand at its end, so that each keeps the headings of the text that it belongs to."""
        waiting, self._waiting = self._waiting, []
        for note in waiting:
            place = self._under(self.root, "div")
            place.set("role", "doc-footnote")
            for paragraph in note.iter("{*}p"):
                self._runs(paragraph, place, Role())
                self._say(place, " ", bold=False)

    def _under(self, parent: "HtmlElement", tag: str) -> "HtmlElement":
        made = self._make(tag)
        parent.append(made)
        return made


def _number(element: Any | None) -> int:
    text = attribute(element, "val") if element is not None else None
    return min(max(int(text), 1), 100) if text and text.isdecimal() else 1


def _outermost(element: Any, name: str) -> list[Any]:
    """The elements called ``name`` in one, each once: not those in another, nor the copy for older programs."""
    if local(element) == name:
        return [element]
    return [found for child in children(element) for found in _outermost(child, name)]
