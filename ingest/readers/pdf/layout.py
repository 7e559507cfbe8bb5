"""From the strips of a page to lines with what the flow needs: margins, gaps, footnotes, cells."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.readers.pdf.columns import Strip
from ingest.readers.pdf.grids import Grid
from ingest.readers.pdf.rows import Row
from ingest.structure.lines import Line, Table, TableCell
from ingest.structure.markers import marker

_NOTE = re.compile(r"^(\d{1,3}|[*†‡§]{1,3})[\s.)]?\s*\S")
_NOTE_SIZE = 0.93
_USUAL = 1.25
_INDENTED = 32.0


def body_size(pages: Iterable[Sequence[Row]]) -> float:
    """The font size in which most of the text is set, in points; 0 when there is none."""
    sizes: Counter[float] = Counter()
    for rows in pages:
        for row in rows:
            for piece in row.pieces:
                sizes[round(piece.size * 2) / 2] += len(piece.text)
    return max(sizes, key=lambda size: sizes[size]) if sizes else 0.0


def lines(strips: Sequence[Strip], page: int, body: float, edge: float | None, leading: float) -> list[Line | Table]:
    """The lines of a page in reading order.

    ``edge`` is the right edge of full-width text and ``leading`` the usual distance of baselines (in font sizes) in the
    whole document.
    """
    made: list[Line | Table] = []
    fresh = True
    for strip in strips:
        if strip.grid is not None:
            made.append(_table(strip.grid, page))
            fresh = False
            continue
        margin = strip.right
        if strip.alone and edge is not None and edge > margin:
            margin = edge
        at_foot = all(other is strip or _top(other) >= strip.rows[-1].y for other in strips)
        notes = _notes(strip.rows, body) if at_foot else len(strip.rows)
        usual = _leading(strip.rows) or leading
        margins = _margins(strip, margin)
        above: Row | None = None
        for index, row in enumerate(strip.rows):
            line = _line(row, margins[index], page, strip.origin)
            if above is not None:
                line.gap = max(0.0, (above.y - row.y) / (usual * row.size) - 1)
            else:
                line.gap = 1.0
            line.fresh, fresh = fresh or (above is None and not strip.alone), False
            line.note = index >= notes
            made.append(line)
            above = row
    return made


def origin(left: float, lefts: Sequence[float]) -> float:
    """The left edge of the column that a strip beginning at ``left`` stands in: the leftmost of its neighbours in the
    whole document, given all (``lefts``, sorted). A strip may hold nothing but indented items."""
    return next(other for other in lefts if other >= left - _INDENTED)


def _line(row: Row, margin: float, page: int, start: float) -> Line:
    piece = row.pieces[0]
    return Line(
        piece.text,
        left=piece.left - start,
        right=piece.right - start,
        margin=margin - start,
        size=piece.size,
        bold=piece.bold,
        page=page,
        hang=piece.hang - start if piece.hang else 0.0,
    )


def _margins(strip: Strip, margin: float) -> list[float]:
    """The right edge for each row: its column's, or that of a block of its own (a quotation set in)."""
    found = [margin] * len(strip.rows)
    start = 0
    for end in range(1, len(strip.rows) + 1):
        first = strip.rows[start]
        if end < len(strip.rows) and abs(strip.rows[end].left - first.left) < 2:
            continue
        apart = start == 0 or strip.rows[start - 1].y - first.y > 1.6 * first.size
        if end - start >= 2 and apart and first.left > strip.left + 1.2 * first.size and not marker(first.text):
            reach = max(row.right for row in strip.rows[start:end])
            if reach < margin - 1.2 * first.size:
                found[start:end] = [reach] * (end - start)
        start = end
    return found


def _ratios(rows: Sequence[Row]) -> Counter[float]:
    """Distances of baselines, in font sizes, where a sentence goes on in the next row."""
    ratios: Counter[float] = Counter()
    for above, row in pairwise(rows):
        text = row.pieces[0].text
        if text[:1].islower() and abs(above.size - row.size) < 0.1 * row.size and marker(text) is None:
            ratio = (above.y - row.y) / row.size
            if 0.9 <= ratio <= 2.4:
                ratios[round(ratio * 20) / 20] += 1
    return ratios


def _leading(rows: Sequence[Row]) -> float | None:
    """The usual distance of baselines, in font sizes; None where too few rows show it."""
    ratios = _ratios(rows)
    total = sum(ratios.values())
    if total < 2:
        return None
    return min(ratio for ratio, count in ratios.items() if count >= 0.2 * total)


def leading(pages: Iterable[Sequence[Row]]) -> float:
    """The usual distance of baselines in a whole document, in font sizes."""
    ratios: Counter[float] = Counter()
    for rows in pages:
        ratios.update(_ratios(rows))
    return max(ratios, key=lambda ratio: ratios[ratio]) if sum(ratios.values()) > 2 else _USUAL


def _closest(rows: Sequence[Row]) -> float:
    """The smallest distance of baselines, in font sizes: what it is within a paragraph of a cell."""
    found = [(above.y - row.y) / row.size for above, row in pairwise(rows)]
    return min((ratio for ratio in found if 0.9 <= ratio <= 1.8), default=_USUAL)


def _top(strip: Strip) -> float:
    return strip.grid.top if strip.grid is not None else strip.rows[0].y


def _notes(rows: Sequence[Row], body: float) -> int:
    """The index of the first row of the footnotes at the foot of a column; the number of rows when there are none."""
    start = len(rows)
    while start > 0 and rows[start - 1].size <= _NOTE_SIZE * body:
        start -= 1
    while start < len(rows) and not _begins_note(rows[start]):
        start += 1
    return start


def _begins_note(row: Row) -> bool:
    piece = row.pieces[0]
    return piece.marked or bool(_NOTE.match(piece.text))


def _table(grid: Grid, page: int) -> Table:
    cells = []
    for box in grid.boxes:
        if not box.rows:
            continue
        merged = [Row(row.y, row.size, [row.pieces[0]]) for row in box.rows]
        inner: list[Line] = []
        usual = _leading(merged) or _closest(merged)
        padding = max(1.0, min(piece.left for row in box.rows for piece in row.pieces) - box.left)
        above: Row | None = None
        for row in box.rows:
            piece = row.pieces[0]
            line = Line(
                row.text,
                left=piece.left,
                right=row.right,
                margin=box.right - min(padding, 8.0) + 1.0,
                size=piece.size,
                bold=all(part.bold for part in row.pieces),
                page=page,
                hang=piece.hang,
                gap=max(0.0, (above.y - row.y) / (usual * row.size) - 1) if above else 1.0,
            )
            inner.append(line)
            above = row
        cells.append(TableCell(box.row, box.column, inner))
    firsts = {
        row: box.row
        for box in grid.boxes
        if box.column == 0 and box.rows
        for row in range(box.row + 1, box.last_row + 1)
    }
    return Table(cells, page, grid.edges, firsts=firsts)
