"""Which way a question points: ``te veel`` is not ``te weinig``, and ``niet bereikbaar`` is not ``bereikbaar``.

What is the matter stands in ``polarity.tsv``, with what each family of words says the opposite of. It counts only of the
words beside it: ``te weinig tijd`` and ``te veel administratie`` don't oppose each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from corpus.dutch import compound_parts, is_light_word, is_stop_word, stem, words
from corpus.phrases import words_of
from graph.resolve.wording import NEGATION, opposites, signs_in
from graph.search.weights import DENIED, OPPOSITE

_BESIDE = 3
"""So many words away from what is the matter stands what it is the matter with."""


@dataclass(frozen=True, slots=True)
class Direction:
    """What a text says is the matter with what: the families of ``polarity.tsv`` by the stems that they stand beside."""

    of: Mapping[str, frozenset[str]]

    @property
    def stems(self) -> Collection[str]:
        return self.of.keys()


@lru_cache(maxsize=20_000)
def direction(text: str) -> Direction:
    """The direction of a text; empty for most."""
    tokens = [word for word, _, _ in words_of(text)]
    found = signs_in(tokens)
    # "niet te veel" is no "te veel"
    denied = {end for _, end, sign in found if sign.family == NEGATION}
    of: dict[str, set[str]] = {}
    for start, end, sign in found:
        if start not in denied:
            for subject in _subjects(tokens, start, end):
                of.setdefault(subject, set()).add(sign.family)
    return Direction({subject: frozenset(said) for subject, said in of.items()})


def against(asked: Direction, text: str, terms: Collection[str]) -> float:
    """What it counts against a statement (text, and its analysed terms) that it points the other way; mostly 0."""
    shared = asked.of.keys() & terms
    if not shared:
        return 0.0
    said = direction(text).of
    turned = opposites()
    worst = 0.0
    for subject in shared:
        wanted, given = asked.of[subject], said.get(subject, frozenset())
        others = {other for family in wanted for other in turned.get(family, ())}
        if given & wanted:
            continue
        if given & others:
            worst = max(worst, OPPOSITE)
        elif NEGATION in wanted and not given:
            worst = max(worst, DENIED)
    return worst


def _subjects(tokens: list[str], start: int, end: int) -> Iterator[str]:
    """The stems of the words beside a sign; of a compound that is one (``personeelstekort``) those of its other parts."""
    if end - start == 1:
        yield from (stem(part) for part in compound_parts(tokens[start])[:-1])
    for token in (*tokens[max(0, start - _BESIDE) : start], *tokens[end : end + _BESIDE]):
        for word in words(token):
            if not is_stop_word(word) and not is_light_word(word):
                yield stem(word)
                yield from (stem(part) for part in compound_parts(word))
