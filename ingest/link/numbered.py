"""Links by number: a problem that has one, and what is said further on under the same number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.cues import announced
from corpus.phrases import Phrases, words_of
from corpus.vocabulary import link_signs
from graph.model import Kind
from ingest.document import Block, ReadDocument
from ingest.extract.found import Span
from ingest.link.claims import SpanLink, answers, because

_COUNTED = re.compile(r"\W*(\d{1,2})\W*")


def numbered(document: ReadDocument, spans: Sequence[Span]) -> Iterator[SpanLink]:
    """What names the number of a problem (``bij knelpunt 3``), or stands under that number in a list of solutions or
    causes, belongs to it. A number that more than one problem has says nothing."""
    problems: dict[int, set[int]] = {}
    for i, span in enumerate(spans):
        number = _own_number(document.blocks[span.block], span, "bottleneck")
        if number and span.kind is Kind.BOTTLENECK:
            problems.setdefault(number, set()).add(i)
    if not problems:
        return
    for i, span in enumerate(spans):
        block = document.blocks[span.block]
        kind = "solution" if span.kind is Kind.SOLUTION else "cause"
        number = _named_number(block.text[: span.start]) or _own_number(block, span, kind)
        meant = [p for p in problems.get(number or 0, ()) if p != i]
        if span.kind is Kind.BOTTLENECK or len(meant) != 1 or spans[meant[0]].block == span.block:
            continue
        claim = answers(spans, i, meant[0], 0.9, "number", str(number))
        yield from claim or because(spans, i, meant[0], 0.9, "number", str(number))


def _own_number(block: Block, span: Span, kind: str) -> int | None:
    """The number that a list, table or heading of the given kind gives a statement, or None."""
    above = (*reversed(block.lead_in), *reversed(block.headings))
    counted = _COUNTED.fullmatch(block.text[: span.start])
    if counted and any(announced(text) == kind for text in above[:2]):
        return int(counted.group(1))
    if block.cell:
        counted = _COUNTED.fullmatch(block.cell.row_title or "")
        return int(counted.group(1)) if counted and announced(block.cell.column_title or "") == kind else None
    return next((n for text in above[:1] if announced(text) == kind and (n := _named_number(text))), None)


def _named_number(text: str) -> int | None:
    """The last number in a text that stands behind a word for a numbered thing (``punt 3``), or None."""
    words = [word for word, _, _ in words_of(text)]
    ends = {end for _, end, _ in _counting().find(words)}
    found = [int(words[end]) for end in ends if end < len(words) and words[end].isdecimal() and len(words[end]) < 3]
    return found[-1] if len(found) == 1 else None


@cache
def _counting() -> Phrases:
    return Phrases((sign.phrase, 0) for sign in link_signs() if sign.what == "number")
