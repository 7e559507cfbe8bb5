"""Each value of the model has its word in both languages, and each word is understood in either."""

import pytest

from corpus import messages
from corpus.errors import KluwenError
from graph.model import Access, Effort, Found, Kind, Level, Origin, Relation, Term, Theme
from search_app import words


@pytest.fixture(params=messages.LANGUAGES)
def language(request: pytest.FixtureRequest):
    messages.use(request.param)
    yield request.param
    messages.use(None)


def test_every_value_has_a_word(language: str) -> None:
    for kind in [*Kind, "passage", "actor", "theme", "document"]:
        assert words.kind_word(kind) and words.kind_word(kind, plural=True)
    for speak, values in (
        (words.level_word, Level),
        (words.theme_word, Theme),
        (words.effort_word, Effort),
        (words.term_word, Term),
        (words.access_word, Access),
        (words.origin_word, Origin),
        (words.found_word, Found),
        (words.relation_word, Relation),
    ):
        assert all(speak(value) for value in values)
    assert all(words.relation_word(relation, back=True) for relation in Relation)


def test_every_word_is_understood_in_both_languages(language: str) -> None:
    for kind in Kind:
        assert words.parse_kind(words.kind_word(kind)) is kind
        assert words.parse_kind(words.kind_word(kind, plural=True).upper()) is kind
        assert words.parse_kind(kind.value) is kind
    for level in Level:
        assert words.parse_level(words.level_word(level)) is level
    for theme in Theme:
        assert words.parse_theme(words.theme_word(theme)) is theme
        assert words.parse_theme(theme.value) is theme
    for access in Access:
        assert words.parse_access(words.access_word(access)) is access


def test_the_other_language_is_understood_too() -> None:
    assert words.parse_kind("bottleneck") is words.parse_kind("knelpunten") is Kind.BOTTLENECK
    assert words.parse_theme("overdracht") is words.parse_theme("handover") is Theme.COORDINATION
    assert words.parse_level("systeem") is words.parse_level("stelsel") is Level.SYSTEM


def test_an_unknown_word_names_the_words_that_would_do() -> None:
    with pytest.raises(KluwenError, match="knelpunt, oorzaak, oplossing"):
        words.parse_kind("kopje koffie")
    with pytest.raises(KluwenError, match="geen soort"):
        words.parse_kind("actor")


def test_a_number_has_its_singular() -> None:
    assert words.counted(1, Kind.SOLUTION) == "1 oplossing"
    assert words.counted(0, Kind.SOLUTION) == "0 oplossingen"
