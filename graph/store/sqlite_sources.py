"""Where an SQLite graph keeps what :mod:`graph.store.grouping` needs: sketches, and who leads which document."""

from __future__ import annotations

import sqlite3
from array import array

from graph.sources import SUSPECT, Sketch
from graph.store.grouping import CANDIDATES, Column
from graph.store.sqlite_rows import many


class Shelf:
    """A :class:`graph.store.grouping.Shelf` inside one write transaction. ``regrouped`` are the numbers of the documents
    that got another source, among all or among the public ones."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.regrouped: set[int] = set()

    def keep(self, n: int, made: Sketch) -> None:
        hashes = array("q", made.hashes).tobytes()
        row = (n, made.size, made.limit - 1, hashes)
        self._connection.execute("INSERT INTO sketch VALUES (?, ?, ?, ?)", row)
        self._connection.executemany("INSERT INTO probe VALUES (?, ?)", [(h, n) for h in made.probe])

    def drop(self, n: int) -> None:
        self._connection.execute("DELETE FROM sketch WHERE document = ?", (n,))
        self._connection.execute("DELETE FROM probe WHERE document = ?", (n,))

    def sketch(self, n: int) -> Sketch:
        query = "SELECT size, hash_limit, hashes FROM sketch WHERE document = ?"
        size, limit, blob = self._connection.execute(query, (n,)).fetchone()
        hashes = array("q")
        hashes.frombytes(blob)
        return Sketch(tuple(hashes), size, limit + 1)

    def candidates(self, n: int, made: Sketch, column: Column) -> list[int]:
        query = (
            "SELECT p.document FROM json_each(?1) j CROSS JOIN probe p ON p.hash = j.value"
            f" CROSS JOIN document d ON d.n = p.document WHERE d.{column} = d.n AND d.n <> ?2"
            " GROUP BY p.document HAVING count(*) >= ?3 ORDER BY count(*) DESC, p.document LIMIT ?4"
        )
        return [row[0] for row in self._connection.execute(query, (many(made.hashes), n, SUSPECT, CANDIDATES))]

    def release(self, n: int, column: Column) -> list[int]:
        query = (
            f"SELECT d.n FROM document d JOIN sketch s ON s.document = d.n WHERE d.{column} = ?1 AND d.n <> ?1"
            " ORDER BY s.size DESC, d.n"
        )
        left = [row[0] for row in self._connection.execute(query, (n,)).fetchall()]
        self._connection.execute(f"UPDATE document SET {column} = NULL WHERE {column} = ?1 OR n = ?1", (n,))
        self.regrouped.update(left)
        return left

    def follow(self, n: int, leader: int, column: Column) -> None:
        self._connection.execute(f"UPDATE document SET {column} = ? WHERE n = ?", (leader, n))
        self.regrouped.add(n)

    def hand_over(self, old: int, leader: int, column: Column) -> None:
        found = self._connection.execute(f"SELECT n FROM document WHERE {column} = ?", (old,)).fetchall()
        self._connection.execute(f"UPDATE document SET {column} = ? WHERE {column} = ?", (leader, old))
        self.regrouped.update(n for (n,) in found)
