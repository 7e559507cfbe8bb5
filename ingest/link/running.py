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
from ingest.link.likeness import Likeness
from ingest.link.signs import sign

REACH = 2
"""How many sentences back a sentence may refer."""
AMID = 7
"""How far in its sentence an adverb may stand that refers back."""


def running(document: ReadDocument, spans: Sequence[Span]) -> list[SpanLink]:
    """The links that the running text of single blocks states."""
    by_block: dict[int, list[int]] = {}
    for i, span in enumerate(spans):
        by_block.setdefault(span.block, []).append(i)
    found: list[SpanLink] = []
    likeness = Likeness(document, spans) if len(by_block) < len(spans) else None
    for block, inside in by_block.items():
        if len(inside) > 1:
            inside.sort(key=lambda i: (spans[i].start, -spans[i].end))
            found += _in_block(document.blocks[block].text, spans, inside, likeness)
    return found


def _in_block(text: str, spans: Sequence[Span], inside: list[int], likeness: Likeness | None) -> Iterator[SpanLink]:
    held = dict(_nested(spans, inside))
    for inner, outer in held.items():
        if spans[inner].kind is Kind.CAUSE:
            yield from because(spans, inner, outer, 0.97, "cause within", "")
        if spans[inner].kind is Kind.BOTTLENECK:
            yield from answers(spans, outer, inner, 0.7, "problem within", "")
    bounds = sentences(text)
    top = [i for i in inside if i not in held]
    number = {i: _sentence(bounds, spans[i].start) for i in top}
    for k, own in enumerate(top):
        links = _ties(text, spans, bounds, number, top, k)
        yield from links
        yield from _carried(text, spans, number, top, k, links)
        if not links and spans[own].kind is Kind.CAUSE:
            yield from _unexplained(spans, number, top, k)
        if not links and spans[own].kind is Kind.SOLUTION:
            yield from _answer(spans, number, top, k, likeness)


def _ties(
    text: str, spans: Sequence[Span], bounds: list[tuple[int, int]], number: dict[int, int], top: list[int], k: int
) -> list[SpanLink]:
    """The links of the ``k``-th statement to the one before it, or to the one after it where it opens with a reason."""
    own = top[k]
    span, sentence = spans[own], number[own]
    before = top[k - 1] if k else None
    if before is not None and number[before] == sentence:
        gap = text[spans[before].end : span.start]
        found = sign(text[spans[before].end : span.end], "within", len(words_of(gap)) + 1)
        found = found or sign(text[span.start : span.end], "amid", AMID)
        return tie(spans, before, found[0], own, 0.9, "within a sentence", found[1]) if found else []
    opening = bounds[sentence][0]
    lead = len(words_of(text[opening : span.start]))
    after = top[k + 1] if k + 1 < len(top) and number[top[k + 1]] == sentence else None
    found = sign(text[opening : span.end], "within", min(lead, 1))
    if found and found[0] == "reason" and after is not None:
        return because(spans, own, after, 0.9, "reason first", found[1])
    if before is not None and number[before] >= sentence - REACH:
        found = sign(text[opening : span.end], "next", min(lead, 3) + 1)
        found = found or sign(text[opening : span.end], "amid", lead + AMID)
        if found and found[0] == "result" and k > 1 and spans[before].kind is Kind.CAUSE:
            explained = top[k - 2]
            if spans[explained].kind is spans[own].kind is Kind.BOTTLENECK and number[explained] >= sentence - REACH:
                before = explained  # what follows from a problem, not from its reason
        return tie(spans, before, found[0], own, 0.8, "next sentence", found[1]) if found else []
    return []


def _answer(
    spans: Sequence[Span], number: dict[int, int], top: list[int], k: int, likeness: Likeness | None
) -> list[SpanLink]:
    """A solution right behind a problem answers it: in its sentence, or in the next one when both speak of the same or
    the paragraph has no other problem."""
    own, before = top[k], top[k - 1] if k else None
    if before is None or number[own] - number[before] > 1:
        return []
    if number[own] == number[before]:
        return answers(spans, own, before, 0.85, "answer beside", "")
    if likeness is not None and likeness.between(own, before):
        return answers(spans, own, before, 0.62, "answer behind", "")
    if sum(spans[i].kind is not Kind.SOLUTION for i in top) > 1:
        return []
    return answers(spans, own, before, 0.6, "answer behind", "")


def _unexplained(spans: Sequence[Span], number: dict[int, int], top: list[int], k: int) -> list[SpanLink]:
    """A cause that no words tie to a problem is why the problem beside it in its sentence, or just before it, exists."""
    own = top[k]
    run = number[own]  # where the first of several causes in a row stands
    for other in (*reversed(top[:k]), *top[k + 1 : k + 2]):
        if spans[other].kind is Kind.CAUSE and number[other] >= run - 1:
            run = min(run, number[other])
        if spans[other].kind is Kind.BOTTLENECK and run - REACH <= number[other] <= number[own]:
            return because(spans, own, other, 0.8, "cause beside", "")
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
