"""Passages that hold the words of a question, for where statements give little."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from graph.search.answer import Hit, Part, Reason
from graph.search.lexical import word_share
from graph.search.ranking import score
from graph.search.weights import PASSAGE_WORDS

if TYPE_CHECKING:
    from graph.search.lexical import Lexical
    from graph.store.base import Filters, Store

_NAME = 120


def passage_hits(store: Store, lexical: Lexical, filters: Filters, limit: int, without: Collection[str]) -> list[Hit]:
    """Up to ``limit`` passages, other than ``without`` (ids), with enough of the question's words; best first.

    None where the filters ask for what only statements have.
    """
    if limit < 1 or filters.kinds or filters.levels or filters.themes or filters.actors:
        return []
    terms = store.passage_terms(store.nominate_passages(list(lexical.terms), filters, 4 * limit))
    shares = {id: word_share(lexical, of) for id, of in terms.items() if id not in without}
    best = sorted((id for id, share in shares.items() if share >= PASSAGE_WORDS), key=lambda id: -shares[id])[:limit]
    hits = []
    for passage in store.passages(best):
        found = set(terms[passage.id])
        words = tuple(dict.fromkeys(word for term, word in lexical.shown.items() if term in found))
        why = (Reason(Part.WORDS, words[:4], 1.0),)
        name = passage.text if len(passage.text) <= _NAME else passage.text[:_NAME].rsplit(" ", 1)[0] + " …"
        part = sum(lexical.terms.values()) / lexical.most
        hits.append(Hit(passage.id, "passage", name, score(shares[passage.id] * part), why, passage=passage))
    return sorted(hits, key=lambda hit: -hit.score)
