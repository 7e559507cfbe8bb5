"""The questions of ``tests/bench/queries``, the hand-made statements they are judged on, and the measures: what
``score_queries.py`` and ``peers/`` share."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.meaning import Encoder
from graph.model import (
    Access,
    Contents,
    Document,
    Kind,
    Passage,
    Statement,
    Vectors,
    document_id,
    passage_id,
    statement_ids,
)

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
FOLDER = Path(__file__).parent / "queries"
HALVES = ("tune", "aside")
FIELDS = {"palliative": "statements.jsonl", "other": "other-statements.jsonl"}
"""The files of hand-made statements."""
TOP = 10


@dataclass(frozen=True, slots=True)
class Said:
    """A hand-made statement; ``lead_in`` is the line that introduces it."""

    id: str
    document: str
    kind: Kind
    quote: str
    lead_in: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """``relevant`` gives grades (2 says it, 1 helps) by statement id; empty where nothing answers it."""

    id: str
    half: str
    text: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """Means over ``questions`` questions, each 0–1."""

    questions: int
    ndcg: float
    recall: float
    hit5: float


def said(*fields: str) -> list[Said]:
    """The hand-made statements of some fields, in the order of their files."""
    rows = (row for field in fields for row in lines_of(SHARED / "eval" / "gold" / FIELDS[field]))
    return [Said(row["id"], row["doc"], Kind(row["type"]), row["quote"], row["context"]) for row in rows]


def questions(name: str, half: str = "both") -> list[Question]:
    """The questions of a file of ``queries/``: one half, or both."""
    rows = [row for row in lines_of(FOLDER / f"{name}.jsonl") if half in ("both", row["half"])]
    return [
        Question(row["id"], row["half"], row["query"], {r["id"]: r["grade"] for r in row["relevant"]}) for row in rows
    ]


def by_document(statements: Iterable[Said], encoder: Encoder) -> Iterator[tuple[Contents, dict[str, str]]]:
    """Each document with its statements, each in a passage of its own, and which hand-made statement each id stands for."""
    of: dict[str, list[Said]] = defaultdict(list)
    for one in statements:
        of[one.document].append(one)
    for name, all_ in of.items():
        document = document_id(name)
        quotes = [one.quote for one in all_]
        passages = tuple(
            Passage(passage_id(document, order), document, order, quote) for order, quote in enumerate(quotes)
        )
        made = tuple(
            Statement(id, document, passage.id, 0, len(one.quote), one.kind, one.quote, lead_in=one.lead_in)
            for id, passage, one in zip(statement_ids(document, quotes), passages, all_, strict=True)
        )
        vectors = Vectors(
            encoder.info,
            tuple(s.id for s in made),
            encoder.encode_passages(quotes),
            encoder.encode_passages([s.text for s in made]),
        )
        yield (
            Contents(Document(document, name, name, Access.PUBLIC, sha256=name), passages, made, (), vectors),
            {s.id: one.id for s, one in zip(made, all_, strict=True)},
        )


def measured(asked: Sequence[Question], found: Mapping[str, Sequence[str | None]], among: Iterable[str]) -> Measured:
    """nDCG@10 (gain is the grade), recall@10 (of ten at most) and hit@5.

    ``found`` holds, by question id, what was found as ids of hand-made statements, best first, None for another one;
    only the statements ``among`` count as wanted, and a question that wants none of them is left out.
    """
    there = set(among)
    ndcg, recall, hit5 = [], [], []
    for question in asked:
        wanted = {id: grade for id, grade in question.relevant.items() if id in there}
        if not wanted:
            continue
        ids = list(found[question.id])[:TOP]
        gains = [wanted.get(id, 0) if id and id not in ids[:at] else 0 for at, id in enumerate(ids)]
        ndcg.append(_dcg(gains) / _dcg(sorted(wanted.values(), reverse=True)[:TOP]))
        recall.append(sum(gain > 0 for gain in gains) / min(TOP, len(wanted)))
        hit5.append(float(any(gains[:5])))
    n = len(ndcg) or 1
    return Measured(len(ndcg), sum(ndcg) / n, sum(recall) / n, sum(hit5) / n)


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(at + 2) for at, gain in enumerate(gains))


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
