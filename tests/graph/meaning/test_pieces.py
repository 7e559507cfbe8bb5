"""The Python tokenizer of the bundled model cuts what the tokenizers library cuts."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from graph.meaning.bundled import FOLDER
from graph.meaning.pieces import Pieces

PATH = FOLDER / "tokenizer.json"
VOCABULARY = [piece for piece, _ in json.loads(PATH.read_text(encoding="utf-8"))["model"]["vocab"]]


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(PATH)


@pytest.fixture(scope="module")
def reference() -> Callable[[str], list[int]]:
    """The library's pieces, without those for what it doesn't know (row 0)."""
    tokenizer = Tokenizer.from_file(str(PATH))
    return lambda text: [row for row in tokenizer.encode(text, add_special_tokens=False).ids if row]


def test_every_known_word_is_one_piece(pieces: Pieces) -> None:
    split = [word for row, word in enumerate(VOCABULARY) if word.isalpha() and pieces.of(word) != [row]]
    assert split == []


@given(st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=4))
def test_compounds_are_cut_alike(pieces: Pieces, reference: Callable[[str], list[int]], parts: list[str]) -> None:
    assert pieces.of("".join(parts)) == reference("".join(parts))


@given(st.text(st.sampled_from("abcdeéëïnstrgz ÄÉÏßœŒİΣσ-–ﬁ1²ʼ’\u00ad÷×x\u0301漢"), max_size=40))
def test_odd_characters_are_cut_alike(pieces: Pieces, reference: Callable[[str], list[int]], text: str) -> None:
    assert pieces.of(text) == reference(text)


@given(st.text(max_size=60))
def test_any_text_is_cut_alike(pieces: Pieces, reference: Callable[[str], list[int]], text: str) -> None:
    assert pieces.of(text) == reference(text)
