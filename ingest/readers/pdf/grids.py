"""Tables that are drawn with rules: from the lines on a page to cells with the rows of text in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.drawn import Drawn
from ingest.readers.pdf.rows import Piece, Row

_NEAR = 3.5


@dataclass(slots=True)
class Box:
    """One cell: its edges, its place (row, column from 0), and the rows of text in it, from top to bottom;
    ``last_row`` is the row that it reaches down to."""

    left: float
    bottom: float
    right: float
    top: float
    row: int
    column: int
    rows: list[Row] = field(default_factory=list)
    last_row: int = 0


@dataclass(slots=True)
class Grid:
    """A ruled table: its cells in reading order, and the edges of its columns."""

    boxes: list[Box]
    edges: tuple[float, ...]
    top: float
    bottom: float


def grids(drawn: Drawn) -> list[Grid]:
    """The tables that the rules on a page make, of two columns or more; empty yet."""
    across = merged([(rule[2], rule[0], rule[1]) for rule in drawn.across])
    down = merged([(rule[2], rule[0], rule[1]) for rule in drawn.down])
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) > 700:
        return []
    found = []
    for horizontal, vertical in _connected(across, down):
        grid = _grid(horizontal, vertical)
        if grid is not None:
            found.append(grid)
    return sorted(found, key=lambda grid: -grid.top)


Rule = tuple[float, float, float]  # where it stands, where it begins, where it ends


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch are one rule."""
    found: list[Rule] = []
    for place, start, end in sorted((round(rule[0] * 2) / 2, rule[1], rule[2]) for rule in rules):
        for index in range(len(found) - 1, max(-1, len(found) - 40), -1):
            other = found[index]
            if abs(other[0] - place) <= 1.6 and start <= other[2] + _NEAR and end >= other[1] - _NEAR:
                found[index] = (other[0], min(other[1], start), max(other[2], end))
                break
        else:
            found.append((place, start, end))
    return [rule for rule in found if rule[2] - rule[1] > 6]


def _connected(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that cross each other."""
    group = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, (y, left, right) in enumerate(across):
        for j, (x, bottom, top) in enumerate(down, start=len(across)):
            if left - _NEAR <= x <= right + _NEAR and bottom - _NEAR <= y <= top + _NEAR:
                group[root(i)] = root(j)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate(across):
        parts.setdefault(root(i), ([], []))[0].append(rule)
    for j, rule in enumerate(down, start=len(across)):
        parts.setdefault(root(j), ([], []))[1].append(rule)
    return [part for part in parts.values() if len(part[0]) >= 2 and len(part[1]) >= 2]


def _edges(values: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    xs, ys = _edges(rule[0] for rule in down), _edges(rule[0] for rule in across)[::-1]
    if len(xs) < 2 or len(ys) < 2 or len(xs) > 40 or len(xs) * len(ys) > 3000:
        return None
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for i in range(len(ys) - 1):
        for j in range(len(xs) - 1):
            if (i, j) in taken:
                continue
            last = j
            middle = (ys[i] + ys[i + 1]) / 2
            while last + 2 < len(xs) and not _stands(down, xs[last + 1], middle):
                last += 1
            low = i
            centre = (xs[j] + xs[last + 1]) / 2
            while low + 2 < len(ys) and not _stands(across, ys[low + 1], centre):
                low += 1
            taken.update((a, b) for a in range(i, low + 1) for b in range(j, last + 1))
            boxes.append(Box(xs[j], ys[low + 1], xs[last + 1], ys[i], i, j, last_row=low))
    return Grid(boxes, tuple(xs), ys[0], ys[-1])


def _stands(rules: Iterable[Rule], place: float, at: float) -> bool:
    return any(abs(rule[0] - place) <= _NEAR and rule[1] - 1 <= at <= rule[2] + 1 for rule in rules)


def fill(grids_: Sequence[Grid], page_rows: Sequence[Row]) -> tuple[list[Grid], list[Row]]:
    """Put the text of a page into the cells that it stands in; gives the tables with text, and the rows outside them."""
    outside = list(page_rows)
    kept: list[Grid] = []
    for grid in grids_:
        rest: list[Row] = []
        for row in outside:
            if not grid.bottom - 2 <= row.y <= grid.top + 2:
                rest.append(row)
                continue
            left_over: list[Piece] = []
            for piece in row.pieces:
                box = _box(grid, piece)
                if box is None:
                    left_over.append(piece)
                elif box.rows and box.rows[-1].y == row.y:
                    box.rows[-1].pieces.append(piece)
                else:
                    box.rows.append(Row(row.y, piece.size, [piece]))
            if left_over:
                rest.append(Row(row.y, row.size, left_over))
        filled = [box for box in grid.boxes if box.rows]
        if len({box.column for box in filled}) < 2 or not _tabular(filled):
            for box in grid.boxes:
                box.rows.clear()
            continue
        kept.append(grid)
        outside = rest
    return kept, outside


def _tabular(filled: Sequence[Box]) -> bool:
    """Whether the cells with text are those of a table: not one frame beside another with pages of text in them."""
    if len({box.row for box in filled}) >= 2:
        return True
    return all(len(box.rows) <= 12 for box in filled)


def _box(grid: Grid, piece: Piece) -> Box | None:
    middle = piece.y + 0.3 * piece.size
    for box in grid.boxes:
        if box.bottom - 1 <= middle <= box.top + 1 and box.left - 2 <= piece.left <= box.right:
            return box
    return None
