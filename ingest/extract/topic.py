"""Theme and level of a statement: a linear decision over its words and over the cue words of the vocabulary.

One multinomial logistic regression for each, over hashed words, word parts and letter groups of the quote, hashed words
of what introduces it, and counts of cue words in the quote, its block, its lead-in, its heading, and its document's
other statements. Trained by :mod:`ingest.extract.train_topic`; NumPy alone at run time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus.dutch import compound_parts, stem, words
from corpus.phrases import Phrases, words_of
from corpus.vocabulary import FOLDER, LEVELS, THEMES, level_cues, theme_cues
from graph.model import Kind, Level, Theme
from ingest.document import Block, ReadDocument
from ingest.extract.found import Span

Vector = npt.NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("topic.npz")
BUCKETS = 1 << 13
"""How many numbers words are hashed to."""
CLASSES = len(THEMES) + len(LEVELS)
DENSE = 7 * CLASSES + len(Kind)
"""How many counts stand before the hashed words in a row of features."""

COUNTED = 0.7
"""How much counts weigh against hashed words before anything is learned; told by held-out texts."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one statement: ``dense`` is ``(DENSE,)`` float32; ``hashed`` are distinct buckets, all with the
    same ``value``."""

    dense: Vector
    hashed: npt.NDArray[np.intp]
    value: float


class Cues:
    """Counts the cue words of a vocabulary in a text."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read the cue words of a folder's vocabulary. Raises KluwenError at a mistake in it."""
        found = [*theme_cues(folder), *level_cues(folder)]
        classes = (*THEMES, *LEVELS)
        self._phrases = Phrases((cue.phrase, i) for i, cue in enumerate(found))
        self._class = [classes.index(cue.category) for cue in found]
        self._strength = [cue.strength for cue in found]

    def count(self, text: str) -> Vector:
        """The summed strengths of the cue words in a text for each theme, then for each level: ``(CLASSES,)`` float32."""
        counts = np.zeros(CLASSES, np.float32)
        if text:
            for _, _, i in self._phrases.find([word for word, _, _ in words_of(text)]):
                counts[self._class[i]] += self._strength[i]
        return counts


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of both decisions: ``(DENSE + BUCKETS, CLASSES)`` and ``(CLASSES,)`` float32, themes first, then levels."""

    weights: Vector
    bias: Vector

    def scores(self, row: Row) -> Vector:
        """How much speaks for each theme, then for each level: ``(CLASSES,)`` float32, log-odds up to a constant."""
        hashed = self.weights[DENSE + row.hashed].sum(axis=0) * np.float32(row.value)
        total: Vector = row.dense @ self.weights[:DENSE] + hashed + self.bias
        return total


@cache
def model() -> Model:
    """The model that Kluwen comes with."""
    with np.load(WEIGHTS) as stored:
        return Model(stored["weights"].astype(np.float32), stored["bias"].astype(np.float32))


@cache
def cues(folder: Path = FOLDER) -> Cues:
    """The cue counter of a vocabulary, made on first use."""
    return Cues(folder)


def topics(document: ReadDocument, spans: Sequence[Span]) -> list[tuple[Theme, Level | None]]:
    """The theme and the level of each statement, in the order of ``spans``; a solution has no level."""
    decide = model()
    found: list[tuple[Theme, Level | None]] = []
    for span, row in zip(spans, rows(document, spans), strict=True):
        scores = decide.scores(row)
        theme = Theme(THEMES[int(scores[: len(THEMES)].argmax())])
        level = None if span.kind is Kind.SOLUTION else Level(LEVELS[int(scores[len(THEMES) :].argmax())])
        found.append((theme, level))
    return found


def rows(document: ReadDocument, spans: Sequence[Span]) -> list[Row]:
    """What is known of each statement, in the order of ``spans``."""
    if not spans:
        return []
    counter = lru_cache(maxsize=None)(cues().count)
    quotes = [document.blocks[span.block].text[span.start : span.end] for span in spans]
    counts = np.stack([counter(quote) for quote in quotes])
    total = counts.sum(axis=0)
    found = []
    for i, span in enumerate(spans):
        block = document.blocks[span.block]
        lead, heading, titles = _introduced_by(block)
        dense = np.concatenate(
            (
                np.log1p(counts[i]),
                np.log1p(counter(lead)),
                np.log1p(counter(heading)),
                np.log1p(counter(titles)),
                np.log1p(counter(block.text)),
                _shares(counts[i]),
                _shares(total - counts[i]) * 2,
                np.array([span.kind is kind for kind in Kind], np.float32),
            )
        )
        numbers = {*_of_quote(quotes[i]), *_of_context("l", lead), *_of_context("h", heading)}
        numbers.update(_of_context("k", titles))
        hashed = np.fromiter(numbers, np.intp, len(numbers))
        found.append(Row((COUNTED * dense).astype(np.float32), hashed, 2.0 / max(1, len(hashed)) ** 0.5))
    return found


def _introduced_by(block: Block) -> tuple[str, str, str]:
    """The last lead-in, the last heading, and the titles of row and column of a block; empty where there is none."""
    lead = block.lead_in[-1] if block.lead_in else ""
    heading = block.headings[-1] if block.headings else ""
    titles = " ".join(filter(None, (block.cell.column_title, block.cell.row_title))) if block.cell else ""
    return lead, heading, titles


def _shares(counts: Vector) -> Vector:
    """Each theme's share of all themes' counts, each level's of all levels'."""
    themes, levels = counts[: len(THEMES)], counts[len(THEMES) :]
    return np.concatenate((themes / max(1.0, float(themes.sum())), levels / max(1.0, float(levels.sum()))))


def _bucket(name: str) -> int:
    return crc32(name.encode()) % BUCKETS


def _of_quote(text: str) -> Iterable[int]:
    before = ""
    for word in words(text):
        yield from _of_word(word)
        yield _bucket(f"b{before}_{word}")
        before = word


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> tuple[int, ...]:
    """The buckets of a word's stem, of those of its parts, and of its groups of four and five letters."""
    framed = f"^{word}$"
    groups = (framed[i : i + n] for n in (4, 5) for i in range(len(framed) - n + 1))
    return (*(_bucket(f"q{s}") for s in _stems(word)), *(_bucket(f"c{group}") for group in groups))


@lru_cache(maxsize=4096)  # the items of a list have one lead-in, those of a section one heading
def _of_context(mark: str, text: str) -> tuple[int, ...]:
    return tuple(_bucket(mark + s) for word in words(text) for s in _stems(word))


@lru_cache(maxsize=100_000)
def _stems(word: str) -> tuple[str, ...]:
    return (stem(word), *(stem(part) for part in compound_parts(word)))
