"""Tunes what search ranks with, by cross-validation: ``python tests/bench/tune_search.py``.

On the questions beside the checkout over what extraction makes of their documents, and on the ``tune`` halves of our own
(``queries/``) over hand-made statements of each field and of both; never on the halves kept aside. Prints what the weights of
``graph/search/weights.py`` give, what the best of a grid give in folds (weights chosen on four fifths of the questions, judged on
the last), the best on all, the logistic fit of evidence to right answers, and what telling off-topic questions apart would cost.
"""

from __future__ import annotations

import math
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402
from own_questions import SHARED, by_document, lines_of, questions, said  # noqa: E402
from score_extraction import judge  # noqa: E402
from score_search import GOLD, fill  # noqa: E402

import graph  # noqa: E402
from graph.meaning import Encoder, open_encoder  # noqa: E402
from graph.search import lexical, meaning, weights  # noqa: E402
from graph.search import question as reading  # noqa: E402
from graph.search.near_words import near_shares  # noqa: E402
from graph.store.base import Store  # noqa: E402

Numbers = npt.NDArray[np.float64]
FOLDS = 5
GRID = {
    "CONCEPTS": (2.0, 3.0, 4.0, 5.0, 7.0),
    "MEANING": (0.04, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25),
    "NEAR_WORDS": (0.2, 0.4, 0.7, 1.0, 1.4),
    "LEAD_IN": (0.3, 0.4, 0.5),
}
Choice = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what speaks for each statement of a graph: raw sums of words and of concepts with the most they could
    be, cosines in standard deviations, near words, confidence. ``grades`` are those wanted; ``answers[i]`` says which of
    them statement ``i`` is."""

    id: str
    words: Numbers
    concepts: Numbers
    most: tuple[float, float]
    texts: Numbers
    leads: Numbers
    near: Numbers
    confidence: Numbers
    concept: npt.NDArray[np.int64]
    grades: tuple[int, ...]
    answers: tuple[tuple[int, ...], ...]

    def plain(self, choice: Choice) -> Numbers:
        of_concepts, of_meaning, _, lead = choice
        most = self.most[0] + of_concepts * self.most[1] or 1.0
        cosine = (1 - lead) * self.texts + lead * self.leads
        found: Numbers = (self.words + of_concepts * self.concepts) / most + of_meaning * cosine
        return found

    def total(self, choice: Choice) -> Numbers:
        found: Numbers = self.plain(choice) + choice[2] * self.near + weights.CONFIDENCE * (self.confidence - 0.5)
        return found

    def ndcg(self, choice: Choice) -> float:
        """nDCG@10, a concept's statements together where its best one stands."""
        total = self.total(choice)
        best = np.full(int(self.concept.max()) + 1, -np.inf)
        np.maximum.at(best, self.concept, total)
        order = np.lexsort((-total, self.concept, -best[self.concept]))[:10]
        covered: set[int] = set()
        gained = 0.0
        for at, i in enumerate(order):
            one = next((j for j in self.answers[i] if j not in covered), None)
            if one is not None:
                covered.add(one)
                gained += self.grades[one] / math.log2(at + 2)
        ideal = sum(g / math.log2(at + 2) for at, g in enumerate(sorted(self.grades, reverse=True)[:10]))
        return gained / ideal


def main() -> int:
    if not SHARED.is_dir():
        print(f"skipped: the hand-made statements are not here ({SHARED})")
        return 0
    encoder = open_encoder()
    with tempfile.TemporaryDirectory() as folder:
        sets, away = gathered(encoder, Path(folder))
    now = (weights.CONCEPTS, weights.MEANING, weights.NEAR_WORDS, weights.LEAD_IN)
    choices = list(product(*GRID.values()))
    ids = sorted({q.id for of in sets.values() for q in of})
    values = {c: {name: {q.id: q.ndcg(c) for q in of} for name, of in sets.items()} for c in (*choices, now)}
    print("set", *sets, "mean", sep="\t")
    print("now", *described(values[now]), sep="\t")
    judged: dict[str, dict[str, float]] = {name: {} for name in sets}
    for fold in range(FOLDS):
        inside = {id for id in ids if int(sha256(id.encode()).hexdigest(), 16) % FOLDS == fold}
        best = max(choices, key=lambda c: mean(values[c], set(ids) - inside))
        for name, of in values[best].items():
            judged[name] |= {id: value for id, value in of.items() if id in inside}
        print(f"fold {fold}", dict(zip(GRID, best, strict=True)), sep="\t")
    print("in folds", *described(judged), sep="\t")
    for choice in sorted(choices, key=lambda c: -mean(values[c], set(ids)))[:5]:
        print("best", *described(values[choice]), dict(zip(GRID, choice, strict=True)), sep="\t")
    best = max(choices, key=lambda c: mean(values[c], set(ids)))
    for name, choice in (("now", now), ("best", best)):
        slope, offset = fitted([q for of in sets.values() for q in of], choice)
        print(f"{name}: score = 1 / (1 + exp(-({slope:.2f} total {offset:+.2f})))")
        told_apart(sets, away, choice)
    return 0


def gathered(encoder: Encoder, folder: Path) -> tuple[dict[str, list[Asked]], dict[str, list[Asked]]]:
    """The questions of each set, and those that nothing answers, by the set whose graph they were put to."""
    sets: dict[str, list[Asked]] = {}
    away: dict[str, list[Asked]] = {}
    judging = judge()
    with graph.open(str(folder / "own.db"), create=True) as store:
        fill(store, encoder, "txt")
        documents = {d.id: judging.stem(d.name) for d in store.documents()}
        statements = [(s.id, documents[s.document_id], judging.words(s.quote)) for s in store.statements()]

        def answers(row: dict[str, Any]) -> dict[str, tuple[int, ...]]:
            gold = [(judging.stem(r["doc"]), judging.words(r["quote"])) for r in row["relevant"]]
            return {
                id: tuple(j for j, (d, w) in enumerate(gold) if d == of and judging.overlap(said_, w) >= judging.MATCH)
                for id, of, said_ in statements
            }

        rows = lines_of(GOLD / "queries.jsonl")
        sets["gold own"] = [
            put(store, encoder, r["id"], r["query"], tuple(x.get("grade", 1) for x in r["relevant"]), answers(r))
            for r in rows
            if r["relevant"]
        ]
        away["gold own"] = [
            put(store, encoder, q.id, q.text, (), {}) for q in questions("offtopic", "tune") if not q.relevant
        ]
    for name, fields in (("palliative", ["palliative"]), ("other", ["other"]), ("mixed", ["palliative", "other"])):
        with graph.open(str(folder / f"{name}.db"), create=True) as store:
            of: dict[str, str] = {}
            for contents, gold in by_document(said(*fields), encoder):
                store.put(contents)
                of |= gold
            for file in ("english", "offtopic") if name == "mixed" else (name,):
                here = f"{name} {file}"
                for q in questions(file, "tune"):
                    wanted = [id for id in q.relevant if id in of.values()]
                    mine = {s: (wanted.index(g),) for s, g in of.items() if g in wanted}
                    one = put(store, encoder, q.id, q.text, tuple(q.relevant[g] for g in wanted), mine)
                    (sets if wanted else away).setdefault(here, []).append(one)
    return sets, away


def put(
    store: Store, encoder: Encoder, id: str, text: str, grades: tuple[int, ...], answers: dict[str, tuple[int, ...]]
) -> Asked:
    """What speaks for each statement of the graph as an answer to a question."""
    weighed = lexical.weigh(reading.read(text), store)
    statements, vectors = store.statements(), store.vectors()
    assert vectors is not None
    place = {s: i for i, s in enumerate(vectors.ids)}
    terms = store.terms([s.id for s in statements])
    found = [lexical.evidence(weighed, *terms[s.id], s.quote, s.lead_in or "") for s in statements]
    query = encoder.encode_queries([text])[0]
    rows = [place[s.id] for s in statements]
    shares = near_shares(weighed, [s.text for s in statements])
    numbers = {c: i for i, c in enumerate(dict.fromkeys(s.concept_id for s in statements))}
    of_terms, of_concepts = sum(weighed.terms.values()), sum(weighed.concepts.values())
    return Asked(
        id,
        np.array([f.word_score * weighed.most for f in found]),
        np.array([f.concept_score * weighed.most / weights.CONCEPTS for f in found]),
        (of_terms, of_concepts),
        np.array([meaning.nearness(encoder, float(c)) for c in vectors.texts[rows] @ query]),
        np.array([meaning.nearness(encoder, float(c)) for c in vectors.leads[rows] @ query]),
        np.array([share.same + share.near for share in shares]),
        np.array([s.confidence for s in statements]),
        np.array([numbers[s.concept_id] for s in statements]),
        grades,
        tuple(answers.get(s.id, ()) for s in statements),
    )


def mean(of_set: dict[str, dict[str, float]], ids: Iterable[str]) -> float:
    """The mean of the sets' means over these questions: each set counts for as much as another."""
    wanted = set(ids)
    means = [np.mean([v for id, v in of.items() if id in wanted]) for of in of_set.values() if wanted & of.keys()]
    return float(np.mean(means))


def described(of_set: dict[str, dict[str, float]]) -> list[str]:
    ids = {id for of in of_set.values() for id in of}
    return [*(f"{np.mean(list(of.values())):.3f}" for of in of_set.values()), f"{mean(of_set, ids):.3f}"]


def fitted(asked: Sequence[Asked], choice: Choice) -> tuple[float, float]:
    """Slope and offset of a logistic fit (Newton's method) of the first twenty totals to whether people called it right."""
    totals, right = [], []
    for one in asked:
        total = one.total(choice)
        for i in np.argsort(-total)[:20]:
            totals.append(total[i])
            right.append(bool(one.answers[i]))
    x = np.stack([np.array(totals), np.ones(len(totals))], axis=1)
    y, beta = np.array(right, float), np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ beta))
        beta += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2), x.T @ (y - p))
    return float(beta[0]), float(beta[1])


def told_apart(sets: dict[str, list[Asked]], away: dict[str, list[Asked]], choice: Choice) -> None:
    """How many questions of each sort lie under a threshold of the best plain evidence, by graph."""
    for name, of in away.items():
        none = np.array([q.plain(choice).max() for q in of])
        some = np.array([q.plain(choice).max() for q in sets.get(name, [])])
        size = math.log(len(of[0].words))
        line = "  ".join(f"{t:.2f}: {np.mean(none < t):.0%}/{np.mean(some < t):.0%}" for t in np.arange(0.3, 1.2, 0.06))
        print(f"  {name}, ln n {size:.1f}, threshold: off-topic flagged / answerable wrongly\n    {line}")


if __name__ == "__main__":
    sys.exit(main())
