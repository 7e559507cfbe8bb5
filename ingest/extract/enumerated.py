"""Items of a sentence that says what it sums up: ``De knelpunten zijn: lange wachttijden, veel verloop en …``."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.features import Candidate, Extractor, Sentence
from ingest.extract.structure import announces

ITEMS = 3
"""From so many items on it is an enumeration; of two the second may as well explain the first."""
FLAT = ("", "and", "or")
"""How a clause joins on that may be an item; any other goes on with the item before it."""


def items(extractor: Extractor, number: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """What the sentence of that number says that it sums up, and its items as runs of clauses; ``("", ())`` for most."""
    sentence = extractor.sentences[number]
    colon = next((i for i, clause in enumerate(sentence.clauses) if clause.mark == ":"), 0)
    if not colon:
        return "", ()
    text = extractor.document.blocks[sentence.block].text
    kind = announces(text[sentence.start : sentence.clauses[colon].start].strip()) or ""
    found = _items(sentence, colon)
    return (kind, found) if kind not in ("", "none") and len(found) >= ITEMS else ("", ())


def _items(sentence: Sentence, colon: int) -> tuple[tuple[int, int], ...]:
    parts = sentence.clauses
    commas = [i for i in range(colon + 1, len(parts)) if parts[i].mark in (",", ";") and parts[i].opens in FLAT]
    starts = [colon, *commas]
    # of "a, b en c bij d en e" the first "en" of the last part stands before the last item
    last = next((i for i in range(starts[-1] + 1, len(parts)) if parts[i].opens in ("and", "or")), 0)
    if last and len(starts) > 1 and not parts[starts[-1]].opens:
        starts.append(last)
    return tuple(zip(starts, [*starts[1:], len(parts)], strict=True))


def summed_up(extractor: Extractor, tried: Sequence[Candidate]) -> dict[int, str]:
    """Of the candidates of sentences that sum something up, by number: what they are said to be; "" for those that are
    not one whole item, such as what leads up to them."""
    told: dict[int, str] = {}
    known: dict[int, tuple[str, tuple[tuple[int, int], ...]]] = {}
    for number, candidate in enumerate(tried):
        own = known.get(candidate.sentence)
        if own is None:
            own = known[candidate.sentence] = items(extractor, candidate.sentence)
        kind, runs = own
        if kind:
            told[number] = kind if (candidate.first, candidate.last) in runs else ""
    return told
