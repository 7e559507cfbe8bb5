"""The vectors of an SQLite graph: one block of rows for each document, read fast into one matrix."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from graph.model import ModelInfo, Statement, Vectors
from graph.store.vector_cache import Block, blob, matrix

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]


Spare = dict[str, tuple["Matrix", "Matrix"]]
"""Vectors of statements, of the quote and of the quote with its lead-in, by id."""


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


def put(connection: sqlite3.Connection, document: int, statements: Sequence[Statement], new: Vectors | None) -> Spare:
    """Keep the vectors of a document's statements: the new ones, and those it had of statements that stay. Those that
    are left come back, by statement."""
    import numpy as np

    if new is not None and new.ids:
        _agree(connection, new.model)
    info = new.model if new is not None and new.ids else model(connection)
    if info is None:
        return {}
    have: Spare = {}
    for table in ("extraction", "vector"):
        row = connection.execute(f"SELECT ids, texts, leads FROM {table} WHERE document = ?", (document,)).fetchone()
        if row:
            ids, texts, leads = json.loads(row[0]), matrix(row[1], info.dimension), matrix(row[2], info.dimension)
            have |= {id: (texts[i], leads[i]) for i, id in enumerate(ids)}
    if new is not None:
        have |= {id: (new.texts[i], new.leads[i]) for i, id in enumerate(new.ids)}
    known = [s.id for s in statements if s.id in have]
    if not known:
        connection.execute("DELETE FROM vector WHERE document = ?", (document,))
    else:
        texts = np.stack([have[id][0] for id in known])
        leads = np.stack([have[id][1] for id in known])
        _write(connection, document, known, texts, leads)
    return {id: pair for id, pair in have.items() if id not in known}


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
    connection.execute("UPDATE extraction SET ids = '[]', texts = '', leads = ''")
    of: dict[int, list[str]] = {}
    for document, id in rows:
        of.setdefault(document, []).append(id)
    for document, ids in of.items():
        at = [place[id] for id in ids]
        _write(connection, document, ids, vectors.texts[at], vectors.leads[at])


class Source:
    """A :class:`graph.store.vector_cache.Source` inside a reading transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def revision(self) -> int:
        return int(self._connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])

    def model(self) -> ModelInfo | None:
        return model(self._connection)

    def stamps(self) -> dict[int, int]:
        return dict(self._connection.execute("SELECT document, stamp FROM seen_vector ORDER BY document").fetchall())

    def blocks(self, documents: Sequence[int]) -> Iterator[Block]:
        query = (
            "SELECT document, stamp, ids, texts, leads FROM seen_vector"
            " WHERE document IN (SELECT value FROM json_each(?))"
        )
        for n, stamp, ids, texts, leads in self._connection.execute(query, (json.dumps(documents),)):
            yield Block(n, stamp, json.loads(ids), texts, leads)


def _write(connection: sqlite3.Connection, document: int, ids: Sequence[str], texts: Matrix, leads: Matrix) -> None:
    revision = int(connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])
    connection.execute(
        "INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?, ?)",
        (document, revision + 1, json.dumps(list(ids)), blob(texts), blob(leads)),
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
