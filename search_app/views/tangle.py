"""*Kluwen*: the network around one point, what stands behind each point in it, and the same as a list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from corpus.errors import KluwenError
from graph.model import Edge, Node
from search_app import address, failure, session
from search_app.copylink import copy_link
from search_app.network import network
from search_app.network.drawing import KINDS, draw
from search_app.pieces import lists
from search_app.pieces.frames import head, note
from search_app.table import as_csv
from search_app.views import choose, deciding, panel, welcome

LIMITS = {1: 25, 2: 40, 3: 60}
"""How many points the picture opens with, by steps from the start."""
GROWTH = 12
"""How many points unfolding one adds at most."""
NET = "network"
PANEL = 678
"""The height of the panel, in pixels: as high as the picture, whose legend takes a second line for more kinds of line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is in the picture: its nodes (nearest the start first), and the relations between them."""

    start: Node
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    truncated: bool


def page() -> None:
    library = session.library()
    if library is None or not library.documents():
        welcome.page(library)
        return
    address.take_over(_ask, "knoop", "stappen", "punt", "erbij")
    # a theme holds too many points together to be the middle of a picture
    if not st.session_state.get("start") or st.session_state.start.startswith("theme-"):
        if session.may_judge():
            deciding.ask(library)
            deciding.last(library)
        choose.page(library)
        return
    try:
        shown = _shown(library)
    except KluwenError as error:
        failure.log.info("%s: %s", error.key, error)
        if session.may_judge():
            deciding.ask(library)
            deciding.last(library)
        failure.explain("Dit punt bestaat niet meer.", "Misschien is de bron waar het in stond uit Kluwen gehaald.")
        st.session_state.start = ""
        return
    with st.container(key="wide"):
        with st.container(horizontal=True, vertical_alignment="bottom", key="headline"):
            st.html(head(shown.start.label, over="Kluwen rond"))
            with st.container(horizontal=True, width="content", gap="small", key="headbuttons"):
                st.segmented_control(
                    "Stappen",
                    list(LIMITS),
                    key="steps",
                    format_func=lambda steps: "1 stap" if steps == 1 else f"{steps} stappen",
                    label_visibility="collapsed",
                    required=True,
                    persist_state="session",
                    on_change=_steps_changed,
                )
                copy_link("copy")
                st.button("Ander punt", key="other", on_click=_choose)
        _body(library)


def _ask(asked: dict[str, list[str]]) -> None:
    """Take over a tangle from the address."""
    state = st.session_state
    state.start = (asked["knoop"] or [""])[0]
    steps = (asked["stappen"] or ["2"])[0]
    state.steps = int(steps) if steps in {str(each) for each in LIMITS} else 2
    state.selected = (asked["punt"] or [state.start])[0]
    state.unfolded = asked["erbij"]


def _write() -> None:
    state = st.session_state
    address.write(
        knoop=state.start,
        stappen="" if state.steps == 2 else str(state.steps),
        punt="" if state.selected == state.start else state.selected,
        erbij=list(state.unfolded),
    )


def _steps_changed() -> None:
    st.session_state.unfolded = []
    _write()


def _choose() -> None:
    """Leave this tangle for the choice of a start."""
    st.session_state.start = st.session_state.selected = ""
    st.session_state.unfolded = []
    _write()


def _selected() -> None:
    chosen = (st.session_state.get(NET) or {}).get("selected")
    st.session_state.selected = chosen or st.session_state.start
    deciding.forget_last()
    _write()


def _unfold(id: str | None = None) -> None:
    id = id or (st.session_state.get(NET) or {}).get("expand")
    if id and id not in st.session_state.unfolded:
        st.session_state.unfolded = [*st.session_state.unfolded, id]
        st.session_state.selected = id
        _write()


def _shown(library: session.Library) -> Shown:
    """The tangle around the start, and what was unfolded from it."""
    state = st.session_state
    tangle = library.tangle(state.start, state.steps, LIMITS[state.steps])
    nodes = {node.id: node for node in tangle.nodes if node.kind in KINDS}
    edges = {(edge.source, edge.relation, edge.target): edge for edge in tangle.edges}
    for id in state.unfolded:
        if id in nodes:
            more = library.tangle(id, 1, GROWTH + 1)
            nodes |= {node.id: node for node in more.nodes if node.id not in nodes and node.kind in KINDS}
    if state.unfolded:
        found = library.edges(tuple(nodes))
        edges |= {(edge.source, edge.relation, edge.target): edge for edge in found}
    between = tuple(edge for edge in edges.values() if edge.source in nodes and edge.target in nodes)
    return Shown(nodes[tangle.centre], tuple(nodes.values()), between, tangle.truncated)


@st.fragment
def _body(library: session.Library) -> None:
    """The picture, the panel and the list: a click reruns only this."""
    state = st.session_state
    try:
        shown = _shown(library)
    except KluwenError:
        # what a person just decided took the start away: the whole page says so
        st.rerun()
    nodes = {node.id: node for node in shown.nodes}
    if state.selected not in nodes:
        state.selected = _now(library, state.selected, nodes, shown.start.id)
    left, right = st.columns([2.15, 1], gap="medium")
    with left:
        if len(shown.nodes) == 1:
            st.html(note("Hier hangt nog niets aan vast.", "Geen bron verbindt dit punt met een ander punt.", "info"))
        network(
            draw(shown.nodes, shown.edges, library.unanswered()),
            start=f"{shown.start.id} {state.steps}",
            centre=shown.start.id,
            selected=state.selected,
            key=NET,
            on_select=_selected,
            on_expand=_unfold,
        )
    legend = len({edge.origin for edge in shown.edges})
    with right, st.container(key="card-panel", height=PANEL if legend < 2 else PANEL + 46, gap="small"):
        panel.show(library, nodes[state.selected], shown.start, set(nodes), unfold=_unfold)
    _list(library, shown)


def _now(library: session.Library, id: str, shown: Collection[str], otherwise: str) -> str:
    """The point in the picture that an id stands for since something was merged."""
    try:
        now = library.store.resolve(id)
    except KluwenError:
        return otherwise
    return now if now in shown else otherwise


def _list(library: session.Library, shown: Shown) -> None:
    number = len(shown.nodes)
    with st.expander(f"Dezelfde {number} punten als lijst" if number > 1 else "Dit punt als lijst"):
        if shown.truncated:
            st.html(
                note(
                    "", "Er hangt meer aan vast dan hier past. Neem meer stappen, of toon de verbindingen van één punt."
                )
            )
        st.html(lists.points(shown.nodes, shown.edges, locks=not library.public))
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "Download als tabel (CSV voor Excel)",
                as_csv(shown.nodes, shown.edges, library.unanswered(), public=library.public),
                file_name="kluwen.csv",
                mime="text/csv",
                on_click="ignore",
                key="csv",
            )
