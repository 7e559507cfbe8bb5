"""The words of the field, as tables beside this file that a domain expert can edit.

Each loader reads its table once and raises KluwenError (``vocabulary.…``, with file and line) at the first mistake;
:func:`check` lists all mistakes of a folder.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

from corpus.errors import KluwenError
from corpus.vocabulary.actors import VocabularyActor, read_actors
from corpus.vocabulary.concepts import VocabularyConcept, read_concepts
from corpus.vocabulary.polarity import PolaritySign, read_polarity
from corpus.vocabulary.sayings import SayingWords, read_sayings
from corpus.vocabulary.signs import Sign, read_signs
from corpus.vocabulary.tables import Problem
from corpus.vocabulary.weighted import LEVELS, THEMES, WeightedCue, read_weighted
from corpus.vocabulary.wordlists import PRIVACY, read_lists

T = TypeVar("T")

__all__ = [
    "FOLDER",
    "LEVELS",
    "THEMES",
    "PolaritySign",
    "Problem",
    "SayingWords",
    "Sign",
    "VocabularyActor",
    "VocabularyConcept",
    "WeightedCue",
    "actors",
    "bearer_signs",
    "check",
    "concepts",
    "level_cues",
    "link_signs",
    "polarity_signs",
    "promise_signs",
    "saying_words",
    "theme_cues",
]

FOLDER = Path(__file__).parent
"""Where the tables stand that Kluwen comes with."""


@cache
def concepts(folder: Path = FOLDER) -> tuple[VocabularyConcept, ...]:
    """The concepts of ``concepts.tsv``, in its order. Raises KluwenError at the first mistake."""
    return _sound(*read_concepts(folder / "concepts.tsv"))


@cache
def actors(folder: Path = FOLDER) -> tuple[VocabularyActor, ...]:
    """The actors of ``actors.tsv``, in its order. Raises KluwenError at the first mistake."""
    return _sound(*read_actors(folder / "actors.tsv"))


@cache
def theme_cues(folder: Path = FOLDER) -> tuple[WeightedCue, ...]:
    """The words of ``themes.tsv`` that point at a theme. Raises KluwenError at the first mistake."""
    return _sound(*read_weighted(folder / "themes.tsv", THEMES))


@cache
def level_cues(folder: Path = FOLDER) -> tuple[WeightedCue, ...]:
    """The words of ``levels.tsv`` that point at a level. Raises KluwenError at the first mistake."""
    return _sound(*read_weighted(folder / "levels.tsv", LEVELS))


@cache
def bearer_signs(folder: Path = FOLDER) -> tuple[Sign, ...]:
    """The words of ``bearers.tsv`` beside which an actor bears the problem. Raises KluwenError at the first mistake."""
    return _sound(*_bearers(folder / "bearers.tsv"))


@cache
def promise_signs(folder: Path = FOLDER) -> tuple[Sign, ...]:
    """The words of ``promises.tsv`` for a solution's effort and term. Raises KluwenError at the first mistake."""
    return _sound(*_promises(folder / "promises.tsv"))


@cache
def link_signs(folder: Path = FOLDER) -> tuple[Sign, ...]:
    """The words of ``links.tsv`` that tie two statements together. Raises KluwenError at the first mistake."""
    return _sound(*_links(folder / "links.tsv"))


@cache
def polarity_signs(folder: Path = FOLDER) -> tuple[PolaritySign, ...]:
    """The words of ``polarity.tsv`` for what is the matter. Raises KluwenError at the first mistake."""
    return _sound(*read_polarity(folder / "polarity.tsv"))


@cache
def saying_words(folder: Path = FOLDER) -> SayingWords:
    """How the words of sayings may change, from ``sayings.toml``. Raises KluwenError at the first mistake."""
    found, problems = read_sayings(folder / "sayings.toml")
    if problems:
        raise problems[0].error()
    return found


def check(path: Path = FOLDER) -> list[Problem]:
    """All mistakes in the tables of a folder, or in one file, by file and line; none means that they can be used.

    A file is read as the table of its name, one of another name as a table of concepts. Of the files that
    :mod:`corpus.cues` reads only the first mistake in each.
    """
    if path.is_dir():
        return [problem for name, read in _CHECKS.items() for problem in read(path / name)]
    return _CHECKS.get(path.name, _CHECKS["concepts.tsv"])(path)


def _first(path: Path) -> list[Problem]:
    """The first mistake in a file that corpus.cues reads."""
    from corpus import cues

    readers: dict[str, Callable[[str, str], object]] = {
        "cues.tsv": cues.read_cues,
        "headings.tsv": cues.read_headings,
        "connectives.tsv": cues.read_connectives,
    }
    name = path.name
    try:
        readers[name](path.read_text(encoding="utf-8"), name)
    except FileNotFoundError:
        return [Problem(name, 0, "vocabulary.missing", {"folder": str(path.parent)})]
    except UnicodeDecodeError as error:
        return [Problem(name, path.read_bytes()[: error.start].count(b"\n") + 1, "vocabulary.encoding")]
    except KluwenError as error:
        known = {key: value for key, value in error.values.items() if key not in ("file", "line")}
        return [Problem(name, int(str(error.values.get("line", 0))), error.key, known)]
    return []


def _bearers(path: Path) -> tuple[tuple[Sign, ...], list[Problem]]:
    return read_signs(path, ("bearer",), ("heading", "before", "after"))


def _promises(path: Path) -> tuple[tuple[Sign, ...], list[Problem]]:
    return read_signs(path, ("simple", "complex", "short", "long"), ("heading", "anywhere"))


def _links(path: Path) -> tuple[tuple[Sign, ...], list[Problem]]:
    return read_signs(
        path,
        ("reason", "result", "remedy", "problem", "number"),
        ("within", "next", "amid", "label", "column", "caption"),
    )


def _sound(found: tuple[T, ...], problems: list[Problem]) -> tuple[T, ...]:
    if problems:
        raise problems[0].error()
    return found


_CHECKS: dict[str, Callable[[Path], list[Problem]]] = {
    "concepts.tsv": lambda path: read_concepts(path)[1],
    "actors.tsv": lambda path: read_actors(path)[1],
    "themes.tsv": lambda path: read_weighted(path, THEMES)[1],
    "levels.tsv": lambda path: read_weighted(path, LEVELS)[1],
    "bearers.tsv": lambda path: _bearers(path)[1],
    "promises.tsv": lambda path: _promises(path)[1],
    "links.tsv": lambda path: _links(path)[1],
    "polarity.tsv": lambda path: read_polarity(path)[1],
    "sayings.toml": lambda path: read_sayings(path)[1],
    "privacy.toml": lambda path: read_lists(path, PRIVACY)[1],
    "cues.tsv": _first,
    "headings.tsv": _first,
    "connectives.tsv": _first,
}
"""What finds the mistakes in each file."""
