"""Finding the words that tie two statements together."""

from __future__ import annotations

import re
from functools import cache

from corpus.phrases import Phrases, words_of
from corpus.vocabulary import link_signs

LABEL = 4
"""How many words a label before a colon may have."""
_ARROW = re.compile(r"→|⇒|➔|➜|=>|-->|->")


def sign(text: str, where: str, latest: int) -> tuple[str, str] | None:
    """What the first sign in a text says and its words: ``(what, cue)``, or None.

    It must begin with one of the first ``latest + 1`` words; of those that begin there the longest counts. ``where`` is a
    place of ``links.tsv``; at the beginning of a sentence (``next``) a label before a colon counts too.
    """
    if where == "next" and ":" in text:
        label = text.partition(":")[0]
        if len(words_of(label)) <= LABEL and (found := sign(label, "label", LABEL)):
            return found
    words = words_of(text)
    kinds, phrases = _signs(where)
    found_at = [place for place in phrases.find([word for word, _, _ in words[: latest + 8]]) if place[0] <= latest]
    if found_at:
        first, end, i = min(found_at, key=lambda place: (place[0], -place[1]))
        return kinds[i], text[words[first][1] : words[end - 1][2]]
    arrow = _ARROW.search(text) if where in ("within", "next") else None
    return ("result", arrow.group()) if arrow else None


@cache
def _signs(where: str) -> tuple[tuple[str, ...], Phrases]:
    signs = [found for found in link_signs() if found.where == where and found.what != "number"]
    return tuple(found.what for found in signs), Phrases((found.phrase, i) for i, found in enumerate(signs))
