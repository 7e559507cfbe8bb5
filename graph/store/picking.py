"""What every store decides alike about what it has fetched: which document is meant, what passes, which terms nominate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from math import log

from corpus.errors import KluwenError
from graph.model import Concept, Document
from graph.store.base import Corpus, Filters

MOST_TERMS = 200
"""SQLite joins at most 500 SELECTs into one; a pasted page has more terms than help."""
MOST_ENTRIES = 20_000
"""Once the rarer terms have so many entries in the index, the common ones change nothing at the top."""
K1, B = 1.2, 0.75
"""Of BM25, as nominating counts it: every term once."""


def by_title(found: Iterable[Document]) -> list[Document]:
    """Documents by title, then name."""
    return sorted(found, key=lambda d: (d.title.casefold(), d.name.casefold(), d.id))


def pick(everything: Sequence[Document], key: str) -> Document:
    """The document that a person means by an id, a file name, or (the start of) a title; raises KluwenError otherwise."""
    folded = key.casefold()
    fits: tuple[Callable[[Document], bool], ...] = (
        lambda d: d.id == key,
        lambda d: d.name == key,
        lambda d: d.title == key,
        lambda d: folded in (d.name.casefold(), d.title.casefold()),
        lambda d: bool(folded) and d.title.casefold().startswith(folded),
    )
    for fit in fits:
        found = [d for d in everything if fit(d)]
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(f"{d.name} ({d.id})" for d in found[:5])
            raise KluwenError("store.document_ambiguous", document=key, documents=some)
    raise KluwenError("store.document_missing", document=key)


def passing(found: Iterable[Concept], filters: Filters, inside: Collection[str] | None) -> list[Concept]:
    """Those of the concepts that pass; ``inside`` are the concepts of the documents that the filters name, if any."""
    return [
        c
        for c in found
        if (not filters.kinds or c.kind in filters.kinds)
        and (not filters.levels or c.level in filters.levels)
        and (not filters.themes or c.theme in filters.themes)
        and (not filters.actors or not filters.actors.isdisjoint((*c.actors, *c.experienced_by)))
        and (inside is None or c.id in inside)
    ]


def rarest(counted: Corpus) -> dict[str, float]:
    """The terms to nominate by, rarest first, each with its inverse document frequency."""
    weights = {t: log(1 + (counted.size - n + 0.5) / (n + 0.5)) for t, n in counted.frequencies.items() if n}
    chosen: dict[str, float] = {}
    entries = 0
    for term in sorted(weights, key=lambda t: (-weights[t], t))[:MOST_TERMS]:
        entries += counted.frequencies[term]
        if chosen and entries > MOST_ENTRIES:
            break
        chosen[term] = weights[term]
    return chosen
