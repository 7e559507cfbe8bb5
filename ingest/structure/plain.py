"""From plain text to lines and table cells: double spacing, wrapped columns, page numbers and note marks undone."""

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median

from ingest.structure.lines import Line, Table, TableCell
from ingest.structure.markers import marker
from ingest.structure.reading import words
from ingest.structure.words import fold

_NUMBER_ONLY = re.compile(r"^[\s\-–—|\[\]]*(\d{1,4})[\s\-–—|\[\]]*$")
_NOTE_MARK = re.compile(r"^\s*\d{1,3}(\s?[,–-]\s?\d{1,3})*\s*$")
_FRAGMENT = re.compile(r"^\s*[.,;:)\]]")
_HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
_RULE = re.compile(r"^\s*([-=_*~#+|:]\s?){3,}\s*$")
_WRAPPED = 0.2
_NARROWEST, _WIDEST = 40, 180  # characters, over a long stretch
_SHORTEST = 30
_TAB = 4


def flow(text: str) -> Iterator[Line | Table]:
    """The lines of ``text`` in order; rows of a table (cells between ``|`` or tabs) come as a table."""
    rows = _without_page_numbers(text)
    usual = _usual_gap(rows)
    lines = [line for region in _regions(rows, 4 + 2 * usual) for line in _lines(region, usual)]
    _set_margins(lines)
    index = 0
    while index < len(lines):
        table = _table(lines, index)
        if table:
            yield _cells(lines[index : index + table])
            index += table
        else:
            yield lines[index]
            index += 1


class _Row:
    """A physical line: its text and how many empty lines stand above it."""

    __slots__ = ("blank", "fresh", "joined", "text")

    def __init__(self, text: str, blank: int, fresh: bool) -> None:
        self.text, self.blank, self.fresh = text, blank, fresh
        self.joined = False


def _rows(text: str) -> list[_Row]:
    rows: list[_Row] = []
    for number, page in enumerate(text.split("\f")):
        blank, fresh = 0, number > 0
        for raw in page.split("\n"):
            stripped = raw.expandtabs(_TAB) if "\t" not in raw.strip() else raw
            if not stripped.strip():
                blank += 1
                continue
            if _RULE.match(stripped) and not any(c.isalnum() for c in stripped):
                blank += 1
                continue
            rows.append(_Row(stripped.rstrip(), blank, fresh))
            blank, fresh = 0, False
    return rows


def _without_page_numbers(text: str) -> list[_Row]:
    """The rows without those that hold a page number only; the row after one begins a page."""
    rows = _rows(text)
    alone = {i: int(found[1]) for i, row in enumerate(rows) if (found := _NUMBER_ONLY.match(row.text))}
    drop = _counting(alone, rows)
    pages, of = "|".join(map(re.escape, words("page"))), "|".join(map(re.escape, words("of")))
    labelled = re.compile(rf"^[\s\-–—|]*(?:{pages})\s*\d{{1,4}}(?:\s*(?:{of})\s*\d{{1,4}})?[\s\-–—|]*$", re.IGNORECASE)
    kept: list[_Row] = []
    fresh = False
    for i, row in enumerate(rows):
        if i in drop or labelled.match(row.text):
            fresh = True
            continue
        if fresh:
            row.fresh, row.blank, fresh = True, max(1, row.blank), False
        kept.append(row)
    return kept


def _counting(alone: dict[int, int], rows: Sequence[_Row]) -> set[int]:
    """The rows that hold nothing but a number, where these count up through the text: page or slide numbers."""
    chains: dict[int, list[int]] = {}
    best: list[int] = []
    for i, number in alone.items():
        if i and not rows[i].blank and not rows[i].fresh and not _dashed(rows[i].text):
            continue
        chain = [*chains.get(number - 1, []), i]
        if len(chain) > len(chains.get(number, [])):
            chains[number] = chain
        if len(chain) > len(best):
            best = chain
    return set(best if len(best) >= 3 else ()) | {i for i in alone if _dashed(rows[i].text)}


def _dashed(text: str) -> bool:
    return bool(re.match(r"^\s*[-–—]\s*\d{1,4}\s*[-–—]\s*$", text))


def _regions(rows: Sequence[_Row], wide: int) -> Iterator[list[_Row]]:
    """Stretches between page turns and wide gaps: line spacing is a matter of one such stretch."""
    region: list[_Row] = []
    for row in rows:
        if region and (row.fresh or row.blank >= wide):
            yield region
            region = []
            row.fresh = True
        region.append(row)
    if region:
        yield region


def _lines(region: list[_Row], usual: int) -> Iterator[Line]:
    """Lines with their gaps; ``usual`` is how many empty lines stand after every line where the region is too short to
    tell."""
    if len(region) > 6:
        usual = _usual_gap(region)
    pending: Line | None = None
    for i, row in enumerate(region):
        after = region[i + 1] if i + 1 < len(region) else None
        if pending is not None and _is_note_mark(region, i, usual):
            if after is not None and not after.blank:
                after.joined = True
            continue
        if pending is not None and row.joined:
            space = "" if _FRAGMENT.match(row.text) else " "
            pending.text = pending.text.rstrip() + space + row.text.strip()
            pending.right = pending.left + len(pending.text)
            continue
        if pending is not None:
            yield pending
        indent = len(row.text) - len(row.text.lstrip())
        hashes = _HASHES.match(row.text.strip())
        text = row.text.strip()[hashes.end() :].rstrip("# ") if hashes else row.text.strip()
        gap = max(0.0, float(row.blank - usual)) if i else float(max(1, row.blank))
        if usual and i and not row.blank and indent and region[i - 1].text[:1] != " ":
            gap = 1.0  # closer than lines of one text ever stand, and indented: another box of the page begins
        pending = Line(
            text,
            left=float(indent),
            right=float(indent + len(text)),
            gap=gap,
            fresh=row.fresh,
            heading=len(hashes[1]) if hashes else 0,
        )
    if pending is not None:
        yield pending


def _usual_gap(region: Sequence[_Row]) -> int:
    """How many empty lines stand between two lines that follow each other: 1 where a text is double-spaced."""
    gaps = [
        row.blank
        for above, row in itertools.pairwise(region)
        if not _NOTE_MARK.match(row.text) and not _NOTE_MARK.match(above.text)
    ]
    if len(gaps) < 4:
        return 0
    lengths = [len(row.text.strip()) for row in region]
    spaced = sum(1 for gap in gaps if gap >= 1)
    if spaced < 0.8 * len(gaps) or max(lengths) > 160:
        return 0
    # Unwrapped paragraphs with empty lines between look alike, but then nearly no line goes on in lower case.
    going_on = sum(
        1
        for above, row in itertools.pairwise(region)
        if row.text.strip()[:1].islower() and above.text.rstrip()[-1:].isalnum() and not marker(row.text.strip())
    )
    return 1 if (going_on >= 2 and going_on >= 0.08 * len(gaps)) or (any(gap == 2 for gap in gaps) and going_on) else 0


def _is_note_mark(region: Sequence[_Row], i: int, usual: int) -> bool:
    """Whether row ``i`` is a note's number that was raised in the line before it: alone on a row, close below it."""
    row = region[i]
    if row.blank or not _NOTE_MARK.match(row.text) or not i or _NUMBER_ONLY.match(region[i - 1].text):
        return False
    after = region[i + 1] if i + 1 < len(region) else None
    if after is None:
        return usual > 0
    return usual > 0 or (not after.blank and bool(_FRAGMENT.match(after.text)))


def _set_margins(lines: Sequence[Line]) -> None:
    """Give each line the right edge of its column, where the text around it is wrapped at one; else infinity.

    Seen over long stretches first; where those show no edge (the text layer of slides), paragraph by paragraph.
    """
    for start in range(0, len(lines), 200):
        part = lines[start : start + 200]
        if not _at_one_edge(part):
            begin = 0
            for end in range(1, len(part) + 1):
                if end == len(part) or part[end].gap >= 1 or part[end].fresh:
                    _broken(part[begin:end])
                    begin = end


def _at_one_edge(lines: Sequence[Line]) -> bool:
    """Set the margin of lines that are all wrapped at one edge; whether they are."""
    lengths = sorted(line.right for line in lines if line.right > 20 and not line.heading)
    if not lengths:
        return False
    edge = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]
    long = sum(1 for line in lines if line.right > 0.8 * edge)
    pairs = _going_on(lines)
    full = sum(_full(line, after, edge) for line, after in pairs)
    if not _NARROWEST <= edge <= _WIDEST or full < max(1, 0.5 * len(pairs), _WRAPPED * long):
        return False
    # Fonts of varying width make lines of as many points and fewer characters.
    spread = median(length for length in lengths if length > 0.8 * edge)
    for line in lines:
        line.margin = min(edge, spread * 0.97)
    return True


def _broken(lines: Sequence[Line]) -> None:
    """Set the margin of the lines of one paragraph that were broken to fit, where most sentences go on after such one."""
    edge = max(line.right for line in lines)
    pairs = _going_on(lines)
    full = [line for line, after in pairs if _full(line, after, edge)]
    if _SHORTEST <= edge <= _WIDEST and full and len(full) >= 0.6 * len(pairs):
        for line in full:
            line.margin = line.right


def _going_on(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Lines that end within a sentence, each with the line in which it goes on."""
    return [
        (line, after)
        for line, after in itertools.pairwise(lines)
        if after.text[:1].islower() and line.text[-1:].isalnum() and marker(after.text) is None and after.gap < 2
    ]


def _full(line: Line, after: Line, edge: float) -> bool:
    """Whether the first word of the next line would hardly have fitted on this one."""
    return line.right + 1 + len(after.text.split()[0]) > 0.85 * edge


def _split(text: str) -> list[str] | None:
    """The cells of a row, or None when ``text`` is none."""
    if "|" in text:
        inner = text.strip()
        inner = inner[1:] if inner.startswith("|") else inner
        inner = inner[:-1] if inner.endswith("|") and text.strip().startswith("|") else inner
        return [fold(cell) for cell in inner.split("|")]
    if "\t" in text.strip():
        return [fold(cell) for cell in re.split(r"\t+", text.strip())]
    return None


def _table(lines: Sequence[Line], index: int) -> int:
    """How many lines from ``index`` on are rows of one table; 0 when none are."""
    first = _split(lines[index].text)
    if first is None or marker(lines[index].text):
        return 0
    end = index + 1
    while end < len(lines) and lines[end].gap < 1 and (cells := _split(lines[end].text)) is not None:
        if abs(len(cells) - len(first)) > 1 and len(first) - len(cells) < 0:
            break
        end += 1
    return end - index if end - index >= 2 else 0


def _cells(lines: Sequence[Line]) -> Table:
    cells = [
        TableCell(row, column, [Line(text)])
        for row, line in enumerate(lines)
        for column, text in enumerate(_split(line.text) or [])
        if text
    ]
    return Table(cells)
