"""The address bar: what it asks is taken over once, what a person does is written in it; so links, Back and Forward work."""

from collections.abc import Callable

import streamlit as st

from search_app import routes

_SEEN = "address-seen"


def take_over(use: Callable[[dict[str, list[str]]], None], *names: str) -> None:
    """Call ``use`` with what the address says under ``names``, when that is not what was last seen or written there.

    An address that names none of them leaves the session as it is (a visit through the menu), and is filled in.
    """
    asked = {name: st.query_params.get_all(name) for name in names}
    seen: dict[str, list[str]] | None = st.session_state.get(f"{_SEEN} {names}")
    if asked == seen:
        return
    if seen is None or any(asked.values()):
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
