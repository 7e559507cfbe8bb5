"""What links say about the kinds of the statements between which they run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import Kind, Relation
from ingest.document import ReadDocument
from ingest.extract.found import Span
from ingest.link.boards import ARROW
from ingest.link.stated import links


def reasoned(document: ReadDocument, spans: Sequence[Span]) -> list[Span]:
    """The same statements, in which what the source words as the reason of a problem is a cause.

    Unless the source gives a reason for it in turn: then it stays a problem in the middle of a chain. Where the text runs
    from reason to result (``X, waardoor Y``) the first stays a problem too, and so do the notes of a board, whose colours
    say what they are.
    """
    found = list(spans)
    stated = [link for link in links(document, spans) if link.relation is not Relation.ADDRESSES]
    has_reason = {link.source if link.relation is Relation.CAUSED_BY else link.target for link in stated}
    for link in stated:
        reason = spans[link.target]
        worded = link.relation is Relation.CAUSED_BY and link.rule != ARROW
        if worded and reason.kind is Kind.BOTTLENECK and link.target not in has_reason:
            found[link.target] = replace(reason, kind=Kind.CAUSE, rule=link.rule, cue=link.cue)
    return found
