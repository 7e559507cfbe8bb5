"""``docs/graph-model.md`` says what stands in Neo4j: its queries run, its tables are the graph's own.

On one store only: the page is about Neo4j.
"""

import os
import re
from pathlib import Path

import pytest
from made import MODEL, make
from neo4j import GraphDatabase

import graph
from graph.model import Relation

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "graph-model.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```cypher\n(.+?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def ask(neo4j_address):
    """Asks a graph in which each of the page's questions has an answer."""
    lines = (
        (
            "bottleneck: Er is te weinig nachtzorg.",
            {"theme": "capacity", "experienced_by": ("patiënt",), "actors": ("huisarts",)},
        ),
        "cause: tekort aan personeel",
        "bottleneck: Mantelzorgers raken overbelast",
        "solution: Maak een regionale pool",
    )
    links = ((0, "CAUSED_BY", 1), (0, "LEADS_TO", 2), (2, "LEADS_TO", 0), (3, "ADDRESSES", 0))
    with graph.open(neo4j_address, create=True) as store:
        store.put(make("a.pdf", *lines, links=links, vectors=MODEL))
        store.put(make("b.pdf", *lines[:1], vectors=MODEL))
        first = store.statements()[0].id
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with GraphDatabase.driver(neo4j_address, auth=auth, notifications_min_severity="OFF") as driver:
        driver.execute_query("CALL db.awaitIndexes(60)")
        yield lambda query: driver.execute_query(query, id=first, database_="neo4j").records


def test_there_are_ten_questions() -> None:
    assert len(QUERIES) == 10


def test_every_question_of_the_page_has_an_answer(ask) -> None:
    for query in QUERIES:
        assert ask(query), query


def test_the_page_names_every_label_relation_and_property(ask) -> None:
    named = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`\n]+)`", PAGE))))
    assert named >= set(Relation)
    for row in ask(
        "MATCH (n) WHERE NOT labels(n)[0] STARTS WITH 'Kluwen' UNWIND keys(n) AS k RETURN DISTINCT labels(n)[0] AS l, k"
    ):
        assert {row["l"], row["k"]} <= named | {"statement_terms", "passage_terms", "passages"}, row
    for row in ask("MATCH ()-[r]->() UNWIND keys(r) AS k RETURN DISTINCT type(r) AS t, k"):
        assert {row["t"], row["k"]} <= named, row
    for row in ask("MATCH (n) RETURN DISTINCT labels(n)[0] AS l"):
        assert row["l"] in named
