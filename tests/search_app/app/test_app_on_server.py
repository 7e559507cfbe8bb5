"""The app on a graph that lives on a Neo4j server: the address and who signs in come from the environment."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

STATED = "Er is te weinig nachtzorg voor mensen die thuis sterven"
LETTER = f"# Nacht\n\nKnelpunten:\n\n- {STATED}.\n"


def html(app: AppTest) -> str:
    assert not app.exception, app.exception[0].stack_trace
    return "\n".join(element.proto.body for element in app.get("html"))


def test_an_empty_server_welcomes_and_takes_a_first_document(
    open_app: Callable[..., AppTest], neo4j_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import graph

    monkeypatch.chdir(tmp_path)
    assert "Hier is nog niets te zien" in html(open_app(neo4j_address, public=True))
    app = open_app(neo4j_address)
    assert "Begin met een document" in html(app)
    app.file_uploader[0].upload("nacht.md", LETTER.encode(), "text/markdown").run()
    app.button(key="add").click().run()
    assert not app.exception
    with graph.open(neo4j_address) as store:
        [document] = store.documents()
        assert document.name == "nacht.md" and document.access == "internal"
        assert [s.quote.rstrip(".") for s in store.statements()] == [STATED]
    assert (tmp_path / "kluwen-bestanden" / "nacht.md").read_text(encoding="utf-8") == LETTER
    assert "nachtzorg" in html(open_app(neo4j_address, q="nachtzorg"))
    assert "Hier is nog niets te zien" in html(open_app(neo4j_address, public=True))
