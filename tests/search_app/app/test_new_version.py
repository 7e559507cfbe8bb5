"""A file of a document that is there already: what it changes is shown, and nothing is written before the yes."""

from collections.abc import Callable
from pathlib import Path

from streamlit.testing.v1 import AppTest

import graph
from graph.ledger.judgement import Verdict
from search_app.judging import judge

Open = Callable[..., AppTest]

NOTE = """Notitie

Knelpunten

- De apotheek levert na tien uur geen medicatie meer.
- Er is te weinig personeel in de nacht.
"""


def html(app: AppTest) -> str:
    assert not app.exception, app.exception[0].stack_trace
    return "\n".join(element.proto.body for element in app.get("html"))


def upload(app: AppTest, text: str) -> AppTest:
    app.file_uploader[0].set_value([("notitie.txt", text.encode(), "text/plain")]).run()
    return app.button(key="add").click().run()


def quotes(file: Path) -> set[str]:
    with graph.open(str(file)) as store:
        return {s.quote for s in store.statements()}


def test_a_new_version_waits_for_a_yes(open_app: Open, tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    upload(open_app(file, page="bronnen"), NOTE)
    before = quotes(file)
    with graph.open(str(file)) as store:
        [document] = store.documents()
        old = next(s for s in store.statements() if "personeel" in s.quote)
        judge(store, Verdict.ACCEPTED, old.id, by="Jan")
    new = NOTE.replace("Er is te weinig personeel in de nacht", "De huisarts is onbereikbaar")
    app = upload(open_app(file, page="bronnen"), new)
    said = html(app)
    assert "stond er al. Dit verandert er:" in said
    assert "Nieuw (1)" in said and "Weg (1)" in said
    assert f"Klopt: “{old.quote}” staat er niet meer." in said
    assert quotes(file) == before, "nothing is written before the yes"
    app.button(key=f"no-{document.id}").click().run()
    assert quotes(file) == before and "stond er al. Dit" not in html(app)
    app = upload(open_app(file, page="bronnen"), new)
    app.button(key=f"yes-{document.id}").click().run()
    assert "1 uit de vorige versie is weg" in html(app)
    assert any("huisarts" in quote for quote in quotes(file)) and old.quote not in quotes(file)
    with graph.open(str(file)) as store:
        assert [j.by for j, _ in store.orphans()] == ["Jan"]


def test_the_same_file_again_is_not_asked_about(open_app: Open, tmp_path: Path) -> None:
    file = tmp_path / "own.db"
    upload(open_app(file, page="bronnen"), NOTE)
    app = upload(open_app(file, page="bronnen"), NOTE)
    assert "Dit document stond er al, en is niet veranderd." in html(app)
