"""The vocabulary that tells what kind of statement a text makes: cue words, headings, connectives, abbreviations.

The files stand in ``corpus/vocabulary`` and are made to be edited by someone who knows the field. A mistake in one is
named with its file and line (:class:`corpus.errors.KluwenError`, ``vocabulary.*``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.errors import KluwenError
from corpus.phrases import Phrases, words_of

KINDS = ("bottleneck", "solution", "cause", "none")
ANNOUNCED = ("bottleneck", "solution", "cause", "effect", "none", "never")
_STRENGTH = {"none": 0, "never": 2}
JOINS = ("cause", "by", "so", "result", "and", "or", "but", "that", "while", "if", "purpose", "which")


@dataclass(frozen=True, slots=True)
class Family:
    """Cue words that say the same: for which kind they speak (or ``none``), and how much without a learned decision."""

    name: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Connective:
    """How a word joins the clause that follows it, and whether it is left out of that clause's quote."""

    join: str
    dropped: bool


@dataclass(frozen=True, slots=True)
class Cues:
    """Cue words: ``phrases`` gives numbers of ``families``."""

    families: tuple[Family, ...]
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class Connectives:
    """Connectives: ``phrases`` gives numbers of ``kinds``."""

    kinds: tuple[Connective, ...]
    phrases: Phrases


def lines(name: str, text: str | None = None) -> Iterator[tuple[int, str]]:
    """The lines of a vocabulary file that say something, with their numbers from 1; ``#`` starts a remark."""
    if text is None:
        text = files("corpus").joinpath("vocabulary", name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.rstrip()


def _phrase(name: str, number: int, phrase: str, seen: dict[tuple[str, str], int], key: str) -> str:
    phrase = phrase.strip()
    if not any(True for _ in words_of(phrase)) or phrase.startswith("..") or phrase.endswith(".."):
        raise KluwenError("vocabulary.empty_phrase", file=name, line=number, phrase=phrase)
    seen.setdefault((key, phrase), number)
    return phrase


def read_cues(text: str | None = None, name: str = "cues.tsv") -> Cues:
    """The cue words by family, from ``cues.tsv`` or from a text of that form."""
    families: list[Family] = []
    phrases: list[tuple[str, int]] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in lines(name, text):
        if line.startswith("@"):
            cells = line[1:].split("\t")
            try:
                family = Family(cells[0].strip(), cells[1].strip(), float(cells[2]))
            except (IndexError, ValueError):
                raise KluwenError("vocabulary.bad_family", file=name, line=number, text=line) from None
            if family.kind not in KINDS:
                raise KluwenError(
                    "vocabulary.unknown_kind", file=name, line=number, kind=family.kind, known=", ".join(KINDS)
                )
            families.append(family)
            continue
        if not families:
            raise KluwenError("vocabulary.no_family", file=name, line=number, text=line)
        phrases.append((_phrase(name, number, line, seen, families[-1].name), len(families) - 1))
    return Cues(tuple(families), Phrases(phrases))


def read_headings(text: str | None = None, name: str = "headings.tsv") -> Phrases:
    """What headings announce: phrases with numbers of :data:`ANNOUNCED`."""
    phrases: list[tuple[str, int]] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in lines(name, text):
        kind, _, phrase = line.partition("\t")
        if kind not in ANNOUNCED:
            raise KluwenError("vocabulary.unknown_kind", file=name, line=number, kind=kind, known=", ".join(ANNOUNCED))
        phrases.append((_phrase(name, number, phrase, seen, kind), ANNOUNCED.index(kind)))
    return Phrases(phrases)


def read_connectives(text: str | None = None, name: str = "connectives.tsv") -> Connectives:
    """Where a sentence falls into clauses, from ``connectives.tsv`` or from a text of that form."""
    kinds: list[Connective] = []
    phrases: list[tuple[str, int]] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in lines(name, text):
        join, _, phrase = line.partition("\t")
        kind = Connective(join.rstrip("+"), join.endswith("+"))
        if kind.join not in JOINS:
            raise KluwenError("vocabulary.unknown_kind", file=name, line=number, kind=join, known=", ".join(JOINS))
        if kind not in kinds:
            kinds.append(kind)
        phrases.append((_phrase(name, number, phrase, seen, join), kinds.index(kind)))
    return Connectives(tuple(kinds), Phrases(phrases))


@cache
def cues() -> Cues:
    """The cue words of the vocabulary."""
    return read_cues()


@cache
def headings() -> Phrases:
    """What the headings of the vocabulary announce."""
    return read_headings()


@cache
def connectives() -> Connectives:
    """The connectives of the vocabulary."""
    return read_connectives()


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations after which a full stop does not end a sentence, in lower case without their last stop."""
    return frozenset(line.strip().rstrip(".").lower() for _, line in lines("abbreviations.txt"))


def announced(text: str) -> str | None:
    """What a heading or lead-in says about what stands under it (one of :data:`ANNOUNCED`), or None.

    Of several phrases the last one wins, the longer one where they end together; ``none`` yields to the others, and
    all yield to ``never``, which is told as ``none``.
    """
    row = [word for word, _, _ in words_of(text)]
    best: tuple[int, int, int] | None = None
    kind = None
    for start, end, value in headings().find(row):
        rank = (_STRENGTH.get(ANNOUNCED[value], 1), end, -start)
        if best is None or rank > best:
            best, kind = rank, ANNOUNCED[value]
    return "none" if kind == "never" else kind
