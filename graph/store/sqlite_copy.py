"""A document of an SQLite graph with all that rests on it, as it can be put into another graph."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from corpus.errors import KluwenError
from graph.ledger.applying import PERSON
from graph.model import Contents, Vectors
from graph.store import sqlite_read as read
from graph.store import sqlite_rows as rows
from graph.store import sqlite_vectors as vectors
from graph.store.sqlite_ledger import Desk
from graph.store.vector_cache import matrix


def order(connection: sqlite3.Connection) -> list[str]:
    return [row[0] for row in connection.execute("SELECT id FROM seen_document ORDER BY n")]


def contents(connection: sqlite3.Connection, document_id: str) -> Contents:
    found = connection.execute(f"SELECT n, {rows.DOCUMENT} FROM seen_document WHERE id = ?", (document_id,)).fetchone()
    if found is None:
        raise KluwenError("store.document_missing", document=document_id)
    query = f"SELECT {rows.LINK} FROM {rows.LINKS} WHERE l.document = ? AND l.rule <> '{PERSON}' ORDER BY l.n"
    links = connection.execute(query, (found[0],))
    contents = Contents(
        rows.document(found[1:]),
        tuple(read.passages(connection, None, document_id)),
        tuple(replace(s, concept_id="") for s in read.statements(connection, None, document_id, None)),
        tuple(rows.link(row) for row in links),
        _vectors(connection, int(found[0])),
    )
    return Desk(connection).extracted(int(found[0]), contents)


def redirects(connection: sqlite3.Connection, document_id: str) -> list[tuple[str, str]]:
    query = "SELECT r.old, r.new FROM seen_redirect r JOIN document d ON d.n = r.document WHERE d.id = ? ORDER BY r.n"
    return connection.execute(query, (document_id,)).fetchall()


def redirect(connection: sqlite3.Connection, document_id: str, pairs: Iterable[tuple[str, str]]) -> None:
    query = "INSERT OR IGNORE INTO redirect (old, new, document) SELECT ?, ?, n FROM document WHERE id = ?"
    connection.executemany(query, [(old, new, document_id) for old, new in pairs])


def _vectors(connection: sqlite3.Connection, n: int) -> Vectors | None:
    """The vectors of a document's statements, and of those that people rejected."""
    import numpy as np

    info = vectors.model(connection)
    query = (
        "SELECT ids, texts, leads FROM seen_vector WHERE document = ?1"
        " UNION ALL SELECT ids, texts, leads FROM extraction WHERE document = ?1 AND ids <> '[]'"
    )
    found = connection.execute(query, (n,)).fetchall()
    if info is None or not found:
        return None
    ids = tuple(id for row in found for id in json.loads(row[0]))
    texts, leads = (np.concatenate([matrix(row[at], info.dimension) for row in found]) for at in (1, 2))
    return Vectors(info, ids, texts, leads)
