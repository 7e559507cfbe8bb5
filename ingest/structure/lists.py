"""The lists of a document while it is read: which marks are markers, and how deep an item stands."""

from ingest.document import BlockKind
from ingest.structure.grown import Grown
from ingest.structure.headings import Headings
from ingest.structure.lines import Line
from ingest.structure.markers import Marker, marker

_DASHES = "–—-"
_RARE = "+!>o§Ø"
_CLOSE = 0.6


class Lists:
    """Remembers the items above: their indents and styles, and how far each way of counting has come."""

    def __init__(self, headings: Headings) -> None:
        self._headings = headings
        self._above: list[tuple[float, str]] = []
        self._counts: dict[str, dict[int, int]] = {}  # by style and indent, how far the count has come

    def end(self) -> None:
        """Something else than an item follows: the next item begins at the first level."""
        self._above.clear()

    def _follows(self, mark: Marker) -> bool:
        """Whether a number goes on with a count above it, at whatever indent that stood."""
        return mark.number - 1 in self._counts.get(mark.style, {}).values()

    def mark(self, line: Line, before: Grown | None, following: Line | None) -> Marker | None:
        """The marker of ``line``, unless it only looks like one (a year, an initial, a dash within a sentence)."""
        found = marker(line.text)
        if found is None or line.heading:
            return None
        if found.certain:
            return found
        if found.number:
            if self._headings.numbered(line, following):
                return None
            if self._follows(found.roman()):
                found = found.roman()
            return found if found.number == 1 or self._follows(found) or _twin(found, following) else None
        if found.style in _DASHES and before is not None and _within(before, line):
            return None
        if found.style in _RARE and not (_twin(found, following) or any(s == found.style for _, s in self._above)):
            return None
        return found

    def depth(self, line: Line, mark: Marker) -> int:
        """How deep an item stands, from 1: by its indent where that differs, else by a marker of another style."""
        if mark.number:
            self._counts.setdefault(mark.style, {})[round(line.left / 6)] = mark.number
        above, step = self._above, max(line.em, 1e-6) * 1.2
        while above and above[-1][0] > line.left + step:
            above.pop()
        if above and abs(above[-1][0] - line.left) <= step and above[-1][1] != mark.style:
            known = [i for i, (_, style) in enumerate(above) if style == mark.style]
            if known:
                del above[known[-1] + 1 :]
            else:
                above.append((line.left, mark.style))
        elif not above or above[-1][0] < line.left - step:
            above.append((line.left, mark.style))
        return len(above)


def _within(before: Grown, line: Line) -> bool:
    """Whether ``line`` goes on with a sentence of running text, so that a dash in front of it is a part of that."""
    if before.part.kind is BlockKind.LIST_ITEM or before.last is None or line.gap >= _CLOSE:
        return False
    return before.last.full(line.text) and not before.ended and not before.part.text.endswith(":")


def _twin(mark: Marker, following: Line | None) -> bool:
    """Whether the next line goes on with the list that ``mark`` would start."""
    other = marker(following.text) if following else None
    return other is not None and other.style == mark.style and other.number in (0, mark.number + 1)
