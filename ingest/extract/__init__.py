"""Extraction: the statements of a document, and what it says about how they hang together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.cues import announced, cues
from corpus.phrases import words_of
from graph.model import Kind, Link, Origin, Statement, passage_id, statement_ids
from ingest.document import Block, ReadDocument
from ingest.extract.found import Span

if TYPE_CHECKING:
    from ingest.extract.attributes import Attributes

__all__ = ["Extraction", "extract"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a document says: its statements by place, and the links that it states between them."""

    statements: tuple[Statement, ...]
    links: tuple[Link, ...]


def extract(document: ReadDocument, document_id: str) -> Extraction:
    """The statements of a document and the links that it states; ``document_id`` is its id in the graph."""
    from ingest.extract.attributes import attributes
    from ingest.extract.columns import placed
    from ingest.extract.legend import settled
    from ingest.extract.units import spans
    from ingest.link import links, reasoned

    document = placed(document)
    found = reasoned(document, settled(document, spans(document)))
    about = attributes(document, found)
    quotes = [document.blocks[span.block].text[span.start : span.end] for span in found]
    ids = statement_ids(document_id, quotes)
    statements = tuple(
        statement(document, document_id, *parts) for parts in zip(found, quotes, ids, about, strict=True)
    )
    stated = (
        Link(ids[link.source], link.relation, ids[link.target], Origin.STATED, link.confidence, link.rule, link.cue)
        for link in links(document, found)
    )
    return Extraction(statements, tuple(stated))


def introduction(block: Block) -> str | None:
    """The line that a list item or cell needs to make sense: the nearest one above it, or None.

    A line that only announces what follows ("De volgende knelpunten …") is none, nor is a heading (the section has it),
    unless it states a problem itself ("Geen goede overdracht:").
    """
    nearest = block.lead_in[-1] if block.lead_in else ""
    if announced(nearest) or (nearest in block.headings and not _states_a_problem(nearest)):
        return None
    return nearest.rstrip(" :") or None


def _states_a_problem(text: str) -> bool:
    known = cues()
    found = known.phrases.find([word for word, _, _ in words_of(text)])
    return any(known.families[family].kind == Kind.BOTTLENECK for _, _, family in found)


def statement(
    document: ReadDocument, document_id: str, span: Span, quote: str, id: str, about: Attributes
) -> Statement:
    """The statement that stands at a span. ``about`` are its attributes."""
    block = document.blocks[span.block]
    return Statement(
        id=id,
        document_id=document_id,
        passage_id=passage_id(document_id, span.block),
        start=span.start,
        end=span.end,
        kind=span.kind,
        quote=quote,
        lead_in=introduction(block),
        page=block.page_at(span.start),
        section=block.section,
        level=about.level,
        theme=about.theme,
        actors=about.actors,
        experienced_by=about.experienced_by,
        effort=about.effort,
        term=about.term,
        confidence=span.confidence,
        rule=span.rule,
        cue=span.cue,
    )
