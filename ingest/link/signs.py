"""Finding the words that tie two statements together."""

from __future__ import annotations

import re
from functools import cache

from corpus.phrases import Phrases, words_of
from corpus.vocabulary import link_signs

_ARROW = re.compile(r"→|⇒|➔|➜|=>|-->|->")


def sign(text: str, where: str, latest: int) -> tuple[str, str] | None:
    """What the first sign in a text says and its words: ``(what, cue)``, or None.

    It must begin with one of the first ``latest + 1`` words; of those that begin there the longest counts. ``where`` is
    ``within``, ``next`` or ``caption``.
    """
    arrow = _ARROW.search(text)
    words = words_of(text)
    kinds, phrases = _signs(where)
    found = [place for place in phrases.find([word for word, _, _ in words[: latest + 8]]) if place[0] <= latest]
    if found:
        first, end, i = min(found, key=lambda place: (place[0], -place[1]))
        return kinds[i], text[words[first][1] : words[end - 1][2]]
    return ("result", arrow.group()) if arrow and where != "caption" else None


@cache
def _signs(where: str) -> tuple[tuple[str, ...], Phrases]:
    signs = [found for found in link_signs() if found.where == where and found.what != "number"]
    return tuple(found.what for found in signs), Phrases((found.phrase, i) for i, found in enumerate(signs))
