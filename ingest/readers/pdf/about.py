"""What a PDF says of itself: title, date and publisher, from its first page and its properties."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.document import Block, BlockKind
from ingest.readers.pdf.page import Page
from ingest.structure import facts


@dataclass(frozen=True, slots=True)
class Told:
    """What the properties of the file say, without what a program put there by itself."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None


def metadata(pdf: Any) -> Told:
    """The properties of ``pdf`` that a person could have meant."""
    try:
        info = pdf.metadata or {}
        title = facts.worth(_string(info.get("/Title")))
        publisher = _publisher(pdf) or facts.organisation(_string(info.get("/Author")))
        made = pdf.metadata.creation_date if pdf.metadata else None
    except MemoryError:
        raise
    except Exception:  # properties are a courtesy; damaged ones say nothing
        return Told()
    return Told(title, made.date().isoformat() if made else None, publisher)


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _publisher(pdf: Any) -> str | None:
    xmp = pdf.xmp_metadata
    names = xmp.dc_publisher if xmp is not None else None
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
