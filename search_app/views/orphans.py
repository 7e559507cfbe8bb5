"""Judgements whose words are no longer in their document: say what they belong to now, or undo them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from corpus.messages import say
from search_app import session
from search_app.network.drawing import short
from search_app.pieces.frames import note, paragraph
from search_app.views import deciding, history

if TYPE_CHECKING:
    from graph.ledger.judgement import Anchor, Judgement

MOST = 20


def show(library: session.Library, lost: Sequence[tuple[Judgement, Anchor]]) -> None:
    """The list."""
    deciding.last(library)
    if not lost:
        st.html(note("", say("judge.orphans_none"), "good"))
        return
    st.html(paragraph(say("judge.orphans_lead"), "small kl-muted"))
    for j, anchor in lost[:MOST]:
        _one(library, j, anchor)


def _one(library: session.Library, j: Judgement, anchor: Anchor) -> None:
    key = f"{j.id}-{anchor.statement_id}"
    document = library.documents().get(anchor.document_id)
    with st.container(key=f"card-orphan-{key}", gap="small"):
        st.html(history.entry(j, j))
        st.html(paragraph(document.title if document else say("judge.orphan_gone"), "small kl-muted"))
        chosen = _now(library, j, anchor, key) if document else None
        with st.container(horizontal=True, gap="small", key=f"orphan-{key}"):
            if chosen:
                st.button(
                    say("judge.orphan_move"),
                    type="primary",
                    key=f"move-{key}",
                    on_click=_move,
                    args=(library, j, anchor, chosen),
                )
            st.button(say("judge.back"), key=f"lost-{key}", on_click=deciding.take_back, args=(library, (j.id,)))


def _now(library: session.Library, j: Judgement, anchor: Anchor, key: str) -> str | None:
    """The statement of the same document that a person says it belongs to now. What was added is marked anew instead."""
    if j.verdict == "added" or len(j.about) > 1 or len(j.others) > 1:
        return None
    quotes = {each.id: each.quote for each in library.statements(document=anchor.document_id)}
    return st.selectbox(
        say("judge.orphan_now"),
        list(quotes),
        index=None,
        key=f"now-{key}",
        placeholder=say("judge.mark_passage_hint"),
        format_func=lambda id: short(quotes[id], 200),
    )


def _move(library: session.Library, j: Judgement, anchor: Anchor, to: str) -> None:
    """Give the same judgement about other words, and take back the one that lost its own."""
    from search_app.judging import judge, undo

    def side(anchors: tuple[Anchor, ...]) -> str | None:
        return next((to if a == anchor else a.statement_id for a in anchors), None)

    def act(name: str) -> list[Judgement]:
        about = side(j.about)
        assert about is not None
        made = judge(library.store, j.verdict, about, side(j.others), j.values, by=name, why=j.why)
        undo(library.store, j.id, by=name)
        return [made]

    deciding.decide(library, act)
