"""Where sentences end and where they fall into clauses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.sentences import clauses, runs, sentences, trim


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


def parts(text: str) -> list[str]:
    pieces = []
    for clause in clauses(text, 0, len(text)):
        start, end = trim(text, clause.start, clause.end)
        pieces.append(text[start:end])
    return pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er is te weinig tijd. Dat knelt.", ["Er is te weinig tijd.", "Dat knelt."]),
        (
            "Zorg, o.a. door mw. Jansen en dr. A. de Wit, is er.",
            ["Zorg, o.a. door mw. Jansen en dr. A. de Wit, is er."],
        ),
        ("Dat kost 3.500 euro. Per jaar!", ["Dat kost 3.500 euro.", "Per jaar!"]),
        ("Wie helpt? Niemand.", ["Wie helpt?", "Niemand."]),
        ("Hij zei: “Het kan niet.” Toen ging hij.", ["Hij zei: “Het kan niet.”", "Toen ging hij."]),
        ("Geen punt", ["Geen punt"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_sentence_falls_apart_at_connectives_and_punctuation() -> None:
    assert parts("Brieven komen te laat, doordat het systeem hapert en niemand belt.") == [
        "Brieven komen te laat",
        "doordat het systeem hapert",
        "niemand belt",
    ]


def test_a_connective_that_only_joins_stays_out_of_the_clause() -> None:
    text = "De wachttijd groeit en de druk stijgt"
    assert [text[c.start : c.end].strip() for c in clauses(text, 0, len(text))] == [
        "De wachttijd groeit",
        "de druk stijgt",
    ]


def test_the_whole_sentence_is_always_tried() -> None:
    for count in (1, 3, 12):
        assert (0, count) in runs(count)


@given(st.text(alphabet=st.sampled_from("ab .,;:()?!“”'-\u00e9en"), max_size=80))
def test_every_piece_lies_within_its_text(text: str) -> None:
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop <= len(text)
        end = stop
        for clause in clauses(text, start, stop):
            assert start <= clause.start < clause.end <= stop
            a, b = trim(text, clause.start, clause.end)
            assert clause.start <= a <= b <= clause.end


def test_the_apostrophe_of_a_shortened_word_closes_no_quotation() -> None:
    assert parts("Hulp is ’s avonds en ’s nachts schaars") == ["Hulp is ’s avonds en ’s nachts schaars"]
    text = "’s nachts is er niemand"
    assert trim(text, 0, len(text)) == (0, len(text))
