"""In which order a page is read: columns one after the other, tables without rules row by row."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.readers.pdf.grids import Box, Grid
from ingest.readers.pdf.rows import Piece, Row
from ingest.structure.markers import marker

_GUTTER = 9.0
_FEWEST = 3


@dataclass(slots=True)
class Strip:
    """Rows of one column, from top to bottom, each with its one piece; or, with ``grid``, a table.

    ``alone`` says that no column stands beside it; ``origin`` is the left edge of the column that it stands in.
    """

    rows: list[Row] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    grid: Grid | None = None
    alone: bool = True
    origin: float = 0.0


def strips(rows: Sequence[Row], tables: Sequence[Grid], across: Sequence[tuple[float, float, float]]) -> list[Strip]:
    """The page in reading order. ``tables`` are placed where they stand between the rows; ``across`` are rules."""
    made: list[Strip] = []
    top = float("inf")
    for table in [*tables, None]:
        bottom = table.top if table else float("-inf")
        between = [row for row in rows if bottom - 1 < row.y <= top]
        made += _arranged(between, across, alone=True)
        if table:
            made.append(Strip(left=table.edges[0], right=table.edges[-1], grid=table))
            top = bottom - 1
    return made


def _arranged(rows: Sequence[Row], across: Sequence[tuple[float, float, float]], *, alone: bool) -> list[Strip]:
    made: list[Strip] = []
    index = 0
    sided = bool(rows) and _sided(rows)
    pending: list[Row] = []

    def flush() -> None:
        if pending:
            made.append(_strip(pending, alone=alone))
            pending.clear()

    while index < len(rows):
        band, gutter = _band(rows, index) if sided else ([rows[index]], None)
        if gutter is None:
            pending.append(rows[index])
            index += 1
            continue
        flush()
        made += _split(band, gutter, across)
        index += len(band)
    flush()
    return made


def _sided(rows: Sequence[Row]) -> bool:
    """Whether anything at all stands beside something else."""
    low, high = min(row.left for row in rows), max(row.right for row in rows)
    edge = low + 0.2 * (high - low)
    return sum(1 for row in rows for piece in row.pieces if piece.left > edge) > 1


def _strip(rows: Sequence[Row], *, alone: bool) -> Strip:
    single = [Row(row.y, row.size, [_one(row)]) for row in rows]
    return Strip(single, min(row.left for row in single), max(row.right for row in single), alone=alone)


def _one(row: Row) -> Piece:
    """All pieces of a row as one."""
    if len(row.pieces) == 1:
        return row.pieces[0]
    first = row.pieces[0]
    main = max(row.pieces, key=lambda piece: len(piece.text))
    bold = all(piece.bold for piece in row.pieces)
    return Piece(row.text, first.left, row.right, row.y, main.size, bold, first.marked, first.hang)


def _free(row: Row, low: float, high: float) -> list[tuple[float, float]]:
    """Where between ``low`` and ``high`` a row has no text."""
    free: list[tuple[float, float]] = []
    at = low
    for piece in row.pieces:
        if piece.left - at > 0:
            free.append((at, piece.left))
        at = max(at, piece.right)
    if high > at:
        free.append((at, high))
    return free


def _both(a: Sequence[tuple[float, float]], b: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b if min(x[1], y[1]) - max(x[0], y[0]) >= _GUTTER]


def _band(rows: Sequence[Row], start: int) -> tuple[list[Row], tuple[float, float] | None]:
    """The rows from ``start`` on that leave one gutter free, and that gutter; None when there is none."""
    low = min(row.left for row in rows[start:])
    high = max(row.right for row in rows[start:])
    free = [(low, high)]
    end = start
    best: tuple[int, tuple[float, float]] | None = None
    while end < len(rows):
        left_open = _both(free, _free(rows[end], low, high))
        if not left_open:
            break
        free = left_open
        end += 1
        for gutter in sorted(free, key=lambda gap: gap[0] - gap[1]):
            if _parts(rows[start:end], gutter):
                best = (end, gutter)
                break
    if best is None:
        return [rows[start]], None
    end, gutter = best
    return list(rows[start : start + _kept(rows[start:end], gutter, closed=end < len(rows))]), gutter


def _kept(band: Sequence[Row], gutter: tuple[float, float], *, closed: bool) -> int:
    """How many rows of a band stand in its columns: a title at its end, above full-width text, does not.

    ``closed`` says that full-width text follows; else only a title at the very end is one, or one with a caption.
    """
    last = _sides(band, gutter)[1][-1].y
    size = median(row.size for row in band)
    for end in range(len(band) - 1, max(2, len(band) - 4), -1):
        row = band[end]
        if row.y >= last:
            break
        styled = row.size > 1.08 * size or all(piece.bold for piece in row.pieces)
        if styled and (closed or len(band) - end <= 2) and _parts(band[:end], gutter):
            return end
    return len(band)


def _sides(rows: Sequence[Row], gutter: tuple[float, float]) -> tuple[list[Row], list[Row]]:
    middle = (gutter[0] + gutter[1]) / 2
    left, right = [], []
    for row in rows:
        a = [piece for piece in row.pieces if piece.left < middle]
        b = [piece for piece in row.pieces if piece.left >= middle]
        if a:
            left.append(Row(row.y, row.size, a))
        if b:
            right.append(Row(row.y, row.size, b))
    return left, right


def _parts(rows: Sequence[Row], gutter: tuple[float, float]) -> bool:
    """Whether a gutter parts text: enough of it on both sides, over the same height."""
    left, right = _sides(rows, gutter)
    if len(left) < 2 or len(right) < 2:
        return False
    size = median(row.size for row in rows)
    wide = gutter[1] - gutter[0] > 2 * size
    overlap = min(left[0].y, right[0].y) - max(left[-1].y, right[-1].y)
    if overlap < 0.5 * size:
        return False
    return wide or (len(left) >= _FEWEST and len(right) >= _FEWEST)


def _split(
    band: Sequence[Row], gutter: tuple[float, float], across: Sequence[tuple[float, float, float]]
) -> list[Strip]:
    """The strips of a band with a gutter: two columns, or one table."""
    left, right = _sides(band, gutter)
    # What stands on one side, above the first row of the other side, is read before both; below it, after both.
    if _columns(left, right, gutter):
        return [*_arranged(left, across, alone=False), *_arranged(right, across, alone=False)]
    if left[0].y > right[0].y:
        above = [row for row in band if row.y > right[0].y + 0.4 * row.size]
        if above:
            rest = [row for row in band if row not in above]
            return [_strip(above, alone=False), *_split(rest, gutter, across)]
    end = _table_end(band, right[-1].y)
    table = band[:end]
    made = [Strip(left=band[0].left, right=max(row.right for row in table), grid=_table(table, across))]
    return [*made, *_arranged(band[end:], across, alone=False)] if end < len(band) else made


def _table_end(band: Sequence[Row], last: float) -> int:
    """How many rows of a band are the table's: after ``last``, the lowest row with two columns, only what goes on."""
    end = next((i + 1 for i, row in enumerate(band) if row.y <= last), len(band))
    closest = min((above.y - below.y for above, below in pairwise(band)), default=0.0)
    while end < len(band):
        row = band[end]
        if band[end - 1].y - row.y > 1.25 * closest or marker(row.pieces[0].text) is not None:
            break
        end += 1
    return end


def _columns(left: Sequence[Row], right: Sequence[Row], gutter: tuple[float, float]) -> bool:
    """Whether two sides are columns of running text or lists, not the columns of a table."""
    marked = [sum(1 for row in side if marker(row.pieces[0].text)) / len(side) for side in (left, right)]
    if min(marked) >= 0.3:
        return True
    edges = (gutter[0], max(row.right for row in right))
    full = []
    for side, edge in zip((left, right), edges, strict=True):
        width = edge - min(row.left for row in side)
        full.append(sum(1 for row in side if row.right > edge - 0.15 * width) / len(side))
    if len(left) >= 6 and len(right) >= 6 and min(full) >= 0.45:
        return True
    if len(left) >= _FEWEST and len(right) >= _FEWEST and min(full) >= 0.6 and _even(left) and _even(right):
        return True
    # Rows that stand on baselines of their own are not the rows of one table.
    baselines = {round(row.y) for row in left}
    shared = sum(1 for row in right if round(row.y) in baselines or round(row.y) + 1 in baselines) / len(right)
    return shared < 0.34


def _even(side: Sequence[Row]) -> bool:
    """Whether rows stand at one distance from each other, as the lines of a paragraph do."""
    drops = [above.y - below.y for above, below in pairwise(side)]
    return max(drops) < 1.25 * min(drops)


def _table(band: Sequence[Row], across: Sequence[tuple[float, float, float]]) -> Grid:
    """A table without upright rules as a grid: columns by what stands free over all rows, rows by white space."""
    edges = _column_edges(band)
    groups = _row_groups(band, edges, across)
    boxes: list[Box] = []
    for number, group in enumerate(groups):
        for column in range(len(edges) - 1):
            inside: list[Row] = []
            for row in group:
                pieces = [piece for piece in row.pieces if edges[column] <= piece.left < edges[column + 1]]
                if pieces:
                    inside.append(Row(row.y, row.size, pieces))
            top, bottom = group[0].y + group[0].size, group[-1].y
            boxes.append(Box(edges[column], bottom, edges[column + 1], top, number, column, inside))
    return Grid(boxes, tuple(edges), band[0].y + band[0].size, band[-1].y)


def _column_edges(band: Sequence[Row]) -> list[float]:
    low, high = min(row.left for row in band), max(row.right for row in band)
    free = [(low, high)]
    for row in band:
        free = _both(free, _free(row, low, high))
    starts = [low - 1]
    for gap in sorted(free):
        if any(abs(piece.left - gap[1]) < 60 for row in band for piece in row.pieces) and gap[1] < high:
            starts.append(gap[1] - 2)  # noqa: PERF401 (a comprehension would hide the condition)
    return [*starts, high + 1]


def _row_groups(
    band: Sequence[Row], edges: Sequence[float], across: Sequence[tuple[float, float, float]]
) -> list[list[Row]]:
    """Which rows of text make one row of the table."""
    drops = [above.y - below.y for above, below in itertools.pairwise(band)]
    ruled = [
        any(below.y + 0.8 * below.size < y < above.y for _, _, y in across) for above, below in itertools.pairwise(band)
    ]
    closest = min(drops) if drops else 0.0
    apart = [drop > 1.3 * closest + 0.5 for drop in drops]
    groups: list[list[Row]] = [[band[0]]]
    by_rules = sum(ruled) >= 2
    for i, row in enumerate(band[1:]):
        begins = row.pieces[0].left < edges[1]
        if by_rules:
            new = ruled[i]
        elif any(apart) and sum(apart) / len(apart) > 0.15:
            new = apart[i] or (begins and not _goes_on(groups[-1][-1], row, edges))
        else:
            new = begins and not _goes_on(groups[-1][-1], row, edges)
        if new:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _goes_on(above: Row, row: Row, edges: Sequence[float]) -> bool:
    """Whether the first cell of ``row`` goes on from the row above: in lower case, or with nothing beside it."""
    text = row.pieces[0].text
    if text[:1].islower() and above.pieces[0].left < edges[1]:
        return True
    return len(row.pieces) == 1 and len(above.pieces) > 1 and not text[:1].isupper()
