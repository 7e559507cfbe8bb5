"""From the cells of a table to parts, each with its place and the titles of its column and its row."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.document import BlockKind, Cell
from ingest.structure.lines import Line, Table
from ingest.structure.outline import Part

_FIGURES = re.compile(r"^[\d\s.,%€$/()+–-]+$")


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names its columns: short words above cells that say more, or above figures."""
    if len(rows) < 2 or len(rows[0]) < 2 or not all(cell.strip() for cell in rows[0][1:]):
        return False
    head = [cell for cell in rows[0] if cell]
    if any(len(cell.split()) > 6 or re.search(r"\d{3,}|[.;]$", cell) for cell in head):
        return False
    last = [row[-1] for row in rows[1:] if len(row) == len(rows[0]) and row[-1]]
    if last and all(_FIGURES.match(cell) for cell in last) and not re.search(r"\d", rows[0][-1]):
        return True
    below = [len(cell) for row in rows[1:] for cell in row if cell]
    return bool(below) and sum(below) / len(below) > 1.3 * sum(map(len, head)) / len(head)


Placed = tuple[int, int, list[Part]]  # row, column, what stands in the cell


class Tables:
    """Makes parts of the tables of one document, and sees where a table goes on over a page."""

    def __init__(self) -> None:
        self._count = 0
        self._last: Table | None = None
        self._titles: dict[int, str] = {}
        self._rows = 0

    def forget(self) -> None:
        """Something stands after the last table: the next one is a new one."""
        self._last = None

    def lined(self, table: Table, inner: Callable[[Sequence[Line]], list[Part]]) -> Iterator[Part]:
        """The cells of a table of lines, row by row; ``inner`` makes parts of the lines in a cell."""
        placed = [(cell.row, cell.column, inner(cell.lines)) for cell in table.cells]
        header = table.header if table.header is not None else (True if _bold_head(table) else None)
        yield from self.parts(placed, header=header, on=self._goes_on(table), firsts=table.firsts)
        self._last = table

    def parts(
        self,
        placed: Sequence[Placed],
        *,
        header: bool | None = None,
        on: bool = False,
        firsts: Mapping[int, int] | None = None,
    ) -> Iterator[Part]:
        """The cells of a table, row by row; a cell with a list in it gives its items, each with the cell's place.

        ``header`` says whether the first row names the columns (None: by its looks); ``on`` that this is the rest of
        the table before; ``firsts`` the row whose first cell reaches down into a row.
        """
        grid = [entry for entry in placed if entry[2]]
        if not grid:
            return
        texts = _texts(grid)
        top = grid[0][0]
        if on:
            number, first = self._count - 1, self._rows
            if self._titles and _same(texts[0], self._titles):
                grid = [entry for entry in grid if entry[0] != top]
                first -= 1
        else:
            number, first = self._count, 0
            self._count += 1
            titled = header if header is not None else has_header(texts)
            self._titles = {column: _text(parts) for row, column, parts in grid if row == top} if titled else {}
        row_titles = {row: _text(parts) for row, column, parts in grid if column == 0 and not _listed(parts)}
        for low, row in (firsts or {}).items():
            row_titles.setdefault(low, row_titles.get(row, ""))
        for row, column, parts in grid:
            head = not on and bool(self._titles) and row == top
            title = None if head else self._titles.get(column)
            row_title = None if head or column == 0 else row_titles.get(row) or None
            place = Cell(number, row - top + first, column, head, title, row_title)
            self._rows = place.row + 1
            if head:
                yield Part(_text(parts), BlockKind.TABLE_CELL, 0, parts[0].page, cell=place)
                continue
            for part in parts:
                item = part.kind is BlockKind.LIST_ITEM
                yield replace(
                    part, kind=part.kind if item else BlockKind.TABLE_CELL, level=part.level if item else 0, cell=place
                )

    def _goes_on(self, table: Table) -> bool:
        last = self._last
        if last is None or table.page is None or last.page is None or table.page != last.page + 1:
            return False
        if len(last.edges) != len(table.edges):
            return False
        return all(abs(a - b) < 6 for a, b in zip(last.edges, table.edges, strict=True))


def _listed(parts: Sequence[Part]) -> bool:
    """Whether a cell holds a list: it is then no title of its row."""
    return any(part.kind is BlockKind.LIST_ITEM for part in parts)


def _text(parts: Sequence[Part]) -> str:
    return " ".join(part.text for part in parts)


def _texts(grid: Sequence[Placed]) -> list[list[str]]:
    rows: dict[int, dict[int, str]] = {}
    for row, column, parts in grid:
        rows.setdefault(row, {})[column] = _text(parts)
    width = max(column for _, column, _ in grid) + 1
    return [[cells.get(column, "") for column in range(width)] for _, cells in sorted(rows.items())]


def _same(row: Sequence[str], titles: dict[int, str]) -> bool:
    return [cell for cell in row if cell] == [title for _, title in sorted(titles.items()) if title]


def _bold_head(table: Table) -> bool:
    """Whether the first row is bold and the rows under it, but for their first cells, are not."""
    if not table.cells:
        return False
    top = table.cells[0].row
    head = [line.bold for cell in table.cells if cell.row == top for line in cell.lines]
    below = [line.bold for cell in table.cells if cell.row != top and cell.column > 0 for line in cell.lines]
    return len(head) > 1 and all(head) and sum(below) <= 0.5 * len(below)
