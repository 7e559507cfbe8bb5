"""Actors: people and organisations, and the words that sources use for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.tables import Problem, rows


@dataclass(frozen=True, slots=True)
class VocabularyActor:
    """One actor. ``terms`` are matched with their plurals, ``forms`` only as they stand, ``endings`` are what words that
    belong to it end in, ``never`` are words that do not count. The preferred term is one of ``terms``, unless in ``never``.
    """

    preferred: str
    terms: tuple[str, ...]
    forms: tuple[str, ...]
    endings: tuple[str, ...]
    never: tuple[str, ...]


def read_actors(path: Path) -> tuple[tuple[VocabularyActor, ...], list[Problem]]:
    """The actors of a table, and its mistakes: a term may stand with one actor only."""
    problems: list[Problem] = []
    owner: dict[str, tuple[str, int]] = {}
    found = []
    for row in rows(path, columns=2, required=1, problems=problems):
        preferred, also = row.cells[0], row.terms(1)
        marked = {mark: tuple(t[1:].strip() for t in also if t.startswith(mark)) for mark in "=*!"}
        if not all(term for terms in marked.values() for term in terms):
            problems.append(Problem(path.name, row.line, "vocabulary.mark_alone"))
            continue
        plain = (preferred, *(t for t in also if t[0] not in marked))
        terms = tuple(t for t in plain if t not in marked["!"])
        for key in (*plain, *marked["="], *(f"*{t}" for t in marked["*"])):
            other = owner.setdefault(key, (preferred, row.line))
            if other != (preferred, row.line):
                values = {"term": key, "other": other[0], "first": other[1]}
                problems.append(Problem(path.name, row.line, "vocabulary.twice", values))
        found.append(VocabularyActor(preferred, terms, marked["="], marked["*"], marked["!"]))
    return tuple(found), problems


def plurals(noun: str) -> Iterator[str]:
    """Ways in which a Dutch noun may make its plural, right or wrong: no other word looks like a wrong one.

    ``huisarts`` → huisartsen …, ``hospice`` → hospices …, ``patiënt`` → patiënten …, ``ziekenhuis`` → ziekenhuizen …
    """
    yield from (noun + "s", noun + "n", noun + "en", noun + "’s", noun + "'s")
    if noun[-1] in "fs":
        yield noun[:-1] + {"f": "v", "s": "z"}[noun[-1]] + "en"
    if len(noun) > 3 and noun[-2] in "aeiou" and noun[-1] not in "aeiouy":
        yield (noun[:-2] + noun[-1] + "en") if noun[-3] == noun[-2] else (noun + noun[-1] + "en")
    if noun.endswith("heid"):
        yield noun[:-4] + "heden"
    if noun.endswith("um"):
        yield noun[:-2] + "a"
