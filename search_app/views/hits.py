"""What a search found: cards, and beside them what lies around the question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from corpus.messages import say
from graph.model import Kind, Relation
from search_app import routes, session, words
from search_app.pieces import lists, marks
from search_app.pieces.frames import heading, paragraph
from search_app.pieces.quotes import quote, source_text
from search_app.views import deciding, mark

if TYPE_CHECKING:
    from graph.search import Answer, Hit

PAGE = 10


def show(library: session.Library, answer: Answer, hits: Sequence[Hit]) -> None:
    """The hits, ten at a time, and the rail."""
    if session.may_judge():
        deciding.ask(library)
        deciding.last(library)
    left, right = st.columns([2.3, 1], gap="large")
    shown = hits[: st.session_state.setdefault("shown", PAGE)]
    with left:
        st.html(_count(answer, hits))
        for hit in shown:
            _card(library, hit)
        if more := len(hits) - len(shown):
            st.button(f"Toon de volgende {min(PAGE, more)}", key="more", on_click=_more)
    if not answer.weak and answer.hits:
        with right, st.container(key="rail", gap="small"):
            _rail(library, answer)


def _more() -> None:
    st.session_state.shown += PAGE


def _count(answer: Answer, hits: Sequence[Hit]) -> str:
    documents = {statement.document_id for hit in hits for statement in hit.statements}
    if answer.weak:
        text = f"{len(hits)} {'punt dat er' if len(hits) == 1 else 'punten die er'} een beetje op lijk{'t' if len(hits) == 1 else 'en'}"
        return f'<p class="kl-muted" role="status">{text}</p>' if hits else ""
    results = "1 resultaat" if len(hits) == 1 else f"{len(hits)} resultaten"
    order = ", de beste eerst" if len(hits) > 1 else ""
    return (
        f'<p class="kl-muted" role="status"><b>{results}</b> uit {words.counted(len(documents), "document")}{order}</p>'
    )


def _card(library: session.Library, hit: Hit) -> None:
    if hit.id not in library.by_id():
        _passage(library, hit)
        return
    concept = library.by_id()[hit.id]
    with st.container(key=f"card-{hit.id}", gap="small"):
        st.html(f'<div class="kl-meta">{marks.tag(concept.kind, concept.level)}{marks.support(concept.support)}</div>')
        routes.to_node(concept.id, concept.label, key=f"title-{hit.id}")
        statement = hit.statements[0]
        passages = library.passages((statement.passage_id,))
        st.html(
            quote(
                statement,
                passages.get(statement.passage_id),
                library.documents()[statement.document_id],
                locks=not library.public,
            )
        )
        if around := _around(library, concept.id, concept.kind):
            st.html(paragraph(around, "meta"))


def _passage(library: session.Library, hit: Hit) -> None:
    """A piece of text in which no statement was found."""
    (passage,) = library.store.passages([hit.id])
    document = library.documents()[passage.document_id]
    with st.container(key=f"card-{hit.id}", gap="small"):
        st.html(f'<div class="kl-meta"><span class="kl-tag">{marks.icon("page")}Uit de tekst</span></div>')
        st.html(source_text(passage, document, locks=not library.public))
        if session.may_judge() and st.button(say("judge.mark_here"), key=f"mark-{hit.id}", type="tertiary"):
            mark.show(library, document, passage)


def _around(library: session.Library, id: str, kind: Kind) -> str:
    """What hangs on a point, in numbers: ``4 oorzaken · 2 gevolgen · nog geen oplossing``."""
    count: Counter[str] = Counter()
    for edge in library.edges((id,)):
        outward = edge.source == id
        if edge.relation == Relation.CAUSED_BY:
            count["cause" if outward else "effect"] += 1
        elif edge.relation == Relation.LEADS_TO:
            count["effect" if outward else "cause"] += 1
        elif edge.relation == Relation.ADDRESSES:
            count["addresses" if outward else "solution"] += 1
    parts = []
    if count["cause"]:
        parts.append(words.counted(count["cause"], "cause"))
    if count["effect"]:
        parts.append(f"{count['effect']} {'gevolg' if count['effect'] == 1 else 'gevolgen'}")
    if kind == Kind.SOLUTION and count["addresses"]:
        parts.append(f"helpt tegen {count['addresses']} {'punt' if count['addresses'] == 1 else 'punten'}")
    if kind != Kind.SOLUTION and count["solution"]:
        parts.append(words.counted(count["solution"], "solution"))
    elif kind != Kind.SOLUTION and parts and id in library.unanswered():
        parts.append("nog geen oplossing in de bronnen")
    return " · ".join(parts)


def _rail(library: session.Library, answer: Answer) -> None:
    """What lies around the question: kinds, where the causes are rooted, what has no answer, and the way to the tangle."""
    st.html(heading("Rond deze vraag") + lists.kinds(Counter(str(hit.kind) for hit in answer.hits)))
    concepts = [library.by_id()[hit.id] for hit in answer.hits if hit.id in library.by_id()]
    causes = [concept for concept in concepts if concept.kind == Kind.CAUSE and concept.level]
    if causes:
        st.html(heading("Waar zitten de oorzaken?", 3) + lists.levels(Counter(str(cause.level) for cause in causes)))
    open_ones = [concept for concept in concepts if concept.id in library.unanswered()]
    if open_ones:
        st.html(heading("Nog geen antwoord op", 3))
        number = "één punt" if len(open_ones) == 1 else f"{len(open_ones)} punten"
        st.html(paragraph(f"Voor {number} hierbij staat in geen enkele bron een oplossing, zoals:", "small kl-muted"))
        for concept in open_ones[:2]:
            routes.to_node(concept.id, concept.label, key=f"open-{concept.id}")
    first = next(
        (concept for concept in concepts if concept.kind == Kind.BOTTLENECK), concepts[0] if concepts else None
    )
    if first:
        st.page_link(routes.tangle(), label="Bekijk dit als kluwen", query_params=routes.query(knoop=first.id))
