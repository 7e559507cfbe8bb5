"""What the meaning of a question says about statements: cosines, measured against what unrelated texts have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.dutch import is_stop_word, words
from graph import meaning as models

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from graph.meaning.base import Encoder
    from graph.model import ModelInfo

_UNRELATED = Path(models.__file__).parent / "unrelated.tsv"
_background: dict[ModelInfo, Background] = {}


@dataclass(frozen=True, slots=True)
class Background:
    """Mean and standard deviation of a model's cosines between questions and sentences that have nothing in common."""

    mean: float
    deviation: float


def asked(encoder: Encoder | None, question: str) -> npt.NDArray[np.float32] | None:
    """The vector of a question; None without an encoder, where it knows none of the words, and where all are stop words."""
    if encoder is None or all(is_stop_word(word) for word in words(question)):
        return None
    query: npt.NDArray[np.float32] = encoder.encode_queries([question])[0]
    return query if query.any() else None


def nearness(encoder: Encoder, cosine: float) -> float:
    """How far a cosine lies above those of unrelated texts, in standard deviations; 0 for the 0 of what has no vector."""
    against = background(encoder)
    return (cosine - against.mean) / against.deviation if cosine else 0.0


def background(encoder: Encoder) -> Background:
    """What the model's cosines are between texts that have nothing in common; measured once for each model.

    The cosines of one model lie between 0.8 and 0.9, those of another around 0.1: they say something only against this.
    """
    known = _background.get(encoder.info)
    if known is None:
        questions, sentences = zip(*_unrelated(), strict=True)
        cosines = encoder.encode_queries(questions) @ encoder.encode_passages(sentences).T
        known = _background[encoder.info] = Background(float(cosines.mean()), max(float(cosines.std()), 1e-6))
    return known


@cache
def _unrelated() -> tuple[tuple[str, str], ...]:
    lines = _UNRELATED.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((question, sentence) for question, sentence in pairs)
