"""How sure it is that two wordings say the same bottleneck, cause or solution.

A logistic regression over what the two have in common and where they differ; its weights (``alike.json``) come from
``python -m graph.resolve.train``. What says the opposite is never the same.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from math import exp
from pathlib import Path

from graph.model import Kind, fold
from graph.resolve.wording import NEGATION, Wording, exact, opposites, rarity

MODEL = Path(__file__).with_name("alike.json")
PROPOSED = 0.2
"""From this score on two wordings are shown to people as perhaps the same."""

CONTRARY = 0.5
"""From this score on two wordings are shown to people as saying the opposite."""

MET = 0.7
"""From this cosine on two words can stand for each other: leraar and leerling are near too, but not the same."""


def alike(a: Wording, b: Wording) -> float:
    """How sure it is, 0–1, that two wordings say the same; 0 for two kinds, and for one that says the opposite.

    Symmetric: the order of the two makes no difference.
    """
    if a.kind is not b.kind or opposed(a, b):
        return 0.0
    if fold(a.text) == fold(b.text):
        return 1.0
    weights, bias = _model()
    score = bias + sum([x * w for x, w in zip(features(a, b), weights, strict=True)])
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def opposed(a: Wording, b: Wording) -> bool:
    """Whether one says of a thing what is the opposite of what the other says."""
    turned = opposites()
    for mine, others in ((a.families, b.families), (b.families, a.families)):
        for family in mine - others:
            against = turned.get(family)
            if against and against & others and not against & mine:
                return True
    # geen overdracht, de overdracht ontbreekt: both say of it the same
    matter = (a.families & b.families) - {NEGATION}
    return not matter and (NEGATION in a.families) != (NEGATION in b.families) and set(a.stems) == set(b.stems)


def contrary(a: Wording, b: Wording) -> float:
    """How sure it is, 0–1, that two wordings say the opposite of one thing: that they are about the same, where they are
    opposed; else 0."""
    if a.kind is not b.kind or not opposed(a, b):
        return 0.0
    return alike(replace(a, families=frozenset()), replace(b, families=frozenset()))


def features(a: Wording, b: Wording) -> list[float]:
    """What two wordings of one kind have in common and where they differ, each about 0–1."""
    cosines = a.vectors @ b.vectors.T
    mine, theirs = cosines.max(axis=1), cosines.max(axis=0)
    covered, covering = float(mine @ a.weights), float(theirs @ b.weights)
    met = float((mine >= MET) @ a.weights), float((theirs >= MET) @ b.weights)
    heaviest = (float(mine[a.weights.argmax()]), float(theirs[b.weights.argmax()]))
    both = a.stems.keys() & b.stems.keys()
    shared = sum([a.stems[s] for s in both])
    left, right = sum(a.stems.values()), sum(b.stems.values())
    common = sum([min(a.concepts[c], b.concepts[c]) * rarity(c) for c in a.concepts.keys() & b.concepts.keys()])
    exact_a, exact_b = exact(a.concepts), exact(b.concepts)
    named = sum([rarity(c) for c in exact_a & exact_b])
    apart = min(sum([rarity(c) for c in exact_a - exact_b]), sum([rarity(c) for c in exact_b - exact_a]))
    matter_a, matter_b = a.families - {NEGATION}, b.families - {NEGATION}
    sizes = len(a.weights), len(b.weights)
    return [
        float(a.whole @ b.whole),
        float(a.subject @ b.subject),
        max(covered, covering),
        min(covered, covering),
        min(heaviest),
        max(heaviest),
        shared / max(left + right - shared, 1e-6),
        shared / max(min(left, right), 1e-6),
        min(common, 2.0),
        min(named, 2.0),
        min(apart, 2.0),
        float(bool(matter_a & matter_b)),
        float(bool(matter_a) and bool(matter_b) and not matter_a & matter_b),
        float(bool(matter_a) != bool(matter_b)),
        float((NEGATION in a.families) != (NEGATION in b.families)),
        min(sizes) / max(sizes),
        min(min(sizes), 6) / 6,
        max(met),
        min(met),
        float(bool(a.actors & b.actors)),
        float(bool(a.actors) and bool(b.actors) and not a.actors & b.actors),
        float(a.actors != b.actors),
        float(a.kind is Kind.SOLUTION),
        float(a.kind is Kind.CAUSE),
    ]


@cache
def _model() -> tuple[list[float], float]:
    stored = json.loads(MODEL.read_text("utf-8"))
    return stored["weights"], stored["bias"]
