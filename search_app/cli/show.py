"""``kluwen show``: one thing of the graph, with the words and the place that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State
from search_app.cli.contraries import contraries
from search_app.cli.edges import Teller
from search_app.cli.screen import heading, line, quoted, quotes, said, shaped, source

if TYPE_CHECKING:
    from graph.model import Concept, Document, Node, Statement
    from graph.store.base import Store


@click.command("show", cls=Command)
@click.argument("id", metavar="ID")
@click.pass_obj
def command(state: State, id: str) -> None:
    from search_app.words import node_label

    with state.open() as store:
        documents = {document.id: document for document in store.documents()}
        if statements := store.statements([id]):
            _statement(store, statements[0], documents)
        elif passages := store.passages([id]):
            passage = passages[0]
            quoted(f"“{passage.text}”", source(documents[passage.document_id], passage.page, passage.section), indent=0)
            for statement in store.statements(document_id=passage.document_id):
                if statement.passage_id == passage.id:
                    _mention(statement)
        elif (node := _node(store, id)) is not None:
            if concepts := store.concepts([node.id]):
                _concept(store, concepts[0], documents)
            else:
                line(shaped(node.kind, node_label(node)))
                _relations(store, node.id)
        else:
            _document(store, store.document(id))


def _node(store: Store, id: str) -> Node | None:
    """The concept, actor or theme of this id, or None; ids of merged concepts lead to what they became."""
    try:
        found = store.nodes([store.resolve(id)])
    except KluwenError:
        return None
    return found[0] if found else None


def _document(store: Store, document: Document) -> None:
    from search_app.words import access_word

    line(document.title, bold=True)
    rows = {
        "name": document.name,
        "publisher": document.publisher,
        "date": document.date,
        "access": access_word(document.access),
        "pages": document.pages,
        "path": document.path,
        "added": document.added,
        "sha256": document.sha256,
        "id": document.id,
    }
    _rows(rows)
    statements = store.statements(document_id=document.id)
    heading(quotes(len(statements)))
    for statement in statements:
        _mention(statement)


def _statement(store: Store, statement: Statement, documents: dict[str, Document]) -> None:
    from search_app.words import effort_word, found_word, kind_word, level_word, term_word, theme_word

    line(shaped(statement.kind, kind_word(statement.kind)))
    quoted(said(statement), source(documents[statement.document_id], statement.page, statement.section))
    _rows(
        {
            "level": statement.level and level_word(statement.level),
            "theme": statement.theme and theme_word(statement.theme),
            "actors": ", ".join(statement.actors),
            "experienced_by": ", ".join(statement.experienced_by),
            "effort": statement.effort and effort_word(statement.effort),
            "term": statement.term and term_word(statement.term),
            "found": found_word(statement.origin),
            "rule": statement.rule,
            "cue": statement.cue,
            "confidence": f"{statement.confidence:.2f}",
            "concept": statement.concept_id,
            "id": statement.id,
        }
    )
    links = store.links([statement.id])
    others = {each.id: each for each in store.statements({id for link in links for id in (link.source, link.target)})}
    if links:
        heading(say("command.show_links"))
    for link in links:
        back = link.target == statement.id
        other = others.get(link.source if back else link.target)
        if other is not None:
            _line_of(link.relation, back, link.origin, said(other), other.kind, other.id)
            why = " · ".join(part for part in (link.rule, link.cue, f"{link.confidence:.2f}") if part)
            line(why, indent=4, dim=True)


def _concept(store: Store, concept: Concept, documents: dict[str, Document]) -> None:
    from search_app.words import counted, effort_word, kind_word, level_word, term_word, theme_word

    line(shaped(concept.kind, kind_word(concept.kind)))
    line(concept.label, bold=True)
    _rows(
        {
            "level": concept.level and level_word(concept.level),
            "theme": concept.theme and theme_word(concept.theme),
            "actors": ", ".join(concept.actors),
            "experienced_by": ", ".join(concept.experienced_by),
            "effort": concept.effort and effort_word(concept.effort),
            "term": concept.term and term_word(concept.term),
            "support": counted(concept.support, "document"),
            "id": concept.id,
        }
    )
    heading(say("command.show_quotes"))
    for statement in store.statements(concept_ids=[concept.id]):
        quoted(said(statement), source(documents[statement.document_id], statement.page, statement.section))
        line(statement.id, indent=3, dim=True)
    contraries(store, say("command.show_contraries"), [concept.id])
    _relations(store, concept.id)
    _inferred(store, concept.id)


def _inferred(store: Store, id: str) -> None:
    """What may hold because it is said of what is perhaps the same: under a heading of its own."""
    from graph.tangle import inferred

    found = inferred(store, id)
    if not found:
        return
    heading(say("command.show_inferred"))
    teller = Teller(store, [each.edge for each in found])
    nodes = {
        node.id: node for node in store.nodes({end for each in found for end in (each.edge.source, each.edge.target)})
    }
    for each in found:
        teller.relation(each.edge, id, nodes)
        because = say("command.show_because", percent=round(each.sure * 100), label=each.twin.label)
        line(f"{because}  {each.twin.id}", indent=6, hang=7, dim=True)


def _relations(store: Store, id: str) -> None:
    """The relations of a node, each with the words that it rests on."""
    edges = store.edges([id])
    nodes = {node.id: node for node in store.nodes({end for edge in edges for end in (edge.source, edge.target)})}
    teller = Teller(store, edges)
    if edges:
        heading(say("command.show_links"))
    for edge in edges:
        teller.relation(edge, id, nodes)


def _line_of(relation: str, back: bool, origin: str, label: str, kind: str, id: str) -> None:
    from search_app.words import origin_word, relation_word

    words = relation_word(relation, back=back)
    line(f"{words}: {shaped(kind, label)}  [{origin_word(origin)}] {id}", indent=2, hang=4)


def _mention(statement: Statement) -> None:
    from search_app.words import kind_word

    page = say("command.on_page", page=statement.page) if statement.page else ""
    line(f"{shaped(statement.kind, kind_word(statement.kind))}: {said(statement)}{page}", indent=2, hang=4)
    line(statement.id, indent=4, dim=True)


def _rows(values: Mapping[str, object]) -> None:
    """What is known, a line each; what is not known is left out."""
    known = {say(f"command.show_{key}"): value for key, value in values.items() if value not in (None, "")}
    wide = max(map(len, known), default=0)
    for name, value in known.items():
        line(f"{name:<{wide}}  {value}", indent=2, hang=4 + wide)
