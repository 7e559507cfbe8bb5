"""The address bar: what it asks is taken over once, what a person does is written in it; so links, Back and Forward work."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from search_app import routes

_SEEN = "address-seen"
_JS = """
export default function () {
  const follow = (event) => {
    const link = event.target.closest?.('a[data-testid="stPageLink-NavLink"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href);
    if (to.origin === location.origin && to.pathname === location.pathname && to.search !== location.search)
      history.pushState({}, "", to);
  };
  document.addEventListener("click", follow, true);
  return () => document.removeEventListener("click", follow, true);
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
    """Mount what makes the browser's address follow a link from a page to itself: Streamlit runs the page and leaves it."""
    _mount()(key="address")


@cache
def _mount() -> Any:
    return st.components.v2.component("kluwen_address", html="<span></span>", js=_JS)
