"""Hybrid search: words, concepts and meaning, summed on one absolute scale, with a reason for every hit.

Stores only nominate statements and keep vectors and counts; all scoring is here, so that every store ranks alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.search.answer import Answer, Hit, Part, Reason, as_json
from graph.store.base import Asked, Filters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.meaning.base import Encoder
    from graph.search.lexical import Lexical
    from graph.search.ranking import Ranked
    from graph.store.base import Candidate, Store, Under

__all__ = ["Answer", "Hit", "Part", "Reason", "as_json", "search"]


def search(
    store: Store,
    encoder: Encoder | None,
    question: str,
    *,
    filters: Filters = Filters(),
    limit: int = 10,
) -> Answer:
    """The concepts of the graph that answer a question in any words, best first, ``limit`` at most.

    Only statements that pass the filters count, and scores don't depend on the filters. Without an encoder, or in a graph
    without vectors, words and concepts decide. Any question will do, also an empty one: it has no hits.
    Raises KluwenError (``model.mixed``) when the encoder is not the model that made the graph's vectors.
    """
    from graph.search import lexical, meaning, passages, ranking
    from graph.search import question as questions
    from graph.search.weights import LEAD_IN, NOMINATED

    weighed = lexical.weigh(questions.read(question), store)
    asked = Asked(
        tuple(weighed.terms),
        tuple(weighed.expansion),
        filters,
        NOMINATED,
        weighed.size,
        meaning.asked(encoder, question),
        encoder.info if encoder else None,
        LEAD_IN,
    )
    nominated: list[Candidate] = []
    ranked: dict[str, Ranked] = {}
    compared = None
    for part in store.candidates(asked):
        compared = encoder if part.compared else None
        nominated += part.found
        ranked |= _rank(weighed, compared, part.found)
    best = max((r.plain for r in ranked.values()), default=0.0)
    weak = not ranked or ranking.is_weak(best, weighed.size)
    concepts = _best_concepts(nominated, ranked, limit)
    under = store.under(list(concepts), asked)
    if filters == Filters():
        # what a concept's other statements say belongs under it, found or not
        others = [c for c in under.weighed if c.id not in ranked]
        ranked |= _rank(weighed, compared, others)
        concepts = _best_concepts([*nominated, *others], ranked, limit)
    hits = _hits(concepts, ranked, under)
    if weak or len(hits) < limit:
        shown = {s.passage_id for hit in hits for s in hit.statements}
        found = passages.passage_hits(store, weighed, filters, limit, shown)
        hits = sorted((*hits, *found), key=lambda hit: -hit.score)[:limit]
    return Answer(question, weak, tuple(hits))


def _rank(weighed: Lexical, encoder: Encoder | None, candidates: Sequence[Candidate]) -> dict[str, Ranked]:
    """The evidence for each candidate, by id; without an encoder by words and concepts alone."""
    from graph.search.lexical import evidence
    from graph.search.meaning import nearness
    from graph.search.near_words import NearShare, near_shares
    from graph.search.ranking import Ranked

    shares = near_shares(weighed, [c.text for c in candidates]) if encoder else [NearShare()] * len(candidates)
    ranked = {}
    for c, share in zip(candidates, shares, strict=True):
        found = evidence(weighed, c.terms, c.lead_terms, c.quote, c.lead_in or "")
        ranked[c.id] = Ranked(found, nearness(encoder, c.cosine) if encoder else 0.0, share, c.confidence)
    return ranked


def _best_concepts(
    candidates: Sequence[Candidate],
    ranked: Mapping[str, Ranked],
    limit: int,
) -> dict[str, list[str]]:
    """The concepts whose best statement ranks highest, in that order, each with the ids of its statements best first."""
    of_concept: dict[str, list[str]] = {}
    speaking = [c for c in candidates if ranked[c.id].speaks]
    for candidate in sorted(speaking, key=lambda c: -ranked[c.id].total):
        of_concept.setdefault(candidate.concept_id, []).append(candidate.id)
    return dict(list(of_concept.items())[: max(0, limit)])


def _hits(concepts: Mapping[str, list[str]], ranked: Mapping[str, Ranked], under: Under) -> list[Hit]:
    of = {s.id: s for s in under.statements}
    hits = []
    for id, found in concepts.items():
        # another process may have removed some meanwhile
        statements = tuple(of[s] for s in found if s in of)
        if statements:
            best = ranked[statements[0].id]
            name = under.labels.get(id, statements[0].text)
            hits.append(Hit(id, statements[0].kind.value, name, best.score, best.why(), statements=statements))
    return hits
