"""Statements as short quotes, each with its passage, document and place looked up."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Statement
from search_app import session
from search_app.pieces.quotes import quote


def quoted(library: session.Library, statements: Sequence[Statement]) -> list[str]:
    """The HTML of each statement's quote, in that order."""
    passages = library.passages(tuple(sorted({each.passage_id for each in statements})))
    return [
        quote(
            each,
            passages.get(each.passage_id),
            library.documents()[each.document_id],
            short=True,
            locks=not library.public,
        )
        for each in statements
    ]
