"""What Kluwen shows while there is nothing in it: add something, or look at the samples."""

from __future__ import annotations

import streamlit as st

from search_app import routes, samples, session
from search_app.pieces.frames import head, heading, note, paragraph
from search_app.views import upload


def page(library: session.Library | None) -> None:
    """The first screen. ``library`` is None where there is no graph yet, else one without a document."""
    st.html(
        head(
            "Begin met een document",
            "Kluwen leest wat mensen over een probleem schrijven: de knelpunten, de oorzaken en de oplossingen, elk met de "
            "woorden waar het staat. Er zit nog niets in.",
        )
    )
    at = session.place()
    if at.public:
        st.html(note("Hier is nog niets te zien.", "Er staan in deze Kluwen nog geen openbare bronnen.", "info"))
    else:
        upload.card()
    if not at.samples:
        with st.container(key="card-samples", gap="small"):
            st.html(
                heading("Eerst rondkijken?")
                + paragraph(
                    "Er zijn voorbeelden: verzonnen documenten over palliatieve zorg thuis. Ze gaan apart open en komen "
                    "nooit tussen uw eigen bronnen."
                )
            )
            if st.button("Open de voorbeelden", key="open-samples"):
                _open_samples()


def _open_samples() -> None:
    with st.status("De voorbeelden worden klaargezet", expanded=True) as status:
        samples.build(
            lambda name, number, of: status.update(label=f"Voorbeeld {number} van {of} wordt gelezen: {name}")
        )
        status.update(label="De voorbeelden staan klaar", state="complete")
    st.session_state.samples = True
    st.switch_page(routes.search(), query_params={"voorbeelden": "1"})
