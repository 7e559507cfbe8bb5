"""Which lines are headings by their type or number, and how deep."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.structure.lines import Line
from ingest.structure.markers import marker
from ingest.structure.reading import words

_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(\.\d{1,2}){0,4}|[A-Z](\.\d{1,2})+|[IVX]{1,5}(?=\.))\.?[\s\u00a0]+(?=\S)")
FINAL = re.compile(r"[.;,!][)\]'\"’”]*$")
LONGEST = 110
_MOST_LINES = 4


class Headings:
    """Knows the type of one document: its body size, and the styles that stand above it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            if line.size and not line.note:
                sizes[(_half(line.size), line.bold)] += len(line.text)
        self.body, self.body_bold = max(sizes, key=lambda key: sizes[key]) if sizes else (0.0, False)
        self.typed = bool(sizes)
        styles = {self._style(line) for line in lines if self.styled(line)}
        self._chapter = 0
        self.ranks = {style: rank for rank, style in enumerate(sorted(styles, reverse=True), start=1)}

    @staticmethod
    def _style(line: Line) -> tuple[float, bool, int]:
        numbered = _NUMBERED.match(line.text)
        return _half(line.size), line.bold, -numbered["number"].count(".") if numbered else 0

    def larger(self, line: Line) -> bool:
        """Whether a line is set larger than running text."""
        return line.size >= self.body * 1.12 and line.size >= self.body + 0.8

    def styled(self, line: Line) -> bool:
        """Whether the type of a line is that of a heading: larger than the body, or bold where the body isn't."""
        if not self.typed or not line.size or line.note or len(line.text) > 3 * LONGEST:
            return False
        bolder = line.bold and not self.body_bold and line.size >= self.body * 0.93
        return (self.larger(line) or bolder) and any(character.isalpha() for character in line.text)

    def same(self, last: Line, line: Line, lines: int) -> bool:
        """Whether a heading that has ``last`` as its last line goes on in ``line``."""
        if line.page != last.page or line.gap > 0.45 or lines >= _MOST_LINES or marker(line.text):
            return False
        if not self.typed or not self.styled(line) or self._style(line)[:2] != self._style(last)[:2]:
            return False
        return not last.text.rstrip().endswith((":", ".")) and not _NUMBERED.match(line.text)

    def level(self, line: Line, following: Line | None) -> int:
        """The level of ``line`` as a heading, from 1; 0 when neither its type nor its number makes it one."""
        text = line.text.strip()
        if line.heading:
            return line.heading
        if not any(character.isalpha() for character in text):
            return 0
        if self.typed:
            if self.styled(line):
                return self.ranks.get(self._style(line), 1)
            capitals = text.isupper() and sum(map(str.isalpha, text)) > 3 and line.gap > 0.2 and _alone(line, following)
            return len(self.ranks) + 1 if capitals and len(text) <= LONGEST and not FINAL.search(text) else 0
        numbered = _NUMBERED.match(text)
        if numbered and self.numbered(line, following):
            if numbered["number"].isdigit():
                self._chapter = int(numbered["number"])
            return numbered["number"].count(".") + 2
        return 0

    def numbered(self, line: Line, following: Line | None) -> bool:
        """Whether ``line`` is a numbered heading, not an item of a numbered list."""
        text = line.text.strip()
        found = _NUMBERED.match(text)
        if line.heading or not found or len(text) > LONGEST or FINAL.search(text) or text.endswith(":"):
            return False
        if self.typed:
            return self.styled(line)
        title = text[found.end() :]
        if not title[0].isupper() or not _alone(line, following):
            return False
        if any(word in title.lower().split() for word in words("months")):
            return False
        if "." in found["number"]:
            return True
        if len(title) >= 70 or not found["number"].isdigit():
            return False
        number, after = int(found["number"]), _NUMBERED.match(following.text) if following else None
        if after and after["number"] == str(number + 1):
            return False
        if self._chapter and number == self._chapter + 1:
            return True
        return following is not None and line.gap > 0.5


def _half(size: float) -> float:
    return round(size * 2) / 2


def _alone(line: Line, following: Line | None) -> bool:
    """Whether ``line`` ends before its column does: it was not broken to fit."""
    return following is None or following.gap > 0.5 or not line.full(following.text)


class _NoHeadings(Headings):
    """For text in which nothing is a heading: the cells of a table."""

    def styled(self, line: Line) -> bool:
        return False

    def level(self, line: Line, following: Line | None) -> int:
        return 0

    def numbered(self, line: Line, following: Line | None) -> bool:
        return False


NO_HEADINGS: Headings = _NoHeadings(())
