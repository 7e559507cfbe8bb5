"""Which lines are headings, and how deep: by type where the format shows it, else by shape and place."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.structure.lines import Line
from ingest.structure.markers import marker
from ingest.structure.reading import words

_NUMBERED = re.compile(r"^(?P<number>\d{1,2}(\.\d{1,2}){0,4}|[A-Z](\.\d{1,2})+|[IVX]{1,5}(?=\.))\.?[\s\u00a0]+(?=\S)")
_FINAL = re.compile(r"[.;,!][)\]'\"’”]*$")
_LONGEST = 110
_LONGEST_PLAIN = 75


class Headings:
    """Knows the type of one document: its body size, and the styles that stand above it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[tuple[float, bool]] = Counter()
        for line in lines:
            if line.size and not line.note:
                sizes[(round(line.size * 2) / 2, line.bold)] += len(line.text)
        self.body, self.body_bold = max(sizes, key=lambda key: sizes[key]) if sizes else (0.0, False)
        self.typed = bool(sizes)
        styles = {self._style(line) for line in lines if self.styled(line)}
        self.ranks = {style: rank for rank, style in enumerate(sorted(styles, reverse=True), start=1)}

    @staticmethod
    def _style(line: Line) -> tuple[float, bool]:
        return round(line.size * 2) / 2, line.bold

    def styled(self, line: Line) -> bool:
        """Whether the type of a line is that of a heading: larger than the body, or bold where the body isn't."""
        if not self.typed or not line.size or len(line.text) > 3 * _LONGEST:
            return False
        larger = line.size >= self.body * 1.12 and line.size >= self.body + 0.8
        bolder = line.bold and not self.body_bold and line.size >= self.body * 0.93
        return (larger or bolder) and any(character.isalpha() for character in line.text)

    def same(self, last: Line, line: Line, lines: int) -> bool:
        """Whether a heading goes on in ``line``."""
        if line.page != last.page or line.gap > 0.9 or lines >= 4 or marker(line.text):
            return False
        if self.typed:
            return (
                self.styled(line)
                and self._style(line) == self._style(last)
                and not last.text.rstrip().endswith((":", "."))
                and line.gap < 0.45
                and not _NUMBERED.match(line.text)
            )
        return False

    def level(self, line: Line, previous: Line | None, following: Line | None) -> int:
        """The level of ``line`` as a heading, from 1; 0 when it is none."""
        text = line.text.strip()
        if line.heading:
            return line.heading
        if not any(character.isalpha() for character in text):
            return 0
        numbered = _NUMBERED.match(text)
        depth = numbered["number"].count(".") + 1 if numbered else 0
        if self.typed:
            if not self.styled(line) or len(text) > 2 * _LONGEST:
                return 0
            if line.size < self.body * 1.12 and _FINAL.search(text) and not numbered:
                return 0
            return self.ranks.get(self._style(line), 1)
        if len(text) > _LONGEST or not self._alone(line, following):
            return 0
        if self.numbered(line, following):
            return depth + 1
        if _FINAL.search(text) or text[0].islower() or not (text[0].isalnum() or text[0] in "'\"‘“(…["):
            return 0
        if text.isupper() and len(text) > 2:
            return 2
        if len(text) > _LONGEST_PLAIN or text[0].isdigit():
            return 0
        return self._plain(line, previous, following)

    def _plain(self, line: Line, previous: Line | None, following: Line | None) -> int:
        """The level of a short line without other signs: a title when running text or a list follows it closely."""
        text = line.text.strip()
        if line.fresh and following is not None:
            return 1
        if following is None or "|" in text or "\t" in text:
            return 0
        introduces = text.endswith(":")
        parted = line.gap > 0.5 or previous is None
        listed = marker(following.text) is not None
        prose = len(following.text) > 1.25 * len(text) and len(following.text) > 40
        if introduces:
            return 4 if parted and listed and len(text.split()) <= 6 and text[0].isupper() else 0
        if parted and (listed or prose):
            return 3
        if prose and previous is not None and _FINAL.search(previous.text.strip()) and len(text) < 60:
            return 3
        return 0

    def numbered(self, line: Line, following: Line | None) -> bool:
        """Whether ``line`` is a numbered heading in a text without type, not an item of a numbered list."""
        text = line.text.strip()
        found = _NUMBERED.match(text)
        if line.heading or not found or len(text) > _LONGEST or _FINAL.search(text) or text.endswith(":"):
            return False
        if self.typed:
            return self.styled(line)
        title = text[found.end() :]
        if not title[0].isupper() or any(word in title.lower().split() for word in words("months")):
            return False
        if "." in found["number"]:
            return True
        if following is None or (marker(following.text) and _NUMBERED.match(following.text)):
            return False
        return len(title) < 70 and len(following.text) > len(text) * 0.5 and not _NUMBERED.match(following.text)

    @staticmethod
    def _alone(line: Line, following: Line | None) -> bool:
        """Whether ``line`` ends before its column does: it was not broken to fit."""
        return following is None or following.gap > 0.5 or not line.full(following.text)


class _NoHeadings(Headings):
    """For text in which nothing is a heading: the cells of a table."""

    def styled(self, line: Line) -> bool:
        return False

    def level(self, line: Line, previous: Line | None, following: Line | None) -> int:
        return 0


NO_HEADINGS: Headings = _NoHeadings(())
