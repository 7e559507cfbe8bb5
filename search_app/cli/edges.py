"""How relations are told: in words, with who says so and the quotes that they rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from search_app.cli.screen import line, said, shaped, source

if TYPE_CHECKING:
    from graph.model import Edge, Node
    from graph.store.base import Store


class Rests(Protocol):
    """What rests on pairs of statements."""

    @property
    def evidence(self) -> tuple[tuple[str, str], ...]: ...


class Teller:
    """Tells relations; looks up once all the statements that they rest on."""

    def __init__(self, store: Store, edges: Collection[Rests]) -> None:
        ids = {id for edge in edges for pair in edge.evidence for id in pair}
        self._statements = {statement.id: statement for statement in store.statements(ids)}
        self._documents = {document.id: document for document in store.documents()}

    def relation(self, edge: Edge, seen_from: str, nodes: Mapping[str, Node]) -> None:
        """One relation, as seen from one of its ends, with its evidence."""
        from search_app.words import node_label, origin_word, relation_word

        back = edge.target == seen_from and edge.source != seen_from
        other = nodes.get(edge.source if back else edge.target)
        if other is not None:
            words = relation_word(edge.relation, back=back)
            line(
                f"{words}: {shaped(other.kind, node_label(other))}  ({origin_word(edge.origin)})  {other.id}",
                indent=2,
                hang=4,
            )
            self.evidence(edge)

    def way(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> None:
        """Nodes one after the other, with what ties each to the next."""
        from search_app.words import node_label, origin_word, relation_word

        for i, node in enumerate(nodes):
            line(f"{shaped(node.kind, node_label(node))}  {node.id}", indent=2, hang=4)
            if i < len(edges):
                words = relation_word(edges[i].relation, back=edges[i].source != node.id)
                line(f"↓ {words} ({origin_word(edges[i].origin)})", indent=4)
                self.evidence(edges[i])

    def evidence(self, edge: Rests) -> None:
        """The quotes that a relation rests on, each once."""
        for id in dict.fromkeys(id for pair in edge.evidence for id in pair):
            if statement := self._statements.get(id):
                where = source(self._documents[statement.document_id], statement.page)
                line(f"{said(statement)} ({where})", indent=6, hang=7, dim=True)
