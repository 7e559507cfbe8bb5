"""Statements and links as records for other programs. Their keys are a contract: ``docs/formats.md`` describes each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from graph.export.scope import Selection, selected
from graph.model import Document, Link, Statement
from graph.store.base import Store

Value: TypeAlias = str | int | float | list[str] | None

STATEMENT_KEYS = (
    "id",
    "document",
    "document_id",
    "type",
    "quote",
    "text",
    "page",
    "section",
    "level",
    "theme",
    "actors",
    "experienced_by",
    "effort",
    "term",
    "confidence",
    "origin",
    "concept",
)
LINK_KEYS = ("source", "type", "target", "source_concept", "target_concept", "origin", "confidence")


def statement_record(s: Statement, document: Document) -> dict[str, Value]:
    """A statement with all of :data:`STATEMENT_KEYS`; None where the source says nothing."""
    return {
        "id": s.id,
        "document": document.name,
        "document_id": s.document_id,
        "type": s.kind.value,
        "quote": s.quote,
        "text": s.text,
        "page": s.page,
        "section": s.section,
        "level": s.level and s.level.value,
        "theme": s.theme and s.theme.value,
        "actors": list(s.actors),
        "experienced_by": list(s.experienced_by),
        "effort": s.effort and s.effort.value,
        "term": s.term and s.term.value,
        "confidence": round(s.confidence, 4),
        "origin": s.origin.value,
        "concept": s.concept_id,
    }


def link_record(link: Link, source_concept: str, target_concept: str) -> dict[str, Value]:
    """A link with all of :data:`LINK_KEYS`."""
    return {
        "source": link.source,
        "type": link.relation.value,
        "target": link.target,
        "source_concept": source_concept,
        "target_concept": target_concept,
        "origin": link.origin.value,
        "confidence": round(link.confidence, 4),
    }


def statement_records(store: Store, selection: Selection) -> Iterator[dict[str, Value]]:
    """The statements of a selection, document by document."""
    for document, statements in selected(store, selection):
        for s in statements:
            yield statement_record(s, document)


def link_records(store: Store, selection: Selection) -> Iterator[dict[str, Value]]:
    """The links both of whose ends are in a selection."""
    documents = {d.id for d in selection.documents}
    for _, statements in selected(store, selection):
        concepts = {s.id: s.concept_id for s in statements}
        links = [link for link in store.links(list(concepts)) if link.source in concepts]
        # the other end of an inferred or curated link may stand in another document
        others = store.statements({link.target for link in links} - concepts.keys())
        concepts |= {s.id: s.concept_id for s in others if s.document_id in documents and selection.takes(s)}
        for link in links:
            if link.target in concepts:
                yield link_record(link, concepts[link.source], concepts[link.target])
