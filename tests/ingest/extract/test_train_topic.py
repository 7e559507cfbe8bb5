"""The decision on theme and level is trained on the texts of this project alone, and gives the same each time."""

from pathlib import Path

import numpy as np
import pytest

from ingest.extract.topic import BUCKETS, CLASSES, DENSE, WEIGHTS, model
from ingest.extract.train_topic import Example, examples, marked, train

TEXTS = Path(__file__).resolve().parents[3] / "corpus" / "training"


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """The statements of a few texts."""
    folder = tmp_path_factory.mktemp("texts")
    for path in sorted(TEXTS.glob("t*-01-*.mark")):
        (folder / path.name).write_bytes(path.read_bytes())
    return examples(folder)


def test_training_twice_gives_the_same_weights(some: list[Example]) -> None:
    first, second = train(some, steps=5), train(some, steps=5)
    assert np.array_equal(first.weights, second.weights)


def test_what_is_learned_fits_what_it_was_learned_from(some: list[Example]) -> None:
    decide = train(some, penalty=0.1)
    themes = [int(decide.scores(example.row)[:12].argmax()) for example in some]
    right = sum(theme == example.theme for theme, example in zip(themes, some, strict=True))
    assert right > 0.9 * len(some)


def test_the_weights_that_kluwen_comes_with_fit_the_features() -> None:
    decide = model()
    assert decide.weights.shape == (DENSE + BUCKETS, CLASSES)
    assert decide.bias.shape == (CLASSES,)
    assert WEIGHTS.stat().st_size < 1_000_000


def test_marks_are_found_back_where_a_reader_puts_them(tmp_path: Path) -> None:
    path = tmp_path / "text.mark"
    path.write_text(
        "# Knelpunten\n\n{b o data|De systemen zijn niet gekoppeld}, {c y funding|omdat er geen geld voor is}. Verder niets.\n",
        encoding="utf-8",
    )
    document, spans, marks = marked(path)
    quotes = [document.blocks[span.block].text[span.start : span.end] for span in spans]
    assert quotes == ["De systemen zijn niet gekoppeld", "omdat er geen geld voor is"]
    assert marks == [("data", "organisational"), ("funding", "system")]
