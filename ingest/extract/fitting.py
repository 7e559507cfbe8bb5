"""Logistic regression over sparse rows: the one way in which the decision on statements is fitted (needs SciPy)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

MEMORY = 8
"""How many steps back the curvature is told from."""
ENOUGH = 1e-5
"""The share of the loss that a step must win for another one to follow."""
SLOPE, HALVES = 1e-4, 12
_BIAS = 0.05


def fitted(rows: Any, targets: Any, importance: Any, penalty: float, steps: int, *, either: bool) -> tuple[Any, Any]:
    """Weights ``(features, columns)`` and bias ``(columns,)`` that give ``targets`` from ``rows``, a SciPy matrix in CSR.

    ``either``: the columns exclude each other (softmax), else each is a question of its own (sigmoid). The loss is the sum
    of the rows' log-losses, each times its importance, and half the ``penalty`` times the squared weights. Stopped after
    ``steps``, which is part of how it generalises. Single precision from zero: the same rows give the same weights.
    """
    rows = rows.astype(np.float32)
    turned = rows.T.tocsr()
    wanted, counts = targets.astype(np.float32), importance.astype(np.float32)[:, None]
    # where a feature comes in many rows the loss is steep: steps are measured against that
    steep = np.asarray(rows.multiply(rows).T @ (counts * 0.2)).reshape(-1, 1)
    scale = (1 / np.sqrt(steep + penalty)).astype(np.float32)

    def loss(point: Floats) -> tuple[float, Floats]:
        weights, bias = point[:-1] * scale, point[-1] * np.float32(_BIAS)
        scores = rows @ weights + bias
        if either:
            top = scores.max(axis=1, keepdims=True)
            powers = np.exp(scores - top)
            total = powers.sum(axis=1, keepdims=True)
            sums = counts * (top + np.log(total)) - counts * (wanted * scores).sum(axis=1, keepdims=True)
            off = counts * (powers / total - wanted)
        else:
            sums = counts * (np.logaddexp(0, scores) - wanted * scores)
            off = counts * (1 / (1 + np.exp(-scores)) - wanted)
        slope = np.empty_like(point)
        slope[:-1] = (turned @ off + np.float32(penalty) * weights) * scale
        slope[-1] = off.sum(axis=0) * np.float32(_BIAS)
        return float(sums.sum()) + 0.5 * penalty * float((weights * weights).sum()), slope

    start = np.zeros((rows.shape[1] + 1, wanted.shape[1]), np.float32)
    point = lowest(loss, start, steps)
    return (point[:-1] * scale).astype(np.float64), (point[-1] * np.float32(_BIAS)).astype(np.float64)


def lowest(loss: Callable[[Floats], tuple[float, Floats]], point: Floats, steps: int) -> Floats:
    """Where a smooth function is low, by L-BFGS from ``point`` (Liu & Nocedal 1989, doi:10.1007/BF01589116)."""
    value, slope = loss(point)
    moves: list[tuple[Floats, Floats, float]] = []
    for _ in range(steps):
        way = _direction(slope, moves)
        down = float((slope * way).sum())
        length = 1.0
        for _ in range(HALVES):
            following = point + np.float32(length) * way
            then, after = loss(following)
            if then <= value + SLOPE * length * down:
                break
            length *= 0.5
        move, turn = following - point, after - slope
        bend = float((move * turn).sum())
        if bend > 1e-10:
            moves = [*moves[-MEMORY + 1 :], (move, turn, 1 / bend)]
        won = value - then
        point, value, slope = following, then, after
        if won < ENOUGH * abs(value):
            break
    return point


def _direction(slope: Floats, moves: list[tuple[Floats, Floats, float]]) -> Floats:
    way = slope.copy()
    shares = []
    for move, turn, inverse in reversed(moves):
        share = np.float32(inverse * float((move * way).sum()))
        shares.append(share)
        way -= share * turn
    if moves:
        _, turn, inverse = moves[-1]
        way *= np.float32(1 / (inverse * float((turn * turn).sum())))
    else:
        way *= np.float32(1 / max(1.0, float(np.sqrt((slope * slope).sum()))))
    for (move, turn, inverse), share in zip(moves, reversed(shares), strict=True):
        way += (share - np.float32(inverse * float((turn * way).sum()))) * move
    return -way
