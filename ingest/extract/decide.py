"""The learned decision: how probable it is that a run of clauses is a statement of each kind, and which runs to take.

Two linear models over the features of :mod:`ingest.extract.features`: one says for each sentence how probable it is
that it holds a bottleneck, a solution, a cause; the other, for each run of clauses, which of the three it is or none,
also from what the first says of the sentence and of those around it. :mod:`ingest.extract.train` fits both.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from corpus.errors import KluwenError
from graph.model import Kind
from ingest.extract import rules
from ingest.extract.features import Candidate, Extractor, Row

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

KINDS = (Kind.BOTTLENECK, Kind.SOLUTION, Kind.CAUSE)
WEIGHTS = "decision.npz"
CARD = "decision.json"
ELSEWHERE = "KLUWEN_EXTRACTION"
"""Names a folder with a decision that people trained themselves."""
RULES = 0.4
"""How much the rules of the vocabulary count beside what is learned (an exponent: the two are pooled log-linearly,
Genest & Zidek 1986, doi:10.1214/ss/1177013825). What is learned knows the style of its few writers; rules know none."""
TINY = 1e-9
UNKNOWN = 5
"""So many usual sentences are added to a document before it is told what it holds."""
QUIET = 0.01
"""A sentence with less than this for each kind is not looked at further."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Weights: ``sentence`` is ``(features, 3)``, ``run`` is ``(features, 4)`` (none first), ``context`` is ``(30, 4)``.

    ``usual`` is the share of sentences that hold each kind. ``least`` are the probabilities from which on a kind is taken; ``steps`` turns a probability into a confidence:
    ``(probability, confidence)`` pairs, between which lies a straight line.
    """

    names: dict[str, int]
    sentence: Floats
    sentence_bias: Floats
    run: Floats
    run_bias: Floats
    context: Floats
    usual: Floats
    least: tuple[float, float, float]
    steps: tuple[tuple[float, float], ...]

    def confidence(self, probability: float) -> float:
        """The calibrated share of such decisions that are right."""
        return round(interpolated(probability, self.steps), 3)


def interpolated(value: float, steps: Sequence[tuple[float, float]]) -> float:
    """Where a value lies on the straight lines between steps."""
    import numpy as np

    xs, ys = zip(*steps, strict=True)
    return float(np.interp(value, xs, ys))


def model() -> Model:
    """The decision of the folder that ``KLUWEN_EXTRACTION`` names, else the one that Kluwen comes with.

    Raises KluwenError when that folder holds none.
    """
    return read_model(chosen_folder())


def chosen_folder() -> str | None:
    """The folder that ``KLUWEN_EXTRACTION`` names, None where it names none."""
    return os.environ.get(ELSEWHERE) or None


def stands_in(folder: str | None) -> Traversable:
    """Where the files of a decision stand; None for the one that Kluwen comes with."""
    return Path(folder) if folder else files("ingest.extract")


@cache
def read_model(folder: str | None) -> Model:
    """The decision in a folder, None for the one that Kluwen comes with, read once.

    Raises KluwenError when its files are not there or are not a decision.
    """
    import numpy as np

    place = stands_in(folder)
    try:
        card = json.loads(place.joinpath(CARD).read_text(encoding="utf-8"))
        with place.joinpath(WEIGHTS).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            names = bytes(stored["names"]).decode("utf-8").split("\n")
            weights = {key: stored[key].astype(np.float64) for key in stored.files if key != "names"}
        return _model(names, weights, card)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise KluwenError("extraction.no_weights", folder=folder or WEIGHTS) from error


def _model(names: list[str], weights: dict[str, Floats], card: dict[str, Any]) -> Model:
    return Model(
        {name: i for i, name in enumerate(names)},
        weights["sentence"],
        weights["sentence_bias"],
        weights["run"],
        weights["run_bias"],
        weights["context"],
        weights["usual"],
        tuple(card["least"]),
        tuple((x, y) for x, y in card["steps"]),
    )


def products(rows: Sequence[Row], weights: Floats) -> Floats:
    """The rows times the weights: ``(rows, columns)``."""
    import numpy as np

    ends = np.cumsum([0, *(len(row.ids) for row in rows)])
    ids = np.fromiter(chain.from_iterable([row.ids for row in rows]), dtype=np.int64, count=int(ends[-1]))
    values = np.fromiter(chain.from_iterable([row.values for row in rows]), dtype=np.float64, count=int(ends[-1]))
    sums = np.zeros((len(ids) + 1, weights.shape[1]))
    np.cumsum(weights[ids] * values[:, None], axis=0, out=sums[1:])
    return np.asarray(sums[ends[1:]] - sums[ends[:-1]])


def around(probabilities: Floats, usual: Floats) -> Floats:
    """For each sentence what the first model says of it, the one before and after, those near, and the whole document.

    ``(n, 3)`` in, ``(n, 15)`` out. ``usual`` is what a sentence holds on average: it stands in for neighbours that are
    not there, and for some of a document that is short.
    """
    import numpy as np

    n = len(probabilities)
    if not n:
        return np.zeros((0, 15))
    edge = usual.reshape(1, 3)
    before, after = np.vstack([edge, probabilities[:-1]]), np.vstack([probabilities[1:], edge])
    whole = (probabilities.sum(axis=0) - probabilities + UNKNOWN * edge) / (n - 1 + UNKNOWN)
    sums = np.vstack([np.zeros((1, 3)), np.cumsum(probabilities, axis=0)])
    low, high = np.maximum(np.arange(n) - 5, 0), np.minimum(np.arange(n) + 6, n)
    others = (high - low - 1)[:, None]
    near = (sums[high] - sums[low] - probabilities + np.maximum(0, 5 - others) * edge) / np.maximum(5, others)
    return np.hstack([probabilities, before, after, near, whole])


def context_rows(extractor: Extractor, candidates: Sequence[Candidate], probabilities: Floats, usual: Floats) -> Floats:
    """What :func:`around` says of each candidate's sentence, twice: once for all, once for whole sentences only."""
    import numpy as np

    own = around(probabilities, usual)[[c.sentence for c in candidates]] if candidates else np.zeros((0, 15))
    counts = [len(extractor.sentences[c.sentence].clauses) for c in candidates]
    whole = np.array(
        [c.first == 0 and c.last == count for c, count in zip(candidates, counts, strict=True)], dtype=float
    )
    return 2.0 * np.hstack([own, own * whole.reshape(-1, 1)])


def sentence_probabilities(extractor: Extractor, decision: Model) -> Floats:
    """How probable it is that each sentence holds a bottleneck, a solution, a cause: ``(sentences, 3)``."""
    import numpy as np

    rows = [extractor.sentence_row(n) for n in range(len(extractor.sentences))]
    return 1.0 / (1.0 + np.exp(-(products(rows, decision.sentence) + decision.sentence_bias)))


def run_probabilities(
    extractor: Extractor,
    candidates: Sequence[Candidate],
    rows: Sequence[Row],
    shared: Callable[[int], Row],
    probabilities: Floats,
    decision: Model,
) -> Floats:
    """For each candidate the probabilities of none, bottleneck, solution, cause: ``(candidates, 4)``.

    ``rows`` are the candidates' own; ``shared`` gives that of a sentence, which all its candidates share.
    """
    import numpy as np

    wanted = sorted({c.sentence for c in candidates})
    place = {n: k for k, n in enumerate(wanted)}
    common = products([shared(n) for n in wanted], decision.run)
    scores = products(rows, decision.run) + decision.run_bias
    scores += context_rows(extractor, candidates, probabilities, decision.usual) @ decision.context
    if candidates:
        scores += common[[place[c.sentence] for c in candidates]]
    scores = _softmax(scores)
    said = rules.probabilities(extractor, candidates)
    return _softmax(np.log(scores + TINY) + RULES * np.log(said + TINY))


def _softmax(scores: Floats) -> Floats:
    import numpy as np

    if not len(scores):
        return scores
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def taken(
    candidates: Sequence[Candidate], counts: Sequence[int], probabilities: Floats, least: Sequence[float]
) -> list[tuple[int, int]]:
    """The best choice of candidates, sentence by sentence: ``(number of the candidate, column of its kind)``.

    Chosen runs do not overlap, except a cause that stands within a bottleneck. The best choice has the highest sum of
    what each probability is above ``least`` of its kind (for a score like F1 the best bar is half of what F1 can be:
    Lipton et al. 2014, arXiv:1402.1892). ``counts`` are the numbers of clauses of the sentences.
    """
    by_sentence: dict[int, list[int]] = defaultdict(list)
    for i, candidate in enumerate(candidates):
        by_sentence[candidate.sentence].append(i)
    out: list[tuple[int, int]] = []
    gains: list[list[float]] = (probabilities[:, 1:] - least).tolist() if len(probabilities) else []
    for n, own in by_sentence.items():
        if any(max(gains[i]) > 0 for i in own):
            runs = {(candidates[i].first, candidates[i].last): i for i in own}
            out += _best(runs, counts[n], {run: gains[i] for run, i in runs.items()})
    return out


def _best(
    runs: dict[tuple[int, int], int], count: int, gains: dict[tuple[int, int], list[float]]
) -> list[tuple[int, int]]:
    reasons = [(gain[2], a, b) for (a, b), gain in gains.items() if gain[2] > 0]
    best: list[float] = [0.0] * (count + 1)
    steps: list[tuple[int, list[tuple[int, int]]]] = [(0, [])] * (count + 1)
    for end in range(1, count + 1):
        best[end], steps[end] = best[end - 1], (end - 1, [])
        for begin in range(end):
            if (begin, end) not in runs:
                continue
            number = runs[begin, end]
            bottleneck, solution, cause = gains[begin, end]
            within = [
                (gain, runs[a, b]) for gain, a, b in reasons if begin <= a and b <= end and (a, b) != (begin, end)
            ]
            extra, nested = max(within, default=(0.0, -1))
            for value, choice in (
                (bottleneck + extra, [(number, 1)] + ([(nested, 3)] if nested >= 0 else [])),
                (solution, [(number, 2)]),
                (cause, [(number, 3)]),
            ):
                if best[begin] + value > best[end] + 1e-12:
                    best[end], steps[end] = best[begin] + value, (begin, choice)
    out: list[tuple[int, int]] = []
    end = count
    while end > 0:
        end, choice = steps[end]
        out += choice
    return out
