"""Which documents are one source: the same report as PDF and as page must not count twice.

Documents are compared by their shingles (runs of five words), of which each keeps a bounded, comparable sample: those
with the smallest hashes (bottom-k; Broder, "On the resemblance and containment of documents", 1997). Two documents are
one source when at least :data:`SAME` of the smaller's shingles stand in the larger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from graph.model import fold

SAME = 0.8
WORDS = 5
SAMPLE = 4096
"""How many shingles a document keeps at most: all of them up to some fifteen pages."""
PROBE = 64
"""By how many of those, its smallest, a document is found as a candidate for comparison."""
SUSPECT = 4
"""How many of a document's probe another must hold to be compared with it: enough to find an excerpt of a tenth."""
ENOUGH = 30
"""With fewer comparable shingles (a note of two sentences) nothing can be said, and documents count apart."""
_TOP = 1 << 63


@dataclass(frozen=True, slots=True)
class Sketch:
    """The sample of a document's shingles: all whose hash is below ``limit`` (0 … 2⁶³), smallest first.

    ``size`` is the number of different shingles that the whole document has.
    """

    hashes: tuple[int, ...]
    size: int
    limit: int = _TOP

    @property
    def probe(self) -> tuple[int, ...]:
        return self.hashes[:PROBE]


def sketch(texts: Iterable[str]) -> Sketch:
    """The sample of a document's shingles, from the texts of its passages in order.

    Runs go on over passages, so that it does not matter how a reader cut them.
    """
    words = [word for text in texts for word in fold(text).split()]
    runs = {" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)}
    hashes = sorted({_hash(run) for run in runs})
    if len(hashes) <= SAMPLE:
        return Sketch(tuple(hashes), len(hashes))
    return Sketch(tuple(hashes[:SAMPLE]), len(hashes), hashes[SAMPLE])


def contained(small: Sketch, large: Sketch) -> float:
    """The estimated share of ``small``'s shingles that stand in ``large`` (0–1); 0 where too few can be compared."""
    limit = min(small.limit, large.limit)
    compared = [h for h in small.hashes if h < limit]
    if len(compared) < ENOUGH:
        return 0.0
    others = set(large.hashes)
    return sum(h in others for h in compared) / len(compared)


def is_within(small: Sketch, large: Sketch) -> bool:
    """Whether the first is the same source as the second, which is at least as large."""
    return small.size <= large.size and contained(small, large) >= SAME


def _hash(run: str) -> int:
    return int.from_bytes(blake2b(run.encode("utf-8"), digest_size=8).digest(), "big") >> 1
