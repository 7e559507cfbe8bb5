"""Many documents in batches of a good size: as many in one transaction as make it quick, as few as keep memory bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.model import Contents

ROWS = 4_000
"""Passages and statements of a batch, unless one document alone has more."""
DOCUMENTS = 50
"""Documents of a batch at most: someone is told how far it is when one is there."""
LETTERS = 2_000_000
"""Letters of its passages, likewise."""


def batches(documents: Iterable[Contents]) -> Iterator[list[Contents]]:
    """The documents in their order, in batches for :meth:`graph.store.base.Store.put_all`."""
    batch: list[Contents] = []
    rows = letters = 0
    for contents in documents:
        more = len(contents.passages) + len(contents.statements)
        text = sum(len(passage.text) for passage in contents.passages)
        if len(batch) == DOCUMENTS or (batch and (rows + more > ROWS or letters + text > LETTERS)):
            yield batch
            batch, rows, letters = [], 0, 0
        batch.append(contents)
        rows, letters = rows + more, letters + text
    if batch:
        yield batch
