"""Links in tables: what stands in one row belongs together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.model import Kind
from ingest.document import ReadDocument
from ingest.extract.found import Span
from ingest.link.claims import SpanLink, answers, because
from ingest.link.likeness import Likeness
from ingest.link.signs import sign


def tables(document: ReadDocument, spans: Sequence[Span]) -> Iterator[SpanLink]:
    """Each row's causes are why its problem exists, its solutions answer it.

    Where a row holds several problems, a solution answers those whose words it shares most, and none when it shares none.
    In a column that promises no answers (``Succesfactoren``) it answers nothing.
    """
    by_row: dict[tuple[int, int], list[int]] = {}
    for i, span in enumerate(spans):
        cell = document.blocks[span.block].cell
        if cell:
            by_row.setdefault((cell.table, cell.row), []).append(i)
    if not by_row:
        return
    likeness = Likeness(document, spans)
    for inside in by_row.values():
        for i in inside:
            title = _title(document, spans[i])
            problems = [
                p
                for p in inside
                if spans[p].kind is Kind.BOTTLENECK and _column(document, spans[p]) != _column(document, spans[i])
            ]
            if spans[i].kind is Kind.CAUSE and len(problems) == 1:
                yield from because(spans, i, problems[0], 0.9, "table row", title)
            elif spans[i].kind is Kind.SOLUTION:
                if title and sign(title, "column", 8) is None:
                    continue
                certain = len(problems) == 1
                for problem in problems if certain else _meant(likeness, i, problems):
                    yield from answers(spans, i, problem, 0.9 if certain else 0.7, "table row", title)


def _meant(likeness: Likeness, own: int, problems: Sequence[int]) -> Sequence[int]:
    """Those problems of a row with which a solution of it has most in common."""
    common = [likeness.between(own, problem) for problem in problems]
    return [p for p, n in zip(problems, common, strict=True) if n and n == max(common)]


def _column(document: ReadDocument, span: Span) -> int:
    cell = document.blocks[span.block].cell
    return cell.column if cell else -1


def _title(document: ReadDocument, span: Span) -> str:
    cell = document.blocks[span.block].cell
    return (cell.column_title or "") if cell else ""
