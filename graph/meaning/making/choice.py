"""Which words the model has, and how much each weighs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.meaning.making.material import OWN, Material
from graph.meaning.making.settings import Inputs, School, Settings
from graph.meaning.making.words import english, is_compound, listed, words_of

if TYPE_CHECKING:
    from graph.meaning.making.fitting import Matrix

_PER_LETTER = 0.9
"""What a letter adds to how likely a word is: a unigram model holds long words for rarer than they are."""
_SELDOM = 1e-6
_OUTSIDE = 3
"""A word of our own that no list has must stand in our sentences so often."""


def likely(word: str, school: School) -> float:
    """How much used a word is, as a logarithm; only good for comparing."""
    return school.likely(word) + _PER_LETTER * len(word)


def chosen(inputs: Inputs, school: School, material: Material, settings: Settings) -> tuple[list[str], int]:
    """The words and how many of them, the first, are Dutch: those of our vocabulary and sentences, those of other texts, and
    then the most used of the list that are no compound of two others."""
    dictionary = listed(inputs.dutch)
    own = _counted(material.dutch[OWN])
    other = _counted(text for sort, texts in material.dutch.items() if sort != OWN for text in texts)
    rank = {word: likely(word, school) for word in dictionary}
    ranked = sorted(dictionary, key=lambda word: (-rank[word], word))
    known = frozenset(ranked[: settings.dutch])
    dutch = dict.fromkeys(sorted(word for term in material.terms for word in words_of(term) if len(word) > 1))
    dutch |= dict.fromkeys(
        sorted(word for word in own if len(word) > 1 and (word in dictionary or own[word] >= _OUTSIDE))
    )
    dutch |= dict.fromkeys(word for word in ranked if word in other)
    for word in ranked:
        if len(dutch) >= settings.dutch:
            break
        if word not in dutch and not is_compound(word, known):
            dutch[word] = None
    first = list(dutch)[: settings.dutch]
    inside = set(first)
    foreign = dict.fromkeys(sorted(word for term in material.foreign for word in words_of(term) if len(word) > 1))
    foreign |= dict.fromkeys(english(school.usual, listed(inputs.english)))
    return [*first, *[word for word in foreign if word not in inside][: settings.english]], len(first)


def weights(words: list[str], dutch: int, material: Material, school: School, settings: Settings) -> Matrix:
    """``(n,)`` float32: near 1 for most words, near 0 for the most common ones of either language.

    How common a Dutch word is: the geometric mean over the sorts of text, so that a word that only one sort is full of weighs
    on. English ones by their place in the list of usual words (Zipf's law).
    """
    import numpy as np

    sorts = [_counted(texts) for sort, texts in material.dutch.items() if sort != "made"]
    sizes = [max(1, sum(counts.values())) for counts in sorts]
    place = {word: at for at, word in enumerate(school.usual, 1)}
    out = np.zeros(len(words), np.float32)
    for row, word in enumerate(words):
        abroad = 0.1 / place[word] if word in place else 0.0
        if row >= dutch:
            share = abroad
        else:
            logs = [math.log(counts[word] / size + _SELDOM) for counts, size in zip(sorts, sizes, strict=True)]
            share = max(math.exp(sum(logs) / len(logs)), abroad / 3 if abroad > 3 * settings.common / 10 else 0.0)
        out[row] = settings.common / (settings.common + share)
    return out


def _counted(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in words_of(text))
