"""What a page says when something fails: what happened, what stands, where to go. The technical part goes to the log."""

import logging
from collections.abc import Callable

import streamlit as st

from corpus.errors import KluwenError
from search_app import routes
from search_app.pieces.frames import note

log = logging.getLogger("kluwen.app")


def guarded(page: Callable[[], None]) -> None:
    """Run a page; what fails in it becomes a note with a way out."""
    try:
        page()
    except Exception as error:
        on_error(error)


def on_error(error: Exception) -> bool:
    """Say on the page what went wrong; True, because nothing else has to be shown."""
    if isinstance(error, KluwenError):
        log.info("%s: %s", error.key, error)
        explain("", str(error))
    else:
        log.error("A page failed", exc_info=error)
        explain("Dit is niet gelukt.", "Wat u had ingevuld, staat er nog. Probeer het opnieuw, of ga naar Zoeken.")
    return True


def explain(title: str, text: str, tone: str = "bad") -> None:
    """A note about what happened, with the way to Zoeken."""
    st.html(note(title, text, tone))
    st.page_link(routes.search(), label="Naar Zoeken")
