"""What stands in Neo4j, as its own tools show it.

On one store only: other programs read no graph in a file, and none but Neo4j has indexes that may lack a vector.
"""

import dataclasses
import os

import numpy as np
import pytest
from made import MODEL, make
from neo4j import GraphDatabase

import graph
from graph.model import Vectors
from graph.store import neo4j_schema as schema

LINES = ("bottleneck: Er is te weinig nachtzorg.", "cause: tekort aan personeel", "solution: Maak een regionale pool")
LINKS = ((0, "CAUSED_BY", 1), (2, "ADDRESSES", 0))


@pytest.fixture
def store(neo4j_address):
    with graph.open(neo4j_address, create=True) as store:
        yield store


def cypher(url: str, query: str, **values):
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with GraphDatabase.driver(url, auth=auth, notifications_min_severity="OFF") as driver:
        return driver.execute_query(query, values, database_="neo4j").records


def test_what_stands_in_the_graph_is_that_of_the_design(store, neo4j_address) -> None:
    store.put(
        make(
            "a.pdf",
            (
                LINES[0],
                {"level": "system", "theme": "capacity", "actors": ("huisarts",), "experienced_by": ("patiënt",)},
            ),
            *LINES[1:],
            links=LINKS,
            vectors=MODEL,
        )
    )
    found = cypher(
        neo4j_address, "MATCH (a)-[r]->(b) RETURN DISTINCT labels(a)[0] AS a, type(r) AS r, labels(b)[0] AS b"
    )
    assert {tuple(row.values()) for row in found} == {
        ("Passage", "PART_OF", "Document"),
        ("Statement", "FROM", "Passage"),
        ("Statement", "EXPRESSES", "Bottleneck"),
        ("Statement", "EXPRESSES", "Cause"),
        ("Statement", "EXPRESSES", "Solution"),
        ("Statement", "CAUSED_BY", "Statement"),
        ("Statement", "ADDRESSES", "Statement"),
        ("Bottleneck", "CAUSED_BY", "Cause"),
        ("Solution", "ADDRESSES", "Bottleneck"),
        ("Bottleneck", "INVOLVES", "Actor"),
        ("Bottleneck", "EXPERIENCED_BY", "Actor"),
        ("Bottleneck", "ABOUT", "Theme"),
    }
    assert cypher(neo4j_address, "MATCH (n) WHERE n.name IS NULL AND n.text IS NULL RETURN labels(n)") == []
    [row] = cypher(
        neo4j_address, "MATCH (b:Bottleneck)-[e:CAUSED_BY]->(c:Cause) RETURN b.name, e.evidence, e.origin, c.name"
    )
    first, second, _ = store.statements()
    assert row.values() == ["Er is te weinig nachtzorg", [f"{first.id} {second.id}"], "stated", "Tekort aan personeel"]
    assert {f.key for f in store.check() if not f.ok} == set()


def test_a_check_tells_of_what_someone_changed_by_hand(store, neo4j_address) -> None:
    store.put(make("a.pdf", *LINES, links=LINKS, vectors=MODEL))
    cypher(neo4j_address, "MATCH (b:Bottleneck) SET b.name = 'Iets anders'")
    assert [f.key for f in store.check() if not f.ok] == ["store.check_concepts"]
    cypher(neo4j_address, "MATCH (p:Passage {order: 0}) SET p.text = 'Iets anders'")
    cypher(neo4j_address, "MATCH (:Statement)-[e:EXPRESSES]->(:Cause) DELETE e")
    cypher(neo4j_address, "CREATE (:KluwenRim {id: 'theme-data', support: 1, names: ['data'], documents: [1]})")
    cypher(neo4j_address, "MATCH (r:KluwenRim {id: 'theme-data'}) SET r.public_support = 1, r.public_documents = [1]")
    cypher(neo4j_address, "DROP INDEX kluwen_statement_terms")
    wrong = {f.key for f in store.check() if not f.ok}
    found = ("concepts", "quotes", "orphans", "indexes", "rim")
    assert wrong == {f"store.check_{what}" for what in found}
    cypher(
        neo4j_address,
        "CREATE FULLTEXT INDEX kluwen_statement_terms FOR (n:Statement) ON EACH [n.quote_terms, n.lead_terms]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
    )


def test_a_zero_vector_is_no_vector(store, neo4j_address) -> None:
    contents = make("a.pdf", *LINES, vectors=MODEL)
    texts = contents.vectors.texts.copy()
    texts[1] = 0
    store.put(
        dataclasses.replace(contents, vectors=Vectors(MODEL, contents.vectors.ids, texts, contents.vectors.leads))
    )
    assert np.array_equal(store.vectors().texts, texts)
    assert len(cypher(neo4j_address, "MATCH (s:Statement) WHERE s.vector IS NULL RETURN s.id")) == 1
    cypher(neo4j_address, "CALL db.awaitIndexes(60)")
    found = cypher(
        neo4j_address,
        "CALL db.index.vector.queryNodes('kluwen_statement_vector', 5, $v) YIELD node RETURN node.id AS id",
        v=texts[0].tolist(),
    )
    assert found[0]["id"] == contents.vectors.ids[0]
    assert len(found) == 2


def test_bringing_an_older_graph_up_to_date_goes_on_where_it_was_broken_off(
    neo4j_address, neo4j_tools, monkeypatch
) -> None:
    said = ("bottleneck: Er is te weinig nachtzorg.", {"theme": "capacity", "actors": ("huisarts",), "lead_in": "Nu:"})
    with graph.open(neo4j_address, create=True) as store:
        for number in range(7):
            store.put(make(f"{number}.pdf", said, f"cause: reden {number}", vectors=MODEL))
    everything = "MATCH (n) RETURN labels(n)[0] AS label, properties(n) AS about ORDER BY label, n.id"
    whole = neo4j_tools.ask(neo4j_address, everything)
    for query in (
        "MATCH (n) WHERE n:KluwenTold OR n:KluwenRim DELETE n",
        "MATCH (s:Statement) REMOVE s.key, s.public_concept_id, s.lead_vector",
        "MATCH (g:KluwenGraph) SET g.version = 1",
    ):
        neo4j_tools.ask(neo4j_address, query)
    monkeypatch.setattr(schema, "FILLED", 2)
    done = []

    def broken(ask, documents) -> None:
        done.extend(documents)
        if len(done) > 4:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setitem(schema.FILLS, 3, broken)
        graph.open(neo4j_address)
    assert neo4j_tools.ask(neo4j_address, "MATCH (n:KluwenTold) RETURN count(n)") == [[4]]
    with graph.open(neo4j_address) as store:
        assert neo4j_tools.ask(neo4j_address, everything) == whole
        assert all(finding.ok for finding in store.check())
