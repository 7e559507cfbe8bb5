"""Extraction: the statements of a document, and what it says about how they hang together."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Link, Statement, passage_id, statement_ids
from ingest.document import ReadDocument
from ingest.extract.found import Span

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document says: its statements by place, and the links that it states between them."""

    statements: tuple[Statement, ...]
    links: tuple[Link, ...]


def extract(document: ReadDocument, document_id: str) -> Extraction:
    """The statements of a document and the links that it states; ``document_id`` is its id in the graph."""
    from ingest.extract.units import spans

    found = spans(document)
    about = [None for _ in found]
    quotes = [document.blocks[span.block].text[span.start : span.end] for span in found]
    ids = statement_ids(document_id, quotes)
    statements = tuple(
        _statement(document, document_id, *parts) for parts in zip(found, quotes, ids, about, strict=True)
    )
    return Extraction(statements, ())


def _statement(document: ReadDocument, document_id: str, span: Span, quote: str, id: str, about: None) -> Statement:
    block = document.blocks[span.block]
    lead_in = ": ".join(line.rstrip(" :") for line in block.lead_in) or None
    return Statement(
        id=id,
        document_id=document_id,
        passage_id=passage_id(document_id, span.block),
        start=span.start,
        end=span.end,
        kind=span.kind,
        quote=quote,
        lead_in=lead_in,
        page=block.page_at(span.start),
        section=" > ".join(block.headings),
        confidence=span.confidence,
        rule=span.rule,
        cue=span.cue,
    )
