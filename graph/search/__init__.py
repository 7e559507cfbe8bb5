"""Hybrid search: words, concepts and meaning, summed on one absolute scale, with a reason for every hit.

Stores only nominate statements and keep vectors and counts; all scoring is here, so that every store ranks alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.search.answer import Answer, Hit, Part, Reason, as_json
from graph.store.base import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph.meaning.base import Encoder
    from graph.model import Statement
    from graph.search.lexical import Lexical
    from graph.search.meaning import Nearness
    from graph.search.ranking import Ranked
    from graph.store.base import Store

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
    from graph.search import lexical, passages, ranking
    from graph.search import question as questions
    from graph.search.weights import NOMINATED

    weighed = lexical.weigh(questions.read(question), store)
    near = _nearness(store, encoder, question, filters)
    nominated = [
        *store.nominate(list(weighed.terms), filters, NOMINATED),
        *store.nominate(weighed.expansion, filters, NOMINATED),
        *(near.nearest(NOMINATED) if near else ()),
    ]
    candidates = store.statements(list(dict.fromkeys(nominated)))
    ranked = _rank(store, weighed, near, candidates)
    best = max((r.plain for r in ranked.values()), default=0.0)
    weak = not ranked or ranking.is_weak(best, weighed.size)
    concepts = _best_concepts(candidates, ranked, limit)
    if filters == Filters():
        # what a concept's other statements say belongs under it, found or not
        others = [s for s in store.statements(concept_ids=list(concepts)) if s.id not in ranked]
        ranked |= _rank(store, weighed, near, others)
        concepts = _best_concepts([*candidates, *others], ranked, limit)
    hits = _hits(store, concepts, ranked)
    if weak or len(hits) < limit:
        shown = {s.passage_id for hit in hits for s in hit.statements}
        found = passages.passage_hits(store, weighed, filters, limit, shown)
        hits = sorted((*hits, *found), key=lambda hit: -hit.score)[:limit]
    return Answer(question, weak, tuple(hits))


def _nearness(store: Store, encoder: Encoder | None, question: str, filters: Filters) -> Nearness | None:
    vectors = store.vectors(filters) if encoder is not None else None
    if encoder is None or vectors is None or not vectors.ids:
        return None
    if vectors.model != encoder.info:
        from corpus.errors import KluwenError

        raise KluwenError("model.mixed", graph=vectors.model.name, asked=encoder.info.name)
    from graph.search.meaning import nearness

    return nearness(encoder, question, vectors)


def _rank(
    store: Store,
    weighed: Lexical,
    near: Nearness | None,
    statements: Sequence[Statement],
) -> dict[str, Ranked]:
    """The evidence for each statement, by id."""
    from graph.search.lexical import evidence
    from graph.search.near_words import NearShare, near_shares
    from graph.search.ranking import Ranked

    ids = {s.id for s in statements}
    terms = store.terms(ids)
    nearby = near.of(ids) if near else {}
    shares = near_shares(weighed, [s.text for s in statements]) if near else [NearShare()] * len(statements)
    ranked = {}
    for s, share in zip(statements, shares, strict=True):
        found = evidence(weighed, *terms.get(s.id, ((), ())), s.quote, s.lead_in or "")
        ranked[s.id] = Ranked(found, nearby.get(s.id, 0.0), share, s.confidence)
    return ranked


def _best_concepts(
    statements: Sequence[Statement],
    ranked: Mapping[str, Ranked],
    limit: int,
) -> dict[str, list[Statement]]:
    """The concepts whose best statement ranks highest, in that order, each with its statements best first."""
    of_concept: dict[str, list[Statement]] = {}
    speaking = [s for s in statements if ranked[s.id].speaks]
    for statement in sorted(speaking, key=lambda s: -ranked[s.id].total):
        of_concept.setdefault(statement.concept_id, []).append(statement)
    return dict(list(of_concept.items())[: max(0, limit)])


def _hits(store: Store, concepts: Mapping[str, list[Statement]], ranked: Mapping[str, Ranked]) -> list[Hit]:
    labels = {concept.id: concept.label for concept in store.concepts(list(concepts))}
    return [
        Hit(
            id,
            found[0].kind.value,
            labels.get(id, found[0].text),
            ranked[found[0].id].score,
            ranked[found[0].id].why(),
            statements=tuple(found),
        )
        for id, found in concepts.items()
    ]
