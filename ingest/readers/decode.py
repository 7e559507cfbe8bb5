"""From bytes to text, for formats that don't say how they are encoded."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BREAKS = re.compile(r"\r\n?|\u2028|\u0085|\x0b")


def decode(data: bytes) -> str | None:
    """``data`` as text with ``\\n`` as line break, or None when it isn't text.

    A byte order mark decides; else UTF-16 where every other byte of the start is zero, UTF-8 where that fits, cp1252.
    """
    text = _decoded(data)
    if text is None:
        return None
    controls = sum(1 for character in text[:20_000] if character < " " and character not in "\t\n\r\f\x0b")
    if controls > 0.02 * len(text[:20_000]):
        return None
    return _BREAKS.sub("\n", text)


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    head = data[:4096]
    if len(head) > 3 and len(data) % 2 == 0:
        for zeros, encoding in ((head[1::2], "utf-16-le"), (head[0::2], "utf-16-be")):
            if zeros.count(0) > 0.6 * len(zeros):
                try:
                    return data.decode(encoding)
                except UnicodeDecodeError:
                    return None
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
