"""What the Neo4j store costs beside the SQLite store: ``python tests/bench/bench_neo4j.py [statements …]`` prints seconds and ratios.

The same made-up documents (of 100 statements) go into both; a bare ``UNWIND … MERGE`` of the same nodes and relations,
with the same constraints and indexes, is what the load is compared with.
"""

from __future__ import annotations

import importlib.util
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

import neo4j  # noqa: E402

import graph  # noqa: E402
from corpus.dutch import terms  # noqa: E402
from graph.model import Contents  # noqa: E402
from graph.store.base import Filters, Store  # noqa: E402
from graph.store.neo4j_rows import document_row, passage_row, statement_row  # noqa: E402
from graph.tangle import neighbourhood, paths  # noqa: E402

EACH = 100
QUESTION = "overleg over nachtzorg en wijkverpleging, gebrek aan kennis bij het thuisteam"


def load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(total: int) -> Iterator[Contents]:
    made = load("bench_store", HERE / "bench_store.py")
    rng = random.Random(7)
    shared = [" ".join(rng.choices(made.WORDS, k=8)) for _ in range(max(10, total // 20))]
    return (made.made_up(number, EACH, shared, rng) for number in range(total // EACH))


def median(call: Callable[[], object], again: int = 5) -> float:
    runs = []
    for _ in range(again):
        start = time.perf_counter()
        call()
        runs.append(time.perf_counter() - start)
    return statistics.median(runs)


def bare(driver: neo4j.Driver, contents: Contents) -> None:
    """The same nodes and relations without what makes them a graph that is kept up to date."""
    d, c = contents.document, contents

    def rows(i: int) -> dict[str, object]:
        s = c.statements[i]
        row = statement_row(s, d.access, i, " ".join(terms(s.quote)), "", s.id)
        return row | {"vector": c.vectors.texts[i].tolist() if c.vectors else None, "concept_id": s.id}

    with driver.session() as session, session.begin_transaction() as tx:
        tx.run("MERGE (d:Document {id: $row.id}) SET d += $row", row=document_row(d))
        made = [passage_row(p, d.access, " ".join(terms(p.text))) for p in c.passages]
        tx.run(
            "MATCH (d:Document {id: $d}) UNWIND $rows AS row MERGE (p:Passage {id: row.id}) SET p += row"
            " MERGE (p)-[:PART_OF]->(d)",
            rows=made,
            d=d.id,
        )
        tx.run(
            "UNWIND $rows AS row MERGE (s:Statement {id: row.id}) SET s += row WITH s, row"
            " MATCH (p:Passage {id: row.passage_id}) MERGE (s)-[:FROM]->(p)"
            " MERGE (b:Bottleneck {id: row.concept_id}) SET b.name = row.text MERGE (s)-[:EXPRESSES]->(b)"
            " WITH b, row UNWIND row.actors AS actor MERGE (a:Actor {id: actor}) MERGE (b)-[:INVOLVES]->(a)",
            rows=[rows(i) for i in range(len(c.statements))],
        )
        tx.run(
            "UNWIND $rows AS row MATCH (a:Statement {id: row.a}) MATCH (b:Statement {id: row.b})"
            " MERGE (a)-[:CAUSED_BY]->(b) WITH row MATCH (a:Bottleneck {id: row.a}) MATCH (b:Bottleneck {id: row.b})"
            " MERGE (a)-[:CAUSED_BY]->(b)",
            rows=[{"a": x.source, "b": x.target} for x in c.links],
        )
        tx.commit()


def measure(store: Store, total: int) -> dict[str, float]:
    taken = []
    for contents in documents(total):
        start = time.perf_counter()
        store.put(contents)
        taken.append(time.perf_counter() - start)
    asked = terms(QUESTION)
    found: dict[str, float] = {"load (s)": sum(taken), "first put (ms)": statistics.median(taken[1:6]) * 1e3}
    found["last put (ms)"] = statistics.median(taken[-10:]) * 1e3
    concepts = store.concepts()
    start = time.perf_counter()
    store.vectors()
    found["all vectors, first (ms)"] = (time.perf_counter() - start) * 1e3
    found["nominate 200 (ms)"] = median(lambda: store.nominate(asked, Filters(), 200)) * 1e3
    middle = [c.id for c in concepts[len(concepts) // 2 :][:20]]
    found["2 hops (ms)"] = statistics.median(median(lambda id=id: neighbourhood(store, id), 1) for id in middle) * 1e3
    found["path (ms)"] = median(lambda: paths(store, middle[0], middle[-1]), 3) * 1e3
    return found


def main(*sizes: int) -> None:
    tools = load("bench_neo4j_server", HERE.parent / "neo4j" / "server.py")
    own = None if os.environ.get("NEO4J_TEST_URI") else tools.Server()
    if own:
        os.environ |= {"NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": tools.PASSWORD}
    uri = os.environ.get("NEO4J_TEST_URI") or own.uri
    auth = (os.environ.get("NEO4J_USERNAME") or "neo4j", os.environ["NEO4J_PASSWORD"])
    try:
        with neo4j.GraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF") as driver:

            def wipe() -> None:
                with driver.session() as session:
                    session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()

            for total in sizes or (10_000,):
                wipe()
                with graph.open(uri, create=True) as store:
                    there = measure(store, total)
                    asked = " ".join(f'quote_terms:"{t}"' for t in terms(QUESTION))
                    query = (
                        "CALL db.index.fulltext.queryNodes('kluwen_statement_terms', $q, {limit: 200}) YIELD node"
                        " RETURN node.id"
                    )
                    raw = median(lambda q=query, a=asked: driver.execute_query(q, q=a)) * 1e3
                wipe()
                start = time.perf_counter()
                for contents in documents(total):
                    bare(driver, contents)
                unwind = time.perf_counter() - start
                with (
                    tempfile.TemporaryDirectory() as folder,
                    graph.open(str(Path(folder, "b.db")), create=True) as file,
                ):
                    here = measure(file, total)
                print(f"{total} statements: Neo4j, SQLite")
                for name, value in there.items():
                    print(f"  {name}: {value:.1f}, {here[name]:.1f}")
                print(
                    f"  load against a bare UNWIND … MERGE ({unwind:.1f} s): {there['load (s)'] / unwind:.2f}", end=""
                )
                print(f"; last put against the first: {there['last put (ms)'] / there['first put (ms)']:.2f}")
                print(
                    f"  nominate against Lucene's own best 200 ({raw:.1f} ms): {there['nominate 200 (ms)'] / raw:.2f}",
                    flush=True,
                )
    finally:
        if own:
            own.remove()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
