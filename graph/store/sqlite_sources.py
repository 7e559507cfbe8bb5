"""Which documents of an SQLite graph are one source, kept up to date document by document.

The largest of a set of near-duplicates leads it; ``document.source`` is the number of the leader. A new document is
compared with leaders only, and only with those of whose probe it holds enough, so that a put costs the same in a large
graph. Public documents are grouped a second time among themselves (``public_source``), for an internal document may not
show through in what the public counts.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable

from graph.sources import ENOUGH, SUSPECT, Sketch, contained, is_within, sketch
from graph.store.sqlite_rows import many

_CANDIDATES = 8


def place(connection: sqlite3.Connection, n: int, texts: Iterable[str], public: bool) -> None:
    """Give a document its sketch and its source, in place of those it had."""
    leave(connection, n)
    made = sketch(texts)
    hashes = array("q", made.hashes).tobytes()
    connection.execute("INSERT INTO sketch VALUES (?, ?, ?, ?)", (n, made.size, made.limit - 1, hashes))
    connection.executemany("INSERT INTO probe VALUES (?, ?)", [(h, n) for h in made.probe])
    _join(connection, n, made, "source")
    if public:
        _join(connection, n, made, "public_source")


def leave(connection: sqlite3.Connection, n: int) -> None:
    """Take a document out of its source; those that it led find themselves another leader."""
    _part(connection, n, "source")
    _part(connection, n, "public_source")
    connection.execute("DELETE FROM sketch WHERE document = ?", (n,))
    connection.execute("DELETE FROM probe WHERE document = ?", (n,))


def set_public(connection: sqlite3.Connection, n: int, public: bool) -> None:
    """Group a document among the public ones, or no longer."""
    _part(connection, n, "public_source")
    if public:
        _join(connection, n, _sketch(connection, n), "public_source")


def _part(connection: sqlite3.Connection, n: int, column: str) -> None:
    query = (
        f"SELECT d.n FROM document d JOIN sketch s ON s.document = d.n WHERE d.{column} = ?1 AND d.n <> ?1"
        " ORDER BY s.size DESC, d.n"
    )
    left = [row[0] for row in connection.execute(query, (n,)).fetchall()]
    # a member that stays behind must not be found as a leader by the next
    connection.execute(f"UPDATE document SET {column} = NULL WHERE {column} = ?1 OR n = ?1", (n,))
    for member in left:
        _join(connection, member, _sketch(connection, member), column)


def _join(connection: sqlite3.Connection, n: int, made: Sketch, column: str) -> None:
    leader = n
    if made.size >= ENOUGH:
        others = {other: _sketch(connection, other) for other in _candidates(connection, n, made, column)}
        larger = [(contained(made, s), s.size, -other) for other, s in others.items() if is_within(made, s)]
        if larger:
            leader = -max(larger)[2]
        for other, s in others.items():
            if other != leader and s.size < made.size and is_within(s, made):
                connection.execute(f"UPDATE document SET {column} = ? WHERE {column} = ?", (leader, other))
    connection.execute(f"UPDATE document SET {column} = ? WHERE n = ?", (leader, n))


def _candidates(connection: sqlite3.Connection, n: int, made: Sketch, column: str) -> list[int]:
    """Leaders of whose probe this document holds most."""
    query = (
        "SELECT p.document FROM json_each(?1) j CROSS JOIN probe p ON p.hash = j.value"
        f" CROSS JOIN document d ON d.n = p.document WHERE d.{column} = d.n AND d.n <> ?2"
        " GROUP BY p.document HAVING count(*) >= ?3 ORDER BY count(*) DESC, p.document LIMIT ?4"
    )
    return [row[0] for row in connection.execute(query, (many(made.hashes), n, SUSPECT, _CANDIDATES))]


def _sketch(connection: sqlite3.Connection, n: int) -> Sketch:
    query = "SELECT size, hash_limit, hashes FROM sketch WHERE document = ?"
    size, limit, blob = connection.execute(query, (n,)).fetchone()
    hashes = array("q")
    hashes.frombytes(blob)
    return Sketch(tuple(hashes), size, limit + 1)
