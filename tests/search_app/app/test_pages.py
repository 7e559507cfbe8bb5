"""The pages, asked through Streamlit's own test runner on a real store."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

Open = Callable[..., AppTest]
Nights = tuple[Path, dict[str, str]]


def html(app: AppTest) -> str:
    """All that the page says in its own HTML."""
    assert not app.exception, app.exception[0].stack_trace
    return "\n".join(element.proto.body for element in app.get("html"))


def links(app: AppTest) -> list[str]:
    """The words of the links on the page."""
    return [element.proto.label.replace("\\", "") for element in app.get("page_link")]


def test_the_start_offers_questions_and_three_ways_in(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0])
    said = html(app)
    for heading in ("Wat wilt u weten?", "Vaak genoemd", "Nog geen oplossing in de bronnen", "Laatst toegevoegd"):
        assert heading in said
    assert len([button for button in app.button if button.key is None or "questions" not in button.key]) >= 3
    assert "Alle 6 bronnen" in links(app)


def test_a_question_shows_hits_with_their_quote_and_place(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0])
    app.text_input(key="question").set_value("medicijnen in de nacht").run()
    said = html(app)
    assert "<mark>een nacht meegemaakt zonder de juiste medicijnen in huis</mark>" in said
    assert "Peiling onder mantelzorgers" in said and "p. 11" in said and "27-09-2024" in said
    assert "Een nacht meegemaakt zonder de juiste medicijnen in huis" in links(app)
    assert app.query_params["q"] == "medicijnen in de nacht"


def test_an_example_question_can_be_clicked(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0])
    example = app.button[0]
    question = example.label
    example.click().run()
    assert app.text_input(key="question").value == question
    assert "resulta" in html(app)


def test_a_link_to_a_search_gives_that_search(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0], q="nacht", soort="solution")
    assert app.text_input(key="question").value == "nacht"
    said = html(app)
    assert 'kl-s-solution kl-c-solution" style="--size:18px" aria-hidden="true"></i>Oplossing' in said
    assert ">Knelpunt<" not in said


def test_the_filters_narrow_what_is_found(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0], q="nacht")
    everything = html(app)
    app.multiselect(key="aard").set_value(["system"]).run()
    narrowed = html(app)
    assert narrowed.count("kl-quote") < everything.count("kl-quote")
    assert app.query_params["aard"] == "system"


def test_a_question_with_no_good_answer_says_so(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0], q="parkeervergunning aanvragen")
    said = html(app)
    assert "Hier staat weinig over in de bronnen." in said or "In deze bronnen staat hier niets over." in said
    assert "Rond deze vraag" not in said


def test_a_mistyped_word_is_said_to_be_read_otherwise(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0], q="het dossir inzien")
    assert "dossier (dossir)? Daarop is gezocht." in html(app)


def test_what_else_to_search_for_stands_as_buttons() -> None:
    def script() -> None:
        from search_app.views.search import _suggest

        _suggest(("nachtzorg", "apotheek"))

    app = AppTest.from_function(script).run()
    assert not app.exception
    assert [button.label for button in app.button] == ["nachtzorg", "apotheek"]


@pytest.mark.parametrize(
    "question", ["<script>alert(1)</script>", "**vet** [link](x)", "' OR 1=1 --", "🙂", "a" * 3000]
)
def test_any_question_will_do(open_app: Open, nights: Nights, question: str) -> None:
    app = open_app(nights[0])
    app.text_input(key="question").set_value(question).run()
    assert "<script>" not in html(app)


def test_a_tangle_shows_the_quotes_and_what_hangs_together(open_app: Open, nights: Nights) -> None:
    file, ids = nights
    app = open_app(file, knoop=ids["k1b"], page="kluwen")
    said = html(app)
    assert "Kluwen rond" in said and "Waarom staat dit hier?" in said
    for words in ("Komt door", "Leidt tot", "Hiertegen helpt", "Betreft"):
        assert f">{words}</h3>" in said
    assert "in de bron" in said and "vermoeden" in said
    assert "De punten van deze kluwen" in said


def test_fewer_steps_show_fewer_points(open_app: Open, nights: Nights) -> None:
    file, ids = nights
    app = open_app(file, knoop=ids["k1b"], page="kluwen")
    two = html(app).count("kl-point")
    app.button_group(key="steps").set_value(1).run()
    assert html(app).count("kl-point") < two
    assert app.query_params["stappen"] == "1"


def test_a_link_can_name_a_point_within_a_tangle(open_app: Open, nights: Nights) -> None:
    file, ids = nights
    app = open_app(file, knoop=ids["k1b"], punt=ids["s2a"], page="kluwen")
    assert 'class="kl-panel-title">Wijs per regio' in html(app)


def test_a_tangle_can_lie_around_an_actor_and_a_theme_leads_to_a_choice(open_app: Open, nights: Nights) -> None:
    from graph.model import Theme, actor_id, theme_id

    app = open_app(nights[0], knoop=actor_id("apotheek"), page="kluwen")
    said = html(app)
    assert 'class="kl-panel-title">apotheek' in said and ">Is betrokken bij</h3>" in said
    app = open_app(nights[0], knoop=theme_id(Theme.FUNDING), page="kluwen")
    assert "Rond welk punt wilt u de kluwen zien?" in html(app)


def test_a_point_that_is_gone_names_a_way_out(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0], knoop="con-0000000000000000", page="kluwen")
    assert "Dit punt bestaat niet meer." in html(app)
    assert "Naar Zoeken" in links(app)


def test_the_tangle_page_without_a_point_offers_some(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0], page="kluwen")
    assert "Rond welk punt wilt u de kluwen zien?" in html(app)
    assert "Naasten raken uitgeput" in links(app)


def test_the_sources_are_listed_with_what_was_found_in_them(open_app: Open, nights: Nights) -> None:
    app = open_app(nights[0], page="bronnen")
    assert "deze 6 documenten" in html(app)
    assert "Handreiking thuis sterven" in links(app)
    assert html(app).count("kl-internal") >= 2


def test_a_source_can_be_made_public_and_taken_out(
    open_app: Open, tmp_path: Path, make_nights: Callable[[Path], dict[str, str]]
) -> None:
    import graph
    from graph.model import Access

    file = tmp_path / "own.db"
    make_nights(file)
    with graph.open(str(file)) as store:
        document = store.document("werksessie.docx")
    app = open_app(file, bron=document.id, page="bronnen")
    assert "Verslag werksessie nachtzorg" in html(app)
    app.button_group(key=f"access-{document.id}").set_value(Access.PUBLIC).run()
    with graph.open(str(file)) as store:
        assert store.document(document.id).access == Access.PUBLIC
    app.button(key="remove").click().run()
    warning = " ".join(element.value for element in app.markdown).replace("\\", "")
    assert "gaat uit Kluwen, met 2 knelpunten en 1 oorzaak die alleen hier staan" in warning
    app.button(key="confirm-remove").click().run()
    with graph.open(str(file)) as store:
        assert document.id not in {each.id for each in store.documents()}


def test_without_a_graph_there_is_an_upload_and_the_samples(open_app: Open, tmp_path: Path) -> None:
    missing = tmp_path / "nothing.db"
    for page in ("", "kluwen", "bronnen"):
        app = open_app(missing, page=page)
        assert "Begin met een document" in html(app)
        assert app.get("file_uploader")
        assert app.button(key="open-samples")
    assert not missing.exists(), "looking must not make a graph"


def test_an_empty_graph_is_no_empty_screen(open_app: Open, tmp_path: Path) -> None:
    import graph

    file = tmp_path / "empty.db"
    graph.open(str(file), create=True).close()
    assert "Begin met een document" in html(open_app(file))


def test_a_file_that_is_no_graph_is_one_sentence_with_a_way_out(open_app: Open, tmp_path: Path) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Geachte heer, mevrouw", encoding="utf-8")
    app = open_app(file)
    assert "kl-note kl-bad" in html(app) and "Traceback" not in html(app)


def test_a_public_session_sees_neither_lock_nor_gap(open_app: Open, nights: Nights) -> None:
    file, ids = nights
    for page, query in (("", {"q": "nacht"}), ("", {}), ("kluwen", {"knoop": ids["k4a"]}), ("bronnen", {})):
        app = open_app(file, page=page, public=True, **query)
        said = html(app).replace(".kl-internal", "")
        assert "kl-internal" not in said and "ntern" not in said
        assert "werksessie" not in said and "Bekostiging" not in said
        assert not app.get("file_uploader")
    app = open_app(file, page="kluwen", public=True, knoop=ids["k8a"])
    assert "Dit punt bestaat niet meer." in html(app)
