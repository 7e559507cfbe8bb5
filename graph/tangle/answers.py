"""Which problems have no solution."""

from __future__ import annotations

from graph.model import Concept, Kind, Relation
from graph.store.base import Filters, Store


def unanswered(store: Store, filters: Filters = Filters(), limit: int | None = None) -> list[Concept]:
    """The bottlenecks and causes that no solution addresses, most supported first."""
    answered = {e.target for e in store.claims() if e.relation == Relation.ADDRESSES}
    found = [c for c in store.concepts(filters=filters) if c.kind != Kind.SOLUTION and c.id not in answered]
    return found[:limit]
