"""What the decision looks at: for each sentence, and for each run of its clauses, a sparse row of named features.

A feature's name begins with what it tells of: ``w`` a word (or the known one that an unknown word ends in), ``s``/``p``
the end or beginning of a word, ``b`` two words that follow each other, ``f`` a family of cue words, ``g`` what the
structure announces, and so on. A weight can therefore always be told in words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from corpus.cues import cues
from corpus.dutch import known_tail
from corpus.phrases import words_of
from ingest.document import ReadDocument
from ingest.extract.sentences import Clause, clauses, runs, sentences, trim
from ingest.extract.structure import Structure
from ingest.structure.addresses import ADDRESS

LONG = 12
"""From so many blocks on it tells something where in its document a block stands."""
_VERBS = ("finite", "plural")


class Index(Protocol):
    """Gives the number of a feature, or None where it is not known."""

    def __call__(self, name: str, /) -> int | None: ...


@dataclass(slots=True)
class Row:
    """A sparse row: numbers of features and their values, in no order."""

    ids: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, ids: Iterable[int], value: float = 1.0) -> None:
        before = len(self.ids)
        self.ids.extend(ids)
        self.values.extend([value] * (len(self.ids) - before))


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence, its place in the block, and the families of cue words that begin at it (with their end)."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Sentence:
    """A sentence of a block, cut into words and clauses. ``cues`` are ``(first word, one past the last, family)``."""

    block: int
    start: int
    end: int
    words: list[Word]
    clauses: list[Clause]
    cues: list[tuple[int, int, int]]
    governed: str = ""
    place: str = ""

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The words between two places: ``(first, one past the last)``."""
        first = next((i for i, word in enumerate(self.words) if word.start >= start), len(self.words))
        last = next((i for i in range(len(self.words), first, -1) if self.words[i - 1].end <= end), first)
        return first, last


@dataclass(frozen=True, slots=True)
class Candidate:
    """A run of clauses that may be a statement: ``document.blocks[block].text[start:end]``; ``sentence`` by number."""

    sentence: int
    block: int
    start: int
    end: int
    first: int
    last: int


def read_sentences(document: ReadDocument, structure: Structure) -> list[Sentence]:
    """All sentences of a document in its order, headings, captions and footnotes too."""
    found = []
    finder = cues().phrases
    for number, block in enumerate(document.blocks):
        if ADDRESS in block.marks:
            continue
        kind = structure.governed(number).kind
        places = sentences(block.text)
        for k, (start, end) in enumerate(places):
            row = words_of(block.text[start:end])
            words = [Word(word, start + a, start + b) for word, a, b in row]
            if not words:
                continue
            place = "only" if len(places) == 1 else "first" if k == 0 else "last" if k == len(places) - 1 else "inner"
            found.append(
                Sentence(
                    number,
                    start,
                    end,
                    words,
                    clauses(block.text, start, end),
                    finder.find([word for word, _, _ in row]),
                    kind,
                    place,
                )
            )
    return found


def candidates(
    document: ReadDocument, structure: Structure, all_sentences: Sequence[Sentence], wanted: Iterable[int]
) -> list[Candidate]:
    """The runs of clauses of the wanted sentences (numbers into ``all_sentences``), longest first within a sentence."""
    out = []
    for n in wanted:
        sentence = all_sentences[n]
        if structure.names(sentence.block):
            continue
        text = document.blocks[sentence.block].text
        seen = set()
        parts = sentence.clauses
        for i, j in sorted(runs(len(parts)), key=lambda run: run[0] - run[1]):
            if _tears(parts, i, j):
                continue
            start = sentence.start if i == 0 and j == len(parts) else parts[i].start
            start, end = trim(text, start, parts[j - 1].end)
            whole = i == 0 and j == len(parts)
            if start < end and (start, end) not in seen and _sound(text[start:end], whole):
                seen.add((start, end))
                out.append(Candidate(n, sentence.block, start, end, i, j))
    return out


def _tears(parts: Sequence[Clause], first: int, last: int) -> bool:
    """Whether a run begins or ends where brackets stand in the middle of a sentence that goes on behind them."""
    begins = first > 0 and parts[first].mark == ")"
    return begins or (last < len(parts) and parts[last].mark == "(" and any(p.mark == ")" for p in parts[last:]))


def _sound(piece: str, whole: bool) -> bool:
    """Whether brackets pair, and a part of a sentence is more than one word."""
    return piece.count("(") == piece.count(")") and (whole or " " in piece)


def bucket(number: float, edges: Sequence[float]) -> int:
    """How many of the edges a number reaches."""
    return sum(number >= edge for edge in edges)


class Extractor:
    """Makes rows for one document. ``index`` gives numbers of features."""

    def __init__(self, document: ReadDocument, index: Index) -> None:
        self.document = document
        self.index = index
        self.structure = Structure(document)
        self.sentences = read_sentences(document, self.structure)
        self._families = cues().families
        self._cache: dict[str, list[int]] = {}
        self._word_ids: dict[str, list[int]] = {}
        self._pair_ids: dict[tuple[str, str], list[int]] = {}
        self._blocks: dict[int, list[int]] = {}
        self._first_of_block: dict[int, int] = {}
        for n, sentence in enumerate(self.sentences):
            self._first_of_block.setdefault(sentence.block, n)

    def _ids(self, names: Iterable[str]) -> list[int]:
        index = self.index
        return [number for name in names if (number := index(name)) is not None]

    def _word(self, word: str) -> list[int]:
        found = self._word_ids.get(word)
        if found is None:
            names = ["w:" + word]
            if len(word) > 6:
                names += ["s:" + word[-5:], "s:" + word[-7:], "p:" + word[:5]]
                if tail := known_tail(word):
                    names.append("w:" + tail)
            found = self._word_ids[word] = self._ids(names)
        return found

    def _block(self, number: int) -> list[int]:
        """What is told by the block itself, its headings, its lead-in and its column."""
        known = self._blocks.get(number)
        if known is not None:
            return known
        block = self.document.blocks[number]
        governed = self.structure.governed(number)
        kind, where = governed.kind, governed.where
        total = len(self.document.blocks)
        cell = block.cell
        shape = block.kind.value + (
            "-head" if cell and cell.header else "-label" if self.structure.label(number) else ""
        )
        names = [
            f"K:{shape}",
            f"g:{kind}",
            f"g:{kind}:{where}",
            f"G:{shape}:{kind}:{where}",
            f"pos:{bucket(number / total, (0.05, 0.15, 0.5, 0.85, 0.95)) if total >= LONG else '-'}",
            f"end:{block.text[-1:] if not block.text[-1:].isalnum() else 'a'}",
        ]
        known = self._blocks[number] = self._ids(names)
        return known

    def _families_of(self, sentence: Sentence, first: int, last: int) -> set[str]:
        return {self._families[f].name for a, b, f in sentence.cues if a >= first and b <= last}

    def commands(self, sentence: Sentence, first: int) -> bool:
        """Whether a verb in the imperative may stand at that word."""
        return any(a == first and self._families[f].name == "imperative" for a, _, f in sentence.cues)

    def _has_verb(self, sentence: Sentence, first: int, last: int) -> bool:
        return any(a >= first and b <= last for a, b, f in sentence.cues if self._families[f].name in _VERBS)

    def sentence_row(self, n: int) -> Row:
        """The row of a whole sentence: its words, cues, place and structure."""
        sentence = self.sentences[n]
        row = Row()
        row.add(self._block(sentence.block))
        words = sentence.words
        self._text(row, sentence, 0, len(words))
        names = self._about(n)
        row.add(self._ids(names))
        return row

    def _text(self, row: Row, sentence: Sentence, first: int, last: int) -> None:
        words = [word.text for word in sentence.words[first:last]]
        value = 1.0 / max(1.0, len(words)) ** 0.5
        ids: list[int] = []
        for word in words:
            ids += self._word(word)
        # the runs of a sentence share their pairs
        for pair in itertools.pairwise(words):
            if pair not in self._pair_ids:
                self._pair_ids[pair] = self._ids(("b:" + " ".join(pair),))
            ids += self._pair_ids[pair]
        row.add(ids, value)
        families = self._families_of(sentence, first, last)
        names = [f"f:{name}" for name in families]
        names += [f"fg:{name}:{sentence.governed}" for name in families]
        if not families:
            names.append(f"f:-:{sentence.governed}")
        row.add(self._ids(names))

    def _about(self, n: int) -> list[str]:
        """Names of features of a sentence as a whole, the same for all its runs."""
        sentence = self.sentences[n]
        text = self.document.blocks[sentence.block].text[sentence.start : sentence.end]
        words = sentence.words
        shape = self.document.blocks[sentence.block].kind.value
        families = self._families_of(sentence, 0, len(words))
        names = [
            f"S:{sentence.place}",
            f"S:{sentence.place}:{shape}:{sentence.governed}",
            f"S1:{words[0].text}",
            f"S2:{' '.join(word.text for word in words[:2])}",
            f"Scol:{text.endswith(':')}",
        ]
        names += [f"sf:{name}" for name in families]
        return names

    def shared_row(self, n: int) -> Row:
        """What all runs of a sentence share: structure, and the sentence as a whole."""
        row = Row()
        row.add(self._block(self.sentences[n].block))
        row.add(self._ids(self._about(n)))
        return row

    def candidate_row(self, candidate: Candidate) -> Row:
        """What is told by a run of clauses itself: its words and cues, where it is cut, and what stands around it."""
        sentence = self.sentences[candidate.sentence]
        first, last = sentence.inside(candidate.start, candidate.end)
        words = sentence.words
        row = Row()
        self._text(row, sentence, first, last)
        total, own = len(words), last - first
        parts = sentence.clauses
        i, j = candidate.first, candidate.last
        whole = i == 0 and j == len(parts)
        relation = "whole" if whole else "head" if i == 0 else "tail" if j == len(parts) else "mid"
        shape = self.document.blocks[sentence.block].kind.value
        opens = parts[i].opens
        following = parts[j].opens if j < len(parts) else "$"
        mark = parts[i].mark
        after = parts[j].mark if j < len(parts) else "$"
        inner = parts[i + 1 : j]
        names = [
            f"r:{relation}",
            f"r:{relation}:{len(parts) if len(parts) < 6 else 6}",
            f"r:{relation}:{shape}",
            f"n:{min(j - i, 6)}",
            f"n:{relation}:{min(j - i, 6)}",
            f"cl:{bucket(own, (2, 3, 4, 6, 9, 13, 18, 26, 36))}",
            f"cl:{relation}:{bucket(own, (2, 3, 4, 6, 9, 13, 18, 26, 36))}",
            f"fr:{int(10 * own / max(1, total))}",
            f"j:{opens}",
            f"j:{opens}:{mark}",
            f"m:{mark}",
            f"nj:{following}",
            f"nj:{following}:{after}",
            f"nm:{after}",
            f"jj:{opens}:{following}",
            f"1:{words[first].text if own else ''}",
            f"2:{' '.join(w.text for w in words[first : first + 2])}",
            f"-1:{words[last - 1].text if own else ''}",
            f"-3:{words[last - 1].text[-3:] if own else ''}",
            f"-2:{' '.join(w.text for w in words[max(first, last - 2) : last])}",
            f"<1:{words[first - 1].text if first else '^'}",
            f">1:{words[last].text if last < total else '$'}",
            f"1e:{words[first].text[-3:] if own else ''}",
            f"imp:{self.commands(sentence, first)}",
            f"imp:{self.commands(sentence, first)}:{relation}",
        ]
        verbs = "".join(
            "v" if self._has_verb(sentence, a, b) else "-" for a, b in ((0, first), (first, last), (last, total))
        )
        names += [f"v:{verbs}", f"v:{verbs}:{relation}", f"v:{verbs}:{opens}:{following}", f"v:{verbs[1]}:{shape}"]
        for part in inner:
            cut, _ = sentence.inside(part.start, part.end)
            both = f"{self._has_verb(sentence, first, cut):d}{self._has_verb(sentence, cut, last):d}"
            names += [f"iv:{both}:{part.opens}", f"iv:{both}:{part.mark}"]
        names += {f"ij:{part.opens}:{part.mark}" for part in inner}
        names += {f"ij1:{self._word_at(sentence, part)}" for part in inner}
        before = self._families_of(sentence, 0, first)
        behind = self._families_of(sentence, last, total)
        inside = self._families_of(sentence, first, last)
        names += [f"bf:{name}" for name in before] or ["bf:-"]
        names += [f"af:{name}" for name in behind] or ["af:-"]
        names += [f"fr:{relation}:{name}" for name in inside]
        names += [f"fj:{opens}:{name}" for name in inside]
        row.add(self._ids(names))
        return row

    def _word_at(self, sentence: Sentence, part: Clause) -> str:
        first, _ = sentence.inside(part.start, part.end)
        return sentence.words[first].text if first < len(sentence.words) else ""
