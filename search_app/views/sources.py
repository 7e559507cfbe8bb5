"""*Bronnen*: the documents that everything comes from; add one, say who may see it, take it out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from graph.model import Document
from search_app import address, routes, session
from search_app.pieces import lists
from search_app.pieces.frames import head, note
from search_app.views import source, upload, welcome

PAGE = 50
FORMS = {
    "application/pdf": "pdf",
    "text/html": "webpagina",
    "text/plain": "tekst",
    "text/markdown": "tekst (Markdown)",
    "text/csv": "tabel (csv)",
    "application/json": "bord",
}


def page() -> None:
    library = session.library()
    if library is None or not library.documents():
        welcome.page(library)
        return
    address.take_over(_ask, "bron", keep=False)
    document = library.documents().get(st.session_state.get("document", ""))
    if document:
        source.page(library, document, form(document))
        return
    if st.session_state.get("document"):
        st.html(note("Deze bron is er niet meer.", "Hieronder staat wat er nu in Kluwen zit.", "warn"))
    documents = library.documents()
    number = "dit ene document" if len(documents) == 1 else f"deze {len(documents)} documenten"
    at = session.place()
    may_add = not (at.public or at.samples)
    lead = f"Alles in Kluwen komt uit {number}."
    st.html(head("Bronnen", f"{lead} Voeg er een toe en u ziet meteen wat eruit komt." if may_add else lead))
    if may_add:
        upload.card()
    elif at.samples:
        st.html(
            note("Dit zijn voorbeelden.", "Eigen documenten voegt u toe in uw eigen Kluwen; ze raken niet vermengd.")
        )
    _table(library, documents)


def form(document: Document) -> str:
    """What kind of file a document is, in a word."""
    return FORMS.get(document.media_type, document.media_type.rpartition("/")[2])


def forget(library: session.Library, id: str) -> None:
    """Take a document out, and the copy that was kept of it when it was added here."""
    document = library.store.document(id)
    library.store.forget(id)
    uploads = session.place().uploads
    if document.path and uploads in Path(document.path).parents:
        Path(document.path).unlink(missing_ok=True)


def _ask(asked: dict[str, list[str]]) -> None:
    st.session_state.document = (asked["bron"] or [""])[0]


def _table(library: session.Library, documents: Mapping[str, Document]) -> None:
    counts = library.counts_by_document()
    most = max(sum(each.values()) for each in counts.values()) if counts else 1
    with st.container(key="card-sources", gap=None):
        with st.container(key="sourcehead"):
            st.html('<span class="kl-first">Document</span>')
            st.html(lists.source_head())
        most_shown = st.session_state.setdefault("sources-shown", PAGE)
        for document in list(documents.values())[:most_shown]:
            with st.container(key=f"source-{document.id}", gap=None):
                with st.container(gap=None):
                    st.page_link(
                        routes.sources(),
                        label=routes.plain(document.title),
                        query_params=routes.query(bron=document.id),
                    )
                    st.html(lists.source_kind(document, form(document), locks=not library.public))
                st.html(lists.source_row(document, counts.get(document.id, {}), most))
    more = len(documents) - most_shown
    if more > 0:
        st.button(f"Toon de volgende {min(PAGE, more)}", key="more-sources", on_click=_more)


def _more() -> None:
    st.session_state["sources-shown"] += PAGE
