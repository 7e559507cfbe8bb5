"""What a Neo4j graph nominates for a search, and the counts that ranking needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import Literal

from graph.store import neo4j_rows as rows
from graph.store import picking
from graph.store.base import Corpus, Filters
from graph.store.neo4j_server import Ask
from graph.store.remembered import Remembered

Of = Literal["statements", "passages"]
EXACT = 50_000
"""Above so many statements (or passages, that the session sees) the indexes nominate in their own order."""
_LONGEST = 500
"""Letters of a term that stands as it is in an index, which takes no more than some 8 kB."""


def nominate(ask: Ask, terms: Sequence[str], filters: Filters, limit: int, of: Of, kept: Remembered) -> list[str]:
    """Ids of what holds one of the terms, likeliest first.

    As on SQLite: BM25 with every term counted once, from the counts that the session may see. Lucene finds; its own
    scores know only the whole graph. In a graph of more than :data:`EXACT` its order decides.
    """
    counted = corpus(ask, terms, of, kept)
    weights = picking.rarest(counted)
    if not weights or limit < 1:
        return []
    index, of_term = (
        ("kluwen_passage_terms", "terms:{}")
        if of == "passages"
        else ("kluwen_statement_terms", "quote_terms:{0} lead_terms:{0}")
    )
    passing = rows.PASSING
    if of == "passages":
        of_statements = filters.kinds or filters.levels or filters.themes or filters.actors
        passing = "size($documents) = 0 OR node.document_id IN $documents"
        if of_statements:
            passing = (
                f"EXISTS {{ MATCH (s:Statement {{passage_id: node.id}}) WHERE s.access IN $seen AND {rows.PASSING} }}"
            )
    if counted.size > EXACT:
        found = ask(
            f"CALL db.index.fulltext.queryNodes($index, $words) YIELD node WITH node WHERE node.access IN $seen"
            f" WITH node{', node AS s' if of == 'statements' else ''} WHERE {passing} RETURN node.id LIMIT $limit",
            index=index,
            words=" ".join(of_term.format(_phrase(term)) for term in weights),
            limit=limit,
            **rows.limits(filters),
        )
        return [row[0] for row in found]
    found = ask(
        "UNWIND $terms AS term CALL db.index.fulltext.queryNodes($index, term.query) YIELD node"
        " WITH node, sum(term.weight) AS weight WHERE node.access IN $seen"
        f" WITH node{', node AS s' if of == 'statements' else ''}, weight WHERE {passing}"
        " RETURN node.id ORDER BY weight / (1 + $k1 * (1 - $b + $b * node.length / $average)) DESC, node.n LIMIT $limit",
        index=index,
        terms=[{"query": of_term.format(_phrase(term)), "weight": weight} for term, weight in weights.items()],
        average=counted.average_length or 1.0,
        k1=picking.K1,
        b=picking.B,
        limit=limit,
        **rows.limits(filters),
    )
    return [row[0] for row in found]


def corpus(ask: Ask, terms: Sequence[str], of: Of, kept: Remembered) -> Corpus:
    """The counts that BM25 needs; the totals are added up once for each revision of the graph, and kept."""
    asked = list(dict.fromkeys(terms))
    column = f"public_{of}" if ask.public else of
    query = (
        "MATCH (g:KluwenGraph) RETURN g.revision,"
        f" COLLECT {{ UNWIND $ids AS id MATCH (t:KluwenTerm {{id: id}}) RETURN [t.id, t.{column}] }}"
    )
    [(revision, found)] = ask(query, ids=[key(term) for term in asked])
    totals = f"MATCH (d:Document) WHERE d.access IN $seen RETURN sum(d.{of}), sum(d.{of[:-1]}_terms)"
    size, length = kept.once(f"totals of {of}", revision, lambda: list(ask(totals)[0]))
    known = dict(found)
    return Corpus(size, length / size if size else 0.0, {term: known.get(key(term), 0) for term in asked})


def statement_terms(ask: Ask, ids: Collection[str]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    query = (
        "UNWIND $ids AS id MATCH (s:Statement {id: id}) WHERE s.access IN $seen RETURN id, s.quote_terms, s.lead_terms"
    )
    found = {row[0]: (tuple(row[1].split()), tuple(row[2].split())) for row in ask(query, ids=list(ids))}
    return {id: found[id] for id in ids if id in found}


def passage_terms(ask: Ask, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    query = "UNWIND $ids AS id MATCH (p:Passage {id: id}) WHERE p.access IN $seen RETURN id, p.terms"
    found = {row[0]: tuple(row[1].split()) for row in ask(query, ids=list(ids))}
    return {id: found[id] for id in ids if id in found}


def passing(ask: Ask, filters: Filters) -> set[str] | None:
    """The ids of the seen statements that pass; None when the filters limit nothing."""
    if filters == Filters():
        return None
    query = f"MATCH (s:Statement) WHERE s.access IN $seen AND {rows.PASSING} RETURN s.id"
    return {row[0] for row in ask(query, **rows.limits(filters))}


def key(term: str) -> str:
    """The id of the node that counts a term."""
    return term if len(term) <= _LONGEST else "~" + blake2b(term.encode()).hexdigest()


def quoted(terms: Sequence[str]) -> str:
    """A question to the index of statements: what holds one of the terms."""
    return " ".join(f"quote_terms:{_phrase(term)} lead_terms:{_phrase(term)}" for term in terms)


def _phrase(term: str) -> str:
    return '"' + term.replace("\\", "\\\\").replace('"', '\\"') + '"'
