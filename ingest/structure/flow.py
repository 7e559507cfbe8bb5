"""From lines in reading order to parts: wrapped lines joined, list items and headings told apart.

The same for a page with geometry and for a plain text file, so that both give nearly the same blocks.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from ingest.document import BlockKind
from ingest.structure.headings import NO_HEADINGS, Headings
from ingest.structure.lines import Line, Table
from ingest.structure.markers import Marker, marker
from ingest.structure.outline import Part, introduces
from ingest.structure.reading import words
from ingest.structure.tables import Tables
from ingest.structure.words import Words, fold

_ENDS = re.compile(r"[.!?…][)\]'\"’”»]*$")
_GOES_ON = re.compile(r"^[\"'‘“(\[]*[a-zà-ÿ]")
_STARTS = re.compile(r"^[\"'‘“(\[]*[A-ZÀ-Þ\d]")
PARAGRAPH_GAP = 0.6
TYPED_GAP = 0.28
INDENT = 0.5


def parts(flow: Iterable[Line | Table]) -> list[Part]:
    """The parts that ``flow`` is made of, in reading order; the cells of a table are parts as well.

    Footnotes come after the paragraph that they interrupt.
    """
    items = list(flow)
    lines = [item for item in items if isinstance(item, Line)]
    inside = [line for item in items if isinstance(item, Table) for cell in item.cells for line in cell.lines]
    vocabulary = Words(line.text for line in [*lines, *inside])

    def cell(inner: Sequence[Line]) -> list[Part]:
        return _Flow(vocabulary, NO_HEADINGS).run(inner)

    return _Flow(vocabulary, Headings(lines), cell).run(items)


def loose(lines: Sequence[Line]) -> list[Part]:
    """The parts of a few lines in which nothing is a heading: the lines of one paragraph or cell."""
    return _Flow(Words(line.text for line in lines), NO_HEADINGS).run(lines)


class _Open:
    """A part that may go on with the next line."""

    def __init__(self, line: Line, text: str, kind: BlockKind, level: int, indent: float) -> None:
        self.part = Part(text, kind, level, line.page)
        self.last = line
        self.indent = indent
        self.lines = 1


class _Flow:
    def __init__(
        self, vocabulary: Words, headings: Headings, cell: Callable[[Sequence[Line]], list[Part]] | None = None
    ) -> None:
        self.words = vocabulary
        self.tables = Tables()
        self.cell = cell
        self.headings = headings
        self.done: list[Part] = []
        self.notes: list[Part] = []
        self.open: _Open | None = None
        self.note: _Open | None = None
        self.stack: list[tuple[float, str]] = []  # indent and style of the list items above
        self.counts: dict[str, int] = {}

    def run(self, items: Sequence[Line | Table]) -> list[Part]:
        for index, item in enumerate(items):
            if isinstance(item, Table):
                self._close()
                self.stack.clear()
                if self.cell:
                    self.done.extend(self.tables.lined(item, self.cell))
            elif item.note:
                self._footnote(item)
            elif item.text.strip():
                following = next((x for x in items[index + 1 :] if isinstance(x, Table) or not x.note), None)
                self._line(item, following if isinstance(following, Line) else None)
        self._close()
        return self.done

    def _footnote(self, line: Line) -> None:
        starts = re.match(r"\s*(\d{1,3}|[*†‡])[\s.)]?\s*\S", line.text)
        if self.note and not (
            starts and (line.gap > 0.2 or not self.note.last.full(line.text) or line.text[0].isdigit())
        ):
            self.note.part.text = self.words.join(self.note.part.text, fold(line.text))
            self.note.last = line
            return
        self._close_note()
        self.note = _Open(line, fold(line.text), BlockKind.FOOTNOTE, 0, line.left)

    def _line(self, line: Line, following: Line | None) -> None:
        self.tables.forget()
        mark = self._marker(line, following)
        if mark is None and self.open and self._goes_on(self.open, line):
            self._append(self.open, line)
            return
        previous = self.open
        self._close()
        if mark is not None:
            self._item(line, mark)
            return
        level = self.headings.level(line, previous.last if previous else None, following)
        if level:
            self.stack.clear()
            self.open = _Open(line, fold(line.text), BlockKind.HEADING, level, line.left)
            return
        kind = BlockKind.CAPTION if _caption(line.text) else BlockKind.PARAGRAPH
        self.stack.clear()
        self.open = _Open(line, fold(line.text), kind, 0, line.left)

    def _marker(self, line: Line, following: Line | None) -> Marker | None:
        """The marker of ``line``, unless it only looks like one (a year, an initial, a dash within a sentence)."""
        found = marker(line.text)
        if found is None or line.heading:
            return None
        if found.certain:
            return found
        within = self.open is not None and line.gap < PARAGRAPH_GAP and self.open.last.full(line.text)
        if found.number == 0:
            if found.style in "–—" and within and self.open and self.open.part.kind is not BlockKind.LIST_ITEM:
                return None
            if found.style in "+!>o§Ø" and not (self._twin(found, following) or self._seen(found)):
                return None
            return found
        if self.headings.numbered(line, following):
            return None
        expected = self.counts.get(found.style, 0) + 1
        if found.number in (1, expected) or self._twin(found, following):
            return found
        return None

    def _seen(self, mark: Marker) -> bool:
        return any(style == mark.style for _, style in self.stack)

    @staticmethod
    def _twin(mark: Marker, following: Line | None) -> bool:
        """Whether the next line goes on with the list that ``mark`` would start."""
        other = marker(following.text) if following else None
        return other is not None and other.style == mark.style and other.number in (0, mark.number + 1)

    def _item(self, line: Line, mark: Marker) -> None:
        if mark.number:
            self.counts[mark.style] = mark.number
            if mark.number == 1:
                self.counts = {mark.style: 1} | {s: n for s, n in self.counts.items() if s != mark.style}
        level = self._depth(line, mark)
        text = fold(line.text[mark.end :])
        indent = line.hang or line.left + line.em * mark.end
        self.open = _Open(line, text, BlockKind.LIST_ITEM, level, indent)

    def _depth(self, line: Line, mark: Marker) -> int:
        """How deep an item stands: by its indent where that differs, else by a marker of another style."""
        step = max(line.em, 1e-6) * 1.2
        while self.stack and self.stack[-1][0] > line.left + step:
            self.stack.pop()
        if self.stack and abs(self.stack[-1][0] - line.left) <= step and self.stack[-1][1] != mark.style:
            known = [i for i, (_, style) in enumerate(self.stack) if style == mark.style]
            if known:
                del self.stack[known[-1] + 1 :]
            else:
                self.stack.append((line.left, mark.style))
        elif not self.stack or self.stack[-1][0] < line.left - step:
            self.stack.append((line.left, mark.style))
        return len(self.stack)

    def _goes_on(self, open_: _Open, line: Line) -> bool:
        """Whether ``line`` belongs to the part that is open."""
        last, part = open_.last, open_.part
        text = line.text.strip()
        if part.kind is BlockKind.HEADING:
            return self.headings.same(last, line, open_.lines)
        if not part.text:
            return True
        if line.heading or self.headings.styled(line):
            return False
        if line.size and last.size and abs(line.size - last.size) > 0.12 * last.size:
            return False
        turned = line.page != last.page
        full = last.full(text)
        lower = bool(_GOES_ON.match(text))
        ended = bool(_ENDS.search(part.text)) or introduces(part.text)
        if part.text.endswith(("-", "\u00ad", "‐")) and lower and (full or line.gap < PARAGRAPH_GAP):
            return True
        if turned or line.fresh:
            return not ended and (full or lower) and not introduces(part.text)
        if line.gap >= (TYPED_GAP if line.size else PARAGRAPH_GAP):
            return False
        if part.kind is BlockKind.LIST_ITEM:
            hanging = line.left > last.left + line.em * INDENT if open_.lines == 1 else line.left >= last.left - line.em
            if hanging and line.left >= open_.indent - 2.5 * line.em:
                return True
            if line.left < open_.indent - 2.5 * line.em and line.size:
                return full and (lower or not ended)
            return full or (lower and not ended and not introduces(part.text))
        if introduces(part.text) and not full:
            return False
        if line.size and line.left > last.left + 1.5 * line.em and ended:
            return False
        if full:
            return True
        return lower and not ended and last.margin != float("inf")

    def _append(self, open_: _Open, line: Line) -> None:
        part, text = open_.part, fold(line.text)
        joined = self.words.join(part.text, line.text.strip())
        joined = fold(joined)
        if line.page != open_.last.page and line.page is not None:
            part.page_breaks = (*part.page_breaks, (len(joined) - len(text), line.page))
        part.text = joined
        open_.last = line
        open_.lines += 1

    def _close_note(self) -> None:
        if self.note:
            self.notes.append(self.note.part)
            self.note = None

    def _close(self) -> None:
        self._close_note()
        if self.open:
            self.done.append(self.open.part)
            self.open = None
        self.done.extend(self.notes)
        self.notes.clear()


def _caption(text: str) -> bool:
    """Whether a line is the caption or the source line of a table or figure."""
    first, _, rest = text.strip().lower().partition(" ")
    if first.rstrip(":") in words("source") and first.endswith(":"):
        return True
    return first in words("caption") and bool(re.match(r"\d+(\.\d+)*|[ivx]+\b", rest))


def is_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does."""
    return bool(_ENDS.search(text.strip()))


__all__ = ["PARAGRAPH_GAP", "is_sentence", "parts"]
