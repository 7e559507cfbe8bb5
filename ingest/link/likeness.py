"""Whether two statements speak of the same thing, to choose between the pairs that a structure allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus.dutch import terms
from corpus.mentions import concept_tokens
from ingest.document import ReadDocument
from ingest.extract.found import Span

COMMON = 0.08
"""What more than this share of a document's statements speak of (its subject) does not tell two of them alike."""
FEW = 3
"""But what no more than this many speak of always does."""


class Likeness:
    """What the statements of a document share, beside what they all speak of."""

    def __init__(self, document: ReadDocument, spans: Sequence[Span]) -> None:
        """Read the analysed words and the vocabulary's concepts of each statement."""
        quotes = [document.blocks[span.block].text[span.start : span.end] for span in spans]
        self._said = [{*terms(quote), *(f"={concept}" for concept in concept_tokens(quote))} for quote in quotes]
        count = Counter(word for said in self._said for word in said)
        self._common = {word for word, n in count.items() if n > max(FEW, COMMON * len(spans))}

    def between(self, one: int, other: int) -> int:
        """How many words and concepts two statements, by their indexes, share."""
        return len((self._said[one] & self._said[other]) - self._common)
