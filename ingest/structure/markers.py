"""What stands before a list item: bullets of all kinds, numbers and letters."""

import re
from dataclasses import dataclass

# Bullets as programs write them, with those of symbol fonts: their codes land in the private use area, on U+007F
# or on a letter of the font's own alphabet.
_ALWAYS = "•◦▪▫■□●○◾◽‣⁃➢➤►▸▶✓✔✗✘❖◆◇❑❒★☆➔→⇒·∙⋅\u007f\u00b7"
_WITH_SPACE = "-–—*+!o>§Ø"
_BULLET = re.compile(
    rf"(?P<mark>[{_ALWAYS}\ue000-\uf8ff\ufffd]|[{re.escape(_WITH_SPACE)}](?=[\s\u00a0]))[\s\u00a0\u200b]*"
)
_NUMBER = re.compile(r"\(?(?P<mark>\d{1,3}|[a-zA-Z]|[ivx]{2,5})(?P<close>[.)]|\.\))[\s\u00a0]+(?=\S)")
_ROMAN = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker: its ``style`` (the bullet itself, ``1.``, ``a)`` …), its place in a count (0 for a bullet), and
    where the item's text begins."""

    style: str
    number: int
    end: int

    def roman(self) -> "Marker":
        """A ``v`` or ``x`` taken as a roman number instead of a letter."""
        value = {22: 5, 24: 10}.get(self.number, 0)
        return Marker("i" + self.style[1:], value, self.end) if self.style.startswith("a") and value else self

    @property
    def certain(self) -> bool:
        """Whether the mark is a bullet wherever it stands, unlike a dash or a letter."""
        return self.number == 0 and self.style not in _WITH_SPACE


def marker(text: str) -> Marker | None:
    """The list marker at the start of ``text``, or None. A bare mark, its text on the next line, is one too."""
    found = _BULLET.match(text)
    if found:
        return Marker(found["mark"], 0, found.end())
    if text.strip() in _WITH_SPACE and len(text.strip()) == 1 and text.strip() in "-–*o":
        return Marker(text.strip(), 0, len(text))
    found = _NUMBER.match(text)
    if not found:
        return None
    mark, close = found["mark"], found["close"]
    if mark.isdigit():
        return Marker("1" + close, int(mark), found.end())
    if len(mark) > 1 or mark == "i":
        return Marker("i" + close, _roman(mark), found.end())
    kind = "a" if mark.islower() else "A"
    return Marker(kind + close, ord(mark.lower()) - ord("a") + 1, found.end())


def _roman(mark: str) -> int:
    values = [_ROMAN[letter] for letter in mark]
    return sum(-v if any(v < later for later in values[i + 1 :]) else v for i, v in enumerate(values))
