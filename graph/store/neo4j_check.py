"""Whether a Neo4j graph is whole: what ``kluwen doctor`` reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from graph import derive
from graph.model import actor_id
from graph.store import neo4j_read as read
from graph.store import neo4j_rim
from graph.store import neo4j_schema as schema
from graph.store import neo4j_vectors as vectors
from graph.store.base import Finding
from graph.store.neo4j_search import key
from graph.store.neo4j_server import Ask

_SAMPLE = 200


def check(ask: Ask, terms: Callable[[str], list[str]], server: str) -> list[Finding]:
    """One finding for each thing that was looked at. Counts are of what the session may see."""
    return list(_findings(ask, terms, server))


def _findings(ask: Ask, terms: Callable[[str], list[str]], server: str) -> Iterator[Finding]:
    yield Finding(True, "store.check_server", {"server": server})
    waiting = _indexes(ask)
    yield _counted(len(waiting), "indexes", names=", ".join(waiting))
    loose = ask.one(
        "MATCH (s:Statement) WHERE s.access IN $seen AND NOT EXISTS {"
        " MATCH (s)-[:FROM]->(p:Passage {id: s.passage_id})-[:PART_OF]->(:Document {id: s.document_id}) }"
        " RETURN count(s)"
    )
    reason = {"reason": f"{loose} × Statement-FROM-Passage-PART_OF-Document"}
    yield Finding(
        not loose, "store.check_damaged" if loose else "store.check_whole", reason if loose else {"reason": "ok"}
    )
    yield Finding(True, "store.check_version", {"version": ask.one("MATCH (g:KluwenGraph) RETURN g.version")})
    orphans = ask.one(
        "MATCH (s:Statement) WHERE s.access IN $seen"
        " AND NOT EXISTS { MATCH (s)-[:EXPRESSES]->(c) WHERE c.id = s['concept_id'] } RETURN count(s)"
    )
    orphans += ask.one(
        "MATCH (p:Passage) WHERE p.access IN $seen AND NOT EXISTS { (p)-[:PART_OF]->(:Document) } RETURN count(p)"
    )
    yield _counted(orphans, "orphans")
    yield _counted(_astray(ask), "quotes")
    yield _counted(_miscounted(ask), "terms")
    yield _counted(neo4j_rim.miscounted(ask), "rim")
    sample = ask("MATCH (s:Statement) WHERE s.access IN $seen RETURN s.quote, s.quote_terms LIMIT $n", n=_SAMPLE)
    yield _counted(sum(" ".join(terms(quote)) != kept for quote, kept in sample), "analysis")
    if vectors.model(ask):
        statements = ask.one("MATCH (s:Statement) WHERE s.access IN $seen RETURN count(s)")
        embedded = ask.one(
            "MATCH (v:KluwenVectors) MATCH (d:Document {n: v.id}) WHERE d.access IN $seen"
            " RETURN coalesce(sum(size(v.statements)), 0)"
        )
        yield _counted(statements - embedded, "vectors")
    if not ask.public:
        yield _counted(_wrong_concepts(ask), "concepts")


def _indexes(ask: Ask) -> list[str]:
    """The names of those that are missing or not online."""
    states = {row[0]: row[1] for row in ask("SHOW INDEXES YIELD name, state") if row[0].startswith("kluwen_")}
    wanted = [
        word
        for step in schema.MIGRATIONS
        for sentence in step
        for word in sentence.split()
        if word.startswith("kluwen_")
    ]
    if vectors.model(ask) and ask("MATCH (v:KluwenVectors) RETURN 1 LIMIT 1"):
        wanted.append(schema.VECTOR_INDEX)
    return sorted(name for name in wanted if states.get(name) != "ONLINE")


def _astray(ask: Ask) -> int:
    # in Python, for Neo4j counts letters outside the basic plane twice
    found = ask(
        "MATCH (s:Statement) WHERE s.access IN $seen MATCH (p:Passage {id: s.passage_id})"
        " RETURN p.text, p.document_id, collect([s.start, s.end, s.quote, s.document_id])"
    )
    return sum(
        text[start:end] != quote or document != own
        for text, own, stands in found
        for start, end, quote, document in stands
    )


def _miscounted(ask: Ask) -> int:
    """How many terms stand in another number of statements or passages than is kept."""
    wrong = 0
    for of, label, text in (
        ("statements", "Statement", "n.quote_terms + ' ' + n.lead_terms"),
        ("passages", "Passage", "n.terms"),
    ):
        found: Counter[str] = Counter()
        for (analysed,) in ask(f"MATCH (n:{label}) WHERE n.access IN $seen RETURN {text}"):
            found.update({key(term) for term in analysed.split()})
        column = f"public_{of}" if ask.public else of
        kept = {row[0]: row[1] for row in ask(f"MATCH (t:KluwenTerm) WHERE t.{column} <> 0 RETURN t.id, t.{column}")}
        wrong += sum(found[term] != kept.get(term, 0) for term in found.keys() | kept.keys())
    return wrong


def _wrong_concepts(ask: Ask) -> int:
    """How many concepts that stand in the graph for people are not what their statements say, or have other edges."""
    labels = "|".join(schema.LABELS.values())
    kept = {row[0]: row[1:] for row in ask(f"MATCH (c:{labels}) RETURN c.id, c.name, c.support, c.statements")}
    now = {c.id: (c.label, c.support, c.statements) for c in read.concepts(ask, None)}
    wrong = {id for id in kept.keys() | now.keys() if kept.get(id) != now.get(id)}
    drawn = set(ask(f"MATCH (a:{labels})-[e]->(b) RETURN a.id, type(e), b.id, e.support"))
    voices = read.voices(ask, list(now))
    names = {name: actor_id(name) for v in voices for name in (*v.actors, *v.experienced_by)}
    edges = {
        (e.source, e.relation.value, e.target, e.support) for e in (*read.claims(ask), *derive.rim_edges(voices, names))
    }
    return len(wrong | {edge[0] for edge in drawn ^ edges})


def _counted(n: int, what: str, **values: object) -> Finding:
    return Finding(n == 0, f"store.check_{what}" if n else f"store.check_{what}_ok", {"n": n, **(values if n else {})})
