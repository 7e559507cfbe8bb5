"""The address bar: what it asks is taken over once, what a person does is written in it; so links, Back and Forward work."""

from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from search_app import routes

_SEEN = "address-seen"
_JS = """
const same = (a, b) => [...new URLSearchParams(a)].sort().join() === [...new URLSearchParams(b)].sort().join();
export default function ({ data }) {
  if (data.search !== window.kluwenAddress && !same(data.search, location.search))
    history.pushState({}, "", location.pathname + (data.search ? "?" + data.search : ""));
  window.kluwenAddress = data.search;
}
"""


def take_over(use: Callable[[dict[str, list[str]]], None], *names: str, keep: bool = True) -> None:
    """Call ``use`` with what the address says under ``names``, when that is not what was last seen or written there.

    With ``keep`` an address that names none of them (a visit through the menu) leaves the session as it is, and is filled
    in; without, it is taken over as any other.
    """
    asked = {name: st.query_params.get_all(name) for name in names}
    seen: dict[str, list[str]] | None = st.session_state.get(f"{_SEEN} {names}")
    if asked == seen:
        return
    if seen is None or not keep or any(asked.values()):
        use(asked)
        st.session_state[f"{_SEEN} {names}"] = asked
    else:
        _put(seen)


def write(**values: str | list[str]) -> None:
    """Say these values in the address, in place of all that stood there; empty ones are left out."""
    said = {name: [value] if isinstance(value, str) else value for name, value in values.items()}
    said = {name: [value for value in each if value] for name, each in said.items()}
    st.session_state[f"{_SEEN} {tuple(values)}"] = said
    _put(said)


def _put(said: dict[str, list[str]]) -> None:
    st.query_params.from_dict({**{name: each for name, each in said.items() if each}, **routes.query()})


def follow() -> None:
    """Mount what keeps the browser's address with the page: a link from a page to itself does not change it in Streamlit."""
    query = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    _mount()(key="address", data={"search": urlencode(query)})


@cache
def _mount() -> Any:
    return st.components.v2.component("kluwen_address", html="<span></span>", js=_JS)
