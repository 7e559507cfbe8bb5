"""Links that a board draws: arrows between notes, with what stands on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import Kind, Relation
from ingest.document import Connection, ReadDocument
from ingest.extract.found import Span
from ingest.link.claims import SpanLink, answers, because, tie
from ingest.link.signs import sign

ARROW = "board arrow"


def boards(document: ReadDocument, spans: Sequence[Span]) -> Iterator[SpanLink]:
    """An arrow from one note to another says that the first leads to the second, unless its caption says otherwise.

    To or from a solution it says that the solution answers the other note. A line without a head says nothing between
    two problems, since it has no direction.
    """
    by_block: dict[int, list[int]] = {}
    for i, span in enumerate(spans):
        by_block.setdefault(span.block, []).append(i)
    for drawn in document.connections:
        for first in by_block.get(drawn.source, ()):
            for second in by_block.get(drawn.target, ()):
                yield from _drawn(spans, drawn, first, second)


def _drawn(spans: Sequence[Span], drawn: Connection, first: int, second: int) -> Sequence[SpanLink]:
    said = sign(drawn.caption, "caption", 3) if drawn.caption else None
    solutions = spans[first].kind is Kind.SOLUTION, spans[second].kind is Kind.SOLUTION
    if solutions[0] != solutions[1]:
        remedy, problem = (first, second) if solutions[0] else (second, first)
        return answers(spans, remedy, problem, 0.9, ARROW, drawn.caption)
    captioned = said is not None and said[0] in ("reason", "result")
    if not captioned and not drawn.directed:
        return ()
    confidence = 0.95 if captioned else 0.9
    if spans[first].kind is spans[second].kind is Kind.BOTTLENECK and first != second:
        # the order of notes is an accident: the claim runs as it is drawn
        relation = Relation.CAUSED_BY if said and said[0] == "reason" else Relation.LEADS_TO
        return [SpanLink(first, relation, second, confidence, ARROW, drawn.caption)]
    if said and captioned:
        return tie(spans, first, said[0], second, confidence, ARROW, drawn.caption)
    return because(spans, first, second, confidence, ARROW, drawn.caption)
