"""The glossary and the sentences that the bundled model is made from: their form and their number."""

from __future__ import annotations

import unicodedata
from pathlib import Path

MODEL = Path(__file__).parents[2] / "corpus" / "model"


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in (MODEL / name).read_text("utf-8").removesuffix("\n").split("\n")]


def _is_clean(text: str) -> bool:
    controls = [character for character in text if unicodedata.category(character) in {"Cc", "Cf", "Co"}]
    return text == text.strip() != "" and "  " not in text and not controls


def test_glossary_gives_each_dutch_word_once_with_its_english() -> None:
    rows = _rows("glossary.tsv")
    wrong = [row for row in rows if len(row) != 2 or not all(map(_is_clean, row))]
    assert wrong == []
    words = [dutch for dutch, _ in rows]
    assert words == sorted(set(words))


def test_glossary_has_six_thousand_pairs_of_short_lower_case_english() -> None:
    rows = _rows("glossary.tsv")
    assert len(rows) >= 6000
    assert [row for row in rows if "".join(row) != "".join(row).lower() or len(row[1].split()) > 4] == []


def test_paraphrases_are_two_different_sentences_and_perhaps_a_contrast() -> None:
    rows = _rows("paraphrases.tsv")
    assert len(rows) >= 600
    wrong = [row for row in rows if len(row) not in {2, 3} or not all(map(_is_clean, row)) or len(set(row)) != len(row)]
    assert wrong == []
    assert len({row[0] for row in rows}) == len(rows)


def test_sentences_are_short_and_stand_once() -> None:
    sentences = [row[0] for row in _rows("sentences.txt") if len(row) == 1]
    assert len(sentences) == len(_rows("sentences.txt")) >= 3000
    assert len(set(sentences)) == len(sentences)
    assert [one for one in sentences if not _is_clean(one) or not 4 <= len(one.split()) <= 27] == []
