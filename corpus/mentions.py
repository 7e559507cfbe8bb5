"""Which concepts of the vocabulary a text mentions, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

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
    """A concept, by its preferred term, and the words of the text that stand for it, at the ``start``-th word.

    ``weight`` is :data:`EXACT` or :data:`RELATED`.
    """

    concept: str
    words: str
    weight: float
    start: int


class _Word(NamedTuple):
    """A word of a text: where it stands, its key, and whether it is one that says nothing by itself."""

    start: int
    end: int
    key: str
    empty: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """One term of a concept. A ``literal`` one (``op tijd``) has no more than one word that says something, and stands
    in a text only word for word."""

    concept: str
    keys: tuple[str, ...]
    weight: float
    literal: bool
    cased: str


@lru_cache(maxsize=50_000)
def mentions(text: str) -> tuple[Mention, ...]:
    """Each concept at each place where the text mentions it, with the heaviest of its terms that stands there."""
    text = text.replace("\u00ad", "")
    read = _read(text)
    best: dict[tuple[str, int], Mention] = {}
    for start, word in enumerate(read):
        for form, whole in _starting(text[word.start : word.end], word.key, word.empty):
            end = _match(form, read, start) if whole else start + 1
            if end is None:
                continue
            found = Mention(form.concept, text[word.start : read[end - 1].end], form.weight, start)
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


def _match(form: _Form, read: list[_Word], start: int) -> int | None:
    """The index behind the last word of the form where it stands from ``start`` on, else None."""
    if form.literal:
        end = start + len(form.keys)
        return end if tuple(word.key for word in read[start:end]) == form.keys else None
    at = start
    for key in form.keys[1:]:
        gap = 0
        while True:
            at += 1
            if at >= len(read) or gap > _GAP:
                return None
            if read[at].key == key and not read[at].empty:
                break
            gap += not read[at].empty
    return at + 1


def _read(text: str) -> list[_Word]:
    return [_Word(*match.span(), key, empty) for match in _TOKEN.finditer(text) for key, empty in _keys(match.group())]


@lru_cache(maxsize=200_000)
def _keys(token: str) -> tuple[tuple[str, bool], ...]:
    """The key of each word of a token, and whether it is one that says nothing by itself."""
    return tuple((_key(word), is_stop_word(word)) for word in words(token))


@lru_cache(maxsize=200_000)
def _key(word: str) -> str:
    """The stem, without the t of a verb's third person (``trekt``, ``ontbreekt``), which Snowball leaves on."""
    found = stem(word)
    return stem(found[:-1]) if len(found) > 4 and found[-1] == "t" and found[-2] != "s" else found


@lru_cache(maxsize=200_000)
def _part_keys(surface: str) -> tuple[str, ...]:
    return tuple(_key(part) for word in words(surface) for part in compound_parts(word))


@lru_cache(maxsize=200_000)
def _starting(surface: str, key: str, empty: bool) -> tuple[tuple[_Form, bool], ...]:
    """The terms that can begin with a word, and whether with the whole word; a part of a compound is a term by itself only."""
    # "met" has the stem of "meten"
    whole = [(form, True) for form in _forms().get(key, ()) if form.literal or not empty]
    parts = [
        (form, part == key)
        for part in (() if empty else _part_keys(surface))
        for form in _forms().get(part, ())
        if part == key or len(form.keys) == 1
    ]
    return tuple(found for found in (*whole, *parts) if not found[0].cased or surface == found[0].cased)


@cache
def _forms() -> dict[str, tuple[_Form, ...]]:
    """All terms of all concepts, by the key of their first word."""
    found: dict[str, list[_Form]] = {}
    for form in _all_forms():
        found.setdefault(form.keys[0], []).append(form)
    return {key: tuple(forms) for key, forms in found.items()}


def _all_forms() -> Iterator[_Form]:
    for concept in concepts():
        # the stems are Dutch ones, which leave an English plural apart from its singular
        english = [form for term in concept.english for form in (term, f"{term}s")]
        for weight, group in (
            (EXACT, (concept.preferred, *concept.exact, *english)),
            (RELATED, concept.related),
        ):
            for term in group:
                read = _read(term)
                full = [word.key for word in read if not word.empty]
                literal = len(full) < 2 and len(read) > 1
                keys = tuple(word.key for word in read) if literal else tuple(full)
                if keys:
                    cased = term if len(term) <= _CASED and term.isupper() else ""
                    yield _Form(concept.preferred, keys, weight, literal, cased)
