"""Fits the learned decision of :mod:`ingest.extract.decide` on annotated texts (needs SciPy and scikit-learn, here only).

Fits its two models, tries them on texts held out, and sets the bar and the calibration from those. The same texts,
vocabulary and versions give the same weights. ``kluwen extraction train`` runs it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from corpus.dutch import known_words
from ingest.extract import decide
from ingest.extract.examples import Example, Growing, Text, pruned, text_of
from ingest.extract.excerpts import excerpts
from ingest.extract.features import Row
from ingest.extract.fitting import fitted
from ingest.extract.judge import bar, calibrated, figures, off_held_out, probabilities, surely

SEED, FOLDS, INNER = 1, 6, 4
SENTENCE_PENALTY, RUN_PENALTY = 33.0, 8.0
SENTENCE_STEPS, RUN_STEPS = 40, 60
MEANT = 2.0
"""How much a word's meaning counts beside the word itself."""
DIMENSIONS = 128

Vectors = Callable[[Sequence[str]], Any]
"""Gives the meaning of words: ``(n, d)``, a row of zeros where it is not known."""


@dataclass(frozen=True, slots=True)
class Features:
    """Names of features. The first ``own`` have a weight of their own; ``meanings`` is ``(names, DIMENSIONS)``, rows of
    about unit length for words, zeros for all else: what words of like meaning have in common is learned once."""

    names: list[str]
    own: int
    meanings: Any


def features(texts: Sequence[Text], index: Growing, vectors: Vectors | None) -> Features:
    """The features of these texts. With ``vectors`` every known Dutch word is one, also those that are in none of them."""
    names, own = pruned(texts, index, (f"w:{word}" for word in known_words()) if vectors else ())
    meanings = np.zeros((len(names), DIMENSIONS), np.float32)
    if vectors:
        places = [i for i, name in enumerate(names) if name.startswith("w:")]
        meanings[places] = _shortened(np.asarray(vectors([names[i][2:] for i in places]), np.float64))
    return Features(names, own, meanings)


def _shortened(vectors: Any) -> Any:
    """The vectors without what all have in common, in the directions in which they differ most."""
    known = np.linalg.norm(vectors, axis=1) > 0
    if not known.any():
        return np.zeros((len(vectors), DIMENSIONS))
    centred = np.where(known[:, None], vectors - vectors[known].mean(axis=0), 0.0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    most = directions[:, ::-1][:, :DIMENSIONS]
    return np.pad(centred @ most, ((0, 0), (0, DIMENSIONS - most.shape[1])))


def _matrix(rows: Sequence[Row], known: Features) -> Any:
    """The rows over the features with a weight of their own, then over the dimensions of meaning."""
    from scipy.sparse import csr_matrix, hstack

    ends = np.cumsum([0, *(len(row.ids) for row in rows)])
    ids = np.array([i for row in rows for i in row.ids], dtype=np.int64)
    values = np.array([v for row in rows for v in row.values], dtype=np.float32)
    whole = csr_matrix((values, ids, ends), shape=(len(rows), len(known.names)))
    return hstack([whole[:, : known.own], csr_matrix(MEANT * (whole @ known.meanings))]).tocsr()


def _folded(weights: Any, known: Features) -> Any:
    """Weights over the columns of :func:`_matrix` as weights over all features: a word's meaning counts in its weight."""
    own = np.zeros((len(known.names), weights.shape[1]))
    own[: known.own] = weights[: known.own]
    return own + MEANT * (known.meanings @ weights[known.own :])


@dataclass(slots=True)
class _Rows:
    """The rows of one text as matrices, made once."""

    sentences: Any
    runs: Any


def _rows(text: Text, known: Features) -> _Rows:
    shared = _matrix(text.shared_rows, known)[[c.sentence for c in text.tried]]
    return _Rows(_matrix(text.sentence_rows, known), shared + _matrix(text.run_rows, known))


def _fit_sentences(texts: Sequence[Text], rows: dict[str, _Rows]) -> tuple[Any, Any]:
    from scipy.sparse import vstack

    holds = np.vstack([text.holds for text in texts])
    stacked = vstack([rows[text.name].sentences for text in texts]).tocsr()
    return fitted(stacked, holds, np.ones(len(holds)), SENTENCE_PENALTY, SENTENCE_STEPS, either=False)


def _sigmoid(scores: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-scores))


def _fit(texts: Sequence[Text], known: Features, rows: dict[str, _Rows]) -> decide.Model:
    """The two models fitted on texts. What the second is told of the first comes from texts that the first held out."""
    from scipy.sparse import csr_matrix, hstack, vstack

    order = np.random.RandomState(0).permutation(len(texts))
    said: dict[str, Any] = {}
    for fold in range(INNER):
        out = {texts[i].name for i in order[fold::INNER]}
        weights, bias = _fit_sentences([text for text in texts if text.name not in out], rows)
        said |= {name: _sigmoid(rows[name].sentences @ weights + bias) for name in sorted(out)}
    usual = np.vstack([text.holds for text in texts]).mean(axis=0)
    blocks, labels, importance = [], [], []
    for text in texts:
        if not text.tried:
            continue
        context = decide.context_rows(text.extractor, text.tried, said[text.name], usual)
        blocks.append(hstack([rows[text.name].runs, csr_matrix(context)]))
        labels.append(text.labels)
        importance.append(np.where(text.near, 0.0, 1.0))
    targets = np.eye(4)[np.concatenate(labels)]
    run, run_bias = fitted(
        vstack(blocks).tocsr(), targets, np.concatenate(importance), RUN_PENALTY, RUN_STEPS, either=True
    )
    sentence, sentence_bias = _fit_sentences(texts, rows)
    width = known.own + DIMENSIONS
    return decide.Model(
        {name: i for i, name in enumerate(known.names)},
        _folded(sentence, known),
        sentence_bias,
        _folded(run[:width], known),
        run_bias,
        run[width:],
        usual,
        (0.3, 0.3, 0.3),
        ((0.0, 0.0), (1.0, 1.0)),
    )


def _held_out(
    texts: Sequence[Text], parts: dict[str, list[Text]], known: Features, rows: dict[str, _Rows]
) -> dict[str, Any]:
    """The probabilities of every text by a model that has seen neither it nor its excerpts."""
    order = np.random.RandomState(SEED).permutation(len(texts))
    out: dict[str, Any] = {}
    for fold in range(FOLDS):
        held = {texts[i].name for i in order[fold::FOLDS]}
        model = _fit(_with_parts([text for text in texts if text.name not in held], parts), known, rows)
        out |= {text.name: probabilities(text, model) for text in texts if text.name in held}
    return out


def _with_parts(texts: Sequence[Text], parts: dict[str, list[Text]]) -> list[Text]:
    return [*texts, *(part for text in texts for part in parts[text.name])]


def write(decision: Made, folder: Path) -> None:
    """The weights as half-precision numbers in a ``.npz``, and the card as ``.json``."""
    model, card = decision.model, decision.card
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


@dataclass(frozen=True, slots=True)
class Made:
    """A decision with its card, and the texts with what decisions say of them that have not seen them."""

    model: decide.Model
    card: dict[str, Any]
    texts: list[Text]
    held_out: dict[str, Any]


def made(examples: Sequence[Example], vectors: Vectors | None) -> Made:
    """The decision fitted on annotated documents. ``vectors`` gives the meaning of words; without it they have none.

    Whoever has documents in which people marked all statements can teach it: files (``read_marked``), or what was decided
    in review. Raises ValueError when there are fewer documents than folds.
    """
    if len(examples) < FOLDS:
        raise ValueError(f"{len(examples)} texts are too few to hold some out: at least {FOLDS}")
    index = Growing()
    texts = [text_of(example, index) for example in examples]
    parts = {example.name: [text_of(part, index) for part in excerpts(example)] for example in examples}
    every = _with_parts(texts, parts)
    known = features(every, index, vectors)
    rows = {text.name: _rows(text, known) for text in every}
    out = _held_out(texts, parts, known, rows)
    least = (bar(texts, out),) * 3
    steps = calibrated(surely(texts, out, least))
    kinds = Counter(str(one.kind) for text in texts for one in text.marked)
    card = {
        "what": "Linear models that decide which clauses are statements, and of which kind (ingest/extract/decide.py).",
        "made_by": "kluwen extraction train",
        "texts": len(texts),
        "excerpts": len(every) - len(texts),
        "statements": dict(sorted(kinds.items())),
        "features": len(known.names),
        "held_out": figures(texts, out, least)
        | {"folds": FOLDS, "calibration_error": round(off_held_out(texts, out, least), 3)},
        "limits": "Fitted on invented Dutch texts about care and welfare; other fields, genres and languages do worse.",
        "least": list(least),
        "steps": steps,
    }
    return Made(replace(_fit(every, known, rows), least=least, steps=tuple(steps)), card, texts, out)
