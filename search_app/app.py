"""The entry script of the app: what every page has around it. ``kluwen app`` serves it; see ``server.py``."""

from pathlib import Path

import streamlit as st

from corpus import messages
from search_app import address, failure, routes, session
from search_app.look import dutch, stylesheet
from search_app.pieces.marks import icon
from search_app.views import deciding

LOGO = str(Path(__file__).parent / "static" / "kluwen.svg")


def badge() -> None:
    """Who sees what: in the header, or at the end of the page on a phone. A public session sees nothing of it."""
    at = session.place()
    if at.samples:
        with st.container(key="access", horizontal=True, vertical_alignment="center"):
            st.html('<span class="kl-apart">U kijkt naar de voorbeelden</span>')
            if st.button("Naar uw eigen bronnen", type="tertiary", key="leave-samples"):
                st.session_state.samples = False
                st.query_params.clear()
                st.switch_page(routes.search())
    elif not at.public and at.exists:
        with st.container(key="access"):
            st.html(f'<span class="kl-internal">{icon("lock")}U ziet ook interne bronnen</span>')


def main() -> None:
    messages.use("nl")
    st.set_page_config(page_title="Kluwen", page_icon=LOGO, layout="wide", initial_sidebar_state="collapsed")
    st.logo(LOGO, size="large")
    stylesheet.apply()
    pages = [routes.search(), routes.tangle(), routes.sources()]
    if session.may_judge():
        pages.append(routes.review())
    page = st.navigation(pages, position="top")
    deciding.stay(page.url_path)
    failure.guarded(page.run)
    failure.guarded(badge)
    with st.container(key="unseen"):
        dutch.speak()
        address.follow()


main()
