"""What every reader makes of a file: one document of blocks, each with its place in the source."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    FOOTNOTE = "footnote"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a table cell. ``row`` and ``column`` count from 0; the header row is row 0 where ``header`` is true.

    ``column_title`` and ``row_title`` are the texts of the header cell above and of the first cell of the row, if any.
    """

    table: int
    row: int
    column: int
    header: bool = False
    column_title: str | None = None
    row_title: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One passage of source text, cleaned: words broken over lines joined, white space folded to single spaces.

    ``headings`` is the path of headings above it, outermost first (for a heading: those above that heading).
    ``lead_in`` are the lines that introduce the list or sublist it stands in, outermost first.
    ``level`` is the depth of a heading or of a list item, from 1; 0 for other kinds.
    ``page`` counts from 1, None where the format has no pages; ``page_breaks`` are ``(offset, page)`` pairs, for a
    text that goes on over a page: from that offset in ``text`` on it stands on that page.
    ``offset`` is the place of ``text`` in :attr:`ReadDocument.text`, in Unicode code points.
    ``marks`` are what a format knows more: for a board ``id``, ``colour``, ``tag``, ``shape``.
    """

    text: str
    kind: BlockKind
    headings: tuple[str, ...] = ()
    lead_in: tuple[str, ...] = ()
    level: int = 0
    page: int | None = None
    page_breaks: tuple[tuple[int, int], ...] = ()
    offset: int = 0
    cell: Cell | None = None
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def section(self) -> str:
        """Its headings as one line, outermost first, joined with `` > ``."""
        return " > ".join(heading.rstrip(" :") for heading in self.headings)

    def page_at(self, offset: int) -> int | None:
        """The page on which the character at ``offset`` of ``text`` stands, or None."""
        return next((page for start, page in reversed(self.page_breaks) if offset >= start), self.page)


@dataclass(frozen=True, slots=True)
class Connection:
    """An arrow that a board draws between two blocks (indexes into ``blocks``): from ``source`` to ``target``, as drawn.

    ``directed`` is False for a line without an arrow head; ``caption`` is what stands on it.
    """

    source: int
    target: int
    caption: str = ""
    directed: bool = True


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as a reader found it.

    ``name`` is the file's name; ``title``, ``date`` (ISO 8601, as precise as the source), ``publisher`` are the
    document's own, or None. ``pages`` is None where the format has none. ``notes`` are sentences for the person who
    adds it (what could not be read of it).
    """

    name: str
    media_type: str
    blocks: tuple[Block, ...]
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    pages: int | None = None
    connections: tuple[Connection, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All blocks' texts, each followed by one line break; ``text[b.offset:b.offset + len(b.text)] == b.text``."""
        return "".join(block.text + "\n" for block in self.blocks)
