"""Links in running text: one statement inside another, and words that tie a clause or sentence to the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.dutch import is_stop_word
from corpus.phrases import words_of
from graph.model import Kind, Relation
from ingest.document import ReadDocument
from ingest.extract.found import Span
from ingest.extract.sentences import sentences
from ingest.link.claims import SpanLink, answers, because, tie
from ingest.link.signs import sign


def running(document: ReadDocument, spans: Sequence[Span]) -> list[SpanLink]:
    """The links that the running text of single blocks states."""
    by_block: dict[int, list[int]] = {}
    for i, span in enumerate(spans):
        by_block.setdefault(span.block, []).append(i)
    found: list[SpanLink] = []
    for block, inside in by_block.items():
        if len(inside) > 1:
            inside.sort(key=lambda i: (spans[i].start, -spans[i].end))
            found += _in_block(document.blocks[block].text, spans, inside)
    return found


def _in_block(text: str, spans: Sequence[Span], inside: list[int]) -> Iterator[SpanLink]:
    held = {inner: outer for inner, outer in _nested(spans, inside)}
    for inner, outer in held.items():
        yield from because(spans, inner, outer, 0.95, "cause within", "") if spans[inner].kind is Kind.CAUSE else ()
        yield from answers(spans, outer, inner, 0.8, "problem within", "")
    bounds = sentences(text)
    top = [i for i in inside if i not in held]
    number = {i: _sentence(bounds, spans[i].start) for i in top}
    for k in range(len(top)):
        links = _ties(text, spans, bounds, number, top, k)
        yield from links
        yield from _carried(text, spans, number, top, k, links)


def _ties(
    text: str, spans: Sequence[Span], bounds: list[tuple[int, int]], number: dict[int, int], top: list[int], k: int
) -> list[SpanLink]:
    """The links of the ``k``-th statement to the one before it, or to the one after it where it opens with a reason."""
    own = top[k]
    span, sentence = spans[own], number[own]
    opening = text[bounds[sentence][0] : span.end]
    before = top[:k]
    same = [i for i in before if number[i] == sentence]
    if same:
        first = same[-1]
        gap = text[spans[first].end : span.start]
        found = sign(text[spans[first].end : span.end], "within", len(words_of(gap)) + 1)
        return tie(spans, first, found[0], own, 0.85, "within a sentence", found[1]) if found else []
    lead = len(words_of(text[bounds[sentence][0] : span.start]))
    after = top[k + 1] if k + 1 < len(top) and number[top[k + 1]] == sentence else None
    found = sign(opening, "within", min(lead, 1))
    if found and found[0] == "reason" and after is not None:
        return because(spans, own, after, 0.85, "reason first", found[1])
    earlier = [i for i in before if number[i] == sentence - 1]
    found = sign(opening, "next", min(lead, 3) + 1)
    if found and earlier:
        return tie(spans, earlier[-1], found[0], own, 0.75, "next sentence", found[1])
    return []


def _carried(
    text: str, spans: Sequence[Span], number: dict[int, int], top: list[int], k: int, links: list[SpanLink]
) -> Iterator[SpanLink]:
    """The same links for what follows in one breath: ``…, waardoor X en Y``."""
    own = top[k]
    for j in range(k + 1, len(top)):
        other = top[j]
        gap = text[spans[top[j - 1]].end : spans[other].start]
        if number[other] != number[own] or spans[other].kind is not spans[own].kind or not _mere_and(gap):
            return
        if sign(text[spans[top[j - 1]].end : spans[other].end], "within", 1):
            return
        for link in links:
            if link.relation is Relation.ADDRESSES and link.source == own:
                yield from answers(spans, other, link.target, link.confidence - 0.1, link.rule, link.cue)
            elif own in (link.source, link.target) and link.rule != "reason first":
                partner = link.target if link.source == own else link.source
                own_is_reason = (link.relation is Relation.CAUSED_BY) == (link.target == own)
                reason, result = (other, partner) if own_is_reason else (partner, other)
                yield from because(spans, reason, result, link.confidence - 0.1, link.rule, link.cue)


def _mere_and(gap: str) -> bool:
    words = [word for word, _, _ in words_of(gap)]
    return len(words) <= 2 and all(map(is_stop_word, words)) and "(" not in gap


def _nested(spans: Sequence[Span], inside: list[int]) -> Iterator[tuple[int, int]]:
    """Each statement that lies within another, and the smallest in which it lies."""
    for k, inner in enumerate(inside):
        around = [
            outer
            for outer in inside[:k]
            if spans[outer].start <= spans[inner].start and spans[inner].end <= spans[outer].end
        ]
        if around:
            yield inner, around[-1]


def _sentence(bounds: list[tuple[int, int]], at: int) -> int:
    return max((n for n, (start, _) in enumerate(bounds) if start <= at), default=0)
