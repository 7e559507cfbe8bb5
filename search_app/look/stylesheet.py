"""Writes the page's one stylesheet: the tokens as CSS variables, the shapes, then the files of ``css/``."""

import json
from functools import cache
from pathlib import Path

import streamlit as st

from search_app.look import shapes

_HERE = Path(__file__).parent
_FILES = ("frame", "type", "marks", "quotes", "surfaces", "widgets", "tables", "pages", "header")


@cache
def _css() -> str:
    themes = json.loads((_HERE / "tokens.json").read_text(encoding="utf-8"))
    tokens = "".join(
        f"--kl-{name.replace('_', '-')}:light-dark({light},{themes['dark'][name]});"
        for name, light in themes["light"].items()
    )
    rules = "\n".join((_HERE / "css" / f"{name}.css").read_text(encoding="utf-8") for name in _FILES)
    return f"<style>:root{{{tokens}}}{shapes.css()}{rules}</style>"


def apply() -> None:
    """Put the stylesheet on the page. What Streamlit draws outside its own frame gets the theme from ``color-scheme``."""
    st.html(_css())
    st.html(f"<style>:root{{color-scheme:{st.context.theme.type or 'light'}}}</style>")
