"""The numbers: whitening, ridge regression, a correction for each word, contrast between pairs, fewer dimensions, int8."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Matrix = npt.NDArray[np.float32]


def unit(rows: Matrix) -> Matrix:
    """The rows at length 1; rows of zeros stay."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: Matrix = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled


def principal(rows: Matrix, dimensions: int, whitening: float) -> Callable[[Matrix], Matrix]:
    """What maps vectors onto the first principal components of ``rows``, each divided by its standard deviation to the power
    ``whitening`` (0 leaves them as they are, 1 makes all as wide); fitted on ``rows``, which lose their mean."""
    mean = rows.mean(0)
    centred = (rows - mean).astype(np.float64)
    values, vectors = np.linalg.eigh(centred.T @ centred / len(rows))
    order = np.argsort(-values)[:dimensions]
    onto = vectors[:, order] * np.maximum(values[order], 1e-12) ** (-whitening / 2)

    def mapped(other: Matrix) -> Matrix:
        out: Matrix = ((other - mean) @ onto).astype(np.float32)
        return out

    return mapped


def ridge(given: Matrix, wanted: Matrix, penalty: float) -> Matrix:
    """The linear map from ``given`` to ``wanted`` with the least squared error plus ``penalty`` times its squared size."""
    square = given.T.astype(np.float64) @ given + penalty * np.eye(given.shape[1])
    return np.linalg.solve(square, given.T.astype(np.float64) @ wanted).astype(np.float32)


def corrections(bags: csr_matrix, missing: Matrix, penalty: float, steps: int = 25) -> Matrix:
    """What to add to each word so that sentences gain what they miss: argmin |bags D - missing|² + penalty |D|², by
    conjugate gradients for all columns at once."""
    found = np.zeros((bags.shape[1], missing.shape[1]), np.float32)
    rest = bags.T @ missing
    ahead = rest.copy()
    size = (rest * rest).sum(0)
    for _ in range(steps):
        image = bags.T @ (bags @ ahead) + penalty * ahead
        step = size / ((ahead * image).sum(0) + 1e-12)
        found += step * ahead
        rest = rest - step * image
        after = (rest * rest).sum(0)
        ahead = rest + after / (size + 1e-12) * ahead
        size = after
    return found


def bags_of(cut: Sequence[Sequence[int]], weights: Matrix, words: int) -> csr_matrix:
    """``(sentences, words)``: the weight of each word in each sentence, rows of length 1."""
    from scipy.sparse import csr_matrix

    data: list[float] = []
    columns: list[int] = []
    ends = [0]
    for pieces in cut:
        inside = weights[list(pieces)]
        columns += pieces
        data += list(inside / (np.sqrt((inside**2).sum()) + 1e-9))
        ends.append(len(columns))
    made: csr_matrix = csr_matrix((data, columns, ends), shape=(len(cut), words), dtype=np.float32)
    made.sum_duplicates()
    return made


def contrasted(
    vectors: Matrix,
    bags: csr_matrix,
    pairs: npt.NDArray[np.intp],
    groups: npt.NDArray[np.intp],
    *,
    warmth: float,
    rounds: int,
    hold: float = 1.0,
    rate: float = 0.002,
    batch: int = 512,
    seed: int = 0,
) -> Matrix:
    """Word vectors changed so that the two texts of a pair lie nearer to each other than to those of other groups.

    ``pairs`` is ``(n, 2)`` rows of ``bags``, ``groups`` the group of each text: texts of one group are never told apart. The
    loss is that of Oord et al. 2018 (arXiv:1807.03748) at the temperature ``warmth``, both ways, plus ``hold`` times the mean
    squared distance from where the words were; Adam (arXiv:1412.6980), in the same order for the same seed.
    """
    chance = np.random.default_rng(seed)
    words = vectors.copy()
    first, second = np.zeros_like(words), np.zeros_like(words)
    done = 0
    for _ in range(rounds if len(pairs) else 0):
        for chosen in np.array_split(chance.permutation(len(pairs)), max(1, len(pairs) // batch)):
            gradient = _pull(words, bags, pairs[chosen], groups, warmth)
            gradient += 2 * hold / len(pairs) * (words - vectors)
            done += 1
            first += 0.1 * (gradient - first)
            second += 0.001 * (gradient**2 - second)
            words -= rate * (first / (1 - 0.9**done)) / (np.sqrt(second / (1 - 0.999**done)) + 1e-8)
    return words


def _pull(
    words: Matrix, bags: csr_matrix, pairs: npt.NDArray[np.intp], groups: npt.NDArray[np.intp], warmth: float
) -> Matrix:
    """The gradient of the contrastive loss of one batch."""
    inside = [bags[pairs[:, side]] for side in (0, 1)]
    raw = [bag @ words for bag in inside]
    lengths = [np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9 for rows in raw]
    left, right = (rows / length for rows, length in zip(raw, lengths, strict=True))
    scores = left @ right.T / warmth
    name = groups[pairs[:, 0]]
    same = name[:, None] == name[None, :]
    np.fill_diagonal(same, False)
    scores[same] = -np.inf
    excess = _likely(scores) + _likely(scores.T).T
    excess[np.diag_indices(len(excess))] -= 2
    excess /= 2 * len(excess) * warmth
    gradient = np.zeros_like(words)
    for bag, at, pull, length in zip(inside, (left, right), (excess @ right, excess.T @ left), lengths, strict=True):
        gradient += bag.T @ ((pull - at * (at * pull).sum(1, keepdims=True)) / length)
    return gradient


def _likely(scores: Matrix) -> Matrix:
    high = np.exp(scores - scores.max(1, keepdims=True))
    out: Matrix = high / high.sum(1, keepdims=True)
    return out


def reduced(vectors: Matrix, weights: Matrix, dimensions: int) -> Matrix:
    """The vectors in the ``dimensions`` directions in which the weighted words differ most; no mean is taken off, since a
    sum of words must stay a sum."""
    weighted = (vectors * weights[:, None]).astype(np.float64)
    values, directions = np.linalg.eigh(weighted.T @ weighted)
    onto = directions[:, np.argsort(-values)[:dimensions]]
    out: Matrix = (vectors @ onto).astype(np.float32)
    return out


def quantised(vectors: Matrix, weights: Matrix) -> tuple[npt.NDArray[np.int8], Matrix]:
    """Each row as int8 of its own scale, and weights that hold that scale too: row x weight is what it was, about."""
    largest = np.abs(vectors).max(1) + 1e-9
    rows = np.round(vectors / largest[:, None] * 127).astype(np.int8)
    return rows, (weights * largest / 127).astype(np.float32)
