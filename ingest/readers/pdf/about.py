"""What a PDF says of itself: title, date and publisher, from its first page and its properties."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.document import Block, BlockKind
from ingest.readers.pdf.page import Page
from ingest.structure import facts

_DATE = re.compile(r"^D?:?(\d{4})(0[1-9]|1[0-2])?(0[1-9]|[12]\d|3[01])?")


@dataclass(frozen=True, slots=True)
class Told:
    """What the properties of the file say, without what a program put there by itself."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None


def metadata(pdf: Any) -> Told:
    """The properties of ``pdf`` that a person could have meant."""
    title, author, made = (_property(pdf, name) for name in ("/Title", "/Author", "/CreationDate"))
    return Told(facts.worth(title), _day(made), _publisher(pdf) or facts.organisation(author))


def _property(pdf: Any, name: str) -> str | None:
    try:
        value = (pdf.metadata or {}).get(name)
    except MemoryError:
        raise
    except Exception:  # properties are a courtesy; damaged ones say nothing
        return None
    return value if isinstance(value, str) else None


def _day(made: str | None) -> str | None:
    """The date in ``D:YYYYMMDD…`` as ISO 8601, as precise as it is written."""
    found = _DATE.match(made or "")
    if not found or not 1900 < int(found[1]) < 2100:
        return None
    return "-".join(part for part in found.groups() if part)


def _publisher(pdf: Any) -> str | None:
    try:
        xmp = pdf.xmp_metadata
        names = xmp.dc_publisher if xmp is not None else None
    except MemoryError:
        raise
    except Exception:
        return None
    return facts.worth(str(names[0]), "publisher_junk") if names else None


def title(blocks: Sequence[Block], pages: Sequence[Page], told: Told) -> str | None:
    """The heading in the largest type on the first page, unless most pages have one like it; else the properties'."""
    first = next((block.page for block in blocks), None)
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    on_first = [block for block in headings if block.page == first]
    if on_first:
        top = min(on_first, key=lambda block: block.level)
        alike = {block.page for block in headings if block.level == top.level}
        numbered = top.text[:1].isdigit()
        if not numbered and (told.title is None or len(alike) <= max(2, 0.4 * len(pages))):
            return top.text.rstrip(":")
    return told.title or (on_first[0].text.rstrip(":") if on_first else None)


def date(blocks: Sequence[Block], told: Told) -> str | None:
    """The date on the first pages, else the day on which the file was made."""
    return facts.date_near_top(block for block in blocks if (block.page or 1) <= 2) or told.date
