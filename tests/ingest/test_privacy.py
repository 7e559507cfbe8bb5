"""Persons in a text are pointed out, and what is no person isn't. All people here are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import messages
from ingest.document import Block, BlockKind, Cell, ReadDocument
from ingest.privacy import Finding, Trace, findings, sentences_for
from ingest.readers import read_bytes, supported

SAMPLES = Path(messages.__file__).parents[1] / "samples"


def found(text: str, *headings: str, cell: Cell | None = None) -> list[tuple[str, str]]:
    block = Block(text, BlockKind.PARAGRAPH, headings, page=4, cell=cell)
    traces = findings(ReadDocument("a.txt", "text/plain", (block,)))
    assert all(text[each.start : each.end] == each.words and each.page == 4 for each in traces)
    return [(each.kind.value, each.words) for each in traces]


@pytest.mark.parametrize(
    "text",
    [
        "Een 78-jarige vrouw met uitgezaaide darmkanker ligt op de gang.",
        "Een man van 63 jaar met COPD belt elke nacht.",
        "Mw. de B., 84 jaar, woont alleen.",
        "Mevrouw Terpstra (91) viel in de badkamer.",
        "Dhr. J.P. van Loon, 70 jaar, wilde naar huis.",
        "Patiënt K. kreeg een psychose en ging naar de crisisdienst.",
        "De jonge cliënte (17) heeft al jaren anorexia.",
    ],
)
def test_a_case_is_a_patient(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["patient"]


def test_a_case_may_tell_the_illness_a_sentence_further_on_but_not_a_page() -> None:
    (first, _), *_ = found("Een 78-jarige man komt op de post. Hij heeft hartfalen.")
    assert first == "patient"
    assert found("Een 78-jarige man komt op de post. Het regent. Het is druk. Zij doen onderzoek naar hartfalen.") == []


def test_under_a_heading_that_tells_a_case_an_age_is_enough() -> None:
    text = "Een 45-jarige werknemer meldt zich na jaren weer bij de bedrijfsarts."
    assert found(text) == []
    assert [kind for kind, _ in found(text, "Casus 2")] == ["patient"]


@pytest.mark.parametrize(
    "text",
    [
        "Patiënten van 75 jaar en ouder met kanker wachten te lang.",
        "De patiënt van 75 jaar of ouder met dementie krijgt een vast aanspreekpunt.",
        "Het is een 3-jarige opleiding over kanker en hartfalen.",
        "Op 65-jarige leeftijd krijgt iedereen een oproep over darmkanker.",
        "Ruim 78 procent van de mensen met COPD woont thuis.",
        "Als een man van deze afdeling belt, is er niemand.",
        "De zorg is ons als patiënt te duur.",
        "In 2023 waren er 40 opnames vanwege een psychose.",
    ],
)
def test_groups_and_figures_are_no_patient(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Prof. dr. Karel van der Wiel noemt dat onhoudbaar.", "Prof. dr. Karel van der Wiel"),
        ("Volgens dhr. Oosterling is er te weinig tijd.", "dhr. Oosterling"),
        ("Wijkverpleegkundige Marieke van den Bosch mist overleg.", "Marieke van den Bosch"),
        ("Taart van mw. S.!", "mw. S."),
        ("De cijfers zijn van R.J. de Goede en anderen.", "R.J. de Goede"),
    ],
)
def test_a_name_is_a_person_and_no_patient(text: str, name: str) -> None:
    assert found(text) == [("person", name)]


@pytest.mark.parametrize("heading", ["Colofon", "Literatuur", "Deelnemers aan de werkgroep", "7 Referenties"])
def test_makers_and_sources_are_never_patients(heading: str) -> None:
    text = "Dhr. A. Berends (61), Leven met kanker. Mw. T. Wolters, 58 jaar, Omgaan met dementie."
    assert {kind for kind, _ in found(text, heading)} == {"person"}
    assert "patient" in {kind for kind, _ in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Het Sint Anna Ziekenhuis en de Stichting Jan Wolters werken samen.",
        "Het Karel Oosterling Instituut doet onderzoek.",
        "Zorg BV. Nederland en de N.V. Water leveren.",
        "Kijk bij V.V. De Linde en geef het mw. op de gang of mw. De",
        "A. Inleiding B. Werkwijze C. Resultaten",
        "De mevrouw van de receptie en de heer des huizes zagen het.",
        "Jan en Piet, het maakt niet uit wie er komt.",
    ],
)
def test_organisations_and_list_letters_are_no_person(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Bel 06-12345678 bij vragen.", "phone", "06-12345678"),
        ("Bel +31 6 1234 5678.", "phone", "+31 6 1234 5678"),
        ("Telefoon (020) 123 45 67, elke dag.", "phone", "(020) 123 45 67"),
        ("Wie wil, belt (020-123 45 67).", "phone", "020-123 45 67"),
        ("Mail naar t.wolters@voorbeeld.nl.", "email", "t.wolters@voorbeeld.nl"),
        ("Zij woont op Lange Dorpsstraat 12b, 1234 AB Lindermark.", "address", "Dorpsstraat 12b, 1234 AB"),
        ("geb. 12-03-1941", "birth", "geb. 12-03-1941"),
        ("Geboortedatum: 3 mei 1938", "birth", "Geboortedatum: 3 mei 1938"),
        ("BSN: 111222333", "bsn", "111222333"),
        ("Zijn burgerservicenummer is 1112.22.333.", "bsn", "1112.22.333"),
    ],
)
def test_numbers_and_addresses_of_people_are_found(text: str, kind: str, words: str) -> None:
    assert found(text) == [(kind, words)]


def test_the_title_of_a_column_says_what_its_numbers_are() -> None:
    assert found("111222333", cell=Cell(0, 1, 0, column_title="BSN")) == [("bsn", "111222333")]
    assert found("111222333", cell=Cell(0, 1, 0, column_title="Budget")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Bel 0800-1234567, 088 123 45 67 of 14 020.",
        "Mail naar info@voorbeeld.nl.",
        "Het kenmerk is 0123456789012 en het budget 012.345.678,90.",
        "BSN: 111222334",
        "De uitgave kost 111222333 euro.",
        "De tekst is van 12-03-2021.",
        "De stichting is opgericht in 1941, en wie geboren is in de polder weet dat.",
        "Neem de Snelweg 12 of het Zorgpad 3.",
        "De straat 12 is leeg.",
    ],
)
def test_numbers_of_organisations_and_other_numbers_are_not(text: str) -> None:
    assert found(text) == []


def test_each_place_is_told_once_as_the_gravest() -> None:
    text = "Mw. T. Wolters, 84 jaar, geb. 12-03-1941, heeft dementie. Bel 06-12345678."
    assert [kind for kind, _ in found(text)] == ["patient", "phone"]


def test_what_is_told_counts_and_shows_the_first_with_their_page_names_apart() -> None:
    traces = (
        Finding(0, 0, 1, Trace.PERSON, "dr. Bos", 1),
        *(Finding(1, n, n + 1, Trace.PHONE, f"06-1234567{n}", None) for n in range(4)),
        Finding(2, 0, 1, Trace.PATIENT, "Mw. B. " + "heel erg " * 30, 7),
        Finding(3, 0, 1, Trace.PERSON, "dr. Bos", 2),
    )
    grave, names = sentences_for(traces)
    assert "(1 keer wat op een patiënt wijst, 4 telefoonnummers): “Mw. B. heel" in grave
    assert "erg …” (blz. 7); “06-12345670”; “06-12345671”; en nog 2." in grave
    assert "(1 naam): “dr. Bos” (blz. 1)." in names
    assert sentences_for(()) == []


def test_in_the_samples_only_the_people_that_they_tell_of_are_found() -> None:
    kinds: dict[str, list[str]] = {}
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix in supported():
            for each in findings(read_bytes(path.read_bytes(), path.name)):
                kinds.setdefault(each.kind, []).append(each.words)
    assert [words.split()[:3] for words in kinds.pop("patient")] == [
        ["De", "heer", "V."],
        ["Drie", "uur", "later"],
        ["Mevrouw", "D.,", "81"],
    ]
    assert kinds == {"person": ["mw. S."]}


@pytest.mark.parametrize("piece", ["A.", "Aa-", "a.b", "mevrouw A. ", "Jan van de ", "0 "])
def test_a_text_without_end_of_almost_names_holds_no_person(piece: str) -> None:
    assert {kind for kind, _ in found(piece * 5_000)} <= {"person"}
