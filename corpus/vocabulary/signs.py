"""Signs: words that say something about a statement by where they stand."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.tables import Problem, rows


@dataclass(frozen=True, slots=True)
class Sign:
    """Words that say ``what`` when they stand ``where``; ``phrase`` as corpus.phrases reads it."""

    what: str
    where: str
    phrase: str


def read_signs(path: Path, whats: Collection[str], wheres: Collection[str]) -> tuple[tuple[Sign, ...], list[Problem]]:
    """The signs of a table, and its mistakes: an unknown value in a column, the same words twice for one place."""
    problems: list[Problem] = []
    found: list[Sign] = []
    first: dict[tuple[str, str, str], int] = {}
    for row in rows(path, columns=3, required=3, problems=problems):
        for cell, known in zip(row.cells, (whats, wheres), strict=False):
            if cell not in known:
                values: dict[str, object] = {"found": cell, "known": ", ".join(known)}
                problems.append(Problem(path.name, row.line, "vocabulary.unknown", values))
        what, where = row.cells[:2]
        for phrase in row.terms(2):
            if (what, where, phrase) in first:
                values = {"term": phrase, "other": what, "first": first[what, where, phrase]}
                problems.append(Problem(path.name, row.line, "vocabulary.twice", values))
            first.setdefault((what, where, phrase), row.line)
            found.append(Sign(what, where, phrase))
    return tuple(found), problems
