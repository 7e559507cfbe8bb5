"""The words of the field, as tables beside this file that a domain expert can edit.

Each loader reads its table once and raises KluwenError (``vocabulary.…``, with file and line) at the first mistake;
:func:`check` lists all mistakes of a folder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    return _sound(*_bearers(folder))


@cache
def promise_signs(folder: Path = FOLDER) -> tuple[Sign, ...]:
    """The words of ``promises.tsv`` for a solution's effort and term. Raises KluwenError at the first mistake."""
    return _sound(*_promises(folder))


@cache
def link_signs(folder: Path = FOLDER) -> tuple[Sign, ...]:
    """The words of ``links.tsv`` that tie two statements together. Raises KluwenError at the first mistake."""
    return _sound(*_links(folder))


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


def check(folder: Path = FOLDER) -> list[Problem]:
    """All mistakes in the tables of a folder, by file and line; none means that they can be used.

    Of the files that :mod:`corpus.cues` reads only the first mistake in each.
    """
    return [
        *read_concepts(folder / "concepts.tsv")[1],
        *read_actors(folder / "actors.tsv")[1],
        *read_weighted(folder / "themes.tsv", THEMES)[1],
        *read_weighted(folder / "levels.tsv", LEVELS)[1],
        *_bearers(folder)[1],
        *_promises(folder)[1],
        *_links(folder)[1],
        *read_polarity(folder / "polarity.tsv")[1],
        *read_sayings(folder / "sayings.toml")[1],
        *read_lists(folder / "privacy.toml", PRIVACY)[1],
        *_cues(folder),
    ]


def _cues(folder: Path) -> Iterator[Problem]:
    from corpus import cues

    readers: dict[str, Callable[[str, str], object]] = {
        "cues.tsv": cues.read_cues,
        "headings.tsv": cues.read_headings,
        "connectives.tsv": cues.read_connectives,
    }
    for name, read in readers.items():
        try:
            read((folder / name).read_text(encoding="utf-8"), name)
        except FileNotFoundError:
            yield Problem(name, 0, "vocabulary.missing", {"folder": str(folder)})
        except UnicodeDecodeError as error:
            line = (folder / name).read_bytes()[: error.start].count(b"\n") + 1
            yield Problem(name, line, "vocabulary.encoding")
        except KluwenError as error:
            known = {key: value for key, value in error.values.items() if key not in ("file", "line")}
            yield Problem(name, int(str(error.values.get("line", 0))), error.key, known)


def _bearers(folder: Path) -> tuple[tuple[Sign, ...], list[Problem]]:
    return read_signs(folder / "bearers.tsv", ("bearer",), ("heading", "before", "after"))


def _promises(folder: Path) -> tuple[tuple[Sign, ...], list[Problem]]:
    return read_signs(folder / "promises.tsv", ("simple", "complex", "short", "long"), ("heading", "anywhere"))


def _links(folder: Path) -> tuple[tuple[Sign, ...], list[Problem]]:
    return read_signs(
        folder / "links.tsv",
        ("reason", "result", "remedy", "problem", "number"),
        ("within", "next", "amid", "label", "column", "caption"),
    )


def _sound(found: tuple[T, ...], problems: list[Problem]) -> tuple[T, ...]:
    if problems:
        raise problems[0].error()
    return found
