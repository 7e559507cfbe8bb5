"""What an SQLite graph nominates for a search, and the counts that ranking needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from typing import Literal

from graph.store.base import Corpus, Filters
from graph.store.picking import rarest
from graph.store.sqlite_rows import many

Of = Literal["statements", "passages"]


def nominate(connection: sqlite3.Connection, terms: Sequence[str], filters: Filters, limit: int, of: Of) -> list[str]:
    """Ids of what holds one of the terms, likeliest first.

    Likely is BM25 with every term counted once (k1 = 1.2, b = 0.75), from the counts that the session may see: FTS5's own
    ``bm25()`` knows only those of the whole graph.
    """
    counted = corpus(connection, terms, of)
    weights = rarest(counted)
    if not weights or limit < 1:
        return []
    table = of[:-1]
    matched = " UNION ALL ".join(
        f"SELECT rowid AS n, ? AS weight FROM {table}_index WHERE {table}_index MATCH ?" for _ in weights
    )
    condition, values = _statement_condition(filters) if of == "statements" else _passage_condition(filters)
    query = (
        f"SELECT s.id FROM (SELECT n, sum(weight) AS weight FROM ({matched}) GROUP BY n) m"
        f" CROSS JOIN seen_{table} s ON s.n = m.n WHERE {condition}"
        " ORDER BY m.weight / (1 + 1.2 * (0.25 + 0.75 * s.length / ?)) DESC, s.n LIMIT ?"
    )
    pairs = [value for term, weight in weights.items() for value in (weight, '"' + term.replace('"', '""') + '"')]
    found = connection.execute(query, (*pairs, *values, counted.average_length or 1.0, limit))
    return [row[0] for row in found]


def corpus(connection: sqlite3.Connection, terms: Sequence[str], of: Of) -> Corpus:
    size, length = connection.execute(
        f"SELECT coalesce(sum({of}), 0), coalesce(sum({of[:-1]}_terms), 0) FROM seen_document"
    ).fetchone()
    asked = list(dict.fromkeys(terms))
    query = f"SELECT t.term, t.{of} FROM json_each(?) j CROSS JOIN seen_term t ON t.term = j.value"
    known = dict(connection.execute(query, (many(asked),)).fetchall())
    return Corpus(size, length / size if size else 0.0, {term: known.get(term, 0) for term in asked})


def statement_terms(
    connection: sqlite3.Connection, ids: Collection[str]
) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    query = (
        "SELECT s.id, i.quote, i.lead_in FROM json_each(?) j CROSS JOIN seen_statement s ON s.id = j.value"
        " CROSS JOIN statement_index i ON i.rowid = s.n"
    )
    found = connection.execute(query, (many(ids),))
    return {id: (tuple(quote.split()), tuple(lead.split())) for id, quote, lead in found}


def passage_terms(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    query = (
        "SELECT p.id, i.text FROM json_each(?) j CROSS JOIN seen_passage p ON p.id = j.value"
        " CROSS JOIN passage_index i ON i.rowid = p.n"
    )
    return {id: tuple(text.split()) for id, text in connection.execute(query, (many(ids),))}


def passing(connection: sqlite3.Connection, filters: Filters) -> set[str] | None:
    """The ids of the seen statements that pass; None when the filters limit nothing."""
    condition, values = _statement_condition(filters)
    if not values:
        return None
    return {row[0] for row in connection.execute(f"SELECT s.id FROM seen_statement s WHERE {condition}", values)}


def _statement_condition(filters: Filters) -> tuple[str, list[str]]:
    parts, values = ["1"], []
    for column, chosen in (("kind", filters.kinds), ("level", filters.levels), ("theme", filters.themes)):
        if chosen:
            parts.append(f"s.{column} IN (SELECT value FROM json_each(?))")
            values.append(many(sorted(chosen)))
    if filters.actors:
        parts.append("s.n IN (SELECT statement FROM mention WHERE name IN (SELECT value FROM json_each(?)))")
        values.append(many(sorted(filters.actors)))
    if filters.documents:
        parts.append("s.document IN (SELECT n FROM document WHERE id IN (SELECT value FROM json_each(?)))")
        values.append(many(sorted(filters.documents)))
    return " AND ".join(parts), values


def _passage_condition(filters: Filters) -> tuple[str, list[str]]:
    if not (filters.kinds or filters.levels or filters.themes or filters.actors):
        return _statement_condition(filters)
    condition, values = _statement_condition(filters)
    return f"s.n IN (SELECT s.passage FROM seen_statement s WHERE {condition})", values
