"""Sayings are found in whatever order and form Dutch gives their words, and not where the same words say something else."""

import pytest

from corpus.mentions import LAY, mentions
from corpus.sayings import Sayings, is_saying, saying
from corpus.vocabulary import concepts


def concepts_in(text: str) -> set[str]:
    return {mention.concept for mention in mentions(text) if mention.weight >= LAY}


@pytest.mark.parametrize(
    "text",
    [
        "de familie trekt het niet meer",
        "Mantelzorgers trekken het echt niet meer",
        "dat de familie het niet meer trekt",
        "het niet meer trekken",
        "Soms trekt een partner het niet",
        "zij houdt het niet vol",
        "Daardoor houdt de familie het al maanden niet vol",
        "omdat zij het niet meer volhouden",
        "zonder hulp is het niet vol te houden",
        "ze hebben het niet volgehouden",
        "Hij hield het niet langer vol",
        "zij lopen op hun tandvlees",
        "Ik loop op mijn tandvlees",
        "Het water staat ons aan de lippen",
        "de rek is er bij de familie uit",
        "zij stort in",
        "Veel partners zijn ingestort",
    ],
)
def test_a_saying_is_found_in_any_order_and_form(text: str) -> None:
    assert "overbelasting" in concepts_in(text)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Mensen worden van het kastje naar de muur gestuurd", "steeds doorverwezen worden"),
        ("Je gaat van loket naar loket", "steeds doorverwezen worden"),
        ("Jongeren vallen tussen de wal en het schip", "buiten alle regelingen vallen"),
        ("Zij vallen overal buiten de boot", "buiten alle regelingen vallen"),
        ("Mantelzorgers staan er vaak alleen voor", "gebrek aan steun"),
        ("De aanvraag loopt al weken vast", "vastlopen"),
        ("Gezinnen zijn vastgelopen", "vastlopen"),
        ("zij komt elke maand niet rond", "armoede"),
        ("ze kunnen niet rondkomen", "armoede"),
        ("de knopen worden niet doorgehakt", "regie"),
        ("Huisarts en thuiszorg werken langs elkaar heen", "coördinatie"),
        ("we krijgen het rooster niet rond", "personeelstekort"),
        ("Zij weten niet bij wie ze terecht kunnen", "aanspreekpunt"),
        ("wie dat moet betalen, weet niemand; papieren rompslomp is er genoeg", "administratieve lasten"),
        ("de eindjes zijn niet meer aan elkaar te knopen", "armoede"),
        ("er wordt over de dood niet gepraat, het blijft een taboe", "taboe"),
    ],
)
def test_a_saying_stands_for_its_concept(text: str, concept: str) -> None:
    assert concept in concepts_in(text)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Dit trekt het personeel niet aan", "overbelasting"),
        ("zij trekken het team en dat is goed", "overbelasting"),
        ("De trein trekt op. Het is niet ver", "overbelasting"),
        ("Zij trekt aan de bel, het is niet goed", "overbelasting"),
        ("zij storten geld in een fonds", "overbelasting"),
        ("cliënten met vaste gezichten lopen rond", "vastlopen"),
        ("De input komt van het team", "verdriet"),
        ("zij houdt het goed vol", "overbelasting"),
        ("We weten niet hoe laat het is", "wet- en regelgeving"),
    ],
)
def test_the_same_words_in_another_sense_are_none(text: str, concept: str) -> None:
    assert concept not in concepts_in(text)


def test_the_words_of_a_saying_are_shown_as_they_stand_in_the_text() -> None:
    [found] = [m for m in mentions("Omdat de familie het echt niet meer trekt.") if m.concept == "overbelasting"]
    assert found.words == "het echt niet meer trekt"


def test_a_term_that_is_written_joined_or_apart_is_the_same_saying() -> None:
    assert saying("het niet volhouden").needed == saying("houdt het niet vol").needed


def test_common_words_alone_are_no_saying() -> None:
    assert not is_saying("te veel")
    assert is_saying("staat er alleen voor")


def test_places_are_given_by_word() -> None:
    sayings = Sayings([("houdt het niet vol", 7)])
    assert sayings.find(["nu", "houden", "zij", "het", "niet", "vol", "thuis"]) == [(1, 6, 7)]


def test_every_saying_of_the_vocabulary_is_found_in_itself() -> None:
    missed = [(c.preferred, term) for c in concepts() for term in c.lay if c.preferred not in concepts_in(term)]
    assert missed == []
