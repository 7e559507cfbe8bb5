"""All links that a document states, each pair once."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Relation
from ingest.document import ReadDocument
from ingest.extract.found import Span
from ingest.link.beyond import beyond
from ingest.link.boards import ARROW, boards
from ingest.link.claims import SpanLink
from ingest.link.numbered import numbered
from ingest.link.running import running
from ingest.link.tables import tables

RULES = (running, tables, boards, numbered, beyond)
"""What looks for links, the surest first."""


SURE = 0.75
"""A link less sure than this counts only where its reason or remedy has no surer one."""


def links(document: ReadDocument, spans: Sequence[Span]) -> list[SpanLink]:
    """The links that the source states between the statements at ``spans``, by source and target.

    One link a pair: the surest; never both ``CAUSED_BY`` and ``LEADS_TO`` between two statements, in whatever direction,
    unless a board draws an arrow each way: those are two claims.
    """
    best: dict[tuple[bool, frozenset[int], int], SpanLink] = {}
    for rule in RULES:
        for link in rule(document, spans):
            reason = link.target if link.relation is Relation.CAUSED_BY else link.source
            pair = frozenset((link.source, link.target))
            key = (link.relation is Relation.ADDRESSES, pair, reason if link.rule == ARROW else -1)
            if key not in best or link.confidence > best[key].confidence:
                best[key] = link
    told = {_teller(link) for link in best.values() if link.confidence >= SURE}
    kept = [link for link in best.values() if link.confidence >= SURE or _teller(link) not in told]
    return sorted(kept, key=lambda link: (link.source, link.target, link.relation))


def _teller(link: SpanLink) -> tuple[bool, int]:
    """The reason or the remedy of a link: the statement that is there to be tied to another."""
    return link.relation is Relation.ADDRESSES, link.target if link.relation is Relation.CAUSED_BY else link.source
