"""How the words of a saying may change in a text, from ``sayings.toml``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.vocabulary.tables import Problem
from corpus.vocabulary.wordlists import read_lists

_SETS = ("particles", "between", "left_out", "pronouns", "determiners")


@dataclass(frozen=True, slots=True)
class SayingWords:
    """``particles`` of separable verbs; ``between``, which may stand inside a saying; ``left_out``, which
    need not stand in a text; ``pronouns``, which may be articles; ``determiners``, which stand before nouns; ``heads``: for
    a form of a word that word; ``apart``: for a word whose stem is another word's, what keeps the two apart."""

    particles: frozenset[str]
    between: frozenset[str]
    left_out: frozenset[str]
    pronouns: frozenset[str]
    determiners: frozenset[str]
    heads: dict[str, str]
    apart: dict[str, str]


def read_sayings(path: Path) -> tuple[SayingWords, list[Problem]]:
    """The words of the file, and its mistakes: besides those of any list, a form that stands on two lines."""
    lists, problems = read_lists(path, (*_SETS, "forms", "apart"))
    heads = _heads(lists.get("forms", ()), path, problems)
    apart = {form: f"={head}" for form, head in _heads(lists.get("apart", ()), path, problems).items()}
    sets = {name: frozenset(lists.get(name, ())) for name in _SETS}
    return SayingWords(heads=heads, apart=apart, **sets), problems


def _heads(lines: Iterable[str], path: Path, problems: list[Problem]) -> dict[str, str]:
    """For each form on a line the first of that line; a form that stands on two is added to ``problems``."""
    heads: dict[str, str] = {}
    for line in lines:
        head, *forms = line.split()
        for form in (head, *forms):
            if heads.setdefault(form, head) != head:
                values: dict[str, object] = {"term": form, "other": heads[form]}
                problems.append(Problem(path.name, _line(path, line), "vocabulary.form_twice", values))
    return heads


def _line(path: Path, content: str) -> int:
    lines = path.read_text(encoding="utf-8").split("\n")
    return next((number for number, line in enumerate(lines, 1) if f'"{content}"' in line), 0)
