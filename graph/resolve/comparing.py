"""Comparing the wordings that are new in a graph with those that it has, so that one problem in two wordings is one concept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Kind

if TYPE_CHECKING:
    from graph.resolve.wording import Wording
    from graph.store.base import Store

BATCH = 500
"""How many new wordings are compared in one transaction."""
NEAREST = 20
"""With so many others a wording is compared at most: those with which it shares most blocks. It keeps the number of pairs
in step with the number of wordings, however many of these a subject has."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A wording in the graph: its key, its kind and its text."""

    key: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A wording that was compared: the blocks by which others find it, and the others that it is like (0–1, by key)
    or the opposite of (0 to −1)."""

    worded: Worded
    blocks: tuple[str, ...]
    alike: tuple[tuple[str, float], ...]


def compare(
    store: Store,
    document_ids: Collection[str],
) -> int:
    """Compare the wordings of these documents that were not compared yet; how many pairs were.

    Only wordings that share a block are compared (:func:`graph.resolve.blocks.blocks`), and of these :data:`NEAREST`.
    Stopped halfway it can be called again. Which pairs come out does not depend on the order in which documents came, as
    long as no wording shares blocks with more than that.
    """
    from graph.resolve.alike import CONTRARY, PROPOSED
    from graph.resolve.blocks import blocks
    from graph.resolve.wording import wording

    pairs = 0
    new = store.uncompared(document_ids)
    for start in range(0, len(new), BATCH):
        batch = new[start : start + BATCH]
        asked = {w.key: blocks(w.kind, w.text) for w in batch}
        found = store.sharing({block for own in asked.values() for block in own})
        compared: list[Compared] = []
        for w in batch:
            mine = wording(w.kind, w.text)
            near = nearest(w.key, [found.get(block, ()) for block in asked[w.key]])
            scores = [(other.key, _score(mine, wording(other.kind, other.text))) for other in near]
            pairs += len(scores)
            told = tuple((key, s) for key, s in scores if s >= PROPOSED or s <= -CONTRARY)
            compared.append(Compared(w, asked[w.key], told))
            for block in asked[w.key]:
                found.setdefault(block, []).append(w)
        store.liken(compared)
    return pairs


def nearest(key: str, sharing: Iterable[Sequence[Worded]]) -> list[Worded]:
    """Of the wordings in the blocks of one, itself left out, those that stand in most of them: at most :data:`NEAREST`."""
    shared = Counter(other for members in sharing for other in members if other.key != key)
    return sorted(shared, key=lambda other: (-shared[other], other.key))[:NEAREST]


def _score(a: Wording, b: Wording) -> float:
    from graph.resolve.alike import alike, contrary

    return alike(a, b) or -contrary(a, b)


def together(
    words: Iterable[Sequence[str]], blocks: Iterable[Sequence[str]], alike: Iterable[tuple[str, str, float]]
) -> list[Compared]:
    """What is known of wordings, from rows of a key, a kind and a text; of a key and a block; and of two keys and a score."""
    of_key: dict[str, list[str]] = {}
    for key, block in blocks:
        of_key.setdefault(key, []).append(block)
    others: dict[str, list[tuple[str, float]]] = {}
    for key, other, score in alike:
        others.setdefault(key, []).append((other, score))
    return [
        Compared(Worded(key, Kind(kind), text), tuple(of_key.get(key, ())), tuple(others.get(key, ())))
        for key, kind, text in words
    ]


def by_block(rows: Sequence[tuple[str, str, str, str]]) -> dict[str, list[Worded]]:
    """Rows of a block, a key, a kind and a text as wordings by block."""
    found: dict[str, list[Worded]] = {}
    for block, key, kind, text in rows:
        found.setdefault(block, []).append(Worded(key, Kind(kind), text))
    return found
