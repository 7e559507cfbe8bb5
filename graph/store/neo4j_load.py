"""Putting new documents into a Neo4j graph, many in one write transaction.

The graph is the same as when each had been put alone (:mod:`graph.store.neo4j_write`), its numbers too. What the graph
holds already is asked first, once for all of them; what they bring is then made with everything that it has. So the
number of queries depends neither on the graph nor on the number of documents (but for batches of rows).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.errors import KluwenError
from graph.derive import Claim, Voice
from graph.ledger.applying import Effective, effective
from graph.ledger.judgement import holding
from graph.model import Access, Contents, Kind, Link, ModelInfo, Statement
from graph.sources import sketch
from graph.store import grouping, judging, neo4j_rim, rim
from graph.store import neo4j_concepts as concepts
from graph.store import neo4j_rows as rows
from graph.store import neo4j_vectors as vectors
from graph.store.base import Change
from graph.store.neo4j_concepts import Growth
from graph.store.neo4j_ledger import Desk
from graph.store.neo4j_rows import Row
from graph.store.neo4j_server import Ask
from graph.store.neo4j_sources import Arrivals
from graph.store.neo4j_terms import Tally
from graph.store.neo4j_vectors import Spare

Terms = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A document that comes. ``n`` is its number; its passages, statements and links have those that follow, in order."""

    n: int
    contents: Contents
    statements: tuple[Statement, ...]
    links: tuple[Link, ...]
    made: Effective
    judged: bool

    @property
    def first_statement(self) -> int:
        return self.n + 1 + len(self.contents.passages)

    @property
    def first_link(self) -> int:
        return self.first_statement + len(self.statements)

    @property
    def after(self) -> int:
        return self.first_link + len(self.links)


def load(ask: Ask, desk: Desk, batch: Sequence[Contents], terms: Terms, now: str) -> list[Change]:
    """Put documents that the graph does not hold, each once, and whole (:func:`graph.difference.refuse_broken`)."""
    first, revision = ask("MATCH (g:KluwenGraph) RETURN g.next, g.revision")[0]
    made = list(_arrivals(desk, batch, first, now))
    ask(
        "MATCH (g:KluwenGraph) SET g.next = $next, g.revision = $revision",
        next=made[-1].after,
        revision=revision + len(made),
    )
    _agree(ask, batch)
    extracted = dict(zip((a.n for a in made), batch, strict=True))
    shelf = Arrivals(ask, {a.n: sketch(p.text for p in a.contents.passages) for a in made})
    for a in made:
        grouping.join(shelf, a.n, shelf.sketch(a.n), a.contents.document.access == Access.PUBLIC)
    voices = [v for a in made for v in _voices(a, shelf.leader(a.n))]
    ends = _ends(ask, made)
    growth = Growth(ask, voices, list(_claims(made, ends, shelf)), dict(ends.values()))
    tally = Tally()
    _documents(ask, made, shelf, terms, tally)
    growth.write()
    write_links(ask, _link_rows(made))
    tally.write(ask)
    stamps = range(revision + 1, revision + 1 + len(made))
    vectors.add(ask, [(a.n, stamp, a.contents) for a, stamp in zip(made, stamps, strict=True)])
    shelf.write()
    named = {a.n: rim.names(a.statements) for a in made}
    rim.settle(neo4j_rim.Shelf(ask), dict.fromkeys(shelf.regrouped) | named)
    for a in made:
        if a.judged:
            own = {s.id for s in a.statements}
            desk.settle(a.contents.document.id, extracted[a.n], a.made, _spare(extracted[a.n], own), judged=True)
    judging.place(desk, {key for a in made for key in a.made.keys.values()}, new=True)
    if shelf.changed:
        desk.touched |= concepts.of_documents(ask, shelf.changed)
    of = desk.expressing
    return [
        Change(
            a.contents.document, added=tuple(replace(s, concept_id=of.get(s.id, s.concept_id)) for s in a.statements)
        )
        for a in made
    ]


def _spare(contents: Contents, own: Collection[str]) -> Spare:
    """The vectors of what was extracted but rejected."""
    found = contents.vectors
    if found is None:
        return {}
    return {id: (found.texts[i], found.leads[i]) for i, id in enumerate(found.ids) if id not in own}


def _arrivals(desk: Desk, batch: Sequence[Contents], first: int, now: str) -> Iterator[_Arrival]:
    said = holding(desk.judgements())
    for contents in batch:
        document = replace(contents.document, added=contents.document.added or now)
        touching = [j for j in said if document.id in j.documents]
        made = effective(replace(contents, document=document), touching)
        statements = tuple(replace(s, concept_id=made.keys[s.id]) for s in made.contents.statements)
        links = tuple(dict.fromkeys(made.contents.links))
        arrival = _Arrival(first, made.contents, statements, links, made, bool(touching))
        yield arrival
        first = arrival.after


def _agree(ask: Ask, batch: Sequence[Contents]) -> None:
    """Remember the first vectors' model, and refuse those of another."""
    models: dict[ModelInfo, None] = {}
    for contents in batch:
        if contents.vectors is not None and contents.vectors.ids:
            models[contents.vectors.model] = None
    for number, model in enumerate(models):
        if number:
            vectors.refuse(next(iter(models)), model)
        vectors.agree(ask, model)


def _voices(a: _Arrival, source: int) -> Iterator[Voice]:
    internal = a.contents.document.access == Access.INTERNAL
    for s in a.statements:
        about = (s.level, s.theme, s.effort, s.term, s.confidence, s.actors, s.experienced_by)
        yield Voice(s.id, s.concept_id, s.kind, s.text, *about, source, internal)


def _ends(ask: Ask, made: Sequence[_Arrival]) -> dict[str, tuple[str, Kind]]:
    """The concept of each new statement, and of those elsewhere that new links touch, with its kind.

    Raises KluwenError for a link to nothing.
    """
    known = {s.id: (s.concept_id, s.kind) for a in made for s in a.statements}
    ends = {id for a in made for link in a.links for id in (link.source, link.target)}
    if elsewhere := sorted(ends - known.keys()):
        query = "UNWIND $ids AS id MATCH (s:Statement {id: id}) RETURN id, s.concept_id, s.kind"
        known |= {id: (concept, Kind(kind)) for id, concept, kind in ask(query, ids=elsewhere)}
    if missing := sorted(ends - known.keys()):
        raise KluwenError("store.link_astray", id=missing[0])
    return known


def _claims(made: Sequence[_Arrival], ends: Mapping[str, tuple[str, Kind]], shelf: Arrivals) -> Iterator[Claim]:
    """What the links of the new documents claim of concepts."""
    for a in made:
        source = shelf.leader(a.n)
        for link in a.links:
            (from_, kind), (to, other) = ends[link.source], ends[link.target]
            both = kind == other == Kind.BOTTLENECK
            pair = (link.source, link.target)
            yield Claim(from_, link.relation, to, *pair, link.origin, link.confidence, source, both)


def _documents(ask: Ask, made: Sequence[_Arrival], shelf: Arrivals, terms: Terms, tally: Tally) -> None:
    """Write the documents, with the passages and statements that rest on them."""
    documents, passages = [], []
    for a in made:
        document, access = a.contents.document, a.contents.document.access
        lengths = {"statements": 0, "passages": 0}
        standing: dict[str, list[Row]] = {}
        vector, with_lead = vectors.of_quotes(a.contents.vectors), vectors.with_leads(a.contents.vectors)
        for place, s in enumerate(a.statements):
            quote, lead = " ".join(terms(s.quote)), " ".join(terms(s.lead_in or ""))
            tally.add("statements", {*quote.split(), *lead.split()}, access)
            row = rows.statement_row(s, access, place, quote, lead, s.concept_id) | {"n": a.first_statement + place}
            row["public_concept_id"] = s.concept_id if access == Access.PUBLIC else None
            lengths["statements"] += row["length"]
            whole = {"row": _given(row), "vector": vector.get(s.id), "lead_vector": with_lead.get(s.id)}
            standing.setdefault(s.passage_id, []).append(whole)
        for place, p in enumerate(a.contents.passages):
            row = rows.passage_row(p, access, " ".join(terms(p.text))) | {"n": a.n + 1 + place}
            tally.add("passages", set(row["terms"].split()), access)
            lengths["passages"] += row["length"]
            passages.append({"document": a.n, "row": _given(row), "statements": standing.get(p.id, [])})
        about = rows.document_row(document) | shelf.leaders(a.n) | {"n": a.n}
        about |= {"statements": len(a.statements), "statement_terms": lengths["statements"]}
        about |= {"passages": len(a.contents.passages), "passage_terms": lengths["passages"]}
        documents.append(about)
    for some in rows.batches(documents):
        ask("UNWIND $rows AS row CREATE (d:Document) SET d = row", rows=list(some))
    for run in rows.by_size(passages, _size):
        ask(
            "UNWIND $rows AS row MATCH (d:Document {n: row.document})"
            " CREATE (p:Passage)-[:PART_OF {order: row.row.order, page: row.row.page}]->(d) SET p = row.row"
            " WITH p, row UNWIND row.statements AS s"
            " CREATE (t:Statement)-[:FROM {page: s.row.page, start: s.row.start, end: s.row.end}]->(p)"
            " SET t = s.row, t.vector = s.vector, t.lead_vector = s.lead_vector",
            rows=run,
        )


def write_links(ask: Ask, made: Sequence[Row]) -> None:
    """Write links between statements that stand, from their rows."""
    for type_, found in rows.grouped(made, lambda row: row["type"]).items():
        for some in rows.batches(found):
            ask(
                "UNWIND $rows AS row MATCH (a:Statement {id: row.source}) MATCH (b:Statement {id: row.target})"
                f" CREATE (a)-[l:{type_}]->(b) SET l = row.about",
                rows=list(some),
            )


def _link_rows(made: Sequence[_Arrival]) -> list[Row]:
    return [
        rows.link_row(link, a.contents.document.id, n) for a in made for n, link in enumerate(a.links, a.first_link)
    ]


def _size(row: Row) -> int:
    # a number is sent as nine bytes
    return len(row["row"]["text"]) + sum(len(s["row"]["text"]) + 9 * len(s["vector"] or ()) for s in row["statements"])


def _given(row: Mapping[str, Any]) -> Row:
    return {name: value for name, value in row.items() if value is not None}
