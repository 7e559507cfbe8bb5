"""The graph: its model, its stores, meaning, search, tangles and exports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.store.base import Store

__all__ = ["open"]


def open(url: str, *, public: bool = False, create: bool = False) -> Store:  # noqa: A001 (called as graph.open)
    """The graph at ``url``, a path of a file.

    With ``public`` it shows only what rests on public documents, and nothing can be written. Only with ``create`` is a
    file made where there is none. Raises KluwenError for what cannot be opened, saying why.
    """
    from corpus.errors import KluwenError

    scheme = re.match(r"([a-z][a-z0-9+.-]+)://", str(url), re.IGNORECASE)
    if scheme:
        known = scheme[1].lower().split("+")[0] in ("neo4j", "bolt")
        raise KluwenError("store.neo4j_later" if known else "store.unknown_scheme", url=str(url), scheme=scheme[1])
    from graph.store.sqlite import SqliteStore

    return SqliteStore(url, public=public, create=create)
