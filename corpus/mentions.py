"""Which concepts of the vocabulary a text mentions, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.dutch import compound_parts, is_stop_word, stem, words
from corpus.vocabulary import concepts

EXACT = 1.0
RELATED = 0.4
"""How much a related word (``familie`` for ``mantelzorger``) counts against one that means the same."""
_TOKEN = re.compile(r"[^\W_]+")
_GAP = 1
"""How many other words may stand between two words of a phrase (``tekort aan goed personeel``)."""
_CASED = 2
"""Abbreviations of up to this many letters (SO, MS, IT) count only as they are written in the vocabulary."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept, by its preferred term, and the words of the text that stand for it, at ``start`` (counted in words that
    are no stop words). ``weight`` is :data:`EXACT` or :data:`RELATED`."""

    concept: str
    words: str
    weight: float
    start: int


@dataclass(frozen=True, slots=True)
class _Form:
    concept: str
    keys: tuple[str, ...]
    weight: float
    cased: str


@lru_cache(maxsize=50_000)
def mentions(text: str) -> tuple[Mention, ...]:
    """Each concept at each place where the text mentions it, with the heaviest of its terms that stands there."""
    text = text.replace("\u00ad", "")
    spans, wholes = _read(text)
    best: dict[tuple[str, int], Mention] = {}
    for start, whole in enumerate(wholes):
        word = text[slice(*spans[start])]
        for key in (whole, *_part_keys(word)):
            for form in _forms().get(key, ()):
                end = _match(form, wholes, start) if key == whole else start + 1 if len(form.keys) == 1 else None
                if end is None or (form.cased and word != form.cased):
                    continue
                found = Mention(form.concept, text[spans[start][0] : spans[end - 1][1]], form.weight, start)
                known = best.get((form.concept, start))
                if known is None or found.weight > known.weight:
                    best[form.concept, start] = found
    return tuple(best.values())


def concept_tokens(text: str) -> dict[str, float]:
    """How often a text mentions each concept (by preferred term), related words counted lightly."""
    counts: dict[str, float] = {}
    for mention in mentions(text):
        counts[mention.concept] = counts.get(mention.concept, 0.0) + mention.weight
    return counts


@cache
def wordings(concept: str) -> tuple[str, ...]:
    """The terms that can stand in for a concept: preferred, exact and English."""
    found = next((c for c in concepts() if c.preferred == concept), None)
    return (found.preferred, *found.exact, *found.english) if found else ()


def _match(form: _Form, keys: list[str], start: int) -> int | None:
    """The index behind the last word of the form where it stands from ``start`` on, else None."""
    at = start
    for key in form.keys[1:]:
        at = next((i for i in range(at + 1, min(len(keys), at + 2 + _GAP)) if keys[i] == key), 0)
        if not at:
            return None
    return at + 1


def _read(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Where the words stand in a text that are no stop words, and their keys."""
    spans, keys = [], []
    for match in _TOKEN.finditer(text):
        for word in words(match.group()):
            if not is_stop_word(word):
                spans.append(match.span())
                keys.append(_key(word))
    return spans, keys


@lru_cache(maxsize=200_000)
def _key(word: str) -> str:
    """The stem, without the t of a verb's third person (``trekt``, ``ontbreekt``), which Snowball leaves on."""
    found = stem(word)
    return stem(found[:-1]) if len(found) > 4 and found[-1] == "t" and found[-2] != "s" else found


@lru_cache(maxsize=200_000)
def _part_keys(surface: str) -> tuple[str, ...]:
    return tuple(_key(part) for word in words(surface) for part in compound_parts(word))


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """All terms of all concepts, by the key of their first word."""
    found: dict[str, list[_Form]] = {}
    for form in _all_forms():
        found.setdefault(form.keys[0], []).append(form)
    return {key: tuple(forms) for key, forms in found.items()}


def _all_forms() -> Iterator[_Form]:
    for concept in concepts():
        for weight, group in (
            (EXACT, (concept.preferred, *concept.exact, *concept.english)),
            (RELATED, concept.related),
        ):
            for term in group:
                keys = tuple(_read(term)[1])
                if keys:
                    cased = term if len(term) <= _CASED and term.isupper() else ""
                    yield _Form(concept.preferred, keys, weight, cased)
