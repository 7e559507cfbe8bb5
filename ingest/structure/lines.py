"""A line of text as it stands on a page or in a text file, and what can be measured of two lines that follow each other."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """One line in reading order.

    ``left`` and ``right`` are its edges and ``margin`` the right edge of the column it stands in, all in one unit
    (points on a page, characters in a text file; ``margin`` is infinite where lines aren't wrapped). ``gap`` is the
    white space above it in lines: 0 where it follows closely, 1 after an empty line. ``size`` is the font's size in
    points, 0 where nothing is known. ``fresh`` is True for the first line of a page, slide or column. ``note`` is True for a
    line of a footnote; ``heading`` is a level that the format itself gives (0: none). ``hang`` is where the text after
    a list marker begins, where that is known.
    """

    text: str
    left: float = 0.0
    right: float = 0.0
    margin: float = float("inf")
    gap: float = 0.0
    size: float = 0.0
    bold: bool = False
    page: int | None = None
    fresh: bool = False
    note: bool = False
    heading: int = 0
    hang: float = 0.0

    @property
    def em(self) -> float:
        """The mean width of a character in this line."""
        return (self.right - self.left) / max(1, len(self.text))

    def full(self, following: str) -> bool:
        """Whether the first word of ``following`` would not have fitted on this line any more."""
        first = following.split(None, 1)[0] if following.strip() else ""
        return self.right + self.em * (len(first) + 1) > self.margin


@dataclass(slots=True)
class TableCell:
    """A cell of a table, with the lines in it from top to bottom; ``row`` and ``column`` count from 0."""

    row: int
    column: int
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table in reading order. ``edges`` are those of its columns, to see whether the next page goes on with it.

    ``header`` says whether the first row names the columns; None where the format doesn't tell. ``firsts``
    gives for a row that its first cell reaches down into the row where that cell begins.
    """

    cells: list[TableCell]
    page: int | None = None
    edges: tuple[float, ...] = ()
    header: bool | None = None
    firsts: dict[int, int] = field(default_factory=dict)
