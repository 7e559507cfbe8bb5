"""A button that copies the address of what is on the page."""

from functools import cache
from typing import Any

import streamlit as st

_HTML = '<button type="button">Kopieer link</button><span aria-live="polite"></span>'
_CSS = """
:host { display: block; }
button { font: inherit; font-size: 16px; color: var(--kl-text); background: var(--kl-surface); border: 1px solid var(--kl-control);
  border-radius: 8px; min-height: 40px; padding: 0 12px; cursor: pointer; white-space: nowrap; font-family: var(--st-font); }
button:hover { background: var(--kl-primary-soft); }
button:focus-visible { outline: 3px solid var(--kl-focus-out); outline-offset: 3px; box-shadow: 0 0 0 3px var(--kl-focus-in); }
span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
"""
_JS = """
export default function ({ parentElement }) {
  const button = parentElement.querySelector("button"), said = parentElement.querySelector("span");
  button.onclick = async () => {
    const link = window.location.href;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      const area = document.createElement("textarea");
      area.value = link;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
      button.focus();
    }
    button.textContent = said.textContent = "Gekopieerd";
    setTimeout(() => { button.textContent = "Kopieer link"; said.textContent = ""; }, 2000);
  };
}
"""


@cache
def _mount() -> Any:
    return st.components.v2.component("kluwen_copylink", html=_HTML, css=_CSS, js=_JS)


def copy_link(key: str) -> None:
    """Show the button."""
    _mount()(key=key, width="content")
