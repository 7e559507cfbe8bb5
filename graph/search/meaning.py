"""What the meaning of a question says about statements: cosines, measured against what unrelated texts have."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from graph import meaning as models
from graph.search.weights import LEAD_IN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from graph.meaning.base import Encoder
    from graph.model import ModelInfo, Vectors

_UNRELATED = Path(models.__file__).parent / "unrelated.tsv"
_background: dict[ModelInfo, Background] = {}


@dataclass(frozen=True, slots=True)
class Background:
    """Mean and standard deviation of a model's cosines between questions and sentences that have nothing in common."""

    mean: float
    deviation: float


@dataclass(frozen=True, slots=True, eq=False)
class Nearness:
    """How far each statement lies above unrelated texts, in standard deviations; 0 where nothing is known of it."""

    ids: tuple[str, ...]
    values: npt.NDArray[np.float32]

    def nearest(self, n: int) -> list[str]:
        """The ids of the ``n`` nearest statements, nearest first."""
        import numpy as np

        n = min(n, len(self.ids))
        if not n:
            return []
        top = np.argpartition(-self.values, n - 1)[:n]
        return [self.ids[i] for i in top[np.argsort(-self.values[top], kind="stable")]]

    def of(self, ids: set[str]) -> dict[str, float]:
        """The nearness of these statements; without those that have no vector."""
        places = _places(self.ids)
        return {id: float(self.values[places[id]]) for id in ids if id in places}


def nearness(encoder: Encoder, question: str, vectors: Vectors) -> Nearness | None:
    """How near the question is to all statements that have vectors; None when the model knows none of its words."""
    import numpy as np

    query = encoder.encode_queries([question])[0]
    if not query.any():
        return None
    # einsum stays on one thread: on a busy computer BLAS's threads wait for each other thirty times as long as they work
    of_texts, of_leads = (np.einsum("ij,j->i", matrix, query) for matrix in (vectors.texts, vectors.leads))
    cosines = (1 - LEAD_IN) * of_texts + LEAD_IN * of_leads
    against = background(encoder)
    # a zero row is no vector, and its cosine is exactly zero
    return Nearness(vectors.ids, np.where(cosines == 0, 0, (cosines - against.mean) / against.deviation))


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


@lru_cache(maxsize=4)
def _places(ids: tuple[str, ...]) -> dict[str, int]:
    """The row of each id; kept, because most questions go to the same whole graph."""
    return {id: place for place, id in enumerate(ids)}


@cache
def _unrelated() -> tuple[tuple[str, str], ...]:
    lines = _UNRELATED.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((question, sentence) for question, sentence in pairs)
