"""From lines in reading order to parts: wrapped lines joined, list items, headings and footnotes told apart.

The same for a page with geometry and for a plain text file, so that both give nearly the same blocks.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from corpus.cues import abbreviations
from ingest.document import BlockKind
from ingest.structure import flattened
from ingest.structure.addresses import addresses
from ingest.structure.grown import ENDS, Grown
from ingest.structure.headings import NO_HEADINGS, Headings
from ingest.structure.lines import Line, Table
from ingest.structure.lists import Lists
from ingest.structure.outline import Part, introduces
from ingest.structure.reading import words
from ingest.structure.tables import Tables
from ingest.structure.titles import settle
from ingest.structure.words import Words, fold

_GOES_ON = re.compile(r"^[\"'‘“(\[]*[a-zà-ÿ]")
_NOTE = re.compile(r"^\s*(\d{1,3}|[*†‡])[\s.)]?\s*\S")
_NOTE_NUMBER = re.compile(r"^\s*(\d{1,3}|[*†‡])[.)]?\s*(?=[^\W\d]|[\"'‘“(])")
_TEXT_NOTE = re.compile(r"^(\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})\s*\S")
_TEXT_MARK = re.compile(r"(?<=[\w.,;:!?)’”\"])(\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,3})")
_CAPTION_NUMBER = re.compile(r"(\d+(\.\d+)*|[IVXivx]+)\s*([.:|–-]|$|\s[A-ZÀ-Þ‘“(])")
PARAGRAPH_GAP = 0.6
TYPED_GAP = 0.28
_WORD_GAP = 2.5
_WRAPPED_FROM = 45  # characters: a shorter line was not broken to fit a page


def parts(flow: Iterable[Line | Table]) -> list[Part]:
    """The parts that ``flow`` is made of, in reading order; the cells of a table are parts as well.

    Footnotes come after the paragraph that they interrupt.
    """
    items = list(flow)
    lines = [item for item in items if isinstance(item, Line)]
    inside = [line for item in items if isinstance(item, Table) for cell in item.cells for line in cell.lines]
    vocabulary = Words([*lines, *inside])
    headings = Headings(lines)

    def cell(inner: Sequence[Line]) -> list[Part]:
        grown = _Flow(vocabulary, NO_HEADINGS).run(inner)
        settle(grown, NO_HEADINGS)
        return [each.part for each in grown]

    grown = _Flow(vocabulary, headings, cell).run(items)
    if not headings.typed:
        grown = flattened.tables(addresses(grown))
    settle(grown, headings)
    for each in grown:
        each.part.text = each.part.text.rstrip("\u00ad")
    return [each.part for each in grown]


def loose(lines: Sequence[Line]) -> list[Part]:
    """The parts of a few lines in which nothing is a heading: the lines of one paragraph or cell."""
    return [each.part for each in _Flow(Words(lines), NO_HEADINGS).run(lines)]


def _abbreviated(text: str) -> bool:
    """Whether the full stop at the end of a text is that of an abbreviation within a sentence (``m.b.t.``)."""
    return text.split()[-1].rstrip(".").lower() in abbreviations()


class _Flow:
    """Takes lines one by one; each goes on with the part that is open, or closes it and opens another."""

    def __init__(
        self, vocabulary: Words, headings: Headings, cell: Callable[[Sequence[Line]], list[Part]] | None = None
    ) -> None:
        self.words = vocabulary
        self.headings = headings
        self.cell = cell
        self.tables = Tables()
        self.lists = Lists(headings)
        self.done: list[Grown] = []
        self.notes: list[Grown] = []
        self.open: Grown | None = None
        self.note: Grown | None = None
        self.under_colon = False
        self.marks: set[str] = set()  # the note marks that stand after a word somewhere above

    def run(self, items: Sequence[Line | Table]) -> list[Grown]:
        """All items, in order."""
        following: Line | None = None
        after: list[Line | None] = []
        for item in reversed(items):
            after.append(following)
            if isinstance(item, Table):
                following = None
            elif not item.note and item.text.strip():
                following = item
        for item, next_line in zip(items, reversed(after), strict=True):
            if isinstance(item, Table):
                self._table(item)
            elif item.note:
                self._footnote(item)
            elif item.text.strip():
                self._line(item, next_line)
                if not item.size:
                    self.marks.update(_TEXT_MARK.findall(item.text))
        self._close()
        return self.done

    def _table(self, table: Table) -> None:
        self._close()
        self.lists.end()
        if self.cell:
            self.done += [Grown(part) for part in self.tables.lined(table, self.cell)]

    def _footnote(self, line: Line) -> None:
        if self.note is not None and self.note.last is not None:
            apart = line.gap > 0.2 or not self.note.last.full(line.text) or line.text[0].isdigit()
            if not (_NOTE.match(line.text) and apart):
                self._append(self.note, line)
                return
        self._close_note()
        number = _NOTE_NUMBER.match(line.text)
        text = fold(line.text[number.end() :] if number else line.text)
        marks = {"number": number[1]} if number else {}
        self.note = Grown(Part(text, BlockKind.FOOTNOTE, 0, line.page, marks=marks), line, line)

    def _line(self, line: Line, following: Line | None) -> None:
        self.tables.forget()
        if line.fresh or line.gap > 1.5:
            self.under_colon = False
        mark = self.lists.mark(line, self.open, following)
        if mark is None and self.open is not None and self._goes_on(self.open, line):
            self._append(self.open, line)
            return
        self._close()
        if mark is not None:
            level = self.lists.depth(line, mark)
            indent = line.hang or line.left + line.em * mark.end
            part = Part(fold(line.text[mark.end :]), BlockKind.LIST_ITEM, level, line.page)
            self.open = Grown(part, line, line, indent=indent)
            return
        self.lists.end()
        level = self.headings.level(line, following)
        kind = BlockKind.HEADING if level else self._kind(line)
        self.open = Grown(Part(fold(line.text), kind, level, line.page), line, line, indent=line.left)

    def _goes_on(self, open_: Grown, line: Line) -> bool:
        """Whether ``line`` belongs to the part that is open."""
        last, part = open_.last, open_.part
        if last is None:
            return False
        if part.kind is BlockKind.HEADING:
            return self.headings.same(last, line, open_.lines)
        if not part.text:
            return True
        if line.heading or self.headings.styled(line):
            return False
        if line.size and last.size and abs(line.size - last.size) > 0.12 * last.size:
            return False
        text = line.text.strip()
        near = last.right > last.margin - 0.2 * (last.margin - last.left)
        full, lower = last.full(text), bool(_GOES_ON.match(text))
        ended = (bool(ENDS.search(part.text)) and not _abbreviated(part.text)) or introduces(part.text)
        if part.text.endswith(("-", "\u00ad", "‐")) and lower and (full or line.gap < _WORD_GAP):
            return True  # half a word is never the end
        if line.page != last.page or line.fresh:
            return not ended and (lower or (full and open_.lines > 1))
        if line.gap >= (TYPED_GAP if line.size else PARAGRAPH_GAP):
            return self._over_gap(last, line, lower and not ended)
        if part.kind is BlockKind.LIST_ITEM:
            return self._item_goes_on(open_, last, line, full, lower, ended)
        if (introduces(part.text) or self.under_colon) and not full:
            return bool(line.size) and lower and near
        if line.size and line.left > last.left + 1.5 * line.em and ended:
            return False  # the indent of a new paragraph
        if self.cell is None and not ended and not lower and self.words.starts(text) and line.size:
            return False  # in a cell, a common word with a capital begins another point
        if line.size and near and not ended:
            return True
        return full or (lower and not ended and last.margin != float("inf"))

    def _over_gap(self, last: Line, line: Line, unfinished: bool) -> bool:
        """Whether a text file's empty line stands within a sentence, as the text layers of slides have it."""
        if line.size or line.gap > 1 or self.under_colon or last.margin == float("inf"):
            return False
        return unfinished and last.right - last.left >= _WRAPPED_FROM

    def _item_goes_on(self, open_: Grown, last: Line, line: Line, full: bool, lower: bool, ended: bool) -> bool:
        """Whether a line without a marker goes on with a list item: it hangs under its text, or its sentence does."""
        text, em = line.text.strip(), line.em
        hanging = line.left > last.left + 0.5 * em if open_.lines == 1 else line.left >= last.left - em
        if hanging and line.left >= open_.indent - 2.5 * em:
            return True
        if introduces(text) and not lower:
            return False
        if line.size and line.left < open_.indent - 2.5 * em:
            return full and (lower or not ended)
        return full or (lower and not ended)

    def _append(self, grown: Grown, line: Line) -> None:
        part, text = grown.part, fold(line.text)
        joined = fold(self.words.join(part.text, line.text.strip()))
        if grown.last is not None and line.page != grown.last.page and line.page is not None:
            part.page_breaks = (*part.page_breaks, (len(joined) - len(text), line.page))
        part.text = joined
        grown.last = line
        grown.lines += 1

    def _close_note(self) -> None:
        if self.note:
            self.notes.append(self.note)
            self.note = None

    def _close(self) -> None:
        self._close_note()
        if self.open:
            part = self.open.part
            self.done.append(self.open)
            if introduces(part.text):
                self.under_colon = True
            elif part.kind is not BlockKind.PARAGRAPH or ENDS.search(part.text):
                self.under_colon = False
            self.open = None
        self.done += self.notes
        self.notes.clear()

    def _kind(self, line: Line) -> BlockKind:
        """What a line without a marker that is no heading begins."""
        text = line.text.strip()
        note = _TEXT_NOTE.match(text)
        if note and not line.size and note[1] in self.marks:
            return BlockKind.FOOTNOTE
        first = text.lower().partition(" ")[0]
        if first.endswith(":") and first.rstrip(":") in words("source"):
            return BlockKind.CAPTION
        numbered = first in words("caption") and _CAPTION_NUMBER.match(text.partition(" ")[2])
        return BlockKind.CAPTION if numbered else BlockKind.PARAGRAPH
