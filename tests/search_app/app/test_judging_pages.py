"""Judging in the app, asked through Streamlit's own test runner: what a person says is in the store at once, and can be taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import graph
from graph.ledger.judgement import Judgement, Verdict, holding
from graph.model import Level
from graph.store.base import Store
from search_app.judging import judge

Open = Callable[..., AppTest]


@pytest.fixture
def own(tmp_path: Path, make_nights: Callable[[Path], dict[str, str]]) -> tuple[Path, dict[str, str]]:
    """A graph of the test's own, and its concept ids by key."""
    file = tmp_path / "own.db"
    return file, make_nights(file)


def html(app: AppTest) -> str:
    assert not app.exception, app.exception[0].stack_trace
    return "\n".join(element.proto.body for element in app.get("html"))


def named(app: AppTest, name: str = "Eva") -> AppTest:
    """Answer who judges."""
    app.text_input(key="judge-named").set_value(name)
    return next(button for button in app.button if button.label == "Ga verder").click().run()


def statement(store: Store, concept: str) -> str:
    return store.statements(concept_ids=[concept])[0].id


def held(file: Path) -> list[Judgement]:
    with graph.open(str(file)) as store:
        return holding(store.ledger())


def test_who_judges_is_asked_once_and_an_answer_can_be_taken_back(
    open_app: Open, own: tuple[Path, dict[str, str]]
) -> None:
    file, ids = own
    with graph.open(str(file)) as store:
        id = statement(store, ids["k1b"])
    app = open_app(file, knoop=ids["k1b"], page="kluwen")
    app.button(key=f"right-{id}").click().run()
    assert not held(file), "nobody said yet who judges"
    named(app)
    assert [(j.by, j.verdict.value) for j in held(file)] == [("Eva", "accepted")]
    assert "Vastgelegd: klopt." in html(app) and "Nagekeken" in html(app)
    app.button(key="judge-back-page").click().run()
    assert not held(file)
    app.button(key=f"right-{id}").click().run()
    assert [j.by for j in held(file)] == ["Eva"], "the name is asked once"


def test_a_colleague_who_says_otherwise_is_named(open_app: Open, own: tuple[Path, dict[str, str]]) -> None:
    file, ids = own
    with graph.open(str(file)) as store:
        id = statement(store, ids["k1b"])
        judge(store, Verdict.ACCEPTED, id, by="Jan")
    app = open_app(file, knoop=ids["k1b"], page="kluwen")
    app.button(key=f"wrong-{id}").click().run()
    named(app)
    assert "Jan zei hierover eerder: klopt. Uw oordeel is nieuwer en geldt nu." in html(app)


def test_what_a_colleague_took_away_meanwhile_is_said(open_app: Open, own: tuple[Path, dict[str, str]]) -> None:
    file, ids = own
    with graph.open(str(file)) as store:
        standing = [s.id for s in store.statements(concept_ids=[ids["k1b"]])]
    app = open_app(file, knoop=ids["k1b"], page="kluwen")
    with graph.open(str(file)) as store:
        for id in standing:
            judge(store, Verdict.REJECTED, id, by="Jan")
    app.button(key=f"right-{standing[0]}").click().run()
    named(app)
    assert "Dit staat niet meer in de kluwen." in html(app)
    assert {j.by for j in held(file)} == {"Jan"}


def test_the_page_of_doubts_goes_on_to_the_next_and_the_history_undoes(
    open_app: Open, own: tuple[Path, dict[str, str]]
) -> None:
    from dataclasses import replace

    file, _ = own
    with graph.open(str(file)) as store:
        contents = store.contents(store.document("werksessie.docx").id)
        store.put(replace(contents, statements=tuple(replace(s, confidence=0.5) for s in contents.statements)))
        number = len(contents.statements)
    app = open_app(file, page="beoordelen")
    app.button_group(key="review-tab").set_value("doubtful").run()
    assert f"Nog {number} te gaan" in html(app)
    app.button(key="review-rejected").click().run()
    named(app)
    assert f"Nog {number - 1} te gaan" in html(app)
    [said] = held(file)
    app.button_group(key="review-tab").set_value("history").run()
    assert "Klopt niet" in html(app) and "Eva, vandaag" in html(app)
    app.button(key=f"back-{said.id}").click().run()
    assert not held(file) and "teruggedraaid" in html(app)
    undoing = next(button for button in app.button if button.label == "Zet terug")
    undoing.click().run()
    assert [j.id for j in held(file)] == [said.id]


def test_a_judgement_without_a_place_is_given_another(open_app: Open, own: tuple[Path, dict[str, str]]) -> None:
    from dataclasses import replace

    file, _ = own
    with graph.open(str(file)) as store:
        contents = store.contents(store.document("werksessie.docx").id)
        first, *others = contents.statements
        said = judge(store, Verdict.RELEVELLED, first.id, None, ["stelsel"], by="Jan")
        document = replace(contents.document, sha256="anders")
        store.put(replace(contents, document=document, statements=tuple(others), links=(), vectors=None))
    app = open_app(file, page="beoordelen")
    app.button_group(key="review-tab").set_value("orphans").run()
    key = f"{said.id}-{first.id}"
    app.selectbox(key=f"now-{key}").set_value(others[0].id).run()
    app.button(key=f"move-{key}").click().run()
    named(app)
    with graph.open(str(file)) as store:
        assert store.statements([others[0].id])[0].level == Level.SYSTEM
        assert not store.orphans()


def test_a_public_session_is_offered_nothing_to_judge(open_app: Open, own: tuple[Path, dict[str, str]]) -> None:
    file, ids = own
    for page, query in (("kluwen", {"knoop": ids["k1b"]}), ("bronnen", {}), ("beoordelen", {}), ("", {"q": "nacht"})):
        app = open_app(file, page=page, public=True, **query)
        html(app)
        assert not [
            b.key for b in app.button if b.key and b.key.startswith(("right-", "wrong-", "correct-", "judge-", "mark"))
        ]
