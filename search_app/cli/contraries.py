"""Statements that say the opposite of each other, side by side with their places."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from search_app.cli.screen import heading, line, quoted, said, source

if TYPE_CHECKING:
    from graph.store.base import Store

SHOWN = 10


def contraries(store: Store, title: str, concept_ids: Collection[str] | None = None) -> None:
    """The surest pairs, under a title; nothing where there are none."""
    pairs = store.contraries(concept_ids, SHOWN)
    if not pairs:
        return
    statements = {s.id: s for s in store.statements({id for a, b, _ in pairs for id in (a, b)})}
    documents = {d.id: d for d in store.documents({s.document_id for s in statements.values()})}
    heading(title)
    for number, (a, b, sure) in enumerate(pairs, 1):
        line(f"{number}. {round(sure * 100)} %", indent=2)
        for statement in (statements[a], statements[b]):
            quoted(
                said(statement), source(documents[statement.document_id], statement.page, statement.section), indent=4
            )
            line(statement.concept_id, indent=5, dim=True)
