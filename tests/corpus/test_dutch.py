"""How Dutch words are analysed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dutch import compound_parts, is_light_word, terms, words
from corpus.vocabulary import FOLDER


def test_accents_case_and_compatibility_forms_do_not_tell_words_apart() -> None:
    assert words("Coördinatie, COÖRDINATIE; coo\u0308rdinatie ﬁnancieel") == ["coordinatie"] * 3 + ["financieel"]


def test_a_soft_hyphen_does_not_cut_a_word() -> None:
    assert words("over\u00addracht") == ["overdracht"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mantelzorger", "mantelzorgers"),
        ("wijkverpleegkundige", "wijkverpleegkundigen"),
        ("overdracht", "overdrachten"),
        ("patiënt", "patienten"),
        ("onvolledig", "onvolledige"),
    ],
)
def test_inflections_share_a_term(one: str, other: str) -> None:
    assert terms(one)[0] == terms(other)[0]


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("huisartsenpost", ("huisarts", "post")),
        ("samenwerkingsovereenkomst", ("samenwerking", "overeenkomst")),
        ("overdrachtsformulier", ("overdracht", "formulier")),
        ("huisartsenpostproblemen", ("huisartsenpost", "problemen")),
        ("rekenkamerrapportage", ("rekenkamer", "rapportage")),
        ("privacywet", ("privacy", "wet")),
    ],
)
def test_a_compound_is_cut_into_the_words_that_it_is_made_of(compound: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(compound) == parts


@pytest.mark.parametrize("word", ["overdracht", "voorstel", "waardering", "financieren", "zorg", "onderwijs", ""])
def test_a_word_that_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert compound_parts(word) == ()


def test_a_compound_has_the_terms_of_its_parts() -> None:
    assert {terms("huisarts")[0], terms("post")[0]} < set(terms("huisartsenpost"))


def test_words_that_say_nothing_about_the_subject_are_left_out() -> None:
    assert terms("De zorg is er niet voor hen, the care is of them: x") == [
        *terms("zorg"),
        *terms("niet"),
        *terms("care"),
    ]


def test_repeated_words_are_counted() -> None:
    assert terms("zorg en zorg") == terms("zorg") * 2


@given(st.text(max_size=200))
def test_any_text_has_terms_without_white_space(text: str) -> None:
    assert all(term and not any(c.isspace() for c in term) for term in terms(text))


def test_the_word_lists_are_written_as_words_are_analysed() -> None:
    for name in ("stopwords.txt", "lightwords.txt", "word_parts.txt"):
        lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
        listed = [word for line in lines if not line.startswith("#") for word in line.split()]
        assert [word for word in listed if words(word) != [word]] == []


def test_a_light_word_is_no_stop_word() -> None:
    assert is_light_word("niet")
    assert terms("niet")
    assert not is_light_word("zorg")
