"""Where a Neo4j graph keeps what :mod:`graph.store.rim` counts of actors and themes.

A ``KluwenTold`` node says what a document was counted for; a ``KluwenRim`` node has the counts of an actor or theme, its
``documents`` and ``public_documents`` in the order of its ``names``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from graph.model import Node, Theme
from graph.store import rim
from graph.store.neo4j_rows import batches
from graph.store.neo4j_server import Ask
from graph.store.rim import Change, Told

_SOURCES = "coalesce(d.source, d.n), CASE WHEN d.access = 'public' THEN coalesce(d.public_source, d.n) ELSE null END"
_COUNTS = "r.id, r.support, r.public_support, r.names, r.documents, r.public_documents"


class Shelf:
    """A :class:`graph.store.rim.Shelf` inside one write transaction."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def told(self, documents: Collection[int]) -> dict[int, Told]:
        return self._told("MATCH (t:KluwenTold {id: n})", documents)

    def sources(self, documents: Collection[int]) -> dict[int, tuple[int, int | None]]:
        found = self._ask(f"UNWIND $ns AS n MATCH (d:Document {{n: n}}) RETURN n, {_SOURCES}", ns=list(documents))
        return {n: (source, public) for n, source, public in found}

    def sharing(self, sources: Collection[int]) -> dict[int, Told]:
        return self._told(
            "CALL (n) { MATCH (t:KluwenTold {source: n}) RETURN t UNION MATCH (t:KluwenTold {public_source: n}) RETURN t }",
            sources,
        )

    def tell(self, told: Mapping[int, Told | None]) -> None:
        if gone := [n for n, t in told.items() if t is None]:
            self._ask("UNWIND $ns AS n MATCH (t:KluwenTold {id: n}) DELETE t", ns=gone)
        rows: list[dict[str, Any]] = []
        for n, t in told.items():
            if t is not None:
                names = sorted(t.names)
                said = {"nodes": [id for id, _ in names], "names": [name for _, name in names]}
                rows.append({"id": n, "about": said | {"source": t.source, "public_source": t.public_source}})
        for some in batches(rows):
            self._ask(
                "UNWIND $rows AS row MERGE (t:KluwenTold {id: row.id}) SET t.name = 'told ' + row.id, t += row.about",
                rows=list(some),
            )

    def add(self, changes: Mapping[str, Change]) -> None:
        kept = {row[0]: row[1:] for row in _counts(self._ask, list(changes))}
        rows: list[dict[str, Any]] = []
        gone: list[str] = []
        for id, change in changes.items():
            support, public_support, names, documents, public = kept.get(id, (0, 0, [], [], []))
            counted = {name: (d, p) for name, d, p in zip(names, documents, public, strict=True)}
            for name, (more, public_more) in change.names.items():
                d, p = counted.get(name, (0, 0))
                counted[name] = (d + more, p + public_more)
            left = {name: both for name, both in sorted(counted.items()) if both[0]}
            if not left:
                gone.append(id)
                continue
            rows.append(
                {
                    "id": id,
                    "name": _first(left),
                    "support": support + change.support,
                    "public_support": public_support + change.public_support,
                    "names": list(left),
                    "documents": [d for d, _ in left.values()],
                    "public_documents": [p for _, p in left.values()],
                }
            )
        for some in batches(rows):
            self._ask("UNWIND $rows AS row MERGE (r:KluwenRim {id: row.id}) SET r += row", rows=list(some))
        if gone:
            self._ask("UNWIND $ids AS id MATCH (r:KluwenRim {id: id}) DELETE r", ids=gone)

    def _told(self, pattern: str, values: Collection[int]) -> dict[int, Told]:
        found = self._ask(
            f"UNWIND $ns AS n {pattern} RETURN t.id, t.source, t.public_source, t.nodes, t.names", ns=list(values)
        )
        return {
            n: Told(source, public, frozenset(zip(nodes, names, strict=True)))
            for n, source, public, nodes, names in found
        }


def nodes(ask: Ask, ids: Sequence[str]) -> list[Node]:
    """Those of the ids that are an actor or theme that the session may see."""
    found = []
    for id, support, seen in _seen(ask, _counts(ask, ids)) if ids else ():
        name = _first(seen)
        theme = Theme(name) if id.startswith("theme-") else None
        kind = "theme" if theme else "actor"
        found.append(Node(id, kind, name, theme=theme, support=support, internal=any(seen.values())))
    return found


def miscounted(ask: Ask) -> int:
    """Of how many actors and themes something else is kept than the statements that the session may see say."""
    source = "public_source" if ask.public else "source"
    told = ask(
        "MATCH (s:Statement) WHERE s.access IN $seen MATCH (d:Document {id: s.document_id})"
        f" RETURN DISTINCT coalesce(d.{source}, d.n), d.access <> 'public', s.actors + s.experienced_by, s.theme"
    )
    spoken = (
        (id, name, source, internal)
        for source, internal, actors, theme in told
        for id, name in rim.named(actors, theme)
    )
    kept = ask(f"MATCH (r:KluwenRim) RETURN {_COUNTS}")
    return rim.miscounted(
        ((id, support, name, hidden) for id, support, seen in _seen(ask, kept) for name, hidden in seen.items()), spoken
    )


def count(ask: Ask, documents: Sequence[int]) -> None:
    """Count these documents (by number) of a graph that has no counts of them yet, or has them already."""
    said: dict[int, set[tuple[str, str]]] = {n: set() for n in documents}
    query = (
        "UNWIND $ns AS n MATCH (d:Document {n: n}) MATCH (s:Statement {document_id: d.id})"
        " RETURN DISTINCT n, s.actors + s.experienced_by, s.theme"
    )
    for n, names, theme in ask(query, ns=list(documents)):
        said[n].update(rim.named(names, theme))
    rim.settle(Shelf(ask), {n: frozenset(names) for n, names in said.items()})


def _counts(ask: Ask, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    return ask(f"UNWIND $ids AS id MATCH (r:KluwenRim {{id: id}}) RETURN {_COUNTS}", ids=list(ids))


def _seen(ask: Ask, counts: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, int, dict[str, bool]]]:
    """The id, the support and the names that the session sees of actors and themes; with each name whether an internal
    document uses it."""
    for id, support, public_support, names, documents, public in counts:
        both = zip(names, documents, public, strict=True)
        seen = {name: not ask.public and d > p for name, d, p in both if p or not ask.public}
        if seen:
            yield id, public_support if ask.public else support, seen


def _first(names: Collection[str]) -> str:
    """The name to be called by, in SQLite's order."""
    return min(names, key=str.encode)
