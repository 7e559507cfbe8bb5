"""Fits what :mod:`graph.resolve.alike` weighs: ``python -m graph.resolve.train`` (needs scikit-learn; run in a checkout).

From ``corpus/training/alike.txt`` (groups of wordings that say the same, in families of near misses) and the statements of
the annotated texts there: two of one text are taken to say two things, and in how many a word stands says what it weighs.
The same texts, vocabulary and versions give the same weights.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from corpus import vocabulary
from corpus.dutch import compound_parts, stem, words
from graph.model import Kind
from graph.resolve import alike, wording

TEXTS = vocabulary.FOLDER.parent / "training"
FOLDS, PENALTY, SEED = 5, 0.1, 1
_STATEMENT = re.compile(r"\{([bcs])(?: [^|{}\s]+)*\|([^{}]+)\}")
_KINDS = {"b": Kind.BOTTLENECK, "c": Kind.CAUSE, "s": Kind.SOLUTION}


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings that say the same; ``family`` names the groups that are near to it."""

    family: str
    kind: Kind
    wordings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs as rows of features, whether they say the same, and the families of both."""

    rows: Any
    same: Any
    families: list[tuple[str, str]]


def groups(path: Path = TEXTS / "alike.txt") -> list[Group]:
    """The groups of a file, in its order. Raises ValueError for one that has no family or whose first line is no kind."""
    found: list[Group] = []
    family = ""
    for block in path.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not re.match("#( |$)", line)]
        if lines and lines[0].startswith("## "):
            family = lines.pop(0)[3:]
        if lines:
            found.append(Group(family, Kind(lines[0]), tuple(lines[1:])))
    return found


def statements(folder: Path = TEXTS) -> list[list[tuple[Kind, str]]]:
    """The innermost marked statements of each annotated text."""
    return [
        [(_KINDS[kind], " ".join(text.split())) for kind, text in _STATEMENT.findall(path.read_text("utf-8"))]
        for path in sorted(folder.glob("*.mark"))
    ]


def frequency(texts: Sequence[Sequence[tuple[Kind, str]]]) -> dict[str, Any]:
    """In how many statements each stem, part of a word and concept stands, where that is more than one."""
    counts: Counter[str] = Counter()
    said = [text for own in texts for _, text in own]
    for text in said:
        content = wording.read(text)[1]
        counts.update({stem(token) for word in content for token in (*words(word), *compound_parts(word))})
        counts.update(wording.concepts_of(text).keys())
    return {"statements": len(said), "counts": {term: n for term, n in counts.items() if n > 1}}


def pairs(taught: Sequence[Group], texts: Sequence[Sequence[tuple[Kind, str]]]) -> Pairs:
    """All pairs of the groups, and the pairs within a text; those that the rules call opposite are left out."""
    rows, same, families = [], [], []
    known = [(i, g.family, wording.wording(g.kind, t)) for i, g in enumerate(taught) for t in g.wordings]
    made = [[wording.wording(*one) for one in own] for own in texts]
    for (i, family, a), (j, other, b) in combinations(known, 2):
        if a.kind is b.kind and not alike.opposed(a, b):
            rows.append(alike.features(a, b))
            same.append(i == j)
            families.append((family, other))
    for number, own in enumerate(made):
        for a, b in combinations(own, 2):
            if a.kind is b.kind and a.text != b.text and not alike.opposed(a, b):
                rows.append(alike.features(a, b))
                same.append(False)
                families.append((f"text {number}",) * 2)
    return Pairs(np.array(rows), np.array(same), families)


def fit(known: Pairs, chosen: Any, penalty: float = PENALTY) -> tuple[Any, float]:
    """Weights of the features, and the bias, from the chosen pairs."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler()
    scaled = scaler.fit_transform(known.rows[chosen])
    model = LogisticRegression(C=penalty, max_iter=3000)
    model.fit(scaled, known.same[chosen])
    weights = model.coef_[0] / scaler.scale_
    return weights, float(model.intercept_[0] - weights @ scaler.mean_)


def held_out(known: Pairs, penalty: float = PENALTY) -> Any:
    """The score of each pair by a fit that saw no pair of either of its families."""
    names = sorted({name for pair in known.families for name in pair})
    order = np.random.RandomState(SEED).permutation(len(names))
    fold = {names[place]: i % FOLDS for i, place in enumerate(order)}
    folds = np.array([(fold[a], fold[b]) for a, b in known.families])
    scores = np.zeros(len(known.same))
    for number in range(FOLDS):
        out = (folds == number).any(axis=1)
        weights, bias = fit(known, ~out, penalty)
        own = 1 / (1 + np.exp(-(known.rows[out] @ weights + bias)))
        scores[out] = np.maximum(scores[out], own)
    return scores


def calibrated(known: Pairs, scores: Any) -> tuple[float, float]:
    """By how much the log odds of a fit are to be multiplied, and what is to be added, to be as sure as the held-out
    scores turned out right (Platt's scaling)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6)
    model.fit(_odds(scores)[:, None], known.same)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _odds(scores: Any) -> Any:
    kept = np.clip(scores, 1e-9, 1 - 1e-9)
    return np.log(kept / (1 - kept))


def table(known: Pairs, scores: Any) -> str:
    """Precision and recall of held-out scores from each bar on."""
    lines = ["from   precision recall  pairs"]
    for bar in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        found = scores >= bar
        right = (found & known.same).sum()
        precision, recall = right / max(1, found.sum()), right / known.same.sum()
        lines.append(f"{bar:.1f}    {precision:9.2f} {recall:6.2f} {found.sum():6}")
    return "\n".join(lines)


def main() -> None:
    """Fit, print the figures of what was held out, and write the two files."""
    texts, taught = statements(), groups()
    # before anything is weighed
    wording.FREQUENCY.write_text(_json(frequency(texts)), "utf-8")
    known = pairs(taught, texts)
    print(f"{len(taught)} groups, {known.same.sum()} pairs that say the same, {(~known.same).sum()} that do not")
    scores = held_out(known)
    factor, shift = calibrated(known, scores)
    print(table(known, 1 / (1 + np.exp(-(factor * _odds(scores) + shift)))))
    weights, bias = fit(known, np.ones(len(known.same), bool))
    stored = {
        "bias": round(factor * bias + shift, 5),
        "weights": [round(float(factor * one), 5) for one in weights],
    }
    alike.MODEL.write_text(_json(stored), "utf-8")


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    main()
