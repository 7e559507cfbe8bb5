"""What a link between two spans is, and which way each kind of link may run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Kind, Relation
from ingest.extract.found import Span


@dataclass(frozen=True, slots=True)
class SpanLink:
    """A claim of the source: ``source`` and ``target`` are indexes of spans. ``confidence`` is the share of such links
    that are right (0–1); ``rule`` and ``cue`` say what found it."""

    source: int
    relation: Relation
    target: int
    confidence: float
    rule: str
    cue: str = ""


def because(spans: Sequence[Span], reason: int, result: int, confidence: float, rule: str, cue: str) -> list[SpanLink]:
    """The claim that one statement is why another is so, if their kinds allow it; else none.

    Between two bottlenecks ``LEADS_TO`` where the text runs from reason to result, else ``CAUSED_BY``.
    """
    why, what = spans[reason], spans[result]
    if reason == result or what.kind is not Kind.BOTTLENECK or why.kind is Kind.SOLUTION:
        return []
    if why.kind is Kind.BOTTLENECK and (why.block, why.start) < (what.block, what.start):
        return [SpanLink(reason, Relation.LEADS_TO, result, confidence, rule, cue)]
    return [SpanLink(result, Relation.CAUSED_BY, reason, confidence, rule, cue)]


def answers(spans: Sequence[Span], remedy: int, problem: int, confidence: float, rule: str, cue: str) -> list[SpanLink]:
    """The claim that a solution is meant for a problem, if their kinds allow it; else none."""
    if spans[remedy].kind is not Kind.SOLUTION or spans[problem].kind is Kind.SOLUTION:
        return []
    return [SpanLink(remedy, Relation.ADDRESSES, problem, confidence, rule, cue)]


def tie(
    spans: Sequence[Span], first: int, what: str, second: int, confidence: float, rule: str, cue: str
) -> list[SpanLink]:
    """The claim that a sign between two statements makes: ``second`` is the reason, result, remedy or problem of ``first``.

    What is said to follow from a problem and is a solution answers it (``…, dus we hebben … nodig``).
    """
    if what == "reason":
        return because(spans, second, first, confidence, rule, cue)
    if what == "problem":
        return answers(spans, first, second, confidence, rule, cue)
    if what == "remedy" or spans[second].kind is Kind.SOLUTION:
        return answers(spans, second, first, confidence, rule, cue)
    return because(spans, first, second, confidence, rule, cue)
