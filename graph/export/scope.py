"""Which part of a graph is exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.model import Document, Statement, Theme
from graph.store.base import Store
from graph.tangle.walk import neighbourhood

_ALL = 1_000_000
"""As many nodes around one as a graph may ever have."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an export is limited to; what is left out limits nothing, and several limits hold together.

    ``around`` a node's id, with what stands within ``hops`` steps of it (at most ``limit`` nodes, as
    :func:`graph.tangle.neighbourhood` chooses them, so that an export can hold what a page shows); ``hits`` ids of concepts, statements or passages,
    as a search gives them; statements about one of ``themes``; of ``documents`` (id, file name or title).
    """

    around: str | None = None
    hops: int = 2
    limit: int = _ALL
    hits: tuple[str, ...] | None = None
    themes: frozenset[Theme] = frozenset()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """A scope looked up in a graph: which documents, statements (by theme) and concepts belong to it; None for all."""

    documents: tuple[Document, ...]
    themes: frozenset[Theme]
    concepts: frozenset[str] | None
    statements: frozenset[str] | None
    whole: bool
    """Whether nothing is left out."""

    def takes(self, statement: Statement) -> bool:
        """Whether a statement of one of the documents belongs to it."""
        return (
            (not self.themes or statement.theme in self.themes)
            and (self.concepts is None or statement.concept_id in self.concepts)
            and (self.statements is None or statement.id in self.statements)
        )


def select(store: Store, scope: Scope) -> Selection:
    """Look up what a scope names; raises KluwenError for a node or document that is not there."""
    documents = tuple(dict.fromkeys(map(store.document, scope.documents))) or tuple(store.documents())
    concepts: frozenset[str] | None = None
    statements: frozenset[str] | None = None
    if scope.around is not None:
        around = neighbourhood(store, scope.around, scope.hops, scope.limit)
        concepts = frozenset(n.id for n in around.nodes)
    if scope.hits is not None:
        whole = {c.id for c in store.concepts([id for id in scope.hits if not id.startswith("pas-")])}
        passages = {id for id in scope.hits if id.startswith("pas-")}
        found = store.statements(concept_ids=whole)
        for document_id in {p.document_id for p in store.passages(passages)}:
            found += [s for s in store.statements(document_id=document_id) if s.passage_id in passages]
        statements = frozenset(s.id for s in found)
    whole_graph = scope == Scope(hops=scope.hops, limit=scope.limit)
    return Selection(documents, scope.themes, concepts, statements, whole_graph)


def selected(store: Store, selection: Selection) -> Iterator[tuple[Document, list[Statement]]]:
    """The statements of a selection, one document at a time."""
    for document in selection.documents:
        yield document, [s for s in store.statements(document_id=document.id) if selection.takes(s)]
