"""What a search weighs in a large Neo4j graph: nominated by its full-text index and its vector index, in their own order.

Up to :data:`graph.store.neo4j_search.EXACT` statements every vector is compared and BM25 nominates (:mod:`graph.store.candidates`), as in a file.
The vector index knows the vectors of quotes only, and no filter before its ranking: it is asked for more until enough of
its answers pass, and where filters leave few, all that pass are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from corpus.errors import KluwenError
from graph import derive
from graph.model import ModelInfo
from graph.store import candidates
from graph.store import neo4j_rows as rows
from graph.store.base import Asked, Candidate, Candidates, Filters, Under
from graph.store.neo4j_schema import VECTOR_INDEX
from graph.store.neo4j_search import quoted
from graph.store.neo4j_server import Ask, Server
from graph.store.neo4j_vectors import model
from graph.store.picking import MOST_TERMS
from graph.store.vector_cache import matrix

Row = Sequence[Any]
Answer = Sequence[Any]
"""The graph's model, what passes, and (of the index) how many it gave."""

MORE = 4
"""How many times ``limit`` the vector index is asked for at first where filters limit what passes, and how many times as
much when nothing passed."""
SPARE = 1.5
"""How many times as much as would do, if as large a share of it passes as before, it is asked for next."""
MOST = 40
"""How many times ``limit`` the vector index is asked for at most; after that all that passes is compared."""
FEW = 50
"""The statements of no more documents than this are all compared at once: they are sooner found than the index asked."""

_WEIGHED = (
    "s.id, s.concept_id, s.quote, s.lead_in, s.confidence, s.quote_terms, s.lead_terms,"
    " CASE WHEN $vector IS NULL OR s.vector IS NULL THEN 0.0 ELSE 2 * vector.similarity.cosine(s.vector, $vector) - 1 END,"
    " s.lead_vector"
)
_MODEL = "MATCH (g:KluwenGraph) RETURN [g.model_name, g.model_revision, g.model_dimension]"
_PASSES = f"s.access IN $seen AND {rows.PASSING}"


def nominated(server: Server, asked: Asked, known: ModelInfo | None) -> Iterator[Candidates]:
    """The candidates by words and by expansion, then those by meaning, which the server looks for meanwhile.

    ``known`` is the model that made the graph's vectors as far as is known, None where it has none.
    """
    if asked.vector is None or known is None:
        yield Candidates(tuple(_weighed(server.read(lambda ask: _by_words(ask, asked)), asked)), compared=False)
        return
    candidates.agree(known, asked)
    given, k = _given(asked), _first(asked, server.public)
    alone = 0 < len(asked.filters.documents) <= FEW
    try:
        with server.meanwhile(_nearest_of_all(asked.filters) if alone else _BY_MEANING, k=k, **given) as answer:
            found = _weighed(server.read(lambda ask: _by_words(ask, asked)), asked)
            yield Candidates(tuple(found), compared=True)
            first = answer()
    except KluwenError:
        # the index refuses a vector of another length
        if (now := server.read(model)) is not None:
            candidates.agree(now, asked)
        raise
    if alone:
        near = _of_model(asked, first[0])
    else:
        near = _enough(asked, k, first[0], lambda query, k: server.read(lambda ask: ask(query, k=k, **given))[0])
    seen = {c.id for c in found}
    yield Candidates(tuple(c for c in _weighed(near, asked) if c.id not in seen), compared=True)


def under(ask: Ask, concept_ids: Sequence[str], asked: Asked) -> Under:
    """All statements of these concepts, with what the concepts are called: one question."""
    found = ask(
        "UNWIND $ids AS id MATCH (s:Statement {concept_id: id}) WHERE s.access IN $seen"
        f" MATCH (d:Document {{id: s.document_id}}) RETURN d.title, d.n, s.place, {rows.STATEMENT},"
        f" [{rows.VOICE}], [{_WEIGHED}]",
        ids=list(dict.fromkeys(concept_ids)),
        public=ask.public,
        vector=None if asked.vector is None else asked.vector.tolist(),
    )
    found.sort(key=lambda row: (rows.nocase(row[0]), row[1], row[2]))
    return Under(
        tuple(rows.statement(row[3]) for row in found),
        tuple(_weighed([row[5] for row in found], asked)),
        {c.id: c.label for c in derive.concepts(rows.voice(row[4]) for row in found)},
    )


def _by_words(ask: Ask, asked: Asked) -> list[Row]:
    parts = [_index_of_words(name) for name in ("terms", "expansion") if getattr(asked, name)]
    if not parts:
        return []
    # one record is read faster than one for each statement
    found = ask.one(
        f"CALL () {{ {' UNION ALL '.join(parts)} }} RETURN collect([{_WEIGHED}])",
        terms=quoted(asked.terms[:MOST_TERMS]),
        expansion=quoted(asked.expansion[:MOST_TERMS]),
        **_given(asked),
    )
    return list({row[0]: row for row in found}.values())


_BY_MEANING = (
    f"CALL db.index.vector.queryNodes('{VECTOR_INDEX}', $k, $vector) YIELD node AS s, score"
    " WITH s, score ORDER BY score DESC, s.n"
    f" WITH count(*) AS got, collect(CASE WHEN {_PASSES} THEN s END)[..$limit] AS near"
    f" {_MODEL}, COLLECT {{ UNWIND near AS s RETURN [{_WEIGHED}] }}, got"
)


def _first(asked: Asked, public: bool) -> int:
    """How much the vector index is asked for at first."""
    return asked.limit * (MORE if asked.filters != Filters() else 2 if public else 1)


def _enough(asked: Asked, k: int, answer: Answer, more: Callable[[str, int], Answer]) -> list[Row]:
    """The nearest that pass: asked for more until they are enough, or there are no more."""
    while True:
        near, got = _of_model(asked, answer), answer[2]
        if len(near) >= asked.limit or got < k:
            return near
        k = max(2 * k, int(SPARE * asked.limit * got / len(near))) if near else k * MORE
        if k > MOST * asked.limit:
            return _of_model(asked, more(_nearest_of_all(asked.filters), k))
        answer = more(_BY_MEANING, k)


def _of_model(asked: Asked, answer: Answer) -> list[Row]:
    """The rows of an answer. Raises KluwenError where the vectors are not of the question's model."""
    model_, near, *_ = answer
    candidates.agree(ModelInfo(*model_), asked)
    return list(near)


def _index_of_words(name: str) -> str:
    # rows come in the order of their score, and no more are read than pass
    return (
        f"CALL db.index.fulltext.queryNodes('kluwen_statement_terms', ${name}) YIELD node AS s WITH s WHERE {_PASSES}"
        " RETURN s LIMIT $limit"
    )


def _nearest_of_all(filters: Filters) -> str:
    """All that pass compared one by one, by the narrowest way to them."""
    at = "MATCH (s:Statement)"
    if filters.documents:
        at = "UNWIND $documents AS in_document MATCH (s:Statement {document_id: in_document})"
    elif filters.themes:
        at = "UNWIND $themes AS with_theme MATCH (s:Statement {theme: with_theme})"
    return (
        f"{at} WHERE s.vector IS NOT NULL AND {_PASSES}"
        " WITH s, vector.similarity.cosine(s.vector, $vector) AS score ORDER BY score DESC, s.n LIMIT $limit"
        f" WITH collect([{_WEIGHED}]) AS near {_MODEL}, near"
    )


def _given(asked: Asked) -> dict[str, Any]:
    vector = asked.vector.tolist() if asked.vector is not None else None
    return {"vector": vector, "limit": asked.limit, **rows.limits(asked.filters)}


def _weighed(found: Iterable[Row], asked: Asked) -> list[Candidate]:
    made = []
    for id, concept, quote, lead_in, confidence, terms, lead_terms, of_text, lead in found:
        # a statement whose lead-in changes nothing has no vector of its own for the two together
        of_lead = (
            float(matrix(lead, len(asked.vector))[0] @ asked.vector) if lead and asked.vector is not None else of_text
        )
        cosine = (1 - asked.lead_in) * of_text + asked.lead_in * of_lead
        made.append(
            Candidate(id, concept, quote, lead_in, confidence, tuple(terms.split()), tuple(lead_terms.split()), cosine)
        )
    return made
