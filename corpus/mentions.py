"""Which concepts of the vocabulary a text mentions, in whatever words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.dutch import compound_parts, is_light_word, is_stop_word, verb_stem, words
from corpus.sayings import Sayings, is_saying, saying
from corpus.vocabulary import VocabularyConcept, concepts, saying_words

EXACT = 1.0
LAY = 0.95
"""How much a saying or a word of every day (``trekt het niet``) counts: it says the same, if less surely."""
RELATED = 0.4
"""How much a related word (``familie`` for ``mantelzorger``) counts against one that means the same."""
_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.,;:!?()\n•–]")
"""What ends a clause."""
_GAP = 1
"""How many other words may stand between two words of a phrase (``tekort aan goed personeel``)."""
_CASED = 2
"""Abbreviations of up to this many letters (SO, MS, IT) count only as they are written in the vocabulary."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept, by its preferred term, and the words of the text that stand for it, at the ``start``-th word.

    ``weight`` is :data:`EXACT`, :data:`LAY` or :data:`RELATED`.
    """

    concept: str
    words: str
    weight: float
    start: int


class _Word(NamedTuple):
    """A word of a text: where it stands, its key, and whether it is one that says nothing by itself."""

    start: int
    end: int
    word: str
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
    for found in _said(text, read):
        known = best.get((found.concept, found.start))
        if known is None or found.weight > known.weight:
            best[found.concept, found.start] = found
    return tuple(best.values())


def concept_tokens(text: str) -> dict[str, float]:
    """How often a text mentions each concept (by preferred term), related words counted lightly."""
    counts: dict[str, float] = {}
    for mention in mentions(text):
        counts[mention.concept] = counts.get(mention.concept, 0.0) + mention.weight
    return counts


@cache
def wordings(concept: str) -> tuple[str, ...]:
    """The terms that say a concept: preferred, exact, English, and words of every day; not its sayings."""
    found = _by_preferred().get(concept)
    if found is None:
        return ()
    return (found.preferred, *found.exact, *found.english, *(term for term in found.lay if len(words(term)) == 1))


@cache
def telling_words(concept: str) -> tuple[str, ...]:
    """Of each saying for a concept the word that says most (``tandvlees``), to look for it by; of some there is none."""
    found = _by_preferred().get(concept)
    each = (words(term) for term in found.lay) if found else ()
    own = ([w for w in row if not (is_stop_word(w) or is_light_word(w))] for row in each if len(row) > 1)
    return tuple(dict.fromkeys(max(row, key=len) for row in own if row))


@cache
def traces(concept: str) -> frozenset[str]:
    """Stems (as :func:`corpus.dutch.terms` gives them, brought to :func:`corpus.dutch.trace`) one of which stands in what
    mentions a concept: to know quickly what doesn't."""
    found = _by_preferred().get(concept)
    if found is None:
        return frozenset()
    # all words of a term must stand in the text: the one that says most will do
    keys = {key for form in _forms_of(found) for key in (form.keys if form.literal else (max(form.keys, key=len),))}
    faces = (saying(term).needed for term in found.lay if is_saying(term))
    keys.update(max(of, key=lambda face: (face[0] != "=", len(face))).lstrip("=") for of in faces)
    others = _other_forms()
    return frozenset(keys.union(*(others.get(key, ()) for key in keys)))


@cache
def _other_forms() -> dict[str, set[str]]:
    """For each key the stems of words that are brought to it in another way than by their stem."""
    known = saying_words()
    found: dict[str, set[str]] = {}
    for word, key in (*known.apart.items(), *((word, verb_stem(head)) for word, head in known.heads.items())):
        found.setdefault(key, set()).add(verb_stem(word))
    return found


@cache
def _by_preferred() -> dict[str, VocabularyConcept]:
    return {concept.preferred: concept for concept in concepts()}


def _said(text: str, read: list[_Word]) -> Iterator[Mention]:
    """The concepts that sayings stand for."""
    sayings, names = _sayings()
    first = 0
    for last in range(1, len(read) + 1):
        if last < len(read) and not _BREAK.search(text, read[last - 1].end, read[last].start):
            continue
        for start, end, number in sayings.find([word.word for word in read[first:last]]):
            place = text[read[first + start].start : read[first + end - 1].end]
            yield Mention(names[number], place, LAY, first + start)
        first = last


@cache
def _sayings() -> tuple[Sayings, tuple[str, ...]]:
    """The sayings of all concepts, and the concept that each number stands for."""
    found = [(term, number) for number, c in enumerate(concepts()) for term in c.lay if is_saying(term)]
    return Sayings(found), tuple(concept.preferred for concept in concepts())


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
    return [
        _Word(*match.span(), word, key, empty)
        for match in _TOKEN.finditer(text)
        for word, key, empty in _keys(match.group())
    ]


@lru_cache(maxsize=200_000)
def _keys(token: str) -> tuple[tuple[str, str, bool], ...]:
    """Each word of a token, its key, and whether it is one that says nothing by itself."""
    apart = saying_words().apart
    return tuple((word, apart.get(word) or verb_stem(word), is_stop_word(word)) for word in words(token))


@lru_cache(maxsize=200_000)
def _part_keys(surface: str) -> tuple[str, ...]:
    return tuple(verb_stem(part) for word in words(surface) for part in compound_parts(word))


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
    for form in (form for concept in concepts() for form in _forms_of(concept)):
        found.setdefault(form.keys[0], []).append(form)
    return {key: tuple(forms) for key, forms in found.items()}


def _forms_of(concept: VocabularyConcept) -> Iterator[_Form]:
    """All terms of a concept but its sayings."""
    # the stems are Dutch ones, which leave an English plural apart from its singular
    english = [form for term in concept.english for form in (term, f"{term}s")]
    for weight, group in (
        (EXACT, (concept.preferred, *concept.exact, *english)),
        (LAY, tuple(term for term in concept.lay if not is_saying(term))),
        (RELATED, concept.related),
    ):
        for term in group:
            read = _read(term)
            full = [word.key for word in read if not word.empty]
            literal = len(read) > 1 and (len(full) < 2 or weight == LAY)
            keys = tuple(word.key for word in read) if literal else tuple(full)
            if keys:
                cased = term if len(term) <= _CASED and term.isupper() else ""
                yield _Form(concept.preferred, keys, weight, literal, cased)
