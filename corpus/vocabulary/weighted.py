"""Cue words that point at a theme or a level, with how strongly each does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.tables import Problem, rows

THEMES = (
    "communication",
    "coordination",
    "expertise",
    "funding",
    "regulation",
    "capacity",
    "data",
    "planning",
    "organisation",
    "awareness",
    "support",
    "research",
)
LEVELS = ("intrinsic", "organisational", "system")
STRENGTHS = ("1", "2", "3")


@dataclass(frozen=True, slots=True)
class WeightedCue:
    """Words that point at ``category`` (a theme or a level) with ``strength`` 1–3; ``phrase`` as corpus.phrases reads it."""

    category: str
    strength: int
    phrase: str


def read_weighted(path: Path, categories: Collection[str]) -> tuple[tuple[WeightedCue, ...], list[Problem]]:
    """The cue words of a table, and its mistakes: an unknown category or strength, words that stand twice in a category."""
    problems: list[Problem] = []
    found: list[WeightedCue] = []
    first: dict[tuple[str, str], int] = {}
    for row in rows(path, columns=3, required=3, problems=problems):
        category, strength = row.cells[:2]
        if category not in categories or strength not in STRENGTHS:
            wrong, known = (category, categories) if category not in categories else (strength, STRENGTHS)
            values: dict[str, object] = {"found": wrong, "known": ", ".join(known)}
            problems.append(Problem(path.name, row.line, "vocabulary.unknown", values))
            continue
        for phrase in row.terms(2):
            if (category, phrase) in first:
                values = {"term": phrase, "other": category, "first": first[category, phrase]}
                problems.append(Problem(path.name, row.line, "vocabulary.twice", values))
            first.setdefault((category, phrase), row.line)
            found.append(WeightedCue(category, int(strength), phrase))
    return tuple(found), problems
