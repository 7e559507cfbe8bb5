"""Links in tables: what stands in one row belongs together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import Kind
from ingest.document import ReadDocument
from ingest.extract.found import Span
from ingest.link.claims import SpanLink, answers, because
from ingest.link.likeness import alike


def tables(document: ReadDocument, spans: Sequence[Span]) -> Iterator[SpanLink]:
    """Each row's causes are why its problem exists, its solutions answer it.

    With several problems in a row, each solution answers those whose words it shares most; where it shares none, or the
    row gives several causes for several problems, nothing is said.
    """
    by_row: dict[tuple[int, int], list[int]] = {}
    for i, span in enumerate(spans):
        cell = document.blocks[span.block].cell
        if cell:
            by_row.setdefault((cell.table, cell.row), []).append(i)
    for inside in by_row.values():
        problems = [i for i in inside if spans[i].kind is Kind.BOTTLENECK]
        for i in inside:
            elsewhere = [p for p in problems if spans[p].block != spans[i].block]
            if spans[i].kind is Kind.SOLUTION:
                for problem in _meant(document, spans, i, elsewhere):
                    yield from answers(spans, i, problem, 0.9, "table row", _titles(document, spans[i]))
            elif spans[i].kind is Kind.CAUSE and len(elsewhere) == 1:
                yield from because(spans, i, elsewhere[0], 0.9, "table row", _titles(document, spans[i]))


def _meant(document: ReadDocument, spans: Sequence[Span], own: int, problems: Sequence[int]) -> Sequence[int]:
    """The problems of a row that a solution of it is meant for."""
    if len(problems) < 2:
        return problems
    text = document.blocks[spans[own].block].text
    common = [alike(text, spans[own], document.blocks[spans[p].block].text, spans[p]) for p in problems]
    return [p for p, n in zip(problems, common, strict=True) if n and n == max(common)]


def _titles(document: ReadDocument, span: Span) -> str:
    cell = document.blocks[span.block].cell
    return (cell.column_title or "") if cell else ""
