"""Which concepts a text mentions."""

import pytest

from corpus.dutch import terms, trace
from corpus.mentions import EXACT, LAY, RELATED, concept_tokens, mentions, traces, wordings
from corpus.vocabulary import concepts


def weight(text: str, concept: str) -> float:
    return concept_tokens(text).get(concept, 0.0)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Mantelzorgers raken op", "mantelzorger"),
        ("informele zorg", "mantelzorger"),
        ("informal care", "mantelzorger"),
        ("caregivers", "mantelzorger"),
        ("INFORMELE ZORGVERLENERS", "mantelzorger"),
        ("mantelzorgondersteuning", "mantelzorger"),
        ("een tekort aan goed personeel", "personeelstekort"),
        ("het EPD", "elektronisch patiëntendossier"),
        ("het epd", "elektronisch patiëntendossier"),
    ],
)
def test_a_concept_is_found_by_any_word_that_means_the_same(text: str, concept: str) -> None:
    assert weight(text, concept) == EXACT


def test_a_related_word_counts_for_less_than_one_that_means_the_same() -> None:
    assert weight("de familie", "mantelzorger") == RELATED < EXACT


def test_the_words_that_stand_for_a_concept_are_shown_as_they_are_written() -> None:
    found = {m.concept: m.words for m in mentions("Een tekort aan goed personeel bij de\u00ad zorg")}
    assert found["personeelstekort"] == "tekort aan goed personeel"


def test_a_concept_that_is_mentioned_twice_counts_twice() -> None:
    assert weight("mantelzorgers helpen mantelzorgers", "mantelzorger") == 2 * EXACT


@pytest.mark.parametrize("text", ["so what", "we zien het zo", "", "?", "de het een"])
def test_short_words_are_no_abbreviations_unless_written_so(text: str) -> None:
    assert concept_tokens(text) == {}
    assert weight("de SO komt langs", "specialist ouderengeneeskunde") == EXACT


def test_words_far_apart_are_no_phrase() -> None:
    assert weight("Het tekort op de begroting van dit jaar en het personeel", "personeelstekort") < EXACT


def test_a_term_of_small_words_stands_only_word_for_word() -> None:
    assert weight("we zijn er op tijd bij", "vroegtijdig") == EXACT
    assert not weight("er is te weinig tijd", "vroegtijdig")


def test_every_wording_of_every_concept_is_found_in_itself() -> None:
    missed = [
        (concept.preferred, wording)
        for concept in concepts()
        for wording in wordings(concept.preferred)
        if weight(wording, concept.preferred) < LAY
    ]
    assert missed == []


@pytest.mark.parametrize("text", ["met", "in gesprek met de buurt", "tijd om met elkaar te praten"])
def test_a_word_that_says_nothing_stands_for_no_concept_that_has_its_stem(text: str) -> None:
    assert all(mention.words != "met" for mention in mentions(text))


@pytest.mark.parametrize(
    "text",
    [
        "Mantelzorgers raken op",
        "de familie trekt het niet meer",
        "Het ontbreekt aan verpleegkundigen",
        "We lopen op ons tandvlees",
        "personeelstekort in de nacht",
        "A shortage of district nurses",
    ],
)
def test_what_mentions_a_concept_has_one_of_its_traces(text: str) -> None:
    known = {trace(term) for term in terms(text)}
    found = mentions(text)
    assert found
    assert all(known & traces(mention.concept) for mention in found)
    assert not {trace(term) for term in terms("De parkeergarage sluit om zes uur")} & traces("mantelzorger")
