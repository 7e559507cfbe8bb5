"""How well a graph answers a file of questions: the same graph with each model that is on this computer."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import KluwenError

if TYPE_CHECKING:
    from graph.meaning.base import Encoder
    from graph.search.answer import Hit
    from graph.store.base import Store

_FIRST = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What answers a question: a statement or concept by id, or a quote in a document by its name; ``grade`` says how well."""

    id: str
    document: str
    quote: str
    grade: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what answers it."""

    query: str
    wanted: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions: nDCG and recall over the first ten statements (0–1), seconds a question."""

    ndcg: float
    recall: float
    seconds: float


def questions(path: Path) -> list[Question]:
    """The questions of a file of JSON lines: ``{"query": …, "relevant": [{"id" or "document" and "quote", "grade"}]}``.

    Raises KluwenError (``model.bad_questions``) at the first line that is none, and where no question has an answer.
    """
    found = []
    for number, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            wanted = tuple(_wanted(one) for one in row["relevant"])
            found.append(Question(str(row["query"]), wanted))
        except (ValueError, KeyError, TypeError) as error:
            raise KluwenError("model.bad_questions", file=path, line=number) from error
    answerable = [question for question in found if question.wanted]
    if not answerable:
        raise KluwenError("model.no_questions", file=path)
    return answerable


def _wanted(row: dict[str, Any]) -> Wanted:
    document = str(row.get("document", row.get("doc", "")))
    if "id" not in row and not (document and "quote" in row):
        raise KeyError("id")
    return Wanted(str(row.get("id", "")), Path(document).stem, _plain(row.get("quote", "")), int(row.get("grade", 1)))


def score(store: Store, encoder: Encoder, asked: Sequence[Question]) -> Figures:
    """What search gives for the questions; ``encoder`` must be the graph's model."""
    from graph.search import search

    names = {document.id: Path(document.name).stem for document in store.documents()}
    gains, recalls = [], []
    started = time.perf_counter()
    for question in asked:
        hits = search(store, encoder, question.query, limit=_FIRST).hits
        found = _places(hits, question.wanted, names)
        best = sum(_gain(one.grade, place) for place, one in enumerate(_by_grade(question.wanted)[:_FIRST]))
        gains.append(sum(_gain(one.grade, place) for one, place in found.items()) / best)
        recalls.append(len(found) / min(_FIRST, len(question.wanted)))
    seconds = (time.perf_counter() - started) / len(asked)
    return Figures(sum(gains) / len(asked), sum(recalls) / len(asked), seconds)


def _by_grade(wanted: Sequence[Wanted]) -> list[Wanted]:
    return sorted(wanted, key=lambda one: -one.grade)


def _gain(grade: int, place: int) -> float:
    return float((2**grade - 1) / log2(place + 2))


def _places(hits: Sequence[Hit], wanted: Sequence[Wanted], names: dict[str, str]) -> dict[Wanted, int]:
    """Where each wanted answer first stands among the statements of the hits, counted from 0, within the first ten."""
    found: dict[Wanted, int] = {}
    place = 0
    for hit in hits:
        for statement in hit.statements:
            if place == _FIRST:
                return found
            quote, document = _plain(statement.quote), names.get(statement.document_id, "")
            for one in wanted:
                by_id = one.id in (statement.id, hit.id)
                by_quote = one.quote and one.document == document and (one.quote in quote or quote in one.quote)
                if one not in found and (by_id or by_quote):
                    found[one] = place
                    break
            place += 1
    return found


def _plain(text: str) -> str:
    return " ".join(str(text).lower().split())
