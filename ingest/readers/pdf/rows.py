"""From the runs that a page draws to rows: what stands on one baseline, in pieces parted by wide gaps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.readers.pdf.drawn import Run
from ingest.structure.markers import marker

_MARK = re.compile(r"^[\d\s,;*†‡§–()\[\]-]{1,12}$")
_UNIT = re.compile(r"(^|[\s\d(])[cdkm]?m$")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBER = re.compile(r"^(\d{1,2}(\.\d{1,2}){0,3}\.?|[A-Z]\.|[IVX]{1,4}\.?)$")
WIDE = 1.1
_CRUMB = 0.42
_BASELINE = 0.25


@dataclass(slots=True)
class Piece:
    """Text on one baseline without wide gaps in it. Edges, baseline and size in points, y counting upwards.

    ``marked`` is True where it begins with a raised number, as a footnote does; ``hang`` is where the text after a
    list marker begins (0: it has none that stands apart). ``crumbs`` are its parts (left, right, text) where gaps of more than
    a usual space stand in it: what may turn out to be the columns of a table.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    marked: bool = False
    hang: float = 0.0
    crumbs: list[tuple[float, float, str]] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """All pieces on one baseline of a page, from left to right."""

    y: float
    size: float
    pieces: list[Piece] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where the first piece begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where the last piece ends."""
        return max(piece.right for piece in self.pieces)

    @property
    def text(self) -> str:
        """The text of all pieces, with a space between them."""
        return " ".join(piece.text for piece in self.pieces)


def rows(
    runs: Iterable[Run],
    down: Sequence[tuple[float, float, float]] = (),
    dots: Sequence[tuple[float, float, float]] = (),
) -> list[Row]:
    """The rows of a page from top to bottom; raised numbers (note marks) are taken out of the text.

    ``down`` are the upright rules (bottom, top, x): text on both sides of one is never one piece. ``dots`` are
    small shapes (left, right, height): one to the left of a row is its bullet.
    """
    ordered = sorted(runs, key=lambda run: -run.y)
    lines: list[list[Run]] = []
    base = size = 0.0
    for run in ordered:
        if lines and base - run.y <= _BASELINE * min(max(size, run.size), 2 * min(size, run.size)):
            lines[-1].append(run)
            if run.size > size * 1.2:
                base, size = run.y, run.size
        else:
            lines.append([run])
            base, size = run.y, run.size
    made = [row for line in _gather(lines) if (row := _row(line, down)) is not None]
    made.sort(key=lambda row: -row.y)
    if dots:
        _bullets(made, dots)
    return made


def _bullets(made: Sequence[Row], dots: Sequence[tuple[float, float, float]]) -> None:
    """Put a bullet before each piece that a drawn one stands closely to the left of."""
    for row in made:
        near = [dot for dot in dots if row.y - 0.1 * row.size <= dot[2] <= row.y + 0.8 * row.size]
        for index, piece in enumerate(row.pieces if near else ()):
            before = row.pieces[index - 1].right if index else float("-inf")
            for left, right, _ in near:
                if before <= left and 0 < piece.left - right < 2.5 * piece.size and right - left < 0.7 * piece.size:
                    if not marker(piece.text):
                        piece.text, piece.hang, piece.left = f"• {piece.text}", piece.left, left
                    break


def _gather(lines: list[list[Run]]) -> list[list[Run]]:
    """Raised and lowered runs go to the line that they belong to, below or above the height at which they stand."""
    kept: list[list[Run]] = []
    waiting: list[list[Run]] = []  # groups of small runs that may belong to a line further down
    usual = _typical(lines) if lines else 0.0
    for whole in lines:
        main = max(run.size for run in whole)
        strays = [run for run in whole if _small(run, main) and not _touches(run, whole, main)]
        line = [run for run in whole if all(run is not stray for stray in strays)]
        if line:
            base = line[0].y
            for group in waiting:
                raised = [run for run in group if _raised(run, line, main, base)]
                line += raised
                group[:] = [run for run in group if all(run is not other for other in raised)]
        kept += [group for group in waiting if group and group[0].y - whole[0].y >= group[0].size]
        waiting = [group for group in waiting if group and group[0].y - whole[0].y < group[0].size]
        if kept and line and all(_lowered(run, kept[-1]) for run in line):
            kept[-1] += line
        elif line and all(len(run.text) <= 12 and run.size < 0.88 * usual for run in line):
            waiting.append(line)
        elif line:
            kept.append(line)
        waiting += [[stray] for stray in strays]
    return kept + waiting


def _small(run: Run, size: float) -> bool:
    return run.size < 0.88 * size and len(run.text) <= 12


def _raised(run: Run, line: Sequence[Run], size: float, base: float) -> bool:
    return _small(run, size) and 0 < run.y - base <= 0.75 * size and _touches(run, line, size)


def _lowered(run: Run, above: Sequence[Run]) -> bool:
    size = _size(above)
    return run.size < 0.88 * size and 0 < above[0].y - run.y <= 0.4 * size and _touches(run, above, size)


def _typical(lines: Sequence[Sequence[Run]]) -> float:
    """The size of most of a page's text."""
    sizes: dict[float, int] = {}
    for line in lines:
        for run in line:
            sizes[run.size] = sizes.get(run.size, 0) + len(run.text)
    return max(sizes, key=lambda size: sizes[size])


def _size(line: Sequence[Run]) -> float:
    return max(line, key=lambda run: len(run.text)).size


def _touches(run: Run, line: Iterable[Run], size: float) -> bool:
    return any(
        -0.3 * size <= run.left - other.right <= 0.8 * size or -0.3 * size <= other.left - run.right <= 0.8 * size
        for other in line
        if other is not run and other.size > run.size
    )


def _parted(down: Sequence[tuple[float, float, float]], left: float, right: float, y: float) -> bool:
    return any(left <= rule[2] <= right and rule[0] <= y <= rule[1] for rule in down)


def _row(line: list[Run], down: Sequence[tuple[float, float, float]]) -> Row | None:
    """One row out of runs on one baseline."""
    line.sort(key=lambda run: run.left)
    weights: dict[float, int] = {}
    for run in line:
        weights[run.size] = weights.get(run.size, 0) + len(run.text)
    size = max(weights, key=lambda key: (weights[key], key))
    bases = [run.y for run in line if run.size == size]
    base = sorted(bases)[len(bases) // 2]
    row = Row(base, size)
    text: list[str] = []
    left = right = 0.0
    bold = length = 0
    piece_size: dict[float, int] = {}
    marked = spaced = False
    crumbs: list[tuple[float, float, str]] = []
    start, cut = 0.0, 0

    def close() -> None:
        joined = "".join(text).strip()
        if joined:
            main = max(piece_size, key=lambda key: piece_size[key])
            crumbs.append((start, right, "".join(text[cut:]).strip()))
            made = Piece(joined, left, right, base, main, bold >= 0.9 * length, marked)
            made.crumbs = crumbs if len(crumbs) > 1 else []
            row.pieces.append(made)

    previous: Run | None = None
    for run in line:
        if previous is not None and _twice(run, previous, size):
            continue
        gap = run.left - right
        raised = run.size < 0.86 * size and run.y > base + 0.12 * size and bool(_MARK.match(run.text))
        shown = run.text
        if raised and text and gap < 0.8 * size:
            if not (_UNIT.search("".join(text)) and run.text in "23"):
                right, spaced = max(right, run.right), spaced or run.spaced
                continue
            shown = run.text.translate(_RAISED_DIGITS)
        if not text or gap > WIDE * size or (down and _parted(down, right - 1, run.left + 1, base + 0.3 * size)):
            close()
            text, left, bold, length, piece_size, marked = [], run.left, 0, 0, {}, raised
            crumbs, start, cut = [], run.left, 0
        elif gap > _CRUMB * size:
            crumbs.append((start, right, "".join(text[cut:]).strip()))
            text.append(" ")
            start, cut = run.left, len(text)
        elif spaced or gap > 0.13 * min(size, run.size) or (previous is not None and marked and len(text) == 1):
            text.append(" ")
        text.append(shown)
        right, spaced = max(run.right, run.left), run.spaced
        bold += len(run.text) if run.bold else 0
        length += len(run.text)
        piece_size[run.size] = piece_size.get(run.size, 0) + len(run.text)
        previous = run
    close()
    row.pieces = _with_markers(row.pieces)
    return row if row.pieces else None


def _twice(run: Run, previous: Run, size: float) -> bool:
    """Whether a run is drawn over itself, for a shadow or as poor man's bold."""
    near = abs(run.left - previous.left) + abs(run.right - previous.right) < 0.2 * size
    return near and run.text == previous.text


def _with_markers(pieces: list[Piece]) -> list[Piece]:
    """Bullets and numbers that stand apart are put before the text that they mark."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before is not None and _bare(before.text) and piece.left - before.right < 4.5 * piece.size:
            text = f"{before.text} {piece.text}"
            joined[-1] = Piece(
                text, before.left, piece.right, piece.y, piece.size, piece.bold, before.marked, hang=piece.left
            )
        else:
            joined.append(piece)
    return joined


def _bare(text: str) -> bool:
    """Whether ``text`` is only a bullet, or only the number of an item or a heading."""
    if len(text) > 8:
        return False
    found = marker(f"{text} x")
    return (found is not None and found.end >= len(text)) or bool(_NUMBER.match(text))
