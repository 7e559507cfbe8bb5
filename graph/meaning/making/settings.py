"""The settings of a build, where it finds its inputs, and its teachers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.meaning.making.teachers import Teacher


@dataclass(frozen=True)
class Settings:
    """The numbers of a build."""

    dutch: int = 41_000
    english: int = 8_000
    """How many words of each language."""
    dimensions: int = 256
    made: int = 2_500
    of_each_sort: int = 1_200
    of_english: int = 2_000
    """How many sentences: made of templates, of each sort of Dutch text, English ones."""
    common: float = 1e-3
    """A word as common as this weighs half (Arora et al. 2017, "A simple but tough-to-beat baseline")."""
    penalty: float = 3.0
    gloss_weight: float = 0.6
    gloss_penalty: float = 10.0
    glossed: float = 0.7
    """How much of a sentence's telling words must have a gloss to be shown to the English teacher."""
    rounds: int = 5
    warmth: float = 0.08
    paraphrases: int = 2
    """How often a pair of whole sentences is shown against once for a pair of terms."""
    share: float = 1.0
    """Of the sentences: less than 1 for a learning curve."""


@dataclass(frozen=True)
class Inputs:
    """Where a build finds what it learns from.

    ``dutch`` and ``english`` are word lists, one word a line; ``corpus`` is the folder of that name in a checkout, with the
    vocabulary, the glossary, our own sentences and paraphrases; ``texts`` a folder with a folder of Dutch files for each sort
    of text, and ``wordnet`` one with WordNet's data files, or None.
    """

    dutch: Path
    english: Path
    corpus: Path
    texts: Path | None = None
    wordnet: Path | None = None


@dataclass(frozen=True)
class School:
    """The teachers: ``many`` knows both languages, ``one`` English only (or None); ``likely`` gives how likely a word is
    (natural logarithm), ``usual`` are English words, the most used first."""

    many: Teacher
    likely: Callable[[str], float]
    usual: Sequence[str]
    one: Teacher | None = None
