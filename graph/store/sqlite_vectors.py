"""The vectors of an SQLite graph: one block of rows for each document, read fast into one matrix."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from graph.model import ModelInfo, Statement, Vectors

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]


def model(connection: sqlite3.Connection) -> ModelInfo | None:
    """The model that made the graph's vectors; None while it has none."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'model'").fetchone()
    return ModelInfo(*json.loads(row[0])) if row else None


def would_add(connection: sqlite3.Connection, document: int, vectors: Vectors | None) -> bool:
    """Whether these vectors of an unchanged document bring what the graph has not; raises for another model's."""
    if vectors is None or not vectors.ids:
        return False
    _agree(connection, vectors.model)
    row = connection.execute("SELECT ids FROM vector WHERE document = ?", (document,)).fetchone()
    return row is None or not set(vectors.ids) <= set(json.loads(row[0]))


def put(connection: sqlite3.Connection, document: int, statements: Sequence[Statement], new: Vectors | None) -> None:
    """Keep the vectors of a document's statements: the new ones, and those it had of statements that stay."""
    import numpy as np

    if new is not None and new.ids:
        _agree(connection, new.model)
    info = new.model if new is not None and new.ids else model(connection)
    if info is None:
        return
    have: dict[str, tuple[Matrix, Matrix]] = {}
    row = connection.execute("SELECT ids, texts, leads FROM vector WHERE document = ?", (document,)).fetchone()
    if row:
        ids, texts, leads = json.loads(row[0]), _matrix(row[1], info.dimension), _matrix(row[2], info.dimension)
        have = {id: (texts[i], leads[i]) for i, id in enumerate(ids)}
    if new is not None:
        have |= {id: (new.texts[i], new.leads[i]) for i, id in enumerate(new.ids)}
    known = [s.id for s in statements if s.id in have]
    if not known:
        connection.execute("DELETE FROM vector WHERE document = ?", (document,))
        return
    texts = np.stack([have[id][0] for id in known])
    leads = np.stack([have[id][1] for id in known])
    _write(connection, document, known, texts, leads)


def replace_all(connection: sqlite3.Connection, vectors: Vectors) -> None:
    """Give every statement the vectors of another model; raises KluwenError where some are missing."""
    rows = connection.execute(
        "SELECT s.document, s.id FROM statement s ORDER BY s.document, s.place",
    ).fetchall()
    place = {id: i for i, id in enumerate(vectors.ids)}
    if missing := [id for _, id in rows if id not in place]:
        raise KluwenError("store.vectors_incomplete", missing=len(missing), all=len(rows))
    _remember(connection, vectors.model)
    connection.execute("DELETE FROM vector")
    of: dict[int, list[str]] = {}
    for document, id in rows:
        of.setdefault(document, []).append(id)
    for document, ids in of.items():
        at = [place[id] for id in ids]
        _write(connection, document, ids, vectors.texts[at], vectors.leads[at])


class Cache:
    """The matrix of all vectors that a session may see, read once and kept up to date by the graph's revision.

    Of a changed graph only the blocks of changed documents are read again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._revision = -1
        self._blocks: dict[int, tuple[int, list[str], Matrix, Matrix]] = {}
        self._all: Vectors | None = None
        self._places: dict[str, int] = {}

    def get(self, connection: sqlite3.Connection) -> tuple[Vectors | None, dict[str, int]]:
        """All vectors and the row of each statement id; inside a reading transaction."""
        with self._lock:
            revision = int(connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])
            if revision != self._revision:
                self._load(connection)
                self._revision = revision
            return self._all, self._places

    def _load(self, connection: sqlite3.Connection) -> None:
        import numpy as np

        info = model(connection)
        stamps = dict(connection.execute("SELECT document, stamp FROM seen_vector ORDER BY document").fetchall())
        if info is None or not stamps:
            self._blocks, self._all, self._places = {}, None, {}
            return
        if self._all is not None and self._all.model != info:
            self._blocks = {}
        self._blocks = {n: b for n, b in self._blocks.items() if stamps.get(n) == b[0]}
        changed = json.dumps([n for n in stamps if n not in self._blocks])
        query = "SELECT document, stamp, ids, texts, leads FROM seen_vector WHERE document IN (SELECT value FROM json_each(?))"
        for n, stamp, ids, texts, leads in connection.execute(query, (changed,)):
            self._blocks[n] = (
                stamp,
                json.loads(ids),
                _matrix(texts, info.dimension),
                _matrix(leads, info.dimension),
            )
        blocks = [self._blocks[n] for n in stamps]
        all_ids = tuple(id for block in blocks for id in block[1])
        texts = np.concatenate([b[2] for b in blocks])
        leads = np.concatenate([b[3] for b in blocks])
        self._all = Vectors(info, all_ids, texts, leads)
        self._places = {id: i for i, id in enumerate(all_ids)}


def _write(connection: sqlite3.Connection, document: int, ids: Sequence[str], texts: Matrix, leads: Matrix) -> None:
    revision = int(connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])
    connection.execute(
        "INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?, ?)",
        (document, revision + 1, json.dumps(list(ids)), _blob(texts), _blob(leads)),
    )


def _agree(connection: sqlite3.Connection, new: ModelInfo) -> None:
    """Remember the first vectors' model, and refuse those of another while there are any."""
    known = model(connection)
    if known is None or connection.execute("SELECT 1 FROM vector LIMIT 1").fetchone() is None:
        if known != new:
            _remember(connection, new)
    elif known != new:
        raise KluwenError(
            "store.other_model", graph=f"{known.name} ({known.revision})", new=f"{new.name} ({new.revision})"
        )


def _remember(connection: sqlite3.Connection, info: ModelInfo) -> None:
    value = json.dumps([info.name, info.revision, info.dimension])
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('model', ?)", (value,))


def _blob(matrix: Matrix) -> bytes:
    return matrix.astype("<f4").tobytes()


def _matrix(blob: bytes, dimension: int) -> Matrix:
    import numpy as np

    return np.frombuffer(blob, "<f4").reshape(-1, dimension)
