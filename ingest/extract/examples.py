"""Annotated texts as examples for the learned decision: their candidates, the label of each, and its row of features."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from corpus.phrases import words_of
from ingest.document import ReadDocument
from ingest.extract import decide
from ingest.extract.features import Candidate, Extractor, Index, Row, candidates
from ingest.extract.marks import Marked, placed, plain
from ingest.readers import read_bytes

FEWEST = 4
"""A feature is kept when it comes in so many rows."""
MATCH = 0.6
"""Two quotes are the same when the F1 of their words is at least this, as in the project's scores."""


@dataclass(slots=True)
class Text:
    """One annotated text, its candidates and their labels: 0 none, 1 bottleneck, 2 solution, 3 cause."""

    name: str
    document: ReadDocument
    marked: list[Marked]
    extractor: Extractor
    tried: list[Candidate]
    labels: Any
    near: Any
    holds: Any
    sentence_rows: list[Row] = field(default_factory=list)
    shared_rows: list[Row] = field(default_factory=list)
    run_rows: list[Row] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        yield from self.sentence_rows
        yield from self.shared_rows
        yield from self.run_rows


class Growing(dict[str, int]):
    """Gives every new feature a number."""

    def __call__(self, name: str, /) -> int:
        return self.setdefault(name, len(self))


def bag(text: str) -> Counter[str]:
    return Counter(word for word, _, _ in words_of(text))


def overlap(a: Counter[str], b: Counter[str]) -> float:
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def labelled(document: ReadDocument, tried: Sequence[Candidate], marked: Sequence[Marked]) -> tuple[Any, Any]:
    """The label of each candidate: that of the statement that it fits best; and which others come near to one."""
    labels, near = np.zeros(len(tried), dtype=int), np.zeros(len(tried), dtype=bool)
    bags = [bag(document.blocks[c.block].text[c.start : c.end]) for c in tried]
    by_block: dict[int, list[int]] = defaultdict(list)
    for i, candidate in enumerate(tried):
        by_block[candidate.block].append(i)
    for one in marked:
        own = bag(document.blocks[one.block].text[one.start : one.end])
        fits = [
            (overlap(own, bags[i]), -abs(tried[i].start - one.start) - abs(tried[i].end - one.end), i)
            for i in by_block[one.block]
            if tried[i].start < one.end and tried[i].end > one.start
        ]
        near[[i for fit, _, i in fits if fit >= MATCH]] = True
        if fits and max(fits)[0] >= MATCH:
            labels[max(fits)[2]] = 1 + decide.KINDS.index(one.kind)
    return labels, near & (labels == 0)


@dataclass(frozen=True, slots=True)
class Example:
    """A document in which people marked all statements, wherever the marks come from."""

    name: str
    document: ReadDocument
    marked: list[Marked]


def read_marked(path: Path) -> Example:
    """An annotated text (``.mark``) as a reader reads it. Raises ValueError when its braces do not pair."""
    text, found = plain(path.read_text(encoding="utf-8"))
    document = read_bytes(text.encode("utf-8"), path.stem + ".txt")
    return Example(path.stem, document, placed(text, found, document))


def text_of(example: Example, index: Index) -> Text:
    """An example with its candidates, their labels and their rows."""
    document, marked = example.document, example.marked
    extractor = Extractor(document, index)
    count = len(extractor.sentences)
    tried = candidates(document, extractor.structure, extractor.sentences, range(count))
    labels, near = labelled(document, tried, marked)
    holds = np.zeros((count, 3), dtype=int)
    for candidate, label in zip(tried, labels, strict=True):
        if label:
            holds[candidate.sentence, label - 1] = 1
    one = Text(example.name, document, marked, extractor, tried, labels, near, holds)
    one.sentence_rows = [extractor.sentence_row(n) for n in range(count)]
    one.shared_rows = [extractor.shared_row(n) for n in range(count)]
    one.run_rows = [extractor.candidate_row(c) for c in tried]
    return one


def pruned(texts: Sequence[Text], index: Growing, further: Iterable[str] = ()) -> tuple[list[str], int]:
    """The names of the features that come often enough, then ``further`` ones; and how many are of the first sort.

    The rows are renumbered to them.
    """
    counts: Counter[int] = Counter()
    for text in texts:
        for row in text.rows():
            counts.update(set(row.ids))
    names = sorted(name for name, number in index.items() if counts[number] >= FEWEST)  # whatever order sets had
    often = len(names)
    names += sorted(set(further) - set(names))
    kept = {index[name]: i for i, name in enumerate(names) if name in index}
    for text in texts:
        for row in text.rows():
            pairs = sorted((kept[i], value) for i, value in zip(row.ids, row.values, strict=True) if i in kept)
            row.ids, row.values = [i for i, _ in pairs], [value for _, value in pairs]
    return names, often
