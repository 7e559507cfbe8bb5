"""The cue words, headings and connectives: what they say, and how a mistake in them is named."""

import pytest

from corpus.cues import (
    abbreviations,
    announced,
    connectives,
    cues,
    headings,
    read_connectives,
    read_cues,
    read_headings,
)
from corpus.errors import KluwenError
from corpus.phrases import Phrases, words_of


def found(phrases: list[str], text: str) -> list[str]:
    row = [word for word, _, _ in words_of(text)]
    return [" ".join(row[a:b]) for a, b, _ in Phrases((p, i) for i, p in enumerate(phrases)).find(row)]


def test_words_keep_their_place_and_their_inner_points() -> None:
    assert words_of("O.a. de e-mail’s") == (("o.a", 0, 3), ("de", 5, 7), ("e-mail's", 8, 16))


def test_a_phrase_is_found_by_words_open_ends_and_gaps() -> None:
    assert found(["te weinig"], "Er is te weinig tijd, veel te weinig") == ["te weinig", "te weinig"]
    assert found(["*tekort"], "een personeelstekort en tekorten") == ["personeelstekort"]
    assert found(["versnipper*"], "De zorg versnippert") == ["versnippert"]
    assert found(["hangt .. samen met"], "dat hangt vooral en sterk samen met geld") == [
        "hangt vooral en sterk samen met"
    ]
    assert found(["hangt .. samen met"], "hangt een twee drie vier samen met") == []


def test_the_vocabulary_that_comes_with_kluwen_is_sound() -> None:
    assert {"lack", "proposal", "cause"} <= {family.name for family in cues().families}
    assert headings().find(["knelpunten"])
    assert {kind.join for kind in connectives().kinds} >= {"cause", "result", "and"}
    assert "bijv" in abbreviations()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("4.2 Knelpunten in de praktijk", "bottleneck"),
        ("Aanbevelingen:", "solution"),
        ("Hoe komt dat?", "cause"),
        ("Gevolgen voor patiënten", "effect"),
        ("Inleiding", "none"),
        ("Van knelpunten naar oplossingen", "solution"),
        ("Methode van de probleemanalyse", "none"),
        ("Financiering", None),
    ],
)
def test_a_heading_announces_what_stands_under_it(text: str, kind: str | None) -> None:
    assert announced(text) == kind


@pytest.mark.parametrize(
    ("read", "text", "key", "line"),
    [
        (read_cues, "# remark\nte weinig\n", "vocabulary.no_family", 2),
        (read_cues, "@lack\tbottleneck\tveel\n", "vocabulary.bad_family", 1),
        (read_cues, "@lack\tknelpunt\t1\n", "vocabulary.unknown_kind", 1),
        (read_cues, "@lack\tbottleneck\t1\nte weinig\n..\n", "vocabulary.empty_phrase", 3),
        (read_headings, "bottleneck\tknelpunten\nknelpunt\tproblemen\n", "vocabulary.unknown_kind", 2),
        (read_headings, "bottleneck\t\n", "vocabulary.empty_phrase", 1),
        (read_connectives, "cause\tdoordat\n\nreden\tomdat\n", "vocabulary.unknown_kind", 3),
    ],
)
def test_a_mistake_is_named_with_its_line(read: object, text: str, key: str, line: int) -> None:
    with pytest.raises(KluwenError) as caught:
        read(text)  # type: ignore[operator]
    assert caught.value.key == key
    assert caught.value.values["line"] == line
    assert str(line) in str(caught.value)
