"""What a decision gets right in annotated texts, and how sure it may be of itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from ingest.extract import decide
from ingest.extract.examples import MATCH, Text, bag, overlap

EQUAL = 0.01
"""Two bars whose F1 differs by no more are equally good."""
BANDS = 10

Found = dict[str, Any]
"""For each text by name what a decision says of its candidates: ``(candidates, 4)``."""
Steps = Sequence[tuple[float, float]]


def probabilities(text: Text, model: decide.Model) -> Any:
    """What a model says of each candidate of a text: ``(candidates, 4)``."""
    holds = 1.0 / (1.0 + np.exp(-(decide.products(text.sentence_rows, model.sentence) + model.sentence_bias)))
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


def figures(texts: Sequence[Text], found: Found, least: Sequence[float]) -> dict[str, float]:
    """The F1 of what is chosen in all texts together (``f1``), and that of each kind; a statement counts when its kind is right."""
    counts: dict[str, list[int]] = {kind: [0, 0, 0] for kind in decide.KINDS}
    for text in texts:
        choice = chosen(text, found[text.name], least)
        for (_, column), good in zip(choice, right(text, choice), strict=True):
            counts[decide.KINDS[column - 1]][0] += good
            counts[decide.KINDS[column - 1]][1] += 1
        for one in text.marked:
            counts[one.kind][2] += 1
    total = f1(*(sum(c[k] for c in counts.values()) for k in range(3)))
    return {"f1": round(total, 3)} | {str(kind): round(f1(*c), 3) for kind, c in counts.items()}


def bar(texts: Sequence[Text], found: Found) -> float:
    """The bar for the best typed F1 on held-out texts; of bars that differ little, the highest one: a statement too many
    costs a reader's trust, one too few is found in another document."""
    tried = [(float(least), figures(texts, found, (least,) * 3)["f1"]) for least in np.arange(0.14, 0.46, 0.02)]
    top = max(total for _, total in tried)
    return round(max(least for least, total in tried if total >= top - EQUAL), 2)


def surely(texts: Sequence[Text], found: Found, least: Sequence[float]) -> list[tuple[float, bool]]:
    """Of each chosen candidate its probability, and whether it is right."""
    out: list[tuple[float, bool]] = []
    for text in texts:
        choice = chosen(text, found[text.name], least)
        values = [float(found[text.name][number][column]) for number, column in choice]
        out += zip(values, right(text, choice), strict=True)
    return out


def calibrated(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Isotonic regression of "right" on the probability, as a few steps between straight lines (Zadrozny & Elkan 2002,
    doi:10.1145/775047.775151)."""
    from sklearn.isotonic import IsotonicRegression

    if not pairs:
        return [(0.0, 0.0), (1.0, 1.0)]
    xs, ys = np.array([p for p, _ in pairs]), np.array([good for _, good in pairs], float)
    curve = IsotonicRegression(y_min=0.05, y_max=0.97, out_of_bounds="clip").fit(xs, ys)
    parts = [part for part in np.array_split(xs[np.argsort(xs)], BANDS) if len(part)]
    return sorted({(round(float(part.mean()), 3), round(float(curve.predict(part).mean()), 3)) for part in parts})


def off(pairs: Sequence[tuple[float, bool]], steps: Steps) -> float:
    """The mean absolute calibration error: of statements of about one confidence, how far the share that is right is from it.

    In ten bands of equal width, each weighed by its number (Naeini et al. 2015, "expected calibration error").
    """
    bands: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, good in pairs:
        sure = decide.interpolated(probability, steps)
        bands[min(BANDS - 1, int(sure * BANDS))].append((sure, good))
    missed = sum(abs(sum(sure for sure, _ in band) - sum(good for _, good in band)) for band in bands.values())
    return missed / len(pairs) if pairs else 0.0


def off_held_out(texts: Sequence[Text], found: Found, least: Sequence[float]) -> float:
    """The calibration error on half of the texts of the steps that the other half gives, over both halves."""
    halves = [surely(texts[k::2], found, least) for k in range(2)]
    errors = [off(half, calibrated(other)) * len(half) for half, other in zip(halves, reversed(halves), strict=True)]
    return sum(errors) / max(1, sum(map(len, halves)))
