"""How good search is on our own questions (``queries/README.md``): ``python tests/bench/score_queries.py [--half aside]``.

On hand-made statements (each field alone and both mixed) and on what extraction makes of the same documents; beside
it BM25 with stems and cosine alone over the same statements, each given the quote, or the quote with its lead-in,
whichever of the two serves it better there. ``weak`` counts answerable questions that were flagged.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

import numpy as np  # noqa: E402
from own_questions import (  # noqa: E402
    FIELDS,
    HALVES,
    SHARED,
    Measured,
    Question,
    Said,
    by_document,
    measured,
    questions,
    said,
)
from score_extraction import judge  # noqa: E402

import graph  # noqa: E402
from corpus.dutch import stem, words  # noqa: E402
from graph.meaning import Encoder, open_encoder  # noqa: E402
from graph.search import search  # noqa: E402
from graph.store.base import Store  # noqa: E402
from search_app.intake import add  # noqa: E402

K1, B = 1.5, 0.75
"""BM25's usual constants (Robertson and Zaragoza 2009)."""
BARS = {"palliative": 0.40, "english": 0.30}
"""Wanted nDCG@10; for ``other`` it is LEVER times that of BM25."""
LEVER = 1.6
Found = dict[str, list[str | None]]
Rank = Callable[[Sequence[str], Sequence[str]], list[list[int]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A statement in the graph: its hand-made one (None where there is none) and its wordings without and with lead-in."""

    id: str
    gold: str | None
    quote: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A graph to ask: ``among`` are the hand-made statements of its documents."""

    store: Store
    rows: tuple[Row, ...]
    among: tuple[str, ...]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=(*HALVES, "both"), default="both")
    parser.add_argument("--statements", choices=("hand", "own", "all"), default="all", help="hand-made, extracted, all")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"skipped: the hand-made statements are not here ({SHARED})")
        return 0
    encoder = open_encoder()
    halves = HALVES if options.half == "both" else (options.half,)
    head = f"{'half':6} {'questions':11} {'statements':16} {'n':>3} | {'Kluwen':>7} {'hit@5':>6} {'weak':>5}"
    print(f"{head} | {'BM25':>5} {'hit@5':>6} | {'cosine':>6} {'hit@5':>6} | x BM25")
    for made in ("hand", "own") if options.statements == "all" else (options.statements,):
        for fields in (("palliative",), ("other",), ("palliative", "other")):
            with (
                tempfile.TemporaryDirectory() as folder,
                graph.open(str(Path(folder) / "asked.db"), create=True) as store,
            ):
                filled = (by_hand if made == "hand" else extracted)(store, encoder, fields)
                for half in halves:
                    show(filled, encoder, half, made, fields)
    return 0


def by_hand(store: Store, encoder: Encoder, fields: Sequence[str]) -> Filled:
    """Hand-made statements in a graph."""
    statements = said(*fields)
    rows: list[Row] = []
    for contents, gold in by_document(statements, encoder):
        store.put(contents)
        rows += [Row(s.id, gold[s.id], s.quote, s.text) for s in contents.statements]
    return Filled(store, tuple(rows), tuple(one.id for one in statements))


def extracted(store: Store, encoder: Encoder, fields: Sequence[str]) -> Filled:
    """The documents that have hand-made statements (as PDF where that is there) through readers and extraction.

    Other documents would answer too, and nobody judged what they say.
    """
    score = judge()
    statements = said(*fields)
    of: dict[str, list[Said]] = defaultdict(list)
    for one in statements:
        of[one.document].append(one)
    rows: list[Row] = []
    for name, all_ in of.items():
        text = next(path for path in (SHARED / "corpus").rglob(name))
        pdf = text.with_suffix(".pdf")
        found = add(store, encoder, pdf if pdf.exists() else text).statements
        pairs = score.pairs(
            [{"id": s.id, "_w": score.words(s.quote)} for s in found],
            [{"id": one.id, "_w": score.words(one.quote)} for one in all_],
        )
        gold = {mine["id"]: theirs["id"] for mine, theirs in pairs}
        rows += [Row(s.id, gold.get(s.id), s.quote, s.text) for s in found]
    return Filled(store, tuple(rows), tuple(one.id for one in statements))


def show(filled: Filled, encoder: Encoder, half: str, made: str, fields: Sequence[str]) -> None:
    """Print the lines of one graph and one half."""
    mixed = len(fields) > 1
    scope = f"{made} {'mixed' if mixed else fields[0]}"
    for name in (*FIELDS, "english", "offtopic") if mixed else fields:
        all_ = questions(name, half)
        asked = [question for question in all_ if question.relevant]
        mine, weak = by_kluwen(filled, encoder, all_)
        wrongly = sum(weak[question.id] for question in asked)
        ours = measured(asked, mine, filled.among)
        lexical = better(filled, asked, bm25)
        near = better(filled, asked, lambda texts, some: by_cosine(texts, some, encoder))
        label = "answerable" if name == "offtopic" else name
        print(
            f"{half:6} {label:11} {scope:16} {ours.questions:>3} | {ours.ndcg:7.3f} {ours.hit5:6.2f} {wrongly:>5} | "
            f"{lexical.ndcg:5.3f} {lexical.hit5:6.2f} | {near.ndcg:6.3f} {near.hit5:6.2f} | "
            f"{times(ours, lexical):>5}{bar(name, half, made, mixed, ours, lexical)}"
        )
        if name == "offtopic":
            away = [question for question in all_ if not question.relevant]
            flagged = sum(weak[question.id] for question in away)
            share, wrong = flagged / len(away), wrongly / len(asked)
            kept = "" if half != "aside" else " (bar met)" if share >= 0.8 and wrong <= 0.08 else " (bar missed)"
            print(
                f"{half:6} off-topic flagged {flagged} of {len(away)} ({share:.0%}, bar 80 %); "
                f"answerable wrongly flagged {wrongly} of {len(asked)} ({wrong:.0%}, bar 8 %){kept}"
            )


def times(ours: Measured, lexical: Measured) -> str:
    """How many times as good as BM25, where that found anything."""
    return f"{ours.ndcg / lexical.ndcg:.2f}" if lexical.ndcg else "-"


def bar(name: str, half: str, made: str, mixed: bool, ours: Measured, lexical: Measured) -> str:
    """What to say about a bar on this line, if there is one: bars are for the half kept aside, each field alone."""
    wanted = LEVER * lexical.ndcg if name == "other" and made == "hand" else BARS.get(name, 0.0)
    if half != "aside" or not wanted or (mixed and name != "english"):
        return ""
    return f"  bar {wanted:.2f} {'met' if ours.ndcg >= wanted else 'missed'}"


def by_kluwen(filled: Filled, encoder: Encoder, asked: Sequence[Question]) -> tuple[Found, dict[str, bool]]:
    """What search finds, statements in the order shown, and whether it flags the question."""
    gold = {row.id: row.gold for row in filled.rows}
    found: Found = {}
    weak = {}
    for question in asked:
        answer = search(filled.store, encoder, question.text)
        found[question.id] = [gold.get(s.id) for hit in answer.hits for s in hit.statements]
        weak[question.id] = answer.weak or not answer.hits
    return found, weak


def better(filled: Filled, asked: Sequence[Question], rank: Rank) -> Measured:
    """A baseline's best of two: over the quotes, and over the quotes with their lead-in."""
    tried = []
    for texts in ([row.quote for row in filled.rows], [row.text for row in filled.rows]):
        order = rank(texts, [question.text for question in asked])
        found = {q.id: [filled.rows[at].gold for at in best] for q, best in zip(asked, order, strict=True)}
        tried.append(measured(asked, found, filled.among))
    return max(tried, key=lambda each: each.ndcg)


def bm25(texts: Sequence[str], asked: Sequence[str]) -> list[list[int]]:
    """The ten best texts for each question by BM25 over stems (stop words count little by themselves, and stay in)."""
    counted = [Counter(stem(word) for word in words(text)) for text in texts]
    mean = sum(sum(count.values()) for count in counted) / len(counted)
    holding = Counter(term for count in counted for term in count)
    best = []
    for question in asked:
        scores = []
        for count in counted:
            room = K1 * (1 - B + B * sum(count.values()) / mean)
            scores.append(
                sum(
                    math.log(1 + (len(texts) - holding[term] + 0.5) / (holding[term] + 0.5))
                    * count[term]
                    * (K1 + 1)
                    / (count[term] + room)
                    for term in {stem(word) for word in words(question)}
                    if term in count
                )
            )
        best.append([at for at in np.argsort(-np.array(scores), kind="stable")[:10].tolist() if scores[at] > 0])
    return best


def by_cosine(texts: Sequence[str], asked: Sequence[str], encoder: Encoder) -> list[list[int]]:
    """The ten nearest texts for each question by the model alone."""
    near = encoder.encode_queries(list(asked)) @ encoder.encode_passages(list(texts)).T
    order: list[list[int]] = np.argsort(-near, axis=1, kind="stable")[:, :10].tolist()
    return order


if __name__ == "__main__":
    sys.exit(main())
