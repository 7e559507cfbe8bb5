"""The links of a point: is each right; and drawing one to another point."""

from __future__ import annotations

from html import escape

import streamlit as st

from corpus.messages import say
from graph.ledger.applying import fits
from graph.ledger.judgement import Verdict, holding
from graph.model import CLAIMS, Edge, Kind, Node, Relation
from search_app import session, words
from search_app.pieces import marks
from search_app.pieces.frames import note
from search_app.views import deciding, find
from search_app.views.quoted import quoted

MOST = 30


def buttons(library: session.Library, node: Node) -> None:
    """The ways to say something about the links of a point."""
    if st.button(say("judge.ties"), key="judge-ties", on_click=deciding.forget_last):
        show(library, node)
    if st.button(say("judge.link"), key="judge-link"):
        draw(library, node)


def show(library: session.Library, node: Node) -> None:
    """The dialog about each link of a point."""

    @st.dialog(say("judge.ties_title"), width="medium", on_dismiss="rerun")
    def dialog() -> None:
        if st.session_state.get(deciding.NAME):
            deciding.last(library, where="dialog")
        edges = [edge for edge in library.edges((node.id,)) if edge.relation in CLAIMS][:MOST]
        if not edges:
            st.html(note("", say("judge.ties_none"), "info"))
        ends = {id for edge in edges for id in (edge.source, edge.target)}
        nodes = {each.id: each for each in library.nodes(tuple(sorted(ends)))}
        confirmed = library.once("confirmed links", lambda: _confirmed(library))
        for edge in edges:
            _one(library, edge, nodes, confirmed=(edge.source, edge.relation, edge.target) in confirmed)

    dialog()


def _confirmed(library: session.Library) -> set[tuple[str, str, str]]:
    """The links between concepts that a person called right or drew."""
    held = [j for j in holding(library.store.ledger()) if j.verdict == Verdict.LINKED]
    asked = {a.statement_id for j in held for a in (j.about[0], j.others[0])}
    concept = {s.id: s.concept_id for s in library.store.statements(asked)}
    ends = ((j.about[0].statement_id, j.values[0], j.others[0].statement_id) for j in held)
    return {(concept[a], relation, concept[b]) for a, relation, b in ends if a in concept and b in concept}


def _one(library: session.Library, edge: Edge, nodes: dict[str, Node], *, confirmed: bool) -> None:
    source, target = nodes[edge.source], nodes[edge.target]
    key = f"{edge.source}-{edge.relation}-{edge.target}"
    with st.container(key=f"tie-{key}", gap="small"):
        st.html(
            f'<p class="kl-tie">{marks.shape(source.kind, source.level)}<span>{escape(source.label)}</span></p>'
            f'<p class="kl-tie kl-meta"><b>{escape(words.relation_word(edge.relation))}</b>{marks.origin(edge.origin, short=False)}</p>'
            f'<p class="kl-tie">{marks.shape(target.kind, target.level)}<span>{escape(target.label)}</span></p>'
        )
        _evidence(library, edge)
        with st.container(horizontal=True, gap="small", key=f"tied-{key}"):
            if confirmed:
                st.html(marks.checked(say("judge.seen")))
            for said, word in (("linked", "right"), ("unlinked", "wrong")):
                if said == "linked" and confirmed:
                    continue
                pressed = st.button(
                    say(f"judge.{word}"), key=f"{word}-{key}", on_click=_decide, args=(library, edge, said)
                )
                if pressed and not st.session_state.get(deciding.NAME):
                    # the name is asked in a dialog of its own
                    st.rerun()


def _evidence(library: session.Library, edge: Edge) -> None:
    """The words that a link rests on: the first pair, one quote where both stand in one passage."""
    if not edge.evidence:
        return
    statements = library.store.statements(list(dict.fromkeys(edge.evidence[0])))
    shown = list({each.passage_id: each for each in statements}.values())
    st.html("".join(quoted(library, shown)))


def _decide(library: session.Library, edge: Edge, said: str) -> None:
    from search_app.judging import judge

    deciding.decide(
        library,
        lambda name: [judge(library.store, Verdict(said), edge.source, edge.target, [edge.relation.value], by=name)],
    )


def draw(library: session.Library, node: Node) -> None:
    """The dialog in which a person draws a link."""

    @st.dialog(say("judge.link_title"), width="medium")
    def dialog() -> None:
        here = Kind(node.kind)
        st.html(f'<p class="kl-tie">{marks.shape(node.kind, node.level)}<span>{escape(node.label)}</span></p>')
        ways = {
            f"{relation}{'' if outward else '_back'}": (relation, outward)
            for relation in CLAIMS
            for outward in (True, False)
            if _ends(here, relation, outward)
        }
        way = st.pills(
            say("judge.link_relation"),
            list(ways),
            default=next(iter(ways)),
            required=True,
            wrap=True,
            key=f"relation-{node.id}",
            format_func=lambda each: words.relation_word(ways[each][0], back=not ways[each][1]),
        )
        relation, outward = ways[way or next(iter(ways))]
        kinds = _ends(here, relation, outward)
        other = find.other(library, f"link-{node.id}", say("judge.link_other"), kinds=kinds, but=node.id)
        why = st.text_input(say("judge.why"), key=f"why-link-{node.id}", max_chars=300).strip()
        if st.button(say("judge.write"), type="primary", key=f"write-link-{node.id}"):
            if other is None:
                st.html(note("", say("judge.pick_first"), "warn"))
            else:
                _draw(library, (node.id, other) if outward else (other, node.id), relation, why)
                st.rerun()

    dialog()


def _ends(here: Kind, relation: Relation, outward: bool) -> list[Kind]:
    """The kinds that a relation from (or with ``outward`` false: to) a point of this kind can run to."""
    return [kind for kind in Kind if (fits(relation, here, kind) if outward else fits(relation, kind, here))]


def _draw(library: session.Library, ends: tuple[str, str], relation: Relation, why: str) -> None:
    from search_app.judging import judge

    deciding.decide(
        library, lambda name: [judge(library.store, Verdict.LINKED, *ends, [relation.value], by=name, why=why)]
    )
