"""Mends what Streamlit says in English: the page's language, and the words that no Python option reaches."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent

WORDS = {
    "Upload": "Kies bestanden",
    "Browse files": "Kies bestanden",
    "Add files": "Nog een bestand",
    "Add file": "Nog een bestand",
    "Drag and drop files here": "Sleep bestanden hierheen",
    "Drag and drop file here": "Sleep een bestand hierheen",
    "Skip to main content": "Naar de inhoud",
    "No results": "Niets gevonden",
    "Select all": "Alles kiezen",
    "Running...": "Bezig …",
    "Stop": "Stoppen",
    "Rerun": "Opnieuw",
    "empty": "leeg",
    "Cancel": "Annuleren",
}
"""What stands on the page as text."""

NAMES = {
    "App pages": "Pagina’s",
    "Clear value": "Leegmaken",
    "Clear": "Leegmaken",
    "Clear all": "Alles leegmaken",
    "Close": "Sluiten",
    "Close sidebar": "Menu sluiten",
    "Open sidebar": "Menu",
    "Collapse sidebar": "Menu sluiten",
    "Expand sidebar": "Menu",
    "Logo": "Kluwen",
    "Show more": "Meer tonen",
    "Open": "Openen",
    "Search": "Zoeken",
    "Fullscreen": "Volledig scherm",
    "Close fullscreen": "Volledig scherm sluiten",
    "Download as CSV": "Download als CSV",
    "Clear entry": "Leegmaken",
    "Dismiss": "Sluiten",
    "Navigate to home page": "Naar het begin",
    "Sidebar": "Menu",
    "file upload": "Bestanden kiezen",
    "Remove": "Weghalen",
    "Delete": "Weghalen",
}
"""What is read aloud: ``aria-label``, ``alt`` and ``title``."""


@cache
def _mount() -> Any:
    return st.components.v2.component(
        "kluwen_dutch", html="<span></span>", js=(_HERE / "dutch.js").read_text(encoding="utf-8")
    )


def speak() -> None:
    """Mount the mender, once, at the end of the entry script."""
    _mount()(key="language", data={"words": WORDS, "names": NAMES})
