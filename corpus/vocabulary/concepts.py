"""Concepts: terms that mean the same, for search."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.tables import Problem, rows


@dataclass(frozen=True, slots=True)
class VocabularyConcept:
    """Terms for one thing. ``exact`` can stand in for ``preferred`` anywhere; ``related`` belong to it but say something
    else; ``english`` are English terms for the same. All as an expert wrote them, singular, mostly in lower case."""

    preferred: str
    exact: tuple[str, ...]
    related: tuple[str, ...]
    english: tuple[str, ...]


def read_concepts(path: Path) -> tuple[tuple[VocabularyConcept, ...], list[Problem]]:
    """The concepts of a table, and its mistakes: a term may be preferred or exact in one concept only."""
    problems: list[Problem] = []
    owner: dict[str, tuple[str, int]] = {}
    found = []
    for row in rows(path, columns=4, required=1, problems=problems):
        concept = VocabularyConcept(row.cells[0], row.terms(1), row.terms(2), row.terms(3))
        for term in (concept.preferred, *concept.exact):
            other = owner.setdefault(term.casefold(), (concept.preferred, row.line))
            if other[1] != row.line:
                values = {"term": term, "other": other[0], "first": other[1]}
                problems.append(Problem(path.name, row.line, "vocabulary.twice", values))
        exact = {term.casefold() for term in (concept.preferred, *concept.exact)}
        problems.extend(
            Problem(path.name, row.line, "vocabulary.exact_and_related", {"term": term})
            for term in concept.related
            if term.casefold() in exact
        )
        found.append(concept)
    return tuple(found), problems
