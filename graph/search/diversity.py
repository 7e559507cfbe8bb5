"""Of hits that are as good as each other, those of different documents first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from graph.search.answer import Hit


def spread(hits: Sequence[Hit]) -> Iterator[Hit]:
    """The hits, best first; of those with one score those of a document that no earlier hit came from go first."""
    shown: set[str] = set()
    for _, group in groupby(hits, key=lambda hit: hit.score):
        equal = list(group)
        while equal:
            hit = next((one for one in equal if _document(one) not in shown), equal[0])
            equal.remove(hit)
            shown.add(_document(hit))
            yield hit


def _document(hit: Hit) -> str:
    if hit.statements:
        return hit.statements[0].document_id
    return hit.passage.document_id if hit.passage else ""
