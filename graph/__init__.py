"""The graph: its model, its stores, meaning, search, tangles and exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.meaning.base import Encoder
    from graph.store.base import Store
    from graph.tangle import Answer

__all__ = ["open", "solutions_for"]


def open(url: str, *, public: bool = False, create: bool = False) -> Store:  # noqa: A001 (called as graph.open)
    """The graph at ``url``: a path of a file, or the address of a Neo4j server (``neo4j://``, ``bolt://``, and ``+s``).

    With ``public`` it shows only what rests on public documents, and nothing can be written. Only with ``create`` is a
    graph made where there is none. Raises KluwenError for what cannot be opened, saying why.
    """
    from corpus.errors import KluwenError

    scheme = re.match(r"([a-z][a-z0-9+.-]+)://", str(url), re.IGNORECASE)
    if scheme:
        if scheme[1].lower() not in _NEO4J:
            raise KluwenError("store.unknown_scheme", url=str(url), scheme=scheme[1])
        from graph.store.neo4j import Neo4jStore

        return Neo4jStore(str(url), public=public, create=create)
    from graph.store.sqlite import SqliteStore

    return SqliteStore(url, public=public, create=create)


_NEO4J = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def solutions_for(
    store: Store, node_id: str, limit: int = 20, causes: int = 2, *, encoder: Encoder | None = None
) -> list[Answer]:
    """The solutions for a problem of a graph, the nearest first: :func:`graph.tangle.solutions_for`."""
    from graph.tangle import solutions_for as found

    return found(store, node_id, limit, causes, encoder=encoder)
