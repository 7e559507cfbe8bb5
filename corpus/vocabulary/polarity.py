"""What is the matter with something, from the table of polarity: too little, too much, too late …"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.tables import Problem, rows


@dataclass(frozen=True, slots=True)
class PolaritySign:
    """A phrase (as corpus.phrases reads it) of a family, and the family that says the opposite (empty when none does)."""

    family: str
    opposite: str
    phrase: str


def read_polarity(path: Path) -> tuple[tuple[PolaritySign, ...], list[Problem]]:
    """The signs of the table, and its mistakes: an opposite that is no family, the same words twice in a family."""
    problems: list[Problem] = []
    found: list[PolaritySign] = []
    opposites: list[tuple[str, int]] = []
    first: dict[tuple[str, str], int] = {}
    for row in rows(path, columns=3, required=1, problems=problems):
        family, opposite = row.cells[:2]
        opposites.append((opposite, row.line))
        if not row.cells[2]:
            problems.append(Problem(path.name, row.line, "vocabulary.empty", {"column": 3}))
        for phrase in row.terms(2):
            if (family, phrase) in first:
                values: dict[str, object] = {"term": phrase, "other": family, "first": first[family, phrase]}
                problems.append(Problem(path.name, row.line, "vocabulary.twice", values))
            first.setdefault((family, phrase), row.line)
            found.append(PolaritySign(family, opposite, phrase))
    families = sorted({sign.family for sign in found})
    for opposite, line in opposites:
        if opposite and opposite not in families:
            values = {"found": opposite, "known": ", ".join(families)}
            problems.append(Problem(path.name, line, "vocabulary.unknown", values))
    return tuple(found), problems
