"""Links between blocks: what a lead-in or heading says of what stands under it, and openings such as ``Oplossing:``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.phrases import words_of
from graph.model import Kind
from ingest.document import BlockKind, ReadDocument
from ingest.extract.found import Span
from ingest.extract.sentences import sentences
from ingest.link.claims import SpanLink, answers, because, tie
from ingest.link.signs import sign

FAR = 40
"""How many blocks back the line that introduces a list is looked for."""
NEAR = 2
"""How many blocks back what an opening refers to may stand."""


def beyond(document: ReadDocument, spans: Sequence[Span]) -> Iterator[SpanLink]:
    """The links that lead-ins, headings and openings of blocks state."""
    by_block: dict[int, list[int]] = {}
    for i, span in enumerate(spans):
        by_block.setdefault(span.block, []).append(i)
    for block, inside in by_block.items():
        if document.blocks[block].kind is BlockKind.HEADING:
            continue
        introduced = False
        for above, where in _introducing(document, block):
            links = [link for own in inside for link in _under(document, spans, by_block, above, where, own)]
            introduced = introduced or bool(links)
            yield from links
        if not introduced:
            yield from _opening(document, spans, by_block, block, inside[0])


def _introducing(document: ReadDocument, block: int) -> Iterator[tuple[int, str]]:
    """The block that introduces a block's list, and the heading just above it, with their texts."""
    own = document.blocks[block]
    wanted = [*own.lead_in[-1:], *own.headings[-1:]]
    for text in dict.fromkeys(wanted):
        for above in range(block - 1, max(-1, block - FAR), -1):
            if document.blocks[above].text.endswith(text):
                yield above, text
                break


def _under(
    document: ReadDocument, spans: Sequence[Span], by_block: dict[int, list[int]], above: int, text: str, own: int
) -> list[SpanLink]:
    """What the line above says of one statement under it, about the statement in that line or the one before it."""
    held = by_block.get(above, [])
    if held:
        anchor = held[-1]
        behind = document.blocks[above].text[spans[anchor].end :]
        found = sign(behind, "within", 8) or sign(behind, "next", 8)
        if found:
            return tie(spans, anchor, found[0], own, 0.85, "lead-in", found[1])
        if spans[own].kind is Kind.CAUSE:
            return because(spans, own, anchor, 0.6, "under its problem", "")
        return answers(spans, own, anchor, 0.6, "under its problem", "")
    found = sign(text, "next", 2)
    before = _last_before(document, spans, by_block, above)
    if not found or before is None:
        return []
    if spans[own].kind is Kind.SOLUTION and not _alone(spans, by_block, before):
        return []
    return tie(spans, before, found[0], own, 0.75, "lead-in", found[1])


def _opening(
    document: ReadDocument, spans: Sequence[Span], by_block: dict[int, list[int]], block: int, own: int
) -> list[SpanLink]:
    """What the first words of a block (``Oplossing:``, ``Daardoor``) say about the last statement before it."""
    text = document.blocks[block].text
    first = sentences(text)[0]
    before = _last_before(document, spans, by_block, block)
    if document.blocks[block].cell or before is None or spans[own].start >= first[1]:
        return []
    found = sign(text[: spans[own].end], "next", min(len(words_of(text[: spans[own].start])), 2) + 1)
    if found and (found[0] != "reason" or text[: spans[own].start].rstrip().endswith(":")):
        return tie(spans, before, found[0], own, 0.8, "opening", found[1])
    return []


def _last_before(
    document: ReadDocument, spans: Sequence[Span], by_block: dict[int, list[int]], block: int
) -> int | None:
    """The last statement in the blocks just before one, under the same or its own heading."""
    headings = document.blocks[block].headings
    for earlier in range(block - 1, max(-1, block - 1 - NEAR), -1):
        if earlier in by_block and document.blocks[earlier].headings in (headings, headings[:-1]):
            return max(by_block[earlier], key=lambda i: spans[i].end)
    return None


def _alone(spans: Sequence[Span], by_block: dict[int, list[int]], own: int) -> bool:
    """Whether a problem stands alone, so that an answer after it can't be meant for its neighbour."""
    near = [i for block in (spans[own].block - 1, spans[own].block) for i in by_block.get(block, ())]
    return sum(spans[i].kind is Kind.BOTTLENECK for i in near) == 1
