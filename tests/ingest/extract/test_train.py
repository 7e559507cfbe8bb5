"""The learned decision can be made again from what is in the project."""

import shutil
from pathlib import Path

import pytest

from ingest.extract import decide

TEXTS = Path(__file__).resolve().parents[3] / "corpus" / "training"


def test_the_decision_that_comes_with_kluwen_says_what_it_is() -> None:
    model = decide.model()
    assert model.run.shape == (len(model.names), 4)
    assert model.sentence.shape == (len(model.names), 3)
    assert model.context.shape == (30, 4)
    confidences = [model.confidence(p / 20) for p in range(21)]
    assert confidences == sorted(confidences)


def test_training_twice_gives_the_same_weights(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is needed only to train")
    from ingest.extract.train import main

    texts = tmp_path / "texts"
    texts.mkdir()
    for path in sorted(TEXTS.glob("u-0*.mark")):
        shutil.copy(path, texts)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert main(["--texts", str(texts), "--to", str(tmp_path / name)]) == 0
    for made in (decide.WEIGHTS, decide.CARD):
        assert (tmp_path / "one" / made).read_bytes() == (tmp_path / "two" / made).read_bytes()
