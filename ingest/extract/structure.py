"""What the structure of a document says about each of its blocks: headings, lead-ins and column titles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from corpus.cues import announced
from ingest.document import BlockKind, ReadDocument

TITLE_SHARE = 0.6
"""A heading over more than this share of the blocks names the whole document and says nothing about a part of it."""


@dataclass(frozen=True, slots=True)
class Governed:
    """``kind`` is what is announced ("" for nothing), ``where`` says so (column, lead, heading), in the words ``text``."""

    kind: str = ""
    where: str = ""
    text: str = ""


NOTHING = Governed()


@lru_cache(maxsize=4096)
def announces(text: str) -> str | None:
    """What a heading or lead-in announces, remembered."""
    return announced(text) if text else None


class Structure:
    """What governs each block of a document: the nearest of column title, lead-ins and headings that says something."""

    def __init__(self, document: ReadDocument) -> None:
        self._blocks = document.blocks
        under = Counter(heading for block in document.blocks for heading in set(block.headings))
        most = TITLE_SHARE * len(document.blocks)
        self._titles = {heading for heading, count in under.items() if count > most and len(under) > 1}
        if document.title:
            self._titles.add(document.title)
        self._telling: set[int] = set()
        for block in document.blocks:
            if block.cell and block.cell.column_title and announces(block.cell.column_title):
                self._telling.add(block.cell.table)
        self._known: dict[int, Governed] = {}

    def governed(self, number: int) -> Governed:
        """What governs the block of that number."""
        known = self._known.get(number)
        if known is None:
            known = self._known[number] = self._find(number)
        return known

    def label(self, number: int) -> bool:
        """Whether the block is a cell that only names its row, in a table whose other columns are what counts."""
        cell = self._blocks[number].cell
        return bool(
            cell
            and not cell.header
            and cell.table in self._telling
            and not (cell.column_title and announces(cell.column_title))
        )

    def names(self, number: int) -> bool:
        """Whether the block only names what stands under it: a header cell, or a heading that announces something."""
        block = self._blocks[number]
        if block.cell is not None:
            return block.cell.header or self.label(number)
        return block.kind is BlockKind.HEADING and announces(block.text) is not None

    def _find(self, number: int) -> Governed:
        block = self._blocks[number]
        if block.kind is BlockKind.FOOTNOTE:  # it stands there because of its mark, not because of the heading
            return NOTHING
        if block.cell is not None:
            title = block.cell.column_title
            if block.cell.header:
                return NOTHING
            if title and (kind := announces(title)):
                return Governed(kind, "column", title)
            if block.cell.table in self._telling:
                return NOTHING
        if block.kind is not BlockKind.HEADING:
            for text in reversed(block.lead_in):
                if kind := announces(text):
                    return Governed(kind, "lead", text)
        for text in reversed(block.headings):
            if text not in self._titles and (kind := announces(text)):
                return Governed(kind, "heading", text)
        return NOTHING
