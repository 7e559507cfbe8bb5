"""Hybrid search: words, concepts and meaning, summed on one absolute scale, with a reason for every hit.

Stores only nominate statements and keep vectors and counts; all scoring is here, so that every store ranks alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graph.search.answer import Answer, Hit, Part, Reason, as_json
from graph.store.base import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.meaning.base import Encoder
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

    Only statements that pass the filters count, and scores don't depend on the filters. A mistyped word is read as it was
    meant, a long question by its parts, a saying also in plain words: a statement counts for what it answers best. Without an encoder, or in a
    graph without vectors, words and concepts decide. Any question will do, also an empty one: it has no hits.
    Raises KluwenError (``model.mixed``) when the encoder is not the model that made the graph's vectors.
    """
    from graph.search import passages, ranking, spelling, suggesting
    from graph.search.asking import Asking
    from graph.search.diversity import spread
    from graph.search.parts import parts
    from graph.search.plain import plain

    corrections = spelling.corrections(question, store)
    text = spelling.corrected(question, corrections)
    meant = {right: wrong for wrong, right in corrections.items()}
    of_text = parts(text)
    asked = [Asking.of(part, meant, store, encoder, filters) for part in of_text]
    for part in of_text:
        in_plain_words, said = plain(part)
        if said:
            asked.append(Asking.of(in_plain_words, meant | said, store, encoder, filters))
    nominated: dict[str, Candidate] = {}
    ranked: dict[str, Ranked] = {}
    for one in asked:
        for found in store.candidates(one.asked):
            one.compared = found.compared
            nominated |= {c.id: c for c in found.found}
            _keep_best(ranked, one.rank(found.found))
    best = max((r.plain for r in ranked.values()), default=0.0)
    weak = not ranked or ranking.is_weak(best, asked[0].weighed.size * len(asked))
    concepts = _best_concepts(nominated.values(), ranked, limit)
    unders = [store.under(list(concepts), one.asked) for one in asked]
    if filters == Filters():
        # what a concept's other statements say belongs under it, found or not
        known = ranked.copy()
        for one, under in zip(asked, unders, strict=True):
            others = [c for c in under.weighed if c.id not in known]
            nominated |= {c.id: c for c in others}
            _keep_best(ranked, one.rank(others))
        concepts = _best_concepts(nominated.values(), ranked, limit)
    hits = _hits(concepts, ranked, unders[0])
    if weak or len(hits) < limit:
        shown = {s.passage_id for hit in hits for s in hit.statements}
        most = max(asked, key=lambda one: one.best)
        found_passages = passages.passage_hits(store, most.weighed, filters, limit, shown)
        hits = sorted((*hits, *found_passages), key=lambda hit: -hit.score)[:limit]
    also = suggesting.suggestions(store, text) if weak else ()
    return Answer(question, weak, tuple(spread(hits)), also, tuple(corrections.items()))


def _keep_best(ranked: dict[str, Ranked], more: Mapping[str, Ranked]) -> None:
    """Of a statement that several parts of a question found, the evidence of the part that it answers best."""
    for id, found in more.items():
        if id not in ranked or found.total > ranked[id].total:
            ranked[id] = found


def _best_concepts(
    candidates: Iterable[Candidate],
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
