"""What a document says of itself near its top: its date and its title."""

import re
from collections.abc import Iterable

from ingest.document import Block, BlockKind
from ingest.structure.reading import words

_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)\b")
_NEAR = 1500


def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for key in ("months", "months_short", "months_english"):
        names.update({name: number for number, name in enumerate(words(key), start=1)})
    return names


def date_in(text: str) -> str | None:
    """The first date in ``text`` as ISO 8601, as precise as it is written (day, month), or None."""
    months = _months()
    named = re.compile(
        rf"\b(?:(\d{{1,2}})(?:e)?\s+)?({'|'.join(sorted(map(re.escape, months), key=len, reverse=True))})\.?\s+((?:19|20)\d\d)\b",
        re.IGNORECASE,
    )
    found: list[tuple[int, str]] = []
    if match := named.search(text):
        day, month, year = match[1], months[match[2].lower()], match[3]
        valid = day is not None and 1 <= int(day) <= 31
        found.append((match.start(), f"{year}-{month:02}" + (f"-{int(day):02}" if valid else "")))
    match = _ISO.search(text)
    if match and 1 <= int(match[2]) <= 12 and (match[3] is None or 1 <= int(match[3]) <= 31):
        found.append((match.start(), match[0]))
    match = _NUMERIC.search(text)
    if match and 1 <= int(match[2]) <= 12 and 1 <= int(match[1]) <= 31:
        found.append((match.start(), f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"))
    return min(found)[1] if found else None


def date_near_top(blocks: Iterable[Block]) -> str | None:
    """The date that stands among the first lines of a document, in a line that says little else."""
    seen = 0
    for block in blocks:
        if seen > _NEAR:
            break
        seen += len(block.text)
        if len(block.text) > 160:
            continue
        if (date := date_in(block.text)) is not None:
            return date
    return None


def title_at_top(blocks: Iterable[Block]) -> str | None:
    """The first heading, when little stands above it."""
    seen = 0
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            return block.text.rstrip(":")
        seen += len(block.text)
        if seen > 300:
            break
    return None


def worth(title: str | None, junk: str = "title_junk") -> str | None:
    """``title`` when a person could have written it, or None for what a program left (``Microsoft Word - x.docx``)."""
    text = " ".join((title or "").split())
    lower = text.lower()
    if len(text) < 3 or lower in words(junk) or not any(character.isalpha() for character in text):
        return None
    if any(lower.startswith((f"{word} - ", f"{word} – ")) for word in words(junk)):
        return None
    if re.search(r"\.(docx?|pptx?|pdf|indd|odt|rtf|xlsx?|html?|qxp|pages|key|txt)$", lower) or "\ufffd" in text:
        return None
    return text


def organisation(name: str | None) -> str | None:
    """``name`` when it can only be an organisation's: by its words, or capitals as in an abbreviation; else None."""
    text = worth(name, "publisher_junk")
    if text is None:
        return None
    parts = re.findall(r"[^\W\d_]+", text)
    known = any(part.lower().endswith(words("organisation")) for part in parts)
    return text if known or any(part.isupper() and len(part) >= 3 for part in parts) else None
