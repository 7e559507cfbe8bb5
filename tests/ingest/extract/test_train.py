"""The learned decision can be made again from what is in the project."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from corpus.dutch import known_words
from corpus.errors import KluwenError
from ingest.extract import decide
from ingest.extract.examples import Example, read_marked
from ingest.extract.judge import calibrated, off
from ingest.extract.train import made, write

Floats = npt.NDArray[np.float64]

TEXTS = Path(__file__).resolve().parents[3] / "corpus" / "training"


def test_the_decision_that_comes_with_kluwen_says_what_it_is() -> None:
    model = decide.model()
    assert model.run.shape == (len(model.names), 4)
    assert model.sentence.shape == (len(model.names), 3)
    assert model.context.shape == (30, 4)
    confidences = [model.confidence(p / 20) for p in range(21)]
    assert confidences == sorted(confidences)


def few() -> list[Example]:
    return [read_marked(path) for path in sorted(TEXTS.glob("u-0*.mark"))]


def lengths(words: Sequence[str]) -> Floats:
    """A made-up meaning of words, so that what is tested needs no model."""
    return np.array([[len(word), word.count("e"), 1.0] for word in words])


def test_training_twice_gives_the_same_weights(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(made(few(), lengths), tmp_path / name)
    for file in (decide.WEIGHTS, decide.CARD):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_with_meanings_a_word_that_no_text_holds_has_a_weight() -> None:
    without, with_meanings = made(few(), None).model, made(few(), lengths).model
    word = next(word for word in known_words() if f"w:{word}" not in without.names)
    assert with_meanings.run[with_meanings.names[f"w:{word}"]].any()


def test_too_few_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        made(few()[:3], None)


def test_a_folder_that_is_named_is_used_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(made(few(), None), tmp_path)
    monkeypatch.setenv(decide.ELSEWHERE, str(tmp_path))
    assert len(decide.model().names) < len(decide.read_model(None).names)
    monkeypatch.setenv(decide.ELSEWHERE, str(tmp_path / "nowhere"))
    with pytest.raises(KluwenError) as refused:
        decide.model()
    assert refused.value.key == "extraction.no_weights"


def test_confidence_that_says_what_is_right_is_not_off() -> None:
    pairs = [(0.35, k % 5 == 0) for k in range(50)] + [(0.95, k % 10 != 0) for k in range(50)]
    assert off(pairs, [(0.0, 0.0), (1.0, 1.0)]) == pytest.approx((0.15 + 0.05) / 2)
    assert off(pairs, calibrated(pairs)) < 0.01
