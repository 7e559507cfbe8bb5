"""The pages of the app: their titles and addresses, and the links between them."""

from typing import Any

import streamlit as st

from search_app import session


def search() -> Any:
    """The page *Zoeken*."""
    from search_app.views import search as view

    return st.Page(view.page, title="Zoeken", default=True)


def tangle() -> Any:
    """The page *Kluwen*."""
    from search_app.views import tangle as view

    return st.Page(view.page, title="Kluwen", url_path="kluwen")


def sources() -> Any:
    """The page *Bronnen*."""
    from search_app.views import sources as view

    return st.Page(view.page, title="Bronnen", url_path="bronnen")


def review() -> Any:
    """The page *Beoordelen*."""
    from search_app.views import review as view

    return st.Page(view.page, title="Beoordelen", url_path="beoordelen")


def query(**values: str) -> dict[str, str]:
    """The query of a link, without what is empty; it stays with the samples where the session is with them."""
    return {name: value for name, value in values.items() if value} | (
        {"voorbeelden": "1"} if session.place().samples else {}
    )


def to_node(id: str, label: str, *, key: str | None = None) -> None:
    """A link to the tangle around a node."""
    if key is None:
        st.page_link(tangle(), label=plain(label), query_params=query(knoop=id))
    else:
        with st.container(key=key):
            st.page_link(tangle(), label=plain(label), query_params=query(knoop=id))


def plain(text: str) -> str:
    """A text as Streamlit's labels show it letter for letter: what Markdown would read as a sign is escaped."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]()<>#+-.!|~$:" else char for char in text)
