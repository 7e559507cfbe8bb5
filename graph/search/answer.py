"""What a search gives, and how it is written for programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Document, Passage, Statement


class Part(StrEnum):
    """What a hit can be found by."""

    WORDS = "words"
    CONCEPTS = "concepts"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a hit's score: its ``share`` of the whole (0–1), and the terms it rests on (``familie ~ mantelzorgers``)."""

    part: Part
    terms: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept that answers, its best statement first; or a ``passage``, which then has no statements.

    ``id`` is the concept's or the passage's; ``kind`` a Kind's value or ``passage``; ``score`` the share of such hits
    that people judged right (0–1, in hundredths), the same for every question; ``path`` the ids that lead to it, mostly none.
    """

    id: str
    kind: str
    name: str
    score: float
    why: tuple[Reason, ...]
    path: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits for a question, best first. ``weak`` is True where nothing good was found; then ``suggestions`` are concepts
    near to the question that the graph does know. ``corrections`` are words of the question that were read otherwise than
    they were typed: pairs of the two."""

    query: str
    weak: bool
    hits: tuple[Hit, ...] = ()
    suggestions: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


def as_json(answer: Answer, documents: Mapping[str, Document]) -> dict[str, object]:
    """The answer as ``kluwen search --json`` writes it; ``documents`` by id, at least those of its statements."""
    return {
        "query": answer.query,
        "weak": answer.weak,
        "hits": [
            {
                "id": hit.id,
                "kind": hit.kind,
                "name": hit.name,
                "score": round(hit.score, 4),
                "why": [{"part": r.part, "terms": list(r.terms), "share": round(r.share, 3)} for r in hit.why],
                "path": list(hit.path),
                "statements": [
                    {"id": s.id, "document": documents[s.document_id].name, "quote": s.quote, "page": s.page}
                    for s in hit.statements
                ],
            }
            for hit in answer.hits
        ],
        "suggestions": list(answer.suggestions),
        "corrections": dict(answer.corrections),
    }
