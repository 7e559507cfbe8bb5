"""Ids: the same thing read again has the same, different things have different ones."""

from pathlib import PurePosixPath, PureWindowsPath

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Kind, actor_id, digest, document_id, fold, passage_id, statement_ids
from graph.resolve import concept_id

texts = st.text(max_size=40)


@given(st.lists(texts, max_size=8))
def test_the_same_document_read_twice_gives_the_same_ids(quotes) -> None:
    assert statement_ids("doc-1", quotes) == statement_ids("doc-1", list(quotes))


@given(st.lists(texts, max_size=8))
def test_a_repeated_quote_is_another_statement(quotes) -> None:
    ids = statement_ids("doc-1", quotes + quotes)
    assert len(set(ids)) == 2 * len(quotes)
    # what comes after it does not change an id
    assert ids[: len(quotes)] == statement_ids("doc-1", quotes)


@given(st.lists(texts, unique=True, min_size=1, max_size=8), st.data())
def test_an_id_does_not_hang_on_the_other_statements(quotes, data) -> None:
    ids = dict(zip(quotes, statement_ids("doc-1", quotes), strict=True))
    some = data.draw(st.permutations(quotes))[: data.draw(st.integers(0, len(quotes)))]
    assert statement_ids("doc-1", some) == [ids[quote] for quote in some]
    assert set(statement_ids("doc-2", quotes)).isdisjoint(ids.values())


@given(st.lists(texts, min_size=1, max_size=4), st.lists(texts, min_size=1, max_size=4))
def test_parts_are_told_apart(one, other) -> None:
    separated = not any("\x1f" in part for part in one + other)
    if separated:
        assert (digest(*one) == digest(*other)) == (one == other)


@given(texts)
def test_folding_twice_changes_nothing_and_case_and_marks_do_not_count(text) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(f"  {text}!\n") == fold(text)


@given(st.sampled_from(Kind), texts)
def test_a_concept_is_a_kind_and_a_wording(kind, wording) -> None:
    assert concept_id(kind, f"“{wording}”.") == concept_id(kind, wording)
    assert len({concept_id(other, wording) for other in Kind}) == len(Kind)


def test_a_path_is_the_same_document_on_every_system() -> None:
    assert document_id(str(PurePosixPath("map/a.pdf"))) == document_id("map/a.pdf")
    assert document_id(PureWindowsPath("map\\a.pdf").as_posix()) == document_id("map/a.pdf")
    assert document_id("map/a.pdf") != document_id("a.pdf")
    assert passage_id("doc-1", 1) != passage_id("doc-11", 0)


def test_an_actor_is_its_preferred_term() -> None:
    assert actor_id("Huisarts") == actor_id("huisarts")
    assert actor_id("huisarts") != actor_id("huisartsenpost")
