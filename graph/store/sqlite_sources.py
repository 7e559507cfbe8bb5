"""Which documents of an SQLite graph are one source, kept up to date document by document.

The largest of a set of near-duplicates leads it; ``document.source`` is the number of the leader. A new document is
compared with leaders only, and only with those that share enough of a small sample, so that a put costs the same in a
large graph. Public documents are grouped a second time among themselves (``public_source``), for an internal document
may not show through in what the public counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from graph.sources import ENOUGH, PROBE, Sketch, contained, is_within, sketch
from graph.store.sqlite_rows import many

_CANDIDATES = 8
_SHARED = 0.5
"""The share of a probe that a candidate must hold: below the bar itself, for a probe is a small sample."""


def place(connection: sqlite3.Connection, n: int, texts: Iterable[str], public: bool) -> None:
    """Give a document its sketch and its source, in place of those it had."""
    leave(connection, n)
    made = sketch(texts)
    probe = set(made.probe)
    connection.executemany("INSERT INTO shingle VALUES (?, ?, ?)", [(n, h, h in probe) for h in made.hashes])
    connection.execute(
        "UPDATE document SET shingles = ?, shingle_limit = ? WHERE n = ?", (made.size, made.limit - 1, n)
    )
    _join(connection, n, made, "source")
    if public:
        _join(connection, n, made, "public_source")


def leave(connection: sqlite3.Connection, n: int) -> None:
    """Take a document out of its source; those that it led find themselves another leader."""
    _part(connection, n, "source")
    _part(connection, n, "public_source")
    connection.execute("DELETE FROM shingle WHERE document = ?", (n,))


def set_public(connection: sqlite3.Connection, n: int, public: bool) -> None:
    """Group a document among the public ones, or no longer."""
    _part(connection, n, "public_source")
    if public:
        _join(connection, n, _sketch(connection, n), "public_source")


def _part(connection: sqlite3.Connection, n: int, column: str) -> None:
    query = f"SELECT n FROM document WHERE {column} = ? AND n <> ? ORDER BY shingles DESC, n"
    left = [row[0] for row in connection.execute(query, (n, n)).fetchall()]
    # a member that stays behind must not be found as a leader by the next
    connection.execute(f"UPDATE document SET {column} = NULL WHERE {column} = ?", (n,))
    connection.execute(f"UPDATE document SET {column} = NULL WHERE n = ?", (n,))
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
    """Leaders that hold enough of this document's probe, or whose probe stands enough in this document."""
    leads = f"d.{column} = d.n AND d.n <> ?2"
    held = connection.execute(
        f"SELECT s.document, count(*) FROM json_each(?1) j JOIN shingle s ON s.hash = j.value"
        f" JOIN document d ON d.n = s.document WHERE {leads} GROUP BY 1",
        (many(made.probe), n),
    ).fetchall()
    holds = connection.execute(
        f"SELECT s.document, count(*) FROM json_each(?1) j JOIN shingle s ON s.hash = j.value AND s.probe"
        f" JOIN document d ON d.n = s.document WHERE {leads} GROUP BY 1",
        (many(made.hashes), n),
    ).fetchall()
    shared: dict[int, int] = {}
    for other, count in (*held, *holds):
        shared[other] = max(shared.get(other, 0), count)
    most = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))
    # a large document's sample reaches less far than a small one's, so that fewer of a probe can be found in it
    return [other for other, count in most[:_CANDIDATES] if count >= _SHARED * min(PROBE, ENOUGH)]


def _sketch(connection: sqlite3.Connection, n: int) -> Sketch:
    size, limit = connection.execute("SELECT shingles, shingle_limit FROM document WHERE n = ?", (n,)).fetchone()
    hashes = connection.execute("SELECT hash FROM shingle WHERE document = ? ORDER BY hash", (n,))
    return Sketch(tuple(row[0] for row in hashes), size, limit + 1)
