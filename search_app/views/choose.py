"""*Kluwen* without a point to start from: points that make a good start."""

from __future__ import annotations

import streamlit as st

from graph.model import Kind
from search_app import routes, session
from search_app.network.drawing import short
from search_app.pieces import marks
from search_app.pieces.frames import head, heading, paragraph

ROWS = 5
MOST = 500
"""How many points the box offers; the others are found by searching."""


def page(library: session.Library) -> None:
    """Points to start from: what most hangs on, and what is often named."""
    st.html(
        head(
            "Rond welk punt wilt u de kluwen zien?",
            "Kies een punt. U ziet wat het veroorzaakt, waar het toe leidt, wat ertegen helpt en wie het raakt.",
        )
    )
    concepts = library.concepts()
    labels = {concept.id: concept for concept in concepts[:MOST]}
    chosen = st.selectbox(
        "Zoek een punt",
        list(labels),
        index=None,
        key="choose",
        placeholder="Typ een paar woorden",
        format_func=lambda id: short(labels[id].label, 110),
    )
    if chosen:
        st.switch_page(routes.tangle(), query_params=routes.query(knoop=chosen))
    heavy, often = st.columns(2, gap="medium")
    with heavy, st.container(key="card-levers", gap="small", height="stretch"):
        st.html(heading("Hier hangt het meeste aan"))
        found = [node for node in library.levers() if node.kind in set(Kind)][:ROWS]
        if not found:
            st.html(paragraph("De bronnen verbinden nog geen punten met elkaar."))
        for node in found:
            with st.container(key=f"row-lever-{node.id}", gap=None):
                st.html(marks.shape(node.kind, node.level))
                routes.to_node(node.id, short(node.label, 110))
                st.html(f'<span class="kl-sub">{marks.support(node.support)}</span>')
    with often, st.container(key="card-often", gap="small", height="stretch"):
        st.html(heading("Vaak genoemd"))
        for concept in [each for each in concepts if each.kind == Kind.BOTTLENECK][:ROWS]:
            with st.container(key=f"row-often-{concept.id}", gap=None):
                st.html(marks.shape(concept.kind, concept.level))
                routes.to_node(concept.id, short(concept.label, 110))
                st.html(f'<span class="kl-sub">{marks.support(concept.support)}</span>')
