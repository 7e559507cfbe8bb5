"""What putting many documents into Neo4j costs: ``python tests/bench/bench_load.py [statements]`` prints seconds and ratios.

The bar is a bare ``UNWIND … MERGE`` of the same rows: all nodes and relations of the graph that the load made, with all
their properties, into the same constraints and indexes. The rows lie ready in memory; whose work it was to make them is
not counted. One batch is one transaction, and batches of each size in :data:`SIZES` are tried: the quickest is the bar.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]

import neo4j  # noqa: E402
from bench_neo4j import documents, load, median  # noqa: E402

import graph  # noqa: E402
from graph.loading import batches  # noqa: E402
from graph.model import Contents  # noqa: E402

SIZES = (1_000, 5_000)
_KEYS = {"KluwenProbe": "hash: row.hash, document: row.document"}

Row = dict[str, Any]


def rows(driver: neo4j.Driver) -> tuple[dict[str, list[Row]], dict[tuple[str, str, str], list[Row]]]:
    """The graph's nodes by label, and its relations by label, type and label."""
    with driver.session() as session:
        labels = [row[0] for row in session.run("MATCH (n) RETURN DISTINCT labels(n)[0] AS label")]
        nodes = {label: [row[0] for row in session.run(f"MATCH (n:{label}) RETURN properties(n)")] for label in labels}
        kinds = session.run("MATCH (a)-[e]->(b) RETURN DISTINCT labels(a)[0], type(e), labels(b)[0]").values()
        ties = {
            (a, e, b): session.run(
                f"MATCH (a:{a})-[e:{e}]->(b:{b}) RETURN a.id AS source, b.id AS target, properties(e) AS about"
            ).data()
            for a, e, b in kinds
        }
    return nodes, ties


def bare(
    driver: neo4j.Driver, nodes: dict[str, list[Row]], ties: dict[tuple[str, str, str], list[Row]], size: int
) -> float:
    """Seconds that it takes."""

    def said(query: str, found: list[Row]) -> None:
        for i in range(0, len(found), size):
            with driver.session() as session:
                session.execute_write(lambda tx, i=i: tx.run(query, rows=found[i : i + size]).consume())

    start = time.perf_counter()
    for label, found in nodes.items():
        key = _KEYS.get(label, "id: row.id")
        said(f"UNWIND $rows AS row MERGE (n:{label} {{{key}}}) SET n += row", found)
    for (a, e, b), found in ties.items():
        key = " {n: row.about.n}" if a == b == "Statement" else ""
        said(
            f"UNWIND $rows AS row MATCH (a:{a} {{id: row.source}}) MATCH (b:{b} {{id: row.target}})"
            f" MERGE (a)-[e:{e}{key}]->(b) SET e += row.about",
            found,
        )
    return time.perf_counter() - start


def wipe(driver: neo4j.Driver) -> None:
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 2000 ROWS").consume()


def filled(uri: str, made: list[Contents]) -> float:
    """Seconds that a load takes."""
    with graph.open(uri, create=True) as store:
        start = time.perf_counter()
        for batch in batches(made):
            store.put_all(batch)
        return time.perf_counter() - start


def main(total: int = 10_000) -> None:
    os.environ.setdefault("NEO4J_USERNAME", "neo4j")
    tools = load("neo4j_for_the_bench", HERE.parent / "neo4j" / "server.py")
    own = None if os.environ.get("NEO4J_TEST_URI") else tools.Server()
    if own:
        os.environ["NEO4J_PASSWORD"] = tools.PASSWORD
    uri = os.environ.get("NEO4J_TEST_URI") or own.uri
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    made = list(documents(total))
    try:
        with neo4j.GraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF") as driver:
            filled(uri, made[:10])  # the server has met every query once, and so it has for the bare load
            for size in SIZES:
                bare(driver, *rows(driver), size)
            wipe(driver)
            loaded = filled(uri, made)
            found = rows(driver)
            took = {}
            for size in SIZES:
                wipe(driver)
                took[size] = bare(driver, *found, size)
            nodes, ties = (sum(map(len, each.values())) for each in found)
            said = ", ".join(f"{seconds:.1f} s in batches of {size}" for size, seconds in took.items())
            print(f"{total} statements in {len(made)} documents: {nodes} nodes, {ties} relations")
            print(f"  load: {loaded:.1f} s; bare UNWIND … MERGE of the same rows: {said}")
            print(f"  load against the quickest bare: {loaded / min(took.values()):.2f}")
            wipe(driver)
            with graph.open(uri, create=True) as store:
                first = median_put(store, made[:6])
                for batch in batches(made[6:-6]):
                    store.put_all(batch)
                last = median_put(store, made[-6:])
            print(
                f"  one document put: {first:.0f} ms into an empty graph, {last:.0f} ms into this: {last / first:.2f}"
            )
    finally:
        if own:
            own.remove()


def median_put(store: Any, made: list[Contents]) -> float:
    left = iter(made)
    return median(lambda: store.put(next(left)), len(made)) * 1e3


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
