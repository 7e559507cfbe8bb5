"""The panel beside the network: what a point is, why we think so, and what it hangs together with."""

from __future__ import annotations

from collections.abc import Callable, Collection
from html import escape

import streamlit as st

from graph.model import Edge, Kind, Node, Origin, Relation
from search_app import routes, session, words
from search_app.pieces import lists, marks
from search_app.pieces.frames import heading, paragraph
from search_app.views import beside, correct, deciding, linking
from search_app.views.quoted import quoted

QUOTES = 2
_SIDES = (
    (Relation.CAUSED_BY, True),
    (Relation.CAUSED_BY, False),
    (Relation.LEADS_TO, True),
    (Relation.LEADS_TO, False),
    (Relation.ADDRESSES, False),
    (Relation.ADDRESSES, True),
    (Relation.EXPERIENCED_BY, True),
    (Relation.EXPERIENCED_BY, False),
    (Relation.INVOLVES, True),
    (Relation.INVOLVES, False),
)
"""The relations in the order of the panel; True for those that start at the point itself. Its theme stands at the top."""
_FEW = 8


def show(
    library: session.Library, node: Node, start: Node, seen: Collection[str], *, unfold: Callable[[str], None]
) -> None:
    """The panel of ``node``. ``seen`` are the ids in the picture; ``unfold`` adds what hangs on a node."""
    st.html(
        f'<div class="kl-meta kl-panel-meta">{marks.tag(node.kind, node.level)}{marks.support(node.support)}</div>'
        f'<h2 class="kl-panel-title">{escape(words.node_label(node))}</h2>'
    )
    may_judge = session.may_judge()
    if may_judge:
        deciding.ask(library)
        deciding.last(library)
    if node.kind in set(Kind):
        _facts(library, node)
        _quotes(library, node)
    ties = _ties(library, node)
    for title, rows in ties:
        st.html(lists.connections(title, rows[:_FEW], more=max(0, len(rows) - _FEW)))
    if not ties:
        st.html(paragraph("Geen bron verbindt dit met iets anders."))
    if node.kind in set(Kind):
        beside.show(library, node)
    hidden = {other.id for _, rows in ties for other, _ in rows} - set(seen)
    with st.container(horizontal=True, gap="small", key="panelbuttons"):
        if hidden:
            st.button("Toon alle verbindingen", type="primary", key="unfold", on_click=unfold, args=(node.id,))
        if node.id != start.id:
            st.page_link(routes.tangle(), label="Begin de kluwen hier", query_params=routes.query(knoop=node.id))
        if may_judge and node.kind in set(Kind):
            linking.buttons(library, node)


def _facts(library: session.Library, node: Node) -> None:
    concept = library.concept(node.id)
    facts = []
    if concept and concept.theme:
        facts.append(words.theme_word(concept.theme))
    if concept and concept.effort:
        facts.append(words.effort_word(concept.effort))
    if concept and concept.term:
        facts.append(words.term_word(concept.term))
    if facts:
        st.html(paragraph(" · ".join(facts).capitalize(), "meta"))
    if node.id in library.unanswered():
        st.html(marks.unanswered())


def _quotes(library: session.Library, node: Node) -> None:
    """Two quotes, of different sources where there are, the surest first; all of them when asked."""
    statements = sorted(library.statements(concept=node.id), key=lambda each: -each.confidence)
    first = list({statement.document_id: statement for statement in reversed(statements)}.values())[::-1]
    ordered = [*first, *(statement for statement in statements if statement not in first)]
    everything = st.session_state.get("all-quotes") == node.id
    shown = ordered if everything else ordered[:QUOTES]
    st.html(heading("Waarom staat dit hier?", 3))
    quotes = quoted(library, shown)
    if session.may_judge():
        for statement, text in zip(shown, quotes, strict=True):
            with st.container(key=f"quoted-{statement.id}", gap=None):
                st.html(text)
                correct.buttons(library, statement)
    else:
        st.html("".join(quotes))
    if len(ordered) > len(shown):
        st.button(
            f"Toon alle {len(ordered)} citaten", type="tertiary", key="quotes", on_click=_all_quotes, args=(node.id,)
        )


def _all_quotes(id: str) -> None:
    st.session_state["all-quotes"] = id


def _ties(library: session.Library, node: Node) -> list[tuple[str, list[tuple[Node, Edge]]]]:
    """What hangs on a node, by relation; what a source says before what the software thinks."""
    edges = library.edges((node.id,))
    nodes = {
        each.id: each
        for each in library.nodes(tuple(sorted({end for edge in edges for end in (edge.source, edge.target)})))
    }
    rank = {Origin.STATED: 0, Origin.CURATED: 1, Origin.INFERRED: 2}
    found = []
    for relation, outward in _SIDES:
        rows = [
            (nodes[edge.target if outward else edge.source], edge)
            for edge in edges
            if edge.relation == relation and (edge.source if outward else edge.target) == node.id
        ]
        rows = [row for row in rows if row[0].id != node.id]
        if rows:
            rows.sort(key=lambda row: (rank[row[1].origin], -row[1].support, row[0].label))
            found.append((words.relation_word(relation, back=not outward).capitalize(), rows))
    return found
