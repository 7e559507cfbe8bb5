"""Where an SQLite graph keeps what :mod:`graph.store.rim` counts of actors and themes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence

from graph.model import Node, Theme
from graph.store import rim
from graph.store.rim import Change, Told
from graph.store.sqlite_rows import many

_TOLD = "t.document, t.source, t.public_source, t.names"


class Shelf:
    """A :class:`graph.store.rim.Shelf` inside one write transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def told(self, documents: Collection[int]) -> dict[int, Told]:
        return self._told("json_each(?) j CROSS JOIN told t ON t.document = j.value", documents)

    def sources(self, documents: Collection[int]) -> dict[int, tuple[int, int | None]]:
        query = (
            "SELECT d.n, coalesce(d.source, d.n), iif(d.access = 'public', coalesce(d.public_source, d.n), NULL)"
            " FROM json_each(?) j CROSS JOIN document d ON d.n = j.value"
        )
        return {n: (source, public) for n, source, public in self._connection.execute(query, (many(documents),))}

    def sharing(self, sources: Collection[int]) -> dict[int, Told]:
        found = self._told("json_each(?) j CROSS JOIN told t ON t.source = j.value", sources)
        return found | self._told("json_each(?) j CROSS JOIN told t ON t.public_source = j.value", sources)

    def tell(self, told: Mapping[int, Told | None]) -> None:
        self._connection.executemany("DELETE FROM told WHERE document = ?", [(n,) for n in told])
        self._connection.executemany(
            "INSERT INTO told VALUES (?, ?, ?, ?)",
            [
                (n, t.source, t.public_source, json.dumps(sorted(t.names), ensure_ascii=False))
                for n, t in told.items()
                if t is not None
            ],
        )

    def add(self, changes: Mapping[str, Change]) -> None:
        self._connection.executemany(
            "INSERT INTO rim VALUES (?1, ?2, ?3) ON CONFLICT (id)"
            " DO UPDATE SET support = support + ?2, public_support = public_support + ?3",
            [(id, c.support, c.public_support) for id, c in changes.items()],
        )
        self._connection.executemany(
            "INSERT INTO rim_name VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id, name)"
            " DO UPDATE SET documents = documents + ?3, public_documents = public_documents + ?4",
            [(id, name, *counted) for id, c in changes.items() for name, counted in c.names.items()],
        )
        for table, column in (("rim", "support"), ("rim_name", "documents")):
            self._connection.executemany(
                f"DELETE FROM {table} WHERE id = ? AND {column} = 0", [(id,) for id in changes]
            )

    def _told(self, tables: str, values: Collection[int]) -> dict[int, Told]:
        found = self._connection.execute(f"SELECT {_TOLD} FROM {tables}", (many(values),))
        return {
            n: Told(source, public, frozenset((id, name) for id, name in json.loads(names)))
            for n, source, public, names in found
        }


def miscounted(connection: sqlite3.Connection) -> int:
    """Of how many actors and themes something else is kept than the statements that the session may see say."""
    # not from mention, which has one of the names that a statement gives an actor
    told = connection.execute(
        "SELECT DISTINCT d.source, d.access <> 'public', s.actors, s.experienced_by, s.theme"
        " FROM seen_statement s JOIN seen_document d ON d.n = s.document"
    )
    spoken = (
        (id, name, source, internal)
        for source, internal, actors, experienced_by, theme in told
        for id, name in rim.named((*json.loads(actors), *json.loads(experienced_by)), theme)
    )
    return rim.miscounted(connection.execute("SELECT id, support, name, internal FROM seen_rim"), spoken)


def nodes(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Node]:
    """Those of the ids that are an actor or theme that the session may see."""
    query = (
        "SELECT r.id, min(r.name), r.support, max(r.internal) FROM json_each(?) j CROSS JOIN seen_rim r"
        " ON r.id = j.value GROUP BY r.id"
    )
    return [
        Node(id, "theme", name, theme=Theme(name), support=support, internal=bool(internal))
        if id.startswith("theme-")
        else Node(id, "actor", name, support=support, internal=bool(internal))
        for id, name, support, internal in connection.execute(query, (many(ids),))
    ]
