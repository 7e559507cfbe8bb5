"""What a search finds, why, and how sure it says it is."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import graph
from corpus.dutch import terms
from corpus.errors import KluwenError
from graph.meaning import Encoder
from graph.meaning.bundled import BundledEncoder
from graph.model import Contents, Kind, Level, ModelInfo, Theme, document_id
from graph.search import Answer, Part, as_json, search
from graph.search.direction import against, direction
from graph.search.diversity import spread
from graph.search.parts import parts
from graph.search.suggesting import suggestions
from graph.store.base import Filters, Store


def names(answer: Answer) -> list[str]:
    return [hit.name for hit in answer.hits]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("familie trekt het niet meer", "Mantelzorgers zijn vaak overbelast"),
        ("overdracht naar de huisartsenpost", "Geen of onvolledige overdracht: naar de huisartsenpost"),
        ("te veel papierwerk", "Zorgverleners zijn veel tijd kwijt aan administratie"),
        ("medische gegevens zijn niet uit te wisselen", "Dossiers van ziekenhuis en huisarts zijn niet gekoppeld"),
        ("steeds hetzelfde moeten vertellen", "Patiënten moeten steeds opnieuw hun verhaal vertellen"),
        ("shortage of district nurses", "Er is een tekort aan wijkverpleegkundigen"),
        ("medicijnen thuisbrengen", "Laat de apotheek de medicatie na ontslag thuis bezorgen"),
        ("huisbezoekvergoeding", "De vergoeding voor huisbezoeken is te laag"),
    ],
)
def test_a_question_in_other_words_finds_what_answers_it_first(
    store: Store, encoder: Encoder, question: str, found: str
) -> None:
    answer = search(store, encoder, question)
    assert names(answer)[0] == found
    assert not answer.weak


def test_a_lead_in_belongs_to_each_of_its_items(store: Store, encoder: Encoder) -> None:
    assert set(names(search(store, encoder, "onvolledige overdracht"))[:2]) == {
        "Geen of onvolledige overdracht: naar de huisartsenpost",
        "Geen of onvolledige overdracht: naar de wijkverpleging",
    }


def test_one_concept_in_two_documents_is_one_hit_with_both_statements(store: Store, encoder: Encoder) -> None:
    hit = search(store, encoder, "overbelaste mantelzorgers").hits[0]
    assert hit.name == "Mantelzorgers zijn vaak overbelast"
    assert {s.document_id for s in hit.statements} == {document_id("rapport.pdf"), document_id("advies.html")}
    assert len({h.id for h in search(store, encoder, "overbelaste mantelzorgers").hits}) == len(
        search(store, encoder, "overbelaste mantelzorgers").hits
    )


def test_hits_come_best_first_with_scores_between_0_and_1(store: Store, encoder: Encoder) -> None:
    for question in ("overdracht", "familie trekt het niet meer", "geld voor huisartsen in de nacht", "appeltaart"):
        scores = [hit.score for hit in search(store, encoder, question).hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_the_same_words_score_higher_than_a_distant_paraphrase(store: Store, encoder: Encoder) -> None:
    literal = search(store, encoder, "tekort aan wijkverpleegkundigen").hits[0]
    distant = search(store, encoder, "handen aan het bed").hits[0]
    assert literal.score > 0.7 > distant.score


def test_a_hit_says_why_it_was_found(store: Store, encoder: Encoder) -> None:
    why = search(store, encoder, "familie is overbelast").hits[0].why
    assert sum(reason.share for reason in why) == pytest.approx(1)
    assert [r.share for r in why] == sorted((r.share for r in why), reverse=True)
    by_part = {reason.part: reason for reason in why}
    assert by_part[Part.WORDS].terms == ("overbelast",)
    assert "familie ~ Mantelzorgers" in by_part[Part.CONCEPTS].terms
    assert "overbelast" not in " ".join(by_part[Part.MEANING].terms)


@pytest.mark.parametrize(
    ("question", "filters", "found"),
    [
        ("vergoeding en eisen", Filters(kinds=frozenset({Kind.CAUSE})), {"De vergoeding voor huisbezoeken is te laag", "Elke financier stelt eigen eisen aan de verantwoording"}),
        ("overdracht", Filters(levels=frozenset({Level.ORGANISATIONAL})), {"Geen of onvolledige overdracht: naar de huisartsenpost", "Geen of onvolledige overdracht: naar de wijkverpleging"}),
        ("huisarts", Filters(themes=frozenset({Theme.DATA})), {"Dossiers van ziekenhuis en huisarts zijn niet gekoppeld"}),
        ("tekort aan personeel", Filters(actors=frozenset({"wijkverpleging"})), {"Er is een tekort aan wijkverpleegkundigen"}),
        ("vrijwilligers in het hospice", Filters(documents=frozenset({document_id("notulen.txt")})), {"Vrijwilligers voelen zich niet gezien door het management", "De directie stelt de verbouwing van het hospice al drie jaar uit"}),
    ],
)  # fmt: skip
def test_only_what_passes_the_filters_is_found(
    store: Store, encoder: Encoder, question: str, filters: Filters, found: set[str]
) -> None:
    assert set(names(search(store, encoder, question, filters=filters))) == found


def test_every_hit_has_a_reason(store: Store, encoder: Encoder) -> None:
    for question in ("overdracht", "appeltaart bakken", "winterbanden wisselen", "familie trekt het niet meer"):
        assert all(hit.why for hit in search(store, encoder, question, limit=99).hits)


def test_a_filter_changes_which_hits_come_not_how_they_score(store: Store, encoder: Encoder) -> None:
    scores = {h.id: h.score for h in search(store, encoder, "administratie schrappen", limit=99).hits}
    filtered = search(store, encoder, "administratie schrappen", filters=Filters(kinds=frozenset({Kind.SOLUTION})))
    assert filtered.hits
    assert all(scores[hit.id] == pytest.approx(hit.score) for hit in filtered.hits)


def test_a_document_filter_shows_only_its_own_statements(store: Store, encoder: Encoder) -> None:
    advice = document_id("advies.html")
    answer = search(store, encoder, "overbelaste mantelzorgers", filters=Filters(documents=frozenset({advice})))
    assert {s.document_id for hit in answer.hits for s in hit.statements} == {advice}


def test_a_public_session_finds_nothing_that_rests_on_an_internal_document(path: Path, encoder: Encoder) -> None:
    with graph.open(str(path), public=True) as store:
        for question in ("vrijwilligers niet gezien door het management", "verbouwing van het hospice"):
            answer = search(store, encoder, question)
            found = {s.document_id for hit in answer.hits for s in hit.statements}
            assert document_id("notulen.txt") not in found
            assert answer.hits[0].score < search(store, encoder, "overbelaste mantelzorgers").hits[0].score


@pytest.mark.parametrize(
    "question",
    ["appeltaart bakken in de oven", "uitslag van de wedstrijd", "winterbanden wisselen", "quantum computing", "qqq"],
)
def test_a_question_about_something_else_is_called_weak(store: Store, encoder: Encoder, question: str) -> None:
    assert search(store, encoder, question).weak


@pytest.mark.parametrize(
    "question", ["", " ", "x", "?!", "de het een", "漢字", "\x00", "'\"); DROP TABLE statement; --"]
)
def test_any_question_has_an_answer_even_if_weak(store: Store, encoder: Encoder, question: str) -> None:
    answer = search(store, encoder, question)
    assert answer.query == question
    assert answer.weak


def test_a_pasted_page_is_a_question_too(store: Store, encoder: Encoder) -> None:
    page = "De werkgroep vergaderde. " * 200 + "Mantelzorgers raken overbelast en trekken het niet meer. " * 40
    assert "Mantelzorgers zijn vaak overbelast" in names(search(store, encoder, page))[:3]


@pytest.mark.parametrize("question", ["a" * 50_000, "zorg" * 10_000, "zorg " * 20_000, "é" * 10_000])
def test_an_endless_word_is_a_question_too(store: Store, encoder: Encoder, question: str) -> None:
    assert search(store, encoder, question).query == question


def test_the_limit_counts_hits(store: Store, encoder: Encoder) -> None:
    assert [len(search(store, encoder, "overdracht", limit=n).hits) for n in (0, 1, 3)] == [0, 1, 3]


def test_a_passage_is_shown_where_no_statement_has_the_words(store: Store, encoder: Encoder) -> None:
    answer = search(store, encoder, "symposium in het provinciehuis te Assen")
    passage = next(hit for hit in answer.hits if hit.kind == "passage")
    assert passage.statements == ()
    assert passage.passage is not None
    assert passage.name.startswith("De werkgroep vergaderde in het provinciehuis")
    assert "provinciehuis" in passage.why[0].terms
    kinds = Filters(kinds=frozenset({Kind.BOTTLENECK}))
    assert all(h.kind == "bottleneck" for h in search(store, encoder, "symposium provinciehuis", filters=kinds).hits)


def test_words_and_concepts_answer_without_a_model(store: Store) -> None:
    answer = search(store, None, "familie is overbelast")
    assert names(answer)[0] == "Mantelzorgers zijn vaak overbelast"
    assert {reason.part for reason in answer.hits[0].why} == {Part.WORDS, Part.CONCEPTS}


def test_vectors_of_two_models_are_never_compared(store: Store) -> None:
    other = BundledEncoder()
    other.info = replace(other.info, revision="another")
    with pytest.raises(KluwenError) as error:
        search(store, other, "overdracht")
    assert error.value.key == "model.mixed"


def test_an_empty_graph_has_a_weak_answer(tmp_path: Path, encoder: Encoder) -> None:
    with graph.open(str(tmp_path / "leeg.db"), create=True) as store:
        assert search(store, encoder, "overdracht") == Answer("overdracht", True)


def test_json_has_the_documented_keys_and_plain_values(store: Store, encoder: Encoder) -> None:
    documents = {d.id: d for d in store.documents()}
    written = as_json(search(store, encoder, "overbelaste mantelzorgers", limit=1), documents)
    assert list(written) == ["query", "weak", "hits", "suggestions", "corrections"]
    (hit,) = written["hits"]  # type: ignore[misc]
    assert list(hit) == ["id", "kind", "name", "score", "why", "path", "statements"]  # type: ignore[has-type]
    assert hit["kind"] == "bottleneck" and hit["path"] == []  # type: ignore[has-type]
    assert list(hit["why"][0]) == ["part", "terms", "share"]  # type: ignore[has-type]
    assert {(s["document"], s["quote"], s["page"]) for s in hit["statements"]} == {  # type: ignore[has-type]
        ("rapport.pdf", "Mantelzorgers zijn vaak overbelast", 1),
        ("advies.html", "Mantelzorgers zijn vaak overbelast", 1),
    }
    assert all(list(s) == ["id", "document", "quote", "page"] for s in hit["statements"])  # type: ignore[has-type]


def test_searching_imports_nothing_heavy(path: Path) -> None:
    code = (
        "import sys, graph; from graph.meaning import open_encoder; from graph.search import search;"
        f"store = graph.open({str(path)!r}); search(store, open_encoder(None, store.model()), 'overdracht');"
        "print([m for m in ('torch', 'sentence_transformers', 'networkx', 'scipy', 'pypdf') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"


class Squeezed:
    """The bundled model with all its cosines between 0.8 and 1, as E5 models have them."""

    def __init__(self, model: Encoder) -> None:
        self._model = model
        self.info = ModelInfo("squeezed", "1", model.info.dimension + 1)

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        vectors = self._model.encode_queries(texts)
        constant = 3.0 * vectors.any(axis=1, keepdims=True)
        return (np.hstack([vectors, constant]) / np.sqrt(10)).astype(np.float32)

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return self.encode_queries(texts)


def test_a_model_whose_cosines_are_all_high_ranks_and_doubts_like_any_other(
    tmp_path: Path, store: Store, encoder: Encoder, fill_store: Callable[[Store, Encoder], None]
) -> None:
    squeezed = Squeezed(encoder)
    with graph.open(str(tmp_path / "hoog.db"), create=True) as other:
        fill_store(other, squeezed)
        for question in ("familie trekt het niet meer", "te veel papierwerk", "winterbanden wisselen", "appeltaart"):
            mine, theirs = search(store, encoder, question), search(other, squeezed, question)
            assert names(mine) == names(theirs)
            assert mine.weak == theirs.weak


@pytest.mark.parametrize(
    ("question", "typed", "meant", "found"),
    [
        ("mantelzorgrs overbelast", "mantelzorgrs", "mantelzorgers", "Mantelzorgers zijn vaak overbelast"),
        ("overdarcht huisartsenpost", "overdarcht", "overdracht", "Geen of onvolledige overdracht: naar de huisartsenpost"),
        ("dossiers van de huisrats", "huisrats", "huisarts", "Dossiers van ziekenhuis en huisarts zijn niet gekoppeld"),
    ],
)  # fmt: skip
def test_a_mistyped_word_is_read_as_it_was_meant_and_said_so(
    store: Store, encoder: Encoder, question: str, typed: str, meant: str, found: str
) -> None:
    answer = search(store, encoder, question)
    assert answer.corrections == ((typed, meant),)
    assert answer.query == question
    assert names(answer)[0] == found
    shown = [term for hit in answer.hits for reason in hit.why for term in reason.terms]
    assert f"{typed} ~ {meant}" in shown


@pytest.mark.parametrize(
    "question",
    [
        "winterbanden wisselen",
        "shortage of district nurses",
        "nachtzorgtekort",
        "wijkverpleegkundigen",
        "Assen",
        "zrog",
    ],
)
def test_a_word_that_someone_knows_is_no_mistake(store: Store, encoder: Encoder, question: str) -> None:
    assert search(store, encoder, question).corrections == ()


@pytest.mark.parametrize("question", ["huisarts bezoeken vergoeding", "huisbezoeken vergoeding"])
def test_a_compound_is_found_joined_and_split(store: Store, encoder: Encoder, question: str) -> None:
    assert names(search(store, encoder, question))[0] == "De vergoeding voor huisbezoeken is te laag"


def test_two_words_that_the_graph_writes_as_one_count_as_that_one(store: Store, encoder: Encoder) -> None:
    hits = search(store, encoder, "huisartsen post").hits[:2]
    hit = next(hit for hit in hits if hit.name == "Geen of onvolledige overdracht: naar de huisartsenpost")
    assert "huisartsen post" in next(reason for reason in hit.why if reason.part == Part.WORDS).terms


@pytest.mark.parametrize(
    ("question", "same", "opposite"),
    [
        ("te weinig medicatie", "Ouderen krijgen te weinig medicatie", "Ouderen krijgen te veel medicatie"),
        ("te veel medicatie", "Ouderen krijgen te veel medicatie", "Ouderen krijgen te weinig medicatie"),
        ("de hulp komt te laat", "Hulp komt vaak te laat", "Hulp komt vaak te vroeg"),
        ("niet bereikbaar in het weekend", "De dokter is in het weekend niet bereikbaar", "De dokter is in het weekend bereikbaar"),
    ],
)  # fmt: skip
def test_what_points_the_other_way_ranks_under_what_points_the_same_way(
    tmp_path: Path, encoder: Encoder, make_contents: Callable[..., Contents], question: str, same: str, opposite: str
) -> None:
    with graph.open(str(tmp_path / "richting.db"), create=True) as store:
        store.put(make_contents("a.txt", [opposite, same, "De apotheek sluit om zes uur"], encoder))
        found = names(search(store, encoder, question))
        assert found.index(same) < found.index(opposite)


def test_too_little_of_one_thing_is_not_against_too_much_of_another(store: Store) -> None:
    asked = direction("te weinig tijd")
    assert against(asked, "Te veel administratie", terms("Te veel administratie")) == 0
    assert against(asked, "Te veel tijd voor overleg", terms("Te veel tijd voor overleg")) > 0
    assert against(asked, "Niet te veel tijd", terms("Niet te veel tijd")) == 0


def test_a_paragraph_is_answered_by_each_of_its_parts(store: Store, encoder: Encoder) -> None:
    story = (
        "Mijn moeder woont nog thuis en mijn zus en ik doen samen het huishouden, de boodschappen en de verzorging. "
        "We houden dit niet lang meer vol, we zijn als mantelzorgers allebei overbelast. "
        "Elke keer als er een nieuwe verpleegkundige komt, moet zij opnieuw haar hele verhaal vertellen. "
        "De huisarts komt bijna nooit op huisbezoek, want de vergoeding daarvoor schijnt te laag te zijn."
    )
    assert len(parts(story)) > 2
    assert {
        "Mantelzorgers zijn vaak overbelast",
        "Patiënten moeten steeds opnieuw hun verhaal vertellen",
        "De vergoeding voor huisbezoeken is te laag",
    } <= set(names(search(store, encoder, story))[:4])


@pytest.mark.parametrize("text", ["", "?", "een korte vraag over zorg", "de het een " * 500])
def test_a_short_question_is_one_part(text: str) -> None:
    assert parts(text) == (text,)


def test_a_book_has_few_parts_that_each_say_something() -> None:
    book = " ".join(f"Zin {i} gaat over huisartsen en over onderwerp{i} in hoofdstuk{i}." for i in range(3000))
    assert 1 < len(parts(book)) <= 8
    assert all(len(part) < 2000 for part in parts(book))


def test_of_equally_good_hits_another_document_goes_first(store: Store, encoder: Encoder) -> None:
    hits = search(store, encoder, "overdracht", limit=99).hits
    of = {hit.statements[0].document_id: hit for hit in hits}
    report, advice = of[document_id("rapport.pdf")], of[document_id("advies.html")]
    first, second, other = (replace(hit, id=str(i), score=0.5) for i, hit in enumerate((report, report, advice)))
    assert [hit.id for hit in spread([first, second, other])] == ["0", "2", "1"]
    better = replace(second, score=0.51)
    assert [hit.id for hit in spread([better, first, other])] == ["1", "2", "0"]
    assert [hit.id for hit in spread([first, second, replace(other, score=0.49)])] == ["0", "1", "2"]


def test_a_weak_answer_suggests_what_the_graph_does_know(store: Store, encoder: Encoder) -> None:
    assert "mantelzorger" in suggestions(store, "zorg van mantelzorgers")
    # nothing in the graph is about it
    assert "palliatieve sedatie" not in suggestions(store, "palliatieve sedatie")
    assert suggestions(store, "qqq") == suggestions(store, "") == ()
    answer = search(store, encoder, "appeltaart bakken voor mantelzorgers in de oven met appels en kaneel")
    assert answer.suggestions == (suggestions(store, answer.query) if answer.weak else ())
    assert search(store, encoder, "overbelaste mantelzorgers").suggestions == ()
