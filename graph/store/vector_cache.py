"""The matrix that a question is compared with, read once and kept up to date: the same for every store.

A statement's cosine is a weighted sum of those of its quote and of its quote with its lead-in. A sum of products is the
product with the sum, so that one row for each statement is kept, the weighted sum of its two vectors: half the memory and
half the work of both.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from graph.model import ModelInfo, Vectors

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

_TOGETHER = 256
"""Documents whose blocks are read at once: no more of them than this lie in memory beside the matrix."""
_LEAST_ROWS = 1024
_GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Block:
    """The vectors of one document's statements, as bytes (float32, little-endian, row by row)."""

    document: int
    stamp: int
    ids: Sequence[str]
    texts: bytes
    leads: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Mixed:
    """What questions are compared with: ``rows`` is ``(n, d)`` float32, row ``i`` that of statement ``ids[i]``.

    ``ids`` and ``places`` (the row of each statement) may hold more than the ``n`` of this revision.
    """

    model: ModelInfo
    ids: Sequence[str]
    places: Mapping[str, int]
    rows: Matrix

    def at(self, ids: Iterable[str]) -> list[tuple[str, int]]:
        """The row of each of these statements that has one."""
        n = len(self.rows)
        return [(id, row) for id in ids if (row := self.places.get(id, n)) < n]


class Source(Protocol):
    """Where blocks come from, inside one reading transaction. A block's stamp changes when it does."""

    def revision(self) -> int: ...
    def model(self) -> ModelInfo | None: ...
    def stamps(self) -> Mapping[int, int]:
        """The stamp of each block that the session may see, in the order of documents."""
        ...

    def blocks(self, documents: Sequence[int]) -> Iterable[Block]: ...


class Cache:
    """The matrix of a graph as a session sees it. New documents are added at its end; when others change or go, the rows
    of those that stay are moved together, and only the changed ones are read again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revision = -1
        self._rows: _Rows | None = None

    def get(self, source: Source, lead_in: float) -> Mixed | None:
        """What to compare with, lead-ins counted for ``lead_in`` (0–1); None when the graph has no vectors."""
        with self._lock:
            revision = source.revision()
            if revision != self._revision or (self._rows is not None and self._rows.lead_in != lead_in):
                self._rows = self._load(source, lead_in)
                self._revision = revision
            return self._rows.mixed() if self._rows else None

    def _load(self, source: Source, lead_in: float) -> _Rows | None:
        info, stamps = source.model(), source.stamps()
        if info is None or not stamps:
            return None
        old = self._rows
        if old is not None and (old.model, old.lead_in) != (info, lead_in):
            old = None
        if old is None:
            made, new = _Rows(info, lead_in), list(stamps)
        elif list(islice(stamps.items(), len(old.spans))) == [(n, stamp) for n, (stamp, _, _) in old.spans.items()]:
            made, new = old, list(stamps)[len(old.spans) :]
        else:
            made, new = _Rows(info, lead_in, len(old.ids)), list(stamps)
        for some in _batches(new):
            stays = {n for n in some if old is not None and n in old.spans and old.spans[n][0] == stamps[n]}
            unknown = [n for n in some if n not in stays]
            read = {block.document: block for block in source.blocks(unknown)} if unknown else {}
            for n in some:
                if old is not None and n in stays:
                    made.take(n, old)
                elif n in read:
                    made.add(read[n])
        return made


class _Rows:
    """The rows of documents one after the other, in an array with room for more. What was given out stays as it was."""

    def __init__(self, model: ModelInfo, lead_in: float, room: int = 0) -> None:
        import numpy as np

        self.model, self.lead_in = model, lead_in
        self.ids: list[str] = []
        self.spans: dict[int, tuple[int, int, int]] = {}
        """Of each document its stamp, and where its rows begin and end."""
        self._places: dict[str, int] = {}
        # pages of memory that nothing was written to cost nothing
        self._array: Matrix = np.empty((max(room, _LEAST_ROWS), model.dimension), np.float32)

    def mixed(self) -> Mixed:
        return Mixed(self.model, self.ids, self._places, self._array[: len(self.ids)])

    def add(self, block: Block) -> None:
        """Add a document's rows."""
        texts, leads = (matrix(data, self.model.dimension) for data in (block.texts, block.leads))
        at = self._room(len(block.ids))
        rows = self._array[at : at + len(block.ids)]
        rows[:] = texts
        rows *= 1 - self.lead_in
        rows += self.lead_in * leads
        self._note(block.document, block.stamp, block.ids)

    def take(self, document: int, other: _Rows) -> None:
        """Add a document's rows as they stand in another."""
        stamp, start, end = other.spans[document]
        at = self._room(end - start)
        self._array[at : at + end - start] = other._array[start:end]
        self._note(document, stamp, other.ids[start:end])

    def _room(self, n: int) -> int:
        import numpy as np

        size = len(self.ids)
        if size + n > len(self._array):
            larger = np.empty((int(_GROWTH * (size + n)), self.model.dimension), np.float32)
            larger[:size] = self._array[:size]
            self._array = larger
        return size

    def _note(self, document: int, stamp: int, ids: Sequence[str]) -> None:
        start = len(self.ids)
        self.ids += ids
        self._places |= {id: start + i for i, id in enumerate(ids)}
        self.spans[document] = stamp, start, len(self.ids)


def everything(source: Source, passing: set[str] | None) -> Vectors | None:
    """The vectors of all statements that the session may see (or of those that pass), by document; read anew each time."""
    import numpy as np

    info, stamps = source.model(), source.stamps()
    if info is None or not stamps:
        return None
    ids: list[str] = []
    both: tuple[list[Matrix], list[Matrix]] = [], []
    for block in _in_order(source, list(stamps)):
        at = [i for i, id in enumerate(block.ids) if passing is None or id in passing]
        ids += [block.ids[i] for i in at]
        for kept, data in zip(both, (block.texts, block.leads), strict=True):
            kept.append(matrix(data, info.dimension)[at])
    texts, leads = (np.concatenate(kept) for kept in both)
    return Vectors(info, tuple(ids), texts, leads)


def _in_order(source: Source, documents: Sequence[int]) -> Iterator[Block]:
    for some in _batches(documents):
        read = {block.document: block for block in source.blocks(some)}
        yield from (read[n] for n in some if n in read)


def _batches(documents: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(documents), _TOGETHER):
        yield documents[start : start + _TOGETHER]


def blob(rows: Matrix) -> bytes:
    """A matrix as the bytes of a block."""
    return rows.astype("<f4").tobytes()


def matrix(data: bytes, dimension: int) -> Matrix:
    """The bytes of a block as ``(n, dimension)`` float32."""
    import numpy as np

    return np.frombuffer(data, "<f4").reshape(-1, dimension)
