"""In how many statements and passages each word of a Neo4j graph stands, of all and of the public ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Literal

from graph.model import Access
from graph.store.neo4j_rows import Row, batches
from graph.store.neo4j_search import key
from graph.store.neo4j_server import Ask

Of = Literal["statements", "passages"]
_COLUMNS = ("statements", "public_statements", "passages", "public_passages")


class Tally:
    """Keeps count of the terms that come and go with what is written."""

    def __init__(self) -> None:
        self._counted: dict[str, Counter[str]] = {column: Counter() for column in _COLUMNS}

    def add(self, of: Of, terms: Collection[str], access: Access, many: int = 1) -> None:
        """Count the different terms of a node as many times more, or fewer."""
        self._count(of, terms, many)
        if access == Access.PUBLIC:
            self.publish(of, terms, many)

    def publish(self, of: Of, terms: Collection[str], many: int) -> None:
        """The same of the public counts alone."""
        self._count(f"public_{of}", terms, many)

    def _count(self, column: str, terms: Collection[str], many: int) -> None:
        counted = self._counted[column]
        for term in terms:
            counted[term] += many

    def write(self, ask: Ask) -> None:
        """Add what was counted to the graph's counts."""
        changed = {term for counted in self._counted.values() for term, count in counted.items() if count}
        rows: list[Row] = []
        gone: list[str] = []
        for term in sorted(changed):
            counts = {column: self._counted[column][term] for column in _COLUMNS}
            rows.append({"id": key(term), **counts})
            gone += [key(term)] if min(counts.values()) < 0 else []
        add = ", ".join(f"t.{c} = coalesce(t.{c}, 0) + row.{c}" for c in _COLUMNS)
        for some in batches(rows):
            ask(f"UNWIND $rows AS row MERGE (t:KluwenTerm {{id: row.id}}) SET t.name = row.id, {add}", rows=list(some))
        query = "UNWIND $ids AS id MATCH (t:KluwenTerm {id: id}) WHERE t.statements = 0 AND t.passages = 0 DELETE t"
        for run in batches(gone):
            ask(query, ids=list(run))
