"""What fails becomes a sentence with a way out, whoever fails; the technical part goes to the log."""

import logging
import socket

import pytest
from streamlit.testing.v1 import AppTest

from corpus.errors import KluwenError
from search_app import server


def page_that_breaks() -> None:
    import streamlit as st

    from search_app import failure, routes

    def broken() -> None:
        raise RuntimeError("secret detail")

    st.navigation([routes.search(), routes.tangle(), routes.sources()], position="hidden")
    failure.guarded(broken)


def test_an_unforeseen_failure_names_a_way_out_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="kluwen.app"):
        app = AppTest.from_function(page_that_breaks).run()
    said = "".join(element.proto.body for element in app.get("html"))
    assert "Dit is niet gelukt." in said and "secret" not in said
    assert not app.exception
    assert [element.proto.label for element in app.get("page_link")] == ["Naar Zoeken"]
    assert "secret detail" in caplog.text


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(KluwenError, match=str(port)):
            server.serve("nothing.db", port=port, open_browser=False)
