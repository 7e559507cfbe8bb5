"""Cutting a document into questions of bounded size, each of whole sections where they fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ingest.document import ReadDocument

MOST_CHARACTERS = 6_000
"""How much source text goes into one question: what small models with 8,000 tokens can read and answer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one passage: ``document.blocks[block].text``, or a part of one that is too long."""

    block: int
    text: str


def chunks(document: ReadDocument, most: int = MOST_CHARACTERS) -> list[tuple[Piece, ...]]:
    """The passages of a document in its order, in groups of at most ``most`` characters.

    A group begins at a section where the whole section would not fit behind what came before it.
    """
    out: list[list[Piece]] = []
    size = most + 1
    for _, blocks in groupby(range(len(document.blocks)), key=lambda n: document.blocks[n].headings):
        section = [Piece(n, part) for n in blocks for part in _parts(document.blocks[n].text, most)]
        length = sum(len(piece.text) for piece in section)
        fresh = size + length > most
        for piece in section:
            if fresh or size + len(piece.text) > most:
                out.append([])
                size, fresh = 0, False
            out[-1].append(piece)
            size += len(piece.text)
    return [tuple(group) for group in out]


def question(document: ReadDocument, group: tuple[Piece, ...]) -> str:
    """What a model reads: each passage under its number, with the headings and the lines that lead into it."""
    lines: list[str] = []
    above: tuple[str, tuple[str, ...]] | None = None
    for piece in group:
        block = document.blocks[piece.block]
        if above != (block.section, block.lead_in):
            above = block.section, block.lead_in
            lines += ["", f"## {block.section}"] if block.section else [""]
            lines += [f"({line})" for line in block.lead_in[-1:]]
        lines.append(f"[{piece.block}] {piece.text}")
    return "\n".join(lines).strip()


def _parts(text: str, most: int) -> Iterator[str]:
    """A text in parts of at most ``most`` characters, cut behind a sentence, else between words, else anywhere."""
    while len(text) > most:
        cut = max(text.rfind(". ", 0, most) + 1, 0) or text.rfind(" ", 0, most)
        cut = cut if cut > 0 else most
        yield text[:cut].strip()
        text = text[cut:].strip()
    if text:
        yield text
