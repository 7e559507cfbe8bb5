"""The tangle as a picture: Cytoscape.js in a Streamlit component of our own (sources in ``source/``, bundle in ``frontend/``)."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from search_app.network.drawing import Drawing

_FRONTEND = Path(__file__).parent / "frontend"
HEIGHT, LOW = 560, 360
FEW = 4
"""With so few points the picture is lower."""


@cache
def _mount() -> Any:
    """The component: its packaged files where Streamlit's scanner found them (an installed Kluwen), else the same as text."""
    from streamlit.errors import StreamlitAPIException

    html = (_FRONTEND / "net.html").read_text(encoding="utf-8")
    try:
        return st.components.v2.component("kluwen.network", html=html, css="net.css", js="net-*.js")
    except StreamlitAPIException:
        (script,) = _FRONTEND.glob("net-*.js")
        css = (_FRONTEND / "net.css").read_text(encoding="utf-8")
        return st.components.v2.component("kluwen_network", html=html, css=css, js=script.read_text(encoding="utf-8"))


def network(
    drawing: Drawing,
    *,
    start: str,
    centre: str,
    selected: str,
    key: str,
    on_select: Callable[[], None],
    on_expand: Callable[[], None],
) -> None:
    """Show a drawing. A click puts a node's id in ``st.session_state[key]["selected"]`` and calls ``on_select``; a double
    click (or U) puts one in ``["expand"]`` and calls ``on_expand``. ``centre`` is the id that the tangle lies around. Nodes
    that are there stay where they are when it grows; another ``start`` (any text) is another picture."""
    _mount()(
        key=key,
        default={"selected": selected},
        data={
            **drawing.data,
            "start": start,
            "centre": centre,
            "selected": selected,
            "height": HEIGHT if len(drawing.data["nodes"]) > FEW else LOW,
        },
        on_selected_change=on_select,
        on_expand_change=on_expand,
    )
