"""The matrix of all vectors that a session may see, read once and kept up to date: the same for every store."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graph.model import ModelInfo, Vectors

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Block:
    """The vectors of one document's statements, as bytes (float32, little-endian, row by row)."""

    document: int
    stamp: int
    ids: Sequence[str]
    texts: bytes
    leads: bytes


class Source(Protocol):
    """Where blocks come from, inside one reading transaction. A block's stamp changes when it does."""

    def revision(self) -> int: ...
    def model(self) -> ModelInfo | None: ...
    def stamps(self) -> Mapping[int, int]:
        """The stamp of each block that the session may see, in the order of documents."""
        ...

    def blocks(self, documents: Sequence[int]) -> Iterable[Block]: ...


class Cache:
    """Of a changed graph only the blocks of changed documents are read again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revision = -1
        self._blocks: dict[int, tuple[int, Sequence[str], Matrix, Matrix]] = {}
        self._all: Vectors | None = None
        self._places: dict[str, int] = {}

    def get(self, source: Source) -> tuple[Vectors | None, dict[str, int]]:
        """All vectors, and the row of each statement id."""
        with self._lock:
            revision = source.revision()
            if revision != self._revision:
                self._load(source)
                self._revision = revision
            return self._all, self._places

    def _load(self, source: Source) -> None:
        import numpy as np

        info, stamps = source.model(), source.stamps()
        if info is None or not stamps:
            self._blocks, self._all, self._places = {}, None, {}
            return
        if self._all is not None and self._all.model != info:
            self._blocks = {}
        self._blocks = {n: b for n, b in self._blocks.items() if stamps.get(n) == b[0]}
        for b in source.blocks([n for n in stamps if n not in self._blocks]):
            texts, leads = matrix(b.texts, info.dimension), matrix(b.leads, info.dimension)
            self._blocks[b.document] = (b.stamp, b.ids, texts, leads)
        blocks = [self._blocks[n] for n in stamps if n in self._blocks]
        all_ids = tuple(id for block in blocks for id in block[1])
        texts = np.concatenate([b[2] for b in blocks])
        leads = np.concatenate([b[3] for b in blocks])
        self._all = Vectors(info, all_ids, texts, leads)
        self._places = {id: i for i, id in enumerate(all_ids)}


def chosen(found: Vectors, places: Mapping[str, int], ids: Iterable[str]) -> Vectors:
    """Only the vectors of these statements, in the order of the matrix."""
    at = sorted(places[id] for id in ids if id in places)
    return Vectors(found.model, tuple(found.ids[i] for i in at), found.texts[at], found.leads[at])


def blob(rows: Matrix) -> bytes:
    """A matrix as the bytes of a block."""
    return rows.astype("<f4").tobytes()


def matrix(data: bytes, dimension: int) -> Matrix:
    """The bytes of a block as ``(n, dimension)`` float32."""
    import numpy as np

    return np.frombuffer(data, "<f4").reshape(-1, dimension)
