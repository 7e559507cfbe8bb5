"""From parts in reading order to blocks: each gets the headings above it, what introduces it, and its offset."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ingest.document import Block, BlockKind, Cell

_ENDED = re.compile(r"[.!?;…)\]\"”’]\s*$")
_SENTENCE_END = re.compile(r"[.!?][)\]'\"’”]*\s+(?=[^\s\da-zà-ÿ])")


@dataclass(slots=True)
class Part:
    """One piece of a document in reading order: a block that does not yet know what stands above it.

    ``level`` is the depth of a heading or of a list item, from 1. ``kind`` and the rest are as in :class:`Block`.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    page: int | None = None
    page_breaks: tuple[tuple[int, int], ...] = ()
    cell: Cell | None = None
    marks: Mapping[str, str] = field(default_factory=dict)


def introduces(text: str) -> bool:
    """Whether ``text`` ends as something that introduces what follows it."""
    return text.rstrip().endswith(":")


def introduction(text: str) -> str:
    """The last sentence of a text that ends with a colon: what introduces the list under it."""
    last = 0
    for match in _SENTENCE_END.finditer(text):
        last = match.end()
    return text[last:]


def _short(text: str) -> bool:
    return len(text.split()) <= 10 and not text.rstrip().endswith((".", ";", ","))


class _Outline:
    """Where in the document we are: the headings above, the lead-ins that still hold, the list items above."""

    def __init__(self) -> None:
        self.headings: list[tuple[int, str]] = []
        self.leads: list[tuple[int, str]] = []
        self.items: list[tuple[int, str]] = []
        self.cell: Cell | None = None
        self.in_cell: tuple[str, ...] = ()
        self.caption: tuple[str, ...] = ()
        self.before: Part | None = None

    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.headings)

    def block(self, part: Part) -> Block:
        lead_in: tuple[str, ...] = ()
        if part.cell != self.cell:
            self.items.clear()
            self.cell, self.in_cell = part.cell, ()
        if part.kind is BlockKind.HEADING:
            self._close(part.level, introduces(part.text))
            headings = self.path()
            self.headings.append((part.level, part.text))
            if introduces(part.text):
                lead_in = tuple(text for _, text in self.leads)
                self.leads.append((part.level, part.text))
        elif part.kind is BlockKind.LIST_ITEM:
            headings = self.path()
            lead_in = self._item(part)
        else:
            headings = self.path()
            if part.kind is BlockKind.PARAGRAPH:
                self.items.clear()
                self.leads = [(0, introduction(part.text))] if introduces(part.text) else []
            elif part.kind is BlockKind.TABLE_CELL:
                lead_in = (*(text for _, text in self.leads), *self.caption)
                self.items.clear()
                self.in_cell = (introduction(part.text),) if introduces(part.text) or _short(part.text) else ()
        self._remember(part)
        return Block(
            text=part.text,
            kind=part.kind,
            headings=headings,
            lead_in=lead_in,
            level=part.level,
            page=part.page,
            page_breaks=part.page_breaks,
            cell=part.cell,
            marks=part.marks,
        )

    def _remember(self, part: Part) -> None:
        """Keep the caption above a table for the cells of that table, where it introduces them: a mere title says nothing of one."""
        self.before = part
        if part.kind is BlockKind.CAPTION:
            self.caption = (part.text,) if introduces(part.text) else ()
        elif part.cell is None and part.kind is not BlockKind.FOOTNOTE:
            self.caption = ()

    def _item(self, part: Part) -> tuple[str, ...]:
        """The lead-ins of a list item; it may be one itself for the items after it."""
        before = self.before
        if (
            before is not None
            and before.kind is BlockKind.PARAGRAPH
            and not self.leads
            and not _ENDED.search(before.text)
        ):
            self.leads = [(0, introduction(before.text))]  # an unfinished sentence introduces what finishes it
        while self.items and self.items[-1][0] > part.level:
            self.items.pop()
        if self.items and self.items[-1][0] == part.level:
            last = self.items[-1][1]
            # A sublist that is not set deeper: small letters under a capital, up to the next capital.
            under = introduces(last) and part.text[:1].islower() and last[:1].isupper()
            if not under:
                self.items.pop()
        lead_in = (*(text for _, text in self.leads), *self.in_cell, *(text for _, text in self.items))
        if not self.items or self.items[-1][0] < part.level:
            self.items.append((part.level, introduction(part.text) if introduces(part.text) else part.text))
        return lead_in

    def _close(self, level: int, introducing: bool) -> None:
        """End what a heading ends; a paragraph's lead-in goes on over headings that themselves end with a colon."""
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.items.clear()
        if introducing:
            self.leads = [lead for lead in self.leads if lead[0] < level]
        else:
            self.leads.clear()


def blocks(parts: Iterable[Part]) -> tuple[Block, ...]:
    """The blocks of a document, with heading path, lead-ins and offsets filled in; parts without text are left out."""
    outline, made, offset = _Outline(), [], 0
    for part in parts:
        if not part.text.strip():
            continue
        block = replace(outline.block(part), offset=offset)
        made.append(block)
        offset += len(block.text) + 1
    return tuple(made)
