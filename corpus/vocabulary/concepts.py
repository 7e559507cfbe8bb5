"""Concepts: terms that mean the same, for search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.tables import Problem, rows

COLUMNS = 6


@dataclass(frozen=True, slots=True)
class VocabularyConcept:
    """Terms for one thing. ``exact`` can stand in for ``preferred`` anywhere; ``lay`` are words of every day and sayings for
    it; ``related`` belong to it but say something else; ``english`` are English terms for the same; ``broader`` is the
    preferred term of a wider concept, or empty. All as an expert wrote them, singular, mostly in lower case."""

    preferred: str
    exact: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    broader: str = ""


def read_concepts(path: Path) -> tuple[tuple[VocabularyConcept, ...], list[Problem]]:
    """The concepts of a table, and its mistakes: a term that means the same in two concepts or stands twice in one, a wider
    concept that is not there or leads back to its own."""
    problems: list[Problem] = []
    owner: dict[str, tuple[str, int]] = {}
    found: list[tuple[VocabularyConcept, int]] = []
    for row in rows(path, columns=COLUMNS, required=1, problems=problems):
        exact, related, english, lay = (row.terms(column) for column in range(1, 5))
        concept = VocabularyConcept(row.cells[0], exact, related, english, lay, row.cells[5])
        for term in (concept.preferred, *concept.exact):
            other = owner.setdefault(term.casefold(), (concept.preferred, row.line))
            if other[1] != row.line:
                values: dict[str, object] = {"term": term, "other": other[0], "first": other[1]}
                problems.append(Problem(path.name, row.line, "vocabulary.twice", values))
        problems += [Problem(path.name, row.line, key, {"term": term}) for key, term in _within(concept)]
        found.append((concept, row.line))
    for concept, line in found:
        for term in concept.lay:
            other = owner.get(term.casefold(), (concept.preferred, line))
            if other[0] != concept.preferred:
                values = {"term": term, "other": other[0], "first": other[1]}
                problems.append(Problem(path.name, line, "vocabulary.twice", values))
    problems += [Problem(path.name, line, key, values) for line, key, values in _wider(found)]
    return tuple(concept for concept, _ in found), problems


def _within(concept: VocabularyConcept) -> Iterator[tuple[str, str]]:
    """Terms that stand twice in one concept."""
    exact = {term.casefold() for term in (concept.preferred, *concept.exact)}
    for term in concept.related:
        if term.casefold() in exact:
            yield "vocabulary.exact_and_related", term
    for term in concept.lay:
        if term.casefold() in exact or term.casefold() in {other.casefold() for other in concept.related}:
            yield "vocabulary.lay_twice", term
    for terms in (concept.exact, concept.related, concept.english, concept.lay):
        yield from (("vocabulary.term_twice", term) for term, count in Counter(terms).items() if count > 1)
    if concept.preferred in concept.exact:
        yield "vocabulary.term_twice", concept.preferred


def _wider(found: list[tuple[VocabularyConcept, int]]) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Wider concepts that can't be: not in the table, or the concept itself by a detour."""
    wider = {concept.preferred: concept.broader for concept, _ in found}
    for concept, line in found:
        if concept.broader and concept.broader not in wider:
            yield line, "vocabulary.no_broader", {"term": concept.broader}
            continue
        at, passed = concept.broader, {concept.preferred}
        while at and at not in passed:
            passed.add(at)
            at = wider.get(at, "")
        if at == concept.preferred:
            yield line, "vocabulary.broader_circle", {"term": concept.preferred}
