"""One source: what it is, who may see it, what was found in it, and the way to take it out."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from corpus.messages import say
from graph.model import Access, Document, Kind
from search_app import address, routes, session, words
from search_app.pieces import lists, marks
from search_app.pieces.frames import head, heading, note, paragraph
from search_app.pieces.quotes import date_word, quote
from search_app.views import correct, deciding, mark

PAGE = 15


def page(library: session.Library, document: Document, form: str) -> None:
    """The page of a source."""
    at = session.place()
    st.page_link(routes.sources(), label="Alle bronnen", query_params=routes.query())
    facts = [form, document.publisher or "", date_word(document.date)]
    if document.pages:
        facts.append(f"{document.pages} {'bladzijde' if document.pages == 1 else 'bladzijden'}")
    st.html(head(document.title, " · ".join(fact for fact in facts if fact), over="Bron"))
    if session.may_judge():
        deciding.ask(library)
        deciding.last(library)
    left, right = st.columns([2.3, 1], gap="large")
    with left:
        _statements(library, document)
    with right, st.container(key="rail", gap="small"):
        counts = Counter(str(statement.kind) for statement in library.statements(document=document.id))
        st.html(heading("Wat erin staat") + lists.kinds(counts))
        if session.may_judge() and st.button(say("judge.mark"), key="mark"):
            mark.show(library, document)
        st.html(paragraph(f"Toegevoegd op {date_word(document.added)}", "small kl-muted"))
        if not at.public and not at.samples:
            _access(library, document)
            if st.button("Haal deze bron eruit", type="tertiary", key="remove"):
                _confirm(library, document)
        elif not at.public and document.access == Access.INTERNAL:
            st.html(marks.internal())


def _statements(library: session.Library, document: Document) -> None:
    """What was found, in the order of the source, with the quote and the way to its tangle."""
    statements = library.statements(document=document.id)
    if not statements:
        st.html(note("Er staan geen knelpunten of oplossingen in dit document.", "Klopt dat niet? Kijk de tekst na."))
        return
    counts = Counter(str(statement.kind) for statement in statements)
    kind = st.pills(
        "Soort",
        ["", *(kind.value for kind in Kind)],
        default="",
        key=f"kind-{document.id}",
        required=True,
        label_visibility="collapsed",
        wrap=True,
        format_func=lambda kind: (
            f"{words.kind_word(kind, plural=True).capitalize()} {counts[kind]}" if kind else f"Alles {len(statements)}"
        ),
    )
    chosen = [statement for statement in statements if not kind or statement.kind == kind]
    most = st.session_state.setdefault(f"shown-{document.id}", PAGE)
    shown = chosen[:most]
    passages = library.passages(tuple(statement.passage_id for statement in shown))
    for statement in shown:
        concept = library.by_id()[statement.concept_id]
        with st.container(key=f"card-{statement.id}", gap="small"):
            st.html(
                f'<div class="kl-meta">{marks.tag(statement.kind, statement.level)}{marks.support(concept.support)}</div>'
            )
            st.html(quote(statement, passages.get(statement.passage_id), document, locks=not library.public))
            with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"under-{statement.id}"):
                st.page_link(routes.tangle(), label="Bekijk de kluwen", query_params=routes.query(knoop=concept.id))
                if session.may_judge():
                    correct.buttons(library, statement)
    if more := len(chosen) - len(shown):
        st.button(f"Toon de volgende {min(PAGE, more)}", key="more-statements", on_click=_more, args=(document.id,))


def _more(document: str) -> None:
    st.session_state[f"shown-{document}"] += PAGE


def _access(library: session.Library, document: Document) -> None:
    key = f"access-{document.id}"
    st.session_state[key] = document.access
    st.segmented_control(
        "Wie mag dit zien?",
        list(Access),
        key=key,
        required=True,
        format_func=lambda access: "Iedereen" if access == Access.PUBLIC else "Alleen collega’s",
        on_change=_set_access,
        args=(library, document, key),
    )
    if document.access == Access.INTERNAL:
        st.html(marks.internal())


def _set_access(library: session.Library, document: Document, key: str) -> None:
    access = Access(st.session_state[key])
    library.store.set_access(document.id, access)
    st.toast(
        "Vastgelegd: iedereen mag deze bron zien." if access == Access.PUBLIC else "Vastgelegd: deze bron is intern."
    )


@st.dialog("Deze bron eruit halen?")
def _confirm(library: session.Library, document: Document) -> None:
    """Say what goes when this source goes, and ask."""
    concepts = library.by_id()
    alone = Counter(
        str(concepts[id].kind)
        for id in {statement.concept_id for statement in library.statements(document=document.id)}
        if id in concepts and concepts[id].support == 1
    )
    parts = [words.counted(alone[kind], kind) for kind in Kind if alone[kind]]
    goes = f"“{document.title}” gaat uit Kluwen"
    if parts:
        named = " en ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
        one = sum(alone.values()) == 1
        goes += f", met {named} {'dat' if one else 'die'} alleen hier {'staat' if one else 'staan'}"
    st.write(routes.plain(f"{goes}. U kunt het later opnieuw toevoegen."))
    with st.container(horizontal=True, gap="small"):
        if st.button("Haal eruit", type="primary", key="confirm-remove", on_click=_remove, args=(library, document.id)):
            st.rerun()
        if st.button("Laat staan", key="keep"):
            st.rerun()


def _remove(library: session.Library, id: str) -> None:
    from search_app.views.sources import forget

    forget(library, id)
    st.session_state.report = None
    st.session_state.document = ""
    address.write(bron="")
    st.toast("De bron is uit Kluwen gehaald.")
