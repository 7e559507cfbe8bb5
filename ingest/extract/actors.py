"""Which actors a text names, in the preferred terms of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.vocabulary import FOLDER, actors
from corpus.vocabulary.actors import plurals

_WORD = re.compile(r"[^\W_]+(?:[’'&.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor where it is named: ``text[start:end]``."""

    start: int
    end: int
    actor: str


class ActorFinder:
    """Finds actors word by word: the longest term first, else a word that ends in one. Made once for a vocabulary."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the actors of a folder's vocabulary. Raises KluwenError at a mistake in it."""
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._endings: dict[str, str] = {}
        self._never: set[str] = set()
        for actor in actors(folder):
            for form in actor.forms:
                self._add(form, actor.preferred)
            for term in actor.terms:
                for form in _forms(term):
                    self._add(form, actor.preferred)
            for ending in actor.endings:
                for form in (ending, *plurals(ending)):
                    self._endings.setdefault(form, actor.preferred)
            self._never.update(word.casefold() for term in actor.never for word in (term, *plurals(term)))
        for options in self._phrases.values():
            options.sort(key=lambda option: -len(option[0]))
        self._sizes = sorted({len(ending) for ending in self._endings}, reverse=True)
        self._by_ending: dict[str, str | None] = {}

    def _add(self, term: str, actor: str) -> None:
        words = tuple(_words(term))
        self._phrases.setdefault(words[0], []).append((words, actor))

    def mentions(self, text: str) -> list[Mention]:
        """The actors that a text names, in its order; the same actor as often as it is named."""
        places = list(_WORD.finditer(text))
        raw = [place.group().replace("'", "’") for place in places]
        low = [word.casefold() for word in raw]
        found = []
        i = 0
        while i < len(places):
            size, actor = self._at(raw, low, i)
            if actor is not None:
                found.append(Mention(places[i].start(), places[i + size - 1].end(), actor))
            i += size
        return found

    def _at(self, raw: list[str], low: list[str], i: int) -> tuple[int, str | None]:
        options = self._phrases.get(low[i], ())
        if raw[i] != low[i]:
            options = (*self._phrases.get(raw[i], ()), *options)
        for words, actor in options:
            end = i + len(words)
            if len(words) == 1 or words == tuple(low[i:end]) or words == tuple(raw[i:end]):
                return len(words), actor
        return 1, self._ending(low[i])

    def _ending(self, word: str) -> str | None:
        if word not in self._by_ending:
            known = (self._endings.get(word[-size:]) for size in self._sizes if len(word) > size)
            self._by_ending[word] = None if word in self._never else next(filter(None, known), None)
        return self._by_ending[word]


def _words(text: str) -> Iterator[str]:
    return (place.group().replace("'", "’") for place in _WORD.finditer(text))


def _forms(term: str) -> Iterator[str]:
    """A term and its plurals: of its last word, of its first, and with its first word inflected (medische specialisten)."""
    yield term
    first, _, rest = term.partition(" ")
    if not rest:
        yield from plurals(term)
        return
    head, _, last = term.rpartition(" ")
    for plural in plurals(last):
        yield f"{head} {plural}"
        yield f"{first}e{head[len(first) :]} {plural}"
    for plural in plurals(first):
        yield f"{plural} {rest}"


@cache
def finder(folder: Path = FOLDER) -> ActorFinder:
    """The finder of a vocabulary, made on first use."""
    return ActorFinder(folder)
