"""All links that a document states, each pair once."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Relation
from ingest.document import ReadDocument
from ingest.extract.found import Span
from ingest.link.claims import SpanLink
from ingest.link.running import running

RULES = (running,)
"""What looks for links, the surest first."""


def links(document: ReadDocument, spans: Sequence[Span]) -> list[SpanLink]:
    """The links that the source states between the statements at ``spans``, by source and target.

    One link a pair: the surest; never both ``CAUSED_BY`` and ``LEADS_TO`` between two statements, in whatever direction.
    """
    best: dict[tuple[bool, frozenset[int]], SpanLink] = {}
    for rule in RULES:
        for link in rule(document, spans):
            key = (link.relation is Relation.ADDRESSES, frozenset((link.source, link.target)))
            if key not in best or link.confidence > best[key].confidence:
                best[key] = link
    return sorted(best.values(), key=lambda link: (link.source, link.target, link.relation))
