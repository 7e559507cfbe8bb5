"""Trains the decision on theme and level on the texts of corpus/training, and writes ``topic.npz``.

python -m ingest.extract.train_topic            trains on all texts; the same texts give the same weights
python -m ingest.extract.train_topic --held-out prints the accuracy in five folds, no text in two of them
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from corpus.vocabulary import LEVELS, THEMES
from ingest.document import ReadDocument
from ingest.extract.found import Span
from ingest.extract.marks import placed, plain
from ingest.extract.topic import BUCKETS, CLASSES, DENSE, WEIGHTS, Model, Row, rows
from ingest.readers import read_bytes

TEXTS = Path(__file__).parents[2] / "corpus" / "training"
PENALTY = 4.0
"""Weight of the squared weights beside the summed log-loss."""
STEPS = 80
FOLDS = 5
_OPENED = re.compile(r"\{[bcs]((?: [^|{}\s]+)*)\|")
_LEVEL_MARKS = dict(zip("ioy", LEVELS, strict=True))
_SPLIT = len(THEMES)


@dataclass(frozen=True, slots=True)
class Example:
    """One marked statement: its row, its theme and level as indexes (level -1 where it has none), and its text's name."""

    row: Row
    theme: int
    level: int
    text: str


def examples(folder: Path = TEXTS) -> list[Example]:
    """The marked statements of the ``*.mark`` files of a folder that a reader finds back in their text."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.mark")):
        document, spans, marks = marked(path)
        found += [
            Example(row, THEMES.index(theme), LEVELS.index(level) if level else -1, path.stem)
            for row, (theme, level) in zip(rows(document, spans), marks, strict=True)
            if theme
        ]
    return found


def marked(path: Path) -> tuple[ReadDocument, list[Span], list[tuple[str, str]]]:
    """A marked text as a reader reads it, its statements, and the theme and level marked at each ('' where none is)."""
    source = path.read_text(encoding="utf-8")
    text, places = plain(source)
    document = read_bytes(text.encode(), path.stem + ".txt")
    marks = [_theme_and_level(match.group(1).split()) for match in _OPENED.finditer(source)]
    kept = placed(text, places, document)
    spans: list[Span] = []
    chosen: list[tuple[str, str]] = []
    for (start, end, _), mark in zip(places, marks, strict=True):
        if len(spans) == len(kept):
            break
        one = kept[len(spans)]
        # placed() leaves out what the reader tore apart, in the same order
        if _letters(document.blocks[one.block].text[one.start : one.end]) == _letters(text[start:end]):
            spans.append(Span(one.block, one.start, one.end, one.kind, 1.0, "marked"))
            chosen.append(mark)
    return document, spans, chosen


def train(chosen: Sequence[Example], penalty: float = PENALTY, steps: int = STEPS) -> Model:
    """Multinomial logistic regression for theme and for level, by Nesterov's accelerated gradient from zero."""
    x = _matrix([example.row for example in chosen])
    weights, bias = np.zeros((x.shape[1], CLASSES), np.float32), np.zeros(CLASSES, np.float32)
    targets = np.zeros((len(chosen), CLASSES), np.float32)
    has_level = np.array([example.level >= 0 for example in chosen])
    for i, example in enumerate(chosen):
        targets[i, example.theme] = 1
        if example.level >= 0:
            targets[i, _SPLIT + example.level] = 1
    # the log-loss is 1/2-smooth in the scores, so this step never overshoots
    step = np.float32(1.0 / (0.5 * _largest_eigenvalue(x) + penalty))
    ahead, ahead_bias, momentum = weights.copy(), bias.copy(), 1.0
    for _ in range(steps):
        scores = x @ ahead + ahead_bias
        off = np.concatenate((_softmax(scores[:, :_SPLIT]), _softmax(scores[:, _SPLIT:])), axis=1) - targets
        off[~has_level, _SPLIT:] = 0
        new, new_bias = ahead - step * (x.T @ off + penalty * ahead), ahead_bias - step * off.sum(axis=0)
        following = (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        pull = np.float32((momentum - 1) / following)
        ahead, ahead_bias = new + pull * (new - weights), new_bias + pull * (new_bias - bias)
        weights, bias, momentum = new, new_bias, following
    return Model(weights, bias)


def held_out(chosen: Sequence[Example], penalty: float = PENALTY) -> tuple[float, float]:
    """The share of right themes and of right levels, each text judged by a model that has not seen it."""
    fold = [crc32(example.text.encode()) % FOLDS for example in chosen]
    themes = levels = with_level = 0
    for k in range(FOLDS):
        decide = train([e for e, f in zip(chosen, fold, strict=True) if f != k], penalty)
        for example in (e for e, f in zip(chosen, fold, strict=True) if f == k):
            scores = decide.scores(example.row)
            themes += int(scores[:_SPLIT].argmax()) == example.theme
            with_level += example.level >= 0
            levels += int(scores[_SPLIT:].argmax()) == example.level
    return themes / len(chosen), levels / with_level


def _theme_and_level(attributes: Sequence[str]) -> tuple[str, str]:
    theme = next((a for a in attributes if a in THEMES), "")
    return theme, next((_LEVEL_MARKS[a] for a in attributes if a in _LEVEL_MARKS), "")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _matrix(chosen: Sequence[Row]) -> npt.NDArray[np.float32]:
    x = np.zeros((len(chosen), DENSE + BUCKETS), np.float32)
    for i, row in enumerate(chosen):
        x[i, :DENSE] = row.dense
        x[i, DENSE + row.hashed] = row.value
    return x


def _softmax(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: npt.NDArray[np.float32] = e / e.sum(axis=1, keepdims=True)
    return shares


def _largest_eigenvalue(x: npt.NDArray[np.float32]) -> float:
    """Of ``x.T @ x``, by the power method from a fixed start, a little too large rather than too small."""
    v = np.ones(x.shape[1], np.float32)
    for _ in range(30):
        v = x.T @ (x @ v)
        size = float(np.linalg.norm(v))
        v /= np.float32(size)
    return 1.05 * float(np.linalg.norm(x @ v)) ** 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--held-out", action="store_true", help="print accuracies in folds, write nothing")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="folder of *.mark files")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    chosen = examples(arguments.texts)
    if arguments.held_out:
        theme, level = held_out(chosen)
        print(f"{len(chosen)} statements, held out: theme {theme:.3f}, level {level:.3f}")
        return
    decide = train(chosen)
    np.savez_compressed(arguments.out, weights=decide.weights.astype(np.float16), bias=decide.bias)
    print(f"{len(chosen)} statements → {arguments.out} ({arguments.out.stat().st_size // 1024} kB)")


if __name__ == "__main__":
    main()
