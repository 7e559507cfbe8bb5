"""Who bears a problem: an actor whom a heading, a lead-in or the statement itself presents as such."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from corpus.dutch import is_stop_word
from corpus.phrases import Phrases, words_of
from corpus.vocabulary import bearer_signs
from ingest.document import Block
from ingest.extract.actors import Mention, finder

NEAR = 2
"""How many words may stand between an actor and the words that say that it bears a problem."""


def bearers(block: Block, start: int, end: int) -> tuple[str, ...]:
    """The preferred terms of those who bear the problem in ``block.text[start:end]``.

    First those whom the nearest lead-in, title or heading that presents anyone does, then those in the statement.
    """
    titles = (block.cell.row_title, block.cell.column_title) if block.cell else ()
    above = next(filter(None, map(_presented, (*reversed(block.lead_in), *titles, *reversed(block.headings)))), ())
    return tuple(dict.fromkeys((*above, *_bearing(block.text[start:end]))))


@lru_cache(maxsize=10_000)
def _presented(text: str | None) -> tuple[str, ...]:
    """Whom a heading or lead-in presents as bearing what stands under it: alone, or after words that say so."""
    found = finder().mentions(text) if text else []
    if not text or not found:
        return ()
    if (
        _nothing_but(text[: found[0].start])
        and len(_row(text, found)) == len(found)
        and _nothing_but(text[found[-1].end :])
    ):
        return tuple(mention.actor for mention in found)
    for _, end in _places(text, "heading"):
        after = [mention for mention in found if mention.start >= end]
        if after and len(words_of(text[end : after[0].start])) <= NEAR:
            return tuple(mention.actor for mention in _row(text, after))
    return ()


def _bearing(text: str) -> tuple[str, ...]:
    """Whom a statement presents as bearing it: after words such as ``druk op``, or before words such as ``ervaren``."""
    found = finder().mentions(text)
    if not found:
        return ()
    chosen: list[str] = []
    for _, end in _places(text, "before"):
        after = [mention for mention in found if mention.start >= end]
        if after and len(words_of(text[end : after[0].start])) <= NEAR:
            chosen += (mention.actor for mention in _row(text, after))
    for start, _ in _places(text, "after"):
        before = [mention for mention in found if mention.end <= start]
        if before and len(words_of(text[before[-1].end : start])) <= NEAR:
            chosen += (mention.actor for mention in _row_before(text, before))
    return tuple(chosen)


def _row(text: str, found: Sequence[Mention]) -> Sequence[Mention]:
    """The first actor and those that are named in one breath with it (``patiënten en hun naasten``)."""
    size = 1
    while size < len(found) and _nothing_but(text[found[size - 1].end : found[size].start]):
        size += 1
    return found[:size]


def _row_before(text: str, found: Sequence[Mention]) -> Sequence[Mention]:
    """The last actor and those that are named in one breath with it."""
    first = len(found) - 1
    while first and _nothing_but(text[found[first - 1].end : found[first].start]):
        first -= 1
    return found[first:]


def _nothing_but(text: str) -> bool:
    """Whether a text is nothing but stop words and commas."""
    return "(" not in text and all(is_stop_word(word) for word, _, _ in words_of(text))


def _places(text: str, where: str) -> list[tuple[int, int]]:
    """Where in a text the words stand that make someone a bearer: ``(start, end)`` in characters."""
    words = words_of(text)
    found = _signs(where).find([word for word, _, _ in words])
    return [(words[first][1], words[last - 1][2]) for first, last, _ in found]


@cache
def _signs(where: str) -> Phrases:
    return Phrases((sign.phrase, 0) for sign in bearer_signs() if sign.where == where)
