"""The start of *Zoeken*, before anything is asked: questions to try, and three ways in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from graph.model import Access, Kind
from graph.store.base import Filters
from search_app import routes, session
from search_app.network.drawing import short
from search_app.pieces import marks
from search_app.pieces.frames import heading, paragraph
from search_app.pieces.quotes import date_word

if TYPE_CHECKING:
    from graph.model import Concept, Document

QUESTIONS = (
    "hulp en medicijnen in de nacht",
    "wie heeft de leiding als het thuis misgaat?",
    "naasten die het niet meer volhouden",
    "informatie die niet op tijd bij de ander is",
    "wie betaalt dit eigenlijk?",
    "te weinig mensen voor het werk",
)
ROWS = 3


def page(library: session.Library) -> None:
    """The start screen."""
    from search_app.views.search import ask

    if questions := _questions(library):
        st.html(paragraph("Weet u niet waar te beginnen? Probeer een van deze vragen."))
        with st.container(horizontal=True, gap="small", key="questions"):
            for question in questions:
                st.button(question, on_click=ask, args=(question,))
    st.space("small")
    often, unanswered, new = st.columns(3, gap="medium")
    named = [concept for concept in library.concepts() if concept.kind != Kind.SOLUTION][:ROWS]
    with often, st.container(key="card-often", gap="small", height="stretch"):
        st.html(heading("Vaak genoemd"))
        _points(named, "often")
    with unanswered, st.container(key="card-unanswered", gap="small", height="stretch"):
        st.html(heading("Nog geen oplossing in de bronnen"))
        found = [concept for concept in library.concepts() if concept.id in library.unanswered()]
        found = [*(concept for concept in found if concept not in named), *found][:ROWS]
        if found:
            _points(found, "unanswered")
        else:
            st.html(paragraph("Voor alles wat hier een oorzaak of gevolg van is, noemt een bron een oplossing."))
    with new, st.container(key="card-new", gap="small", height="stretch"):
        st.html(heading("Laatst toegevoegd"))
        documents = library.documents()
        for document in sorted(documents.values(), key=lambda each: each.added, reverse=True)[:ROWS]:
            _document(document, locks=not library.public)
        st.page_link(
            routes.sources(),
            label="Naar de bron" if len(documents) == 1 else f"Alle {len(documents)} bronnen",
            query_params=routes.query(),
        )


def _questions(library: session.Library) -> list[str]:
    """Three questions that these sources have something about: of our own, else after what is often named."""
    known = [question for question in QUESTIONS if not library.search(question, Filters(), 5).weak]
    named = [concept.label for concept in library.concepts() if len(concept.label) <= 60]
    return [*known, *(short(label) for label in named)][:3]


def _points(concepts: Sequence[Concept], where: str) -> None:
    for concept in concepts:
        with st.container(key=f"row-{where}-{concept.id}", gap=None):
            st.html(marks.shape(concept.kind, concept.level))
            routes.to_node(concept.id, short(concept.label, 110))
            st.html(f'<span class="kl-sub">{marks.support(concept.support)}</span>')


def _document(document: Document, *, locks: bool) -> None:
    with st.container(key=f"row-new-{document.id}", gap=None):
        st.html(marks.icon("page"))
        st.page_link(routes.sources(), label=routes.plain(document.title), query_params=routes.query(bron=document.id))
        lock = marks.internal() if locks and document.access == Access.INTERNAL else ""
        st.html(f'<span class="kl-sub kl-muted"><span>{date_word(document.date or document.added)}</span>{lock}</span>')
