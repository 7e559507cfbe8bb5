"""Tables with rules across only (as books set them): rows between the rules, columns where nothing stands."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.readers.pdf.grids import Box, Grid, Rule, merged
from ingest.readers.pdf.rows import Piece, Row

_SAME = 5.0
_FREE = 3.5
_HIGHEST = 130.0  # points between two rules of one table


def ledgers(across: Sequence[tuple[float, float, float]], rows: Sequence[Row]) -> tuple[list[Grid], list[Row]]:
    """The tables between rules of one length, and the rows outside them."""
    rules = merged([(rule[2], rule[0], rule[1]) for rule in across])
    found: list[Grid] = []
    outside = list(rows)
    for group in _groups(rules):
        grid = _table(group, outside)
        if grid is not None:
            found.append(grid)
            outside = [row for row in outside if not grid.bottom < row.y < grid.top]
    return found, outside


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Three or more rules under each other, from top to bottom, that begin and end alike."""
    left = sorted((rule for rule in rules if rule[2] - rule[1] > 100), key=lambda rule: -rule[0])
    while left:
        group = [left.pop(0)]
        for rule in list(left):
            alike = abs(rule[1] - group[0][1]) < _SAME and abs(rule[2] - group[0][2]) < _SAME
            if alike and group[-1][0] - rule[0] < _HIGHEST:
                group.append(rule)
                left.remove(rule)
        if len(group) >= 3:
            yield group


def _table(rules: Sequence[Rule], rows: Sequence[Row]) -> Grid | None:
    """The table between ``rules``, or None when what stands there has no columns."""
    inside = [row for row in rows if rules[-1][0] < row.y < rules[0][0]]
    edges = _edges(inside, rules[0][1], rules[0][2])
    if len(inside) < 2 or len(edges) < 3:
        return None
    head = _head(rows, rules[0][0], edges)
    if head is not None:
        rules = [(head.y + head.size, *rules[0][1:]), *rules]
        inside = [head, *inside]
    bands = [[row for row in inside if low[0] < row.y < high[0]] for high, low in pairwise(rules)]
    bands = [band for each in bands if each for band in ([each] if len(rules) > 4 else _parted(each, edges))]
    if len(bands) < 2:
        return None
    boxes = []
    for number, band in enumerate(bands):
        for column, (left, right) in enumerate(pairwise(edges)):
            cell = [Row(row.y, row.size, cut) for row in band if (cut := _cut(row, left, right))]
            boxes.append(Box(left, band[-1].y, right, band[0].y, number, column, cell))
    return Grid(boxes, tuple(edges), rules[0][0], rules[-1][0])


def _head(rows: Sequence[Row], top: float, edges: Sequence[float]) -> Row | None:
    """The row that names the columns where it stands above the first rule: bold, and parted as the columns are."""
    above = [row for row in rows if top < row.y < top + 2.2 * row.size]
    if not above or not all(piece.bold for piece in above[-1].pieces) or len(above[-1].pieces) < 2:
        return None
    starts = [piece.left for piece in above[-1].pieces]
    fits = all(any(-4 <= start - edge <= 25 for edge in edges[:-1]) for start in starts)
    return above[-1] if fits else None


def _crumbs(row: Row) -> list[tuple[float, float, str]]:
    return [crumb for piece in row.pieces for crumb in piece.crumbs or [(piece.left, piece.right, piece.text)]]


def _edges(rows: Sequence[Row], left: float, right: float) -> list[float]:
    """The left edges of the columns and the right edge of the last: where no row has text."""
    covered = sorted((crumb[0], crumb[1]) for row in rows for crumb in _crumbs(row))
    edges, reach = [left], float("-inf")
    for begin, end in covered:
        if reach > float("-inf") and begin - reach >= _FREE:
            edges.append(begin - 1)
        reach = max(reach, end)
    return [*edges, right]


def _cut(row: Row, left: float, right: float) -> list[Piece]:
    inside = [crumb for crumb in _crumbs(row) if left - 1 <= crumb[0] < right - 1]
    if not inside:
        return []
    bold = next(piece.bold for piece in row.pieces if piece.right > inside[0][0])
    text = " ".join(crumb[2] for crumb in inside)
    return [Piece(text, inside[0][0], inside[-1][1], row.y, row.size, bold)]


def _parted(rows: Sequence[Row], edges: Sequence[float]) -> list[list[Row]]:
    """Rows of the table where rules stand only around it: a new one where its first column begins, after more space."""
    groups = [[rows[0]]]
    drops = [above.y - below.y for above, below in pairwise(rows)]
    closest = min(drops, default=0.0)
    apart = any(drop > 1.25 * closest for drop in drops)
    for drop, row in zip(drops, rows[1:], strict=True):
        begins = bool(_cut(row, edges[0], edges[1]))
        if (drop > 1.25 * closest) if apart else begins:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups
