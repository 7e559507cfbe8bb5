"""*Zoeken*: one box; what the sources say about it, each hit with its quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from graph.model import Kind, Level, Theme
from graph.store.base import Filters
from search_app import address, session, words
from search_app.pieces.frames import head, note, paragraph
from search_app.views import hits, start, welcome

if TYPE_CHECKING:
    from graph.search import Answer

MOST = 100
LEAST = 0.15
"""What people would call right in fewer than one of seven cases is left out, but for the first few."""
FEW = 5
"""How many are shown at least, and at most where nothing good was found."""
FILTERS = ("aard", "thema", "actor", "bron")
"""The filters, by their name in the address."""


def page() -> None:
    library = session.library()
    if library is None or not library.documents():
        welcome.page(library)
        return
    address.take_over(_ask, "q", "soort", *FILTERS)
    st.html(head("Wat wilt u weten?"))
    st.text_input(
        "Uw vraag of trefwoorden",
        key="question",
        type="search",
        label_visibility="collapsed",
        placeholder="Beschrijf het in uw eigen woorden",
        persist_state="session",
        on_change=asked_again,
    )
    question = st.session_state.question.strip()
    if not question:
        start.page(library)
        return
    answer = library.search(question, _filters(), MOST)
    if answer.corrections:
        meant = ", ".join(f"{right} ({typed})" for typed, right in answer.corrections)
        st.html(note("Bedoelde u", f"{meant}? Daarop is gezocht."))
    if answer.weak:
        st.html(_weak(bool(answer.hits)))
        _suggest(answer.suggestions)
    good = sum(hit.score >= LEAST for hit in answer.hits)
    found = answer.hits[: FEW if answer.weak else max(FEW, good)]
    answer = replace(answer, hits=found)
    kind = "" if answer.weak else _narrow(library, answer)
    hits.show(library, answer, [hit for hit in answer.hits if not kind or hit.kind == kind])


def ask(question: str) -> None:
    """Put a question in the box and in the address."""
    st.session_state.question = question
    asked_again()


def asked_again() -> None:
    """Write what is asked now in the address, and begin at the first hits again."""
    st.session_state.shown = hits.PAGE
    address.write(
        q=st.session_state.get("question", "").strip(),
        soort=st.session_state.get("kind") or "",
        **{name: list(st.session_state.get(name, [])) for name in FILTERS},
    )


def _ask(asked: dict[str, list[str]]) -> None:
    """Take over a question and its filters from the address."""
    st.session_state.question = (asked["q"] or [""])[0]
    st.session_state.kind = next((kind.value for kind in Kind if kind.value in asked["soort"]), "")
    for name in FILTERS:
        st.session_state[name] = asked[name]
    st.session_state.shown = hits.PAGE


def _weak(some: bool) -> str:
    advice = "Probeer andere woorden, of zoek op het probleem dat erachter zit."
    if some:
        return note("Hier staat weinig over in de bronnen.", f"Dit komt het dichtst in de buurt. {advice}", "warn")
    return note("In deze bronnen staat hier niets over.", advice, "warn")


def _suggest(suggestions: Sequence[str]) -> None:
    """What else to search for, to be clicked."""
    if suggestions:
        with st.container(key="suggestions", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(paragraph("Ook te proberen:"))
            for word in suggestions:
                st.button(word, key=f"suggested-{word}", on_click=ask, args=(word,))


def _filters() -> Filters:
    chosen = {name: st.session_state.get(name) or [] for name in FILTERS}
    return Filters(
        levels=frozenset(level for level in Level if level.value in chosen["aard"]),
        themes=frozenset(theme for theme in Theme if theme.value in chosen["thema"]),
        actors=frozenset(chosen["actor"]),
        documents=frozenset(chosen["bron"]),
    )


def _narrow(library: session.Library, answer: Answer) -> str:
    """The filters; the kind that was chosen, or an empty text for all."""
    counts = Counter(str(hit.kind) for hit in answer.hits)
    facets, documents = library.facets(), library.documents()

    def label(kind: str) -> str:
        if not kind:
            return f"Alles {len(answer.hits)}"
        return f"{words.kind_word(kind, plural=True).capitalize()} {counts[kind]}"

    with st.container(key="filters", horizontal=True, vertical_alignment="center", gap="small"):
        kind = st.pills(
            "Soort",
            ["", *(kind.value for kind in Kind)],
            key="kind",
            format_func=label,
            label_visibility="collapsed",
            wrap=True,
            required=True,
            persist_state="session",
            on_change=asked_again,
        )
        active = sum(bool(st.session_state.get(name)) for name in FILTERS)
        with st.popover(f"Meer filters ({active})" if active else "Meer filters"):
            _choose("Aard", "aard", [level.value for level in Level if level in facets["level"]], words.level_word)
            _choose("Thema", "thema", [theme.value for theme in Theme if theme in facets["theme"]], words.theme_word)
            _choose("Actor", "actor", sorted(facets["actor"], key=str.casefold), str)
            _choose("Bron", "bron", list(documents), lambda id: documents[id].title)
    return kind or ""


def _choose(label: str, name: str, options: list[str], word: Callable[[str], str]) -> None:
    """One filter; a value that no longer occurs falls away."""
    st.session_state[name] = [value for value in st.session_state.get(name, []) if value in options]
    st.multiselect(
        label, options, key=name, placeholder="Alle", format_func=word, persist_state="session", on_change=asked_again
    )
