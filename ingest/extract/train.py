"""Fits the learned decision: ``python -m ingest.extract.train`` (needs scikit-learn, here only).

Reads the annotated texts of ``corpus/training``, fits the two models of :mod:`ingest.extract.decide`, tries them on
texts held out, sets the bars and the calibration from those, and writes the weights and a card beside this file. The
same texts, vocabulary and versions give the same weights.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from corpus.phrases import words_of
from ingest.document import ReadDocument
from ingest.extract import decide
from ingest.extract.features import Candidate, Extractor, Row, candidates
from ingest.extract.marks import Marked, placed, plain
from ingest.readers import read_bytes

SEED, FOLDS, INNER = 1, 6, 4
SENTENCE_STRENGTH, RUN_STRENGTH = 0.03, 0.1
"""Inverse strength of the L2 penalty of the two models."""
FEWEST = 4
"""A feature is kept when it comes in so many rows."""
EQUAL = 0.01
"""Two bars whose F1 differs by no more are equally good."""
MATCH = 0.6
"""Two quotes are the same when the F1 of their words is at least this, as in the project's scores."""


@dataclass(slots=True)
class Text:
    """One annotated text, its candidates and their labels: 0 none, 1 bottleneck, 2 solution, 3 cause."""

    name: str
    document: ReadDocument
    marked: list[Marked]
    extractor: Extractor
    tried: list[Candidate]
    labels: Any
    near: Any
    holds: Any
    sentence_rows: list[Row] = field(default_factory=list)
    shared_rows: list[Row] = field(default_factory=list)
    run_rows: list[Row] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        yield from self.sentence_rows
        yield from self.shared_rows
        yield from self.run_rows


class Growing(dict[str, int]):
    """Gives every new feature a number."""

    def __call__(self, name: str, /) -> int:
        return self.setdefault(name, len(self))


def bag(text: str) -> Counter[str]:
    return Counter(word for word, _, _ in words_of(text))


def overlap(a: Counter[str], b: Counter[str]) -> float:
    both = sum((a & b).values())
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def labelled(document: ReadDocument, tried: Sequence[Candidate], marked: Sequence[Marked]) -> tuple[Any, Any]:
    """The label of each candidate: that of the statement that it fits best; and which others come near to one."""
    labels, near = np.zeros(len(tried), dtype=int), np.zeros(len(tried), dtype=bool)
    bags = [bag(document.blocks[c.block].text[c.start : c.end]) for c in tried]
    by_block: dict[int, list[int]] = defaultdict(list)
    for i, candidate in enumerate(tried):
        by_block[candidate.block].append(i)
    for one in marked:
        own = bag(document.blocks[one.block].text[one.start : one.end])
        fits = [
            (overlap(own, bags[i]), -abs(tried[i].start - one.start) - abs(tried[i].end - one.end), i)
            for i in by_block[one.block]
            if tried[i].start < one.end and tried[i].end > one.start
        ]
        near[[i for fit, _, i in fits if fit >= MATCH]] = True
        if fits and max(fits)[0] >= MATCH:
            labels[max(fits)[2]] = 1 + decide.KINDS.index(one.kind)
    return labels, near & (labels == 0)


def read_texts(folder: Path, index: Growing) -> list[Text]:
    """All annotated texts of a folder, by name."""
    texts = []
    for path in sorted(folder.glob("*.mark")):
        text, found = plain(path.read_text(encoding="utf-8"))
        document = read_bytes(text.encode("utf-8"), path.stem + ".txt")
        marked = placed(text, found, document)
        extractor = Extractor(document, index)
        count = len(extractor.sentences)
        tried = candidates(document, extractor.structure, extractor.sentences, range(count))
        labels, near = labelled(document, tried, marked)
        holds = np.zeros((count, 3), dtype=int)
        for candidate, label in zip(tried, labels, strict=True):
            if label:
                holds[candidate.sentence, label - 1] = 1
        one = Text(path.stem, document, marked, extractor, tried, labels, near, holds)
        one.sentence_rows = [extractor.sentence_row(n) for n in range(count)]
        one.shared_rows = [extractor.shared_row(n) for n in range(count)]
        one.run_rows = [extractor.candidate_row(c) for c in tried]
        texts.append(one)
    return texts


def pruned(texts: Sequence[Text], index: Growing) -> list[str]:
    """The names of the features that come often enough; the rows are renumbered to them."""
    counts: Counter[int] = Counter()
    for text in texts:
        for row in text.rows():
            counts.update(set(row.ids))
    names = sorted(name for name, number in index.items() if counts[number] >= FEWEST)  # whatever order sets had
    kept = {index[name]: i for i, name in enumerate(names)}
    for text in texts:
        for row in text.rows():
            pairs = sorted((kept[i], value) for i, value in zip(row.ids, row.values, strict=True) if i in kept)
            row.ids, row.values = [i for i, _ in pairs], [value for _, value in pairs]
    return names


def _matrix(rows: Sequence[Row], width: int) -> Any:
    from scipy.sparse import csr_matrix

    ends = np.cumsum([0, *(len(row.ids) for row in rows)])
    ids = np.array([i for row in rows for i in row.ids], dtype=np.int64)
    values = np.array([v for row in rows for v in row.values])
    return csr_matrix((values, ids, ends), shape=(len(rows), width))


def _fit_sentences(texts: Sequence[Text], width: int) -> tuple[Any, Any]:
    from sklearn.linear_model import LogisticRegression

    rows = _matrix([row for text in texts for row in text.sentence_rows], width)
    holds = np.vstack([text.holds for text in texts])
    fits = [
        LogisticRegression(C=SENTENCE_STRENGTH, max_iter=60, solver="liblinear").fit(rows, holds[:, k])
        for k in range(3)
    ]
    return np.column_stack([fit.coef_[0] for fit in fits]), np.array([fit.intercept_[0] for fit in fits])


def _sentence_probabilities(text: Text, weights: Any, bias: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-(decide.products(text.sentence_rows, weights) + bias)))


def fit(texts: Sequence[Text], names: Sequence[str]) -> decide.Model:
    """The two models fitted on texts. What the second is told of the first comes from texts that the first held out."""
    from scipy.sparse import csr_matrix, hstack, vstack
    from sklearn.linear_model import LogisticRegression

    width = len(names)
    order = np.random.RandomState(0).permutation(len(texts))
    said: dict[str, Any] = {}
    for fold in range(INNER):
        out = {texts[i].name for i in order[fold::INNER]}
        weights, bias = _fit_sentences([text for text in texts if text.name not in out], width)
        said |= {text.name: _sentence_probabilities(text, weights, bias) for text in texts if text.name in out}
    usual = np.vstack([text.holds for text in texts]).mean(axis=0)
    blocks, labels, importance = [], [], []
    for text in texts:
        if not text.tried:
            continue
        shared = _matrix(text.shared_rows, width)[[c.sentence for c in text.tried]]
        context = decide.context_rows(text.extractor, text.tried, said[text.name], usual)
        blocks.append(hstack([shared + _matrix(text.run_rows, width), csr_matrix(context)]))
        labels.append(text.labels)
        importance.append(np.where(text.near, 0.0, 1.0))
    runs = LogisticRegression(C=RUN_STRENGTH, max_iter=80).fit(
        vstack(blocks).tocsr(), np.concatenate(labels), sample_weight=np.concatenate(importance)
    )
    weights, bias = _fit_sentences(texts, width)
    numbers = {name: i for i, name in enumerate(names)}
    run = runs.coef_.T
    return decide.Model(
        numbers,
        weights,
        bias,
        run[:width],
        runs.intercept_,
        run[width:],
        usual,
        (0.3, 0.3, 0.3),
        ((0.0, 0.0), (1.0, 1.0)),
    )


def probabilities(text: Text, model: decide.Model) -> Any:
    holds = _sentence_probabilities(text, model.sentence, model.sentence_bias)
    return decide.run_probabilities(
        text.extractor, text.tried, text.run_rows, text.shared_rows.__getitem__, holds, model
    )


def chosen(text: Text, found: Any, least: Sequence[float]) -> list[tuple[int, int]]:
    return decide.taken(text.tried, [len(s.clauses) for s in text.extractor.sentences], found, least)


def right(text: Text, choice: Sequence[tuple[int, int]]) -> list[bool]:
    """For each chosen candidate whether a marked statement of its kind, matched once, says the same."""
    pairs = []
    for a, (number, column) in enumerate(choice):
        candidate = text.tried[number]
        own = bag(text.document.blocks[candidate.block].text[candidate.start : candidate.end])
        for b, one in enumerate(text.marked):
            if one.kind is decide.KINDS[column - 1]:
                fits = overlap(own, bag(text.document.blocks[one.block].text[one.start : one.end]))
                if fits >= MATCH:
                    pairs.append((fits, a, b))
    hit, used = set(), set()
    for _, a, b in sorted(pairs, reverse=True):
        if a not in hit and b not in used:
            hit.add(a)
            used.add(b)
    return [a in hit for a in range(len(choice))]


def f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / (found + wanted) if found + wanted else 0.0


def held_out(texts: Sequence[Text], names: Sequence[str]) -> dict[str, Any]:
    """The probabilities of every text by a model that has not seen it."""
    order = np.random.RandomState(SEED).permutation(len(texts))
    out: dict[str, Any] = {}
    for fold in range(FOLDS):
        held = {texts[i].name for i in order[fold::FOLDS]}
        model = fit([text for text in texts if text.name not in held], names)
        out |= {text.name: probabilities(text, model) for text in texts if text.name in held}
    return out


def bars(texts: Sequence[Text], found: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """The bar for the best typed F1 on held-out texts, and the figures at it; of bars that differ little, the highest one:
    a statement too many costs a reader's trust, one too few is found in another document."""
    tried: list[tuple[float, float, dict[str, Any]]] = []
    for least in np.arange(0.14, 0.46, 0.02):
        counts: dict[str, list[int]] = {kind: [0, 0, 0] for kind in decide.KINDS}
        for text in texts:
            choice = chosen(text, found[text.name], (least,) * 3)
            for (_, column), good in zip(choice, right(text, choice), strict=True):
                counts[decide.KINDS[column - 1]][0] += good
                counts[decide.KINDS[column - 1]][1] += 1
            for one in text.marked:
                counts[one.kind][2] += 1
        total = f1(*(sum(c[k] for c in counts.values()) for k in range(3)))
        figures = {"f1": round(total, 3)} | {str(kind): round(f1(*c), 3) for kind, c in counts.items()}
        tried.append((total, float(least), figures))
    top = max(total for total, _, _ in tried)
    equal = [one for one in tried if one[0] >= top - EQUAL]
    _, least, figures = equal[-1]
    return round(least, 2), figures


def calibration(texts: Sequence[Text], found: dict[str, Any], least: float) -> list[tuple[float, float]]:
    """Isotonic regression of "right" on the probability of what is chosen, as a few steps between straight lines."""
    from sklearn.isotonic import IsotonicRegression

    xs: list[float] = []
    ys: list[bool] = []
    for text in texts:
        choice = chosen(text, found[text.name], (least,) * 3)
        xs += [float(found[text.name][number][column]) for number, column in choice]
        ys += right(text, choice)
    curve = IsotonicRegression(y_min=0.05, y_max=0.97, out_of_bounds="clip").fit(xs, ys)
    order = np.argsort(xs)
    parts = np.array_split(np.array(xs)[order], 10)
    steps = [(round(float(part.mean()), 3), round(float(curve.predict(part).mean()), 3)) for part in parts if len(part)]
    return sorted(set(steps))


def write(model: decide.Model, card: dict[str, Any], folder: Path) -> None:
    """The weights as half-precision numbers in a ``.npz``, and the card as ``.json``."""
    np.savez_compressed(
        folder / decide.WEIGHTS,
        names=np.frombuffer("\n".join(model.names).encode("utf-8"), dtype=np.uint8),
        sentence=model.sentence.astype(np.float16),
        sentence_bias=model.sentence_bias.astype(np.float32),
        run=model.run.astype(np.float16),
        run_bias=model.run_bias.astype(np.float32),
        context=model.context.astype(np.float32),
        usual=model.usual.astype(np.float32),
    )
    text = json.dumps(card, ensure_ascii=False, indent=1)
    (folder / decide.CARD).write_text(text + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ingest.extract.train", description=__doc__)
    parser.add_argument("--texts", type=Path, default=Path(str(files("corpus"))) / "training")
    parser.add_argument("--to", type=Path, default=Path(__file__).parent)
    options = parser.parse_args(arguments)
    if not any(options.texts.glob("*.mark")):
        parser.error(
            f"no texts (*.mark) in {options.texts}: the training texts are in the checkout, not in the package"
        )
    warnings.filterwarnings("ignore", category=FutureWarning)
    warnings.filterwarnings("ignore", message=".*lbfgs failed to converge.*")
    index = Growing()
    texts = read_texts(options.texts, index)
    names = pruned(texts, index)
    out = held_out(texts, names)
    least, figures = bars(texts, out)
    steps = calibration(texts, out, least)
    model = fit(texts, names)
    kinds = Counter(str(one.kind) for text in texts for one in text.marked)
    card = {
        "what": "Linear models that decide which clauses are statements, and of which kind (ingest/extract/decide.py).",
        "made_by": "python -m ingest.extract.train",
        "texts": len(texts),
        "statements": dict(sorted(kinds.items())),
        "features": len(names),
        "held_out": figures | {"folds": FOLDS},
        "limits": "Fitted on invented Dutch texts about care and welfare; other fields, genres and languages do worse.",
        "least": [least] * 3,
        "steps": steps,
    }
    write(model, card, options.to)
    print(json.dumps({key: card[key] for key in ("texts", "statements", "features", "held_out", "least")}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
