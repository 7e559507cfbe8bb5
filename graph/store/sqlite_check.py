"""Whether an SQLite graph is whole: what ``kluwen doctor`` reports."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator

from graph.store import sqlite_rim
from graph.store import sqlite_schema as schema
from graph.store.base import Finding

_SAMPLE = 200


def check(connection: sqlite3.Connection, terms: Callable[[str], list[str]]) -> list[Finding]:
    """One finding for each thing that was looked at. Counts are of what the session may see."""
    return list(_findings(connection, terms))


def _findings(connection: sqlite3.Connection, terms: Callable[[str], list[str]]) -> Iterator[Finding]:
    def count(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    damage = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    whole = damage == ["ok"]
    yield Finding(whole, "store.check_whole" if whole else "store.check_damaged", {"reason": "; ".join(damage)})
    yield Finding(True, "store.check_version", {"version": schema.version(connection)})
    orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    orphans += count(
        "SELECT count(*) FROM statement WHERE n NOT IN (SELECT statement FROM expresses)"
        " AND document IN (SELECT n FROM seen_document)"
    )
    yield _counted(orphans, "orphans")
    doubtful = connection.execute(
        'SELECT p.text, s.start, s."end", s.quote, p.document <> s.document FROM seen_statement s'
        " JOIN passage p ON p.n = s.passage"
        ' WHERE substr(p.text, s.start + 1, s."end" - s.start) <> s.quote OR p.document <> s.document'
    )
    # substr ends at a zero byte, where a text need not
    astray = sum(elsewhere or text[start:end] != quote for text, start, end, quote, elsewhere in doubtful)
    yield _counted(astray, "quotes")
    yield _counted(_miscounted(connection), "terms")
    yield _counted(sqlite_rim.miscounted(connection), "rim")
    stale = [
        row[0]
        for row in connection.execute(
            "SELECT s.quote, i.quote FROM seen_statement s JOIN statement_index i ON i.rowid = s.n LIMIT ?", (_SAMPLE,)
        )
        if " ".join(terms(row[0])) != row[1]
    ]
    yield _counted(len(stale), "analysis")
    if connection.execute("SELECT 1 FROM meta WHERE key = 'model'").fetchone():
        bare = count(
            "SELECT (SELECT count(*) FROM seen_statement)"
            " - (SELECT coalesce(sum(json_array_length(ids)), 0) FROM seen_vector)"
        )
        yield _counted(bare, "vectors")


def _miscounted(connection: sqlite3.Connection) -> int:
    """How many terms stand in another number of statements or passages than is kept."""
    wrong = 0
    for of, columns in (("statement", "i.quote || ' ' || i.lead_in"), ("passage", "i.text")):
        found: Counter[str] = Counter()
        query = f"SELECT {columns} FROM seen_{of} s CROSS JOIN {of}_index i ON i.rowid = s.n"
        for (text,) in connection.execute(query):
            found.update(set(text.split()))
        kept = dict(connection.execute(f"SELECT term, {of}s FROM seen_term WHERE {of}s <> 0").fetchall())
        wrong += sum(found[term] != kept.get(term, 0) for term in found.keys() | kept.keys())
    return wrong


def _counted(n: int, what: str) -> Finding:
    return Finding(n == 0, f"store.check_{what}" if n else f"store.check_{what}_ok", {"n": n})
