"""Whether two statements speak of the same thing, to choose between the pairs that a structure allows."""

from __future__ import annotations

from corpus.dutch import terms
from corpus.mentions import concept_tokens
from ingest.extract.found import Span


def alike(text: str, span: Span, other_text: str, other: Span) -> int:
    """How many analysed words and concepts of the vocabulary two statements share; ``text`` is a span's block's text."""
    own, theirs = text[span.start : span.end], other_text[other.start : other.end]
    words = set(terms(own)).intersection(terms(theirs))
    return len(words) + len(concept_tokens(own).keys() & concept_tokens(theirs).keys())
