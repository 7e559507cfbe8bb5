"""Finding another point, by words, to say something about two."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from corpus.messages import say
from graph.model import Concept, Kind
from graph.store.base import Filters
from search_app import routes, session, words
from search_app.network.drawing import short
from search_app.pieces.frames import paragraph

SHOWN = 6


def other(
    library: session.Library, key: str, pick: str, *, kinds: Collection[Kind], but: str, question: str = ""
) -> str | None:
    """The id of the concept that a person finds and picks, of one of ``kinds`` and not ``but``; ``question`` is what the
    box begins with."""
    asked = st.text_input(say("judge.find"), value=question, key=f"{key}-find").strip()
    if not asked:
        return None
    answer = library.search(asked, Filters(kinds=frozenset(kinds)), SHOWN + 1)
    found = library.store.concepts([hit.id for hit in answer.hits if hit.id != but])[:SHOWN]
    if not found:
        st.html(paragraph(say("judge.find_none"), "small kl-muted"))
        return None
    named = {concept.id: _named(concept) for concept in found}
    return st.radio(pick, list(named), index=None, key=f"{key}-{asked}", format_func=named.__getitem__)


def _named(concept: Concept) -> str:
    what = words.kind_word(concept.kind)
    return f"{routes.plain(short(concept.label, 110))} ({what}, {words.counted(concept.support, 'document')})"
