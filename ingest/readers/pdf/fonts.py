"""The fonts of a PDF: from the bytes that a page shows to text, and how wide that text is."""

import re
from typing import Any

from pypdf.generic import DictionaryObject

try:
    from pypdf.generic._font import Font
except ImportError:  # pypdf before 7
    from pypdf._font import Font  # type: ignore[no-redef,import-not-found,unused-ignore]

_PICTURES = ("wingdings", "webdings")
_ARROWS = frozenset((0xE0, 0xE8, 0xF0))
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOLD = ("bold", "black", "heavy", "demi", "-bd", "xbold", "semibd", "-w6", "-w7", "-w8")


class PageFont:
    """One font resource. ``shown`` gives text, advance in thousandths of the size, number of codes and of space codes."""

    def __init__(self, resource: DictionaryObject) -> None:
        self._font = Font.from_font_resource(resource)
        self._cache: dict[bytes, tuple[str, float, int, int]] = {}
        self._bytes: list[tuple[str, float] | None] = [None] * 256
        name = self._font.name.lower()
        self.bold = any(part in name for part in _BOLD) or self._heavy()
        self._pictures = any(part in name for part in _PICTURES)
        self.scale = self._type3_scale(resource) if self._font.sub_type == "Type3" else 0.001
        space = self._font.space_width
        self.space = space * self.scale if space else 0.25

    def _heavy(self) -> bool:
        weight = str(self._font.font_descriptor.weight)
        return weight.isdigit() and int(weight) >= 600

    @staticmethod
    def _type3_scale(resource: DictionaryObject) -> float:
        try:
            return abs(float(resource["/FontMatrix"][0])) or 0.001  # type: ignore[index]
        except (KeyError, TypeError, ValueError, IndexError):
            return 0.001

    def shown(self, data: bytes) -> tuple[str, float, int, int]:
        """Text, advance (times the font's size), number of codes, number of one-byte spaces for ``data``."""
        known = self._cache.get(data)
        if known is None:
            known = self._decode(data)
            if len(self._cache) < 20_000:
                self._cache[data] = known
        return known

    def _decode(self, data: bytes) -> tuple[str, float, int, int]:
        font = self._font
        encoding: Any = font.encoding
        if isinstance(encoding, str):
            try:
                codes = data.decode(encoding, "surrogatepass")
            except (UnicodeDecodeError, LookupError):
                codes = data.decode("utf-16-be" if "16" in encoding else "latin-1", "replace")
            text = "".join([self._text(code) for code in codes])
            width = sum([self._width(code) for code in codes])
            number, spaces = len(codes), 0
        else:
            known = self._bytes
            pieces = [known[code] or self._byte(code) for code in data]
            text = "".join([piece[0] for piece in pieces])
            width = sum([piece[1] for piece in pieces])
            number, spaces = len(data), data.count(b" ")
        if self._pictures:
            text = "".join(_sign(character) for character in text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _has_surrogate(text) else text
        return text, width * self.scale, number, spaces

    def _byte(self, code: int) -> tuple[str, float]:
        """The text and width of a code of one byte, worked out once."""
        encoding: Any = self._font.encoding
        text = "".join([self._text(each) for each in encoding.get(code, chr(code))])
        found = self._bytes[code] = (text, self._width(chr(code)))
        return found

    def _text(self, code: str) -> str:
        found: str = self._font.character_map.get(code, code)
        return found

    def _width(self, key: str) -> float:
        widths = self._font.character_widths
        width = widths.get(key)
        return float(widths.get("default", 500) if width is None else width)


def _sign(character: str) -> str:
    """What a sign of a picture font says: an arrow, or a bullet where it would read as a letter."""
    code = ord(character) & 0xFF if ord(character) < 0x100 or 0xF000 <= ord(character) <= 0xF0FF else 0
    if code in _ARROWS:
        return "→"
    return "•" if code > 0x20 else character


def _has_surrogate(text: str) -> bool:
    return not text.isascii() and _SURROGATE.search(text) is not None
