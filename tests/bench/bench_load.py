"""What a copy of a whole graph into Neo4j costs: ``python tests/bench/bench_load.py [statements | file.db]`` prints
seconds, ratios and memory.

The graph is made as ``shaped.py`` does, or taken from a file. The bar is a bare ``UNWIND … MERGE`` of the same rows: all nodes and relations of the graph that the load made, with all
their properties, into the same constraints and indexes. The rows lie ready in memory; whose work it was to make them is
not counted. One batch is one transaction, and batches of each size in :data:`SIZES` are tried: the quickest is the bar.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE), str(HERE.parent / "neo4j")]

import neo4j  # noqa: E402
import server as tools  # noqa: E402
from shaped import documents  # noqa: E402

import graph  # noqa: E402
from graph.copying import copy  # noqa: E402
from graph.loading import batches  # noqa: E402
from graph.meaning import open_encoder  # noqa: E402

SIZES = (1_000, 5_000)
ADDED = 20
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


def copied(uri: str, file: str) -> tuple[float, float]:
    """Seconds that a copy takes, and MB of memory that its process has at most."""
    with graph.open(file) as source, graph.open(uri, create=True) as target:
        start = time.perf_counter()
        copy(source, target)
        took = time.perf_counter() - start
    # not getrusage, which counts what the process that started this one held
    status = Path("/proc/self/status").read_text()
    return took, int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) / 1024


def apart(*given: str) -> tuple[float, float]:
    """The same in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(copied, *given).result()


def one_document(uri: str) -> float:
    """The milliseconds that the middle one of new documents takes, each put alone; the first ones are not counted."""
    new = islice(documents(4_000, seed=23, encoder=open_encoder(), name="nieuw"), ADDED + 3)
    with graph.open(uri, create=True) as store:
        taken = []
        for contents in new:
            start = time.perf_counter()
            store.put(contents)
            taken.append(time.perf_counter() - start)
    return statistics.median(taken[3:]) * 1e3


def main(given: str = "10000") -> None:
    with tools.lent() as (uri, _):
        auth = (os.environ.get("NEO4J_USERNAME") or "neo4j", os.environ["NEO4J_PASSWORD"])
        with (
            tempfile.TemporaryDirectory() as folder,
            neo4j.GraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF") as driver,
        ):
            file, warm = given, str(Path(folder, "warm.db"))
            made(warm, 1_000)
            if given.isdigit():
                file = str(Path(folder, "graph.db"))
                made(file, int(given))
            # the server meets every query once before anything counts
            apart(uri, warm)
            bare(driver, *rows(driver), SIZES[0])
            tools.wipe(uri)
            first = one_document(uri)
            tools.wipe(uri)
            took, memory = apart(uri, file)
            with graph.open(uri) as store:
                print(f"{store.corpus(()).size} statements in {len(store.document_order())} documents")
            print(f"  copy from a file: {took:.1f} s, at most {memory:.0f} MB")
            found = rows(driver)
            last = one_document(uri)
            print(
                f"  one document: {first:.0f} ms into an empty graph, {last:.0f} ms into this one: {last / first:.2f}"
            )
            back, memory = apart(str(Path(folder, "back.db")), uri)
            print(f"  copy back into a file: {back:.1f} s, at most {memory:.0f} MB")
            nodes, ties = (sum(map(len, each.values())) for each in found)
            print(f"  bare UNWIND … MERGE of the same {nodes} nodes and {ties} relations", end="", flush=True)
            bars = []
            for size in SIZES:
                tools.wipe(uri)
                bars.append(bare(driver, *found, size))
                print(f", {bars[-1]:.1f} s in batches of {size}", end="", flush=True)
            print(f"\n  copy against the quicker bare: {took / min(bars):.2f}")


def made(file: str, statements: int) -> None:
    with graph.open(file, create=True) as store:
        for batch in batches(documents(statements, encoder=open_encoder())):
            store.put_all(batch)


if __name__ == "__main__":
    main(*sys.argv[1:])
