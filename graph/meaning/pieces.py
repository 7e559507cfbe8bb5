"""Words to the pieces that a static model knows: a unigram tokenizer in Python.

Loading ``tokenizer.json`` with the tokenizers library takes longer than all the rest of a search. This reads the same file
and cuts the same pieces, for the one kind of tokenizer that the bundled model has (Kudo 2018, arXiv:1804.10959: the cut
with the highest sum of scores; an unknown character costs the lowest score less ten).
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

_WORD = re.compile(r"[a-zà-ÿ]+")
_UNKNOWN_COST = 10.0
_MOST_KEPT = 100_000


class Pieces:
    """The pieces of texts, as row numbers; pieces that stand for nothing known are left out."""

    def __init__(self, path: Path) -> None:
        vocabulary = json.loads(path.read_bytes())["model"]["vocab"]
        self._rows = {piece: row for row, (piece, _) in enumerate(vocabulary)}
        self._scores = [score for _, score in vocabulary]
        self._longest = max(map(len, self._rows))
        self._unknown = min(self._scores) - _UNKNOWN_COST
        self._known: dict[str, tuple[int, ...]] = {}

    def __contains__(self, piece: str) -> bool:
        return piece in self._rows

    def of(self, text: str) -> list[int]:
        """The rows of a text's pieces, in order."""
        rows: list[int] = []
        for word in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
            row = self._rows.get(word)
            if row is not None:
                # no cut of a known word can score higher: every score is far below zero
                rows.append(row)
            else:
                rows += self._cut(word)
        return rows

    def _cut(self, word: str) -> tuple[int, ...]:
        """The best cut of a word that is not known as a whole (Viterbi)."""
        known = self._known.get(word)
        if known is not None:
            return known
        # best[end]: the score of the best cut of word[:end], where its last piece starts, and that piece's row or None
        best: list[tuple[float, int, int | None]] = [(0.0, 0, None)]
        for end in range(1, len(word) + 1):
            found: tuple[float, int, int | None] | None = None
            for start in range(max(0, end - self._longest), end):
                row = self._rows.get(word[start:end])
                if row is not None:
                    score = best[start][0] + self._scores[row]
                elif start == end - 1:
                    score = best[start][0] + self._unknown
                else:
                    continue
                # of equal cuts the one whose last piece begins first, as the tokenizers library has it
                if found is None or score > found[0]:
                    found = (score, start, row)
            assert found is not None  # the last start always gives one
            best.append(found)
        rows: list[int] = []
        end = len(word)
        while end:
            _, end, row = best[end]
            if row is not None:
                rows.append(row)
        if len(self._known) > _MOST_KEPT:
            self._known = {}
        cut = self._known[word] = tuple(reversed(rows))
        return cut
