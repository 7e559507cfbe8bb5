"""Sticky notes: on a board nearly every note is a statement, however few words it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graph.model import Kind
from ingest.document import Block, BlockKind, ReadDocument
from ingest.extract.found import Span
from ingest.extract.sentences import trim
from ingest.extract.structure import announces

BOARDS = ("application/json", "text/csv", "image/svg+xml")
"""What boards are exported as. A list of notes (CSV) tells no frames: a short line that announces something is one."""
TITLED = 0.8
"""How sure the title of a frame makes the kind of a note."""
OWN_WORDS = 0.45
"""How sure a note's own words make it that are too few for the decision."""
TITLE = 5
_KINDS = {
    "bottleneck": Kind.BOTTLENECK,
    "effect": Kind.BOTTLENECK,
    "cause": Kind.CAUSE,
    "solution": Kind.SOLUTION,
}
_WORD = re.compile(r"[^\W\d_]+")
_NOTES = ("sticky_note", "card", "app_card")


def is_board(document: ReadDocument) -> bool:
    """Whether the document is a board's export."""
    return document.media_type in BOARDS and all(block.cell is None for block in document.blocks)


def noted(document: ReadDocument, found: Sequence[Span], ruled: Sequence[Span]) -> list[Span]:
    """The spans of a board: of each note what its frame's title says, else what was found, else what ``ruled`` has there.

    ``ruled`` are spans that a lower bar lets through. Notes under a title that announces no statements ("Wat ging goed")
    are none.
    """
    by_block: dict[int, list[Span]] = {}
    for span in found:
        by_block.setdefault(span.block, []).append(span)
    weak = {span.block: span for span in ruled}
    out: list[Span] = []
    for number, block, title in _titled(document):
        told = announces(title) if title else None
        kind = _KINDS.get(told or "")
        start, end = trim(block.text, 0, len(block.text))
        if told == "none" or start >= end:
            continue
        if kind:
            own = [span for span in by_block.get(number, ()) if span.kind is kind]
            out += own or [Span(number, start, end, kind, TITLED, f"frame:{told}", title)]
        elif number in by_block:
            out += by_block[number]
        elif number in weak and (block.marks.get("type", "sticky_note") in _NOTES):
            span = weak[number]
            out.append(Span(number, start, end, span.kind, OWN_WORDS, span.rule, span.cue))
    return out


def _titled(document: ReadDocument) -> Iterator[tuple[int, Block, str]]:
    """Each note by number, with the title of its frame, or in a bare list the last line that announces something."""
    listed = document.media_type == "text/csv"
    last = ""
    for number, block in enumerate(document.blocks):
        short = len(_WORD.findall(block.text)) <= TITLE
        if block.kind is BlockKind.HEADING:
            continue
        if listed and short and "tag" not in block.marks and announces(block.text):
            last = block.text
            continue
        yield number, block, next((t for t in reversed(block.headings) if announces(t)), last)
