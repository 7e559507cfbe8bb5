"""Slides (PPTX): each slide is a page under its title, with its lists, tables, notes and the arrows between its shapes."""

from typing import TYPE_CHECKING, Any, ClassVar

from corpus.errors import KluwenError
from corpus.messages import say
from ingest.document import Connection, ReadDocument
from ingest.readers.base import Reader
from ingest.readers.office.package import Package, attribute, children, local
from ingest.readers.office.shapes import Shape, placed
from ingest.structure import facts, outline
from ingest.structure.outline import Part
from ingest.structure.reading import words
from ingest.structure.tables import Tables

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TITLES = ("title", "ctrTitle")
_OUTSIDE = ("ftr", "dt", "sldNum", "hdr", "sldImg")
_LISTS = ("body", "obj", "")
_NO_HEAD = ("none", None)
_DEEPEST = 8  # of bullets, from 0, as the standard has it


class SlidesReader(Reader):
    """PowerPoint files; footers, comments and hidden slides are left out, and macros never run."""

    name = "slides"
    suffixes: ClassVar[tuple[str, ...]] = (".pptx", ".pptm", ".ppsx")
    media_types: ClassVar[tuple[str, ...]] = (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        "application/vnd.ms-powerpoint.presentation.macroenabled.12",
    )

    def read(self, data: bytes, name: str) -> ReadDocument:
        package = Package(data, name)
        deck = _Deck(package)
        blocks = outline.blocks(deck.parts)
        if not blocks:
            raise KluwenError("reader.no_text", name=name)
        told = package.told()
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=blocks,
            title=facts.worth(deck.title) or told.title or facts.title_at_top(blocks),
            date=facts.date_near_top(block for block in blocks if (block.page or 1) <= 2) or told.date,
            publisher=told.publisher,
            pages=deck.pages,
            connections=tuple(deck.connections),
            notes=tuple(deck.notes),
        )


class _Deck:
    """The parts of all slides, in the order in which they are shown; ``title`` is that of a title slide."""

    def __init__(self, package: Package) -> None:
        self.parts: list[Part] = []
        self.connections: list[Connection] = []
        self.notes: list[str] = []
        self.title: str | None = None
        self._package = package
        self._tables = Tables()
        self._loose = 0
        main = package.main()
        relations = package.relations(main)
        ids = list(package.xml(main).iter("{*}sldId"))
        slides = [relations[link] for each in ids if (link := _link(each)) in relations]
        self.pages = len(slides)
        hidden = []
        for page, slide in enumerate(slides, start=1):
            root = package.xml(slide.target)
            if attribute(root, "show") in ("0", "false"):
                hidden.append(str(page))
            else:
                self._slide(slide.target, root, page)
        if hidden:
            self.notes.append(say("reader.note_hidden", pages=", ".join(hidden)))
        if self._loose:
            self.notes.append(say("reader.note_loose", count=self._loose))

    def _slide(self, part: str, root: Any, page: int) -> None:
        layout = self._package.related(part, "slideLayout")
        shapes = placed(root, self._package.xml_or_none(layout) if layout else None)
        lines = list(root.iter("{*}cxnSp"))
        joined = {end for line in lines for end in _ends(line)}
        first: dict[str, int] = {}
        shapes.sort(key=lambda shape: shape.role not in _TITLES)
        for shape in shapes:
            if shape.role in _OUTSIDE:
                continue
            made = self._shape(part, shape, bold=shape.id not in joined)
            if made:
                first.setdefault(shape.id, len(self.parts))
            if shape.role == "ctrTitle" and page == 1 and made:
                self.title = made[0].text
            self._add(made, page)
        for line in lines:
            connection = _connection(line, first)
            if connection is None:
                self._loose += 1
            else:
                self.connections.append(connection)
        self._speaker(part, page)

    def _shape(self, part: str, shape: Shape, bold: bool) -> list[Part]:
        """What stands in one shape."""
        from lxml import html

        from ingest.readers import markup

        root = html.Element("div")
        if local(shape.element) == "graphicFrame":
            for table in shape.element.iter("{*}tbl"):
                _table(table, root)
            drawing = next(shape.element.iter("{*}relIds"), None)
            relation = (
                self._package.relations(part).get(attribute(drawing, "dm") or "") if drawing is not None else None
            )
            data = self._package.xml_or_none(relation.target) if relation else None
            for point in data.iter("{*}pt") if data is not None else ():
                _paragraphs(point, root, listed=True)
        elif shape.role in _TITLES:
            text = " ".join(_text(each) for each in shape.element.iter("{*}p"))
            heading = html.Element("h1")
            heading.text = text
            root.append(heading)
        else:
            _paragraphs(shape.element, root, listed=shape.role is not None and shape.role in _LISTS, bold=bold)
        return markup.parts(root, self._tables)

    def _speaker(self, part: str, page: int) -> None:
        """What is to be said with the slide, as a section of its own under the slide's title."""
        from lxml import html

        from ingest.readers import markup

        notes = self._package.related(part, "notesSlide")
        root = self._package.xml_or_none(notes) if notes else None
        if root is None:
            return
        page_of_notes = html.Element("div")
        heading = html.Element("h2")
        heading.text = words("speaker_notes")[0].capitalize()
        for shape in placed(root, None):
            if shape.role == "body":
                _paragraphs(shape.element, page_of_notes, listed=False)
        if page_of_notes.text_content().strip():
            page_of_notes.insert(0, heading)
            self._add(markup.parts(page_of_notes, self._tables), page)

    def _add(self, parts: list[Part], page: int) -> None:
        for part in parts:
            part.page = page
        self.parts += parts


def _paragraphs(holder: Any, into: "HtmlElement", *, listed: bool, bold: bool = True) -> None:
    """The paragraphs in a shape or cell; ``listed`` where they are bullets unless they say that they aren't."""
    from lxml import html

    for paragraph in holder.iter("{*}p"):
        if not _text(paragraph).strip():
            continue
        own = paragraph.find("{*}pPr")
        names = {local(each) for each in own} if own is not None else set()
        item = bool(names & {"buChar", "buAutoNum", "buBlip"}) or (listed and "buNone" not in names)
        depth = attribute(own, "lvl") if own is not None else None
        parent = into
        for _ in range(1 + (min(int(depth), _DEEPEST) if depth and depth.isdecimal() else 0) if item else 0):
            parent = _under(html, parent, "ul")
        element = _under(html, parent, "li" if item else "p")
        for run in children(paragraph):
            if local(run) == "br":
                _under(html, element, "br")
            elif local(run) in ("r", "fld"):
                properties = run.find("{*}rPr")
                strong = bold and properties is not None and attribute(properties, "b") in ("1", "true")
                _under(html, element, "b" if strong else "span").text = "".join(t.text or "" for t in run.iter("{*}t"))


def _table(table: Any, into: "HtmlElement") -> None:
    from lxml import html

    made = _under(html, into, "table")
    for row in table.iterchildren("{*}tr"):
        line = _under(html, made, "tr")
        for cell in row.iterchildren("{*}tc"):
            if attribute(cell, "hMerge") in ("1", "true") or attribute(cell, "vMerge") in ("1", "true"):
                continue  # the cell that it is merged with spans its place
            place = _under(html, line, "td")
            place.attrib.update({"colspan": cell.get("gridSpan", "1"), "rowspan": cell.get("rowSpan", "1")})
            _paragraphs(cell, place, listed=False)


def _under(html: Any, parent: Any, tag: str) -> Any:
    made = html.Element(tag)
    parent.append(made)
    return made


def _text(paragraph: Any) -> str:
    return "".join((each.text or "") if local(each) == "t" else " " for each in paragraph.iter("{*}t", "{*}br"))


def _link(element: Any) -> str:
    """The id of the relation that an element names; its own ``id`` has no namespace."""
    return next((value for key, value in element.attrib.items() if key.endswith("relationships}id")), "")


def _ends(line: Any) -> list[str]:
    """The ids of the shapes that a line is tied to at its start and its end; empty where it is tied to none."""
    ends = (next(line.iter("{*}" + name), None) for name in ("stCxn", "endCxn"))
    return [(attribute(end, "id") or "") if end is not None else "" for end in ends]


def _connection(line: Any, first: dict[str, int]) -> Connection | None:
    """A line as an arrow between two parts, or None where one of its ends is tied to nothing that was read."""
    start, end = (first.get(each) for each in _ends(line))
    if start is None or end is None:
        return None
    heads = (next(line.iter("{*}" + name), None) for name in ("headEnd", "tailEnd"))  # at its start, at its end
    at_start, at_end = ((attribute(head, "type") if head is not None else None) not in _NO_HEAD for head in heads)
    if at_start and not at_end:
        start, end = end, start
    return Connection(start, end, directed=at_start != at_end)
