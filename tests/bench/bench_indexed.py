"""Reading at scale: ``python tests/bench/bench_indexed.py [--graphs SMALL LARGE]…`` prints ratios of times measured side by side.

Graphs of 10,000 and 100,000 statements (``shaped.py``) in Neo4j, each on a server of its own, and in SQLite files. A
search of the large Neo4j graph is set against the two questions to its indexes that it can't do without, each for the
same words, vector and number of rows, in turns; what the vector index finds against comparing all; and walks in the large
graph against the same walks in the small one. ``--graphs`` takes graphs that are there (paths or addresses) in pairs.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

import neo4j  # noqa: E402
import numpy as np  # noqa: E402
from bench_scale import median  # noqa: E402
from shaped import documents, questions  # noqa: E402

import graph  # noqa: E402
from graph.loading import batches  # noqa: E402
from graph.meaning import open_encoder  # noqa: E402
from graph.meaning.base import Encoder  # noqa: E402
from graph.search import lexical, search  # noqa: E402
from graph.search import question as reading  # noqa: E402
from graph.search.weights import LEAD_IN, NOMINATED  # noqa: E402
from graph.store import neo4j_search  # noqa: E402
from graph.store.base import Store  # noqa: E402
from graph.tangle import neighbourhood, paths  # noqa: E402

SMALL, LARGE = 10_000, 100_000
QUESTIONS, WARM = 60, 100
NODES = 30


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--graphs", nargs=2, action="append", metavar=("SMALL", "LARGE"))
    given = parser.parse_args().graphs
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with ExitStack() as stack:
        for small, large in given or made(stack):
            if "://" in large:
                searches(large)
            walks(small, large)


def made(stack: ExitStack) -> Iterator[tuple[str, str]]:
    """Fills graphs of both sizes, of both kinds."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "neo4j"))
    import server

    os.environ |= {"NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": server.PASSWORD}
    addresses = []
    for _ in range(2):
        own = server.Server()
        stack.callback(own.remove)
        addresses.append(own.uri)
    folder = stack.enter_context(tempfile.TemporaryDirectory())
    for small, large in (addresses, (str(Path(folder, "small.db")), str(Path(folder, "large.db")))):
        for url, size in ((small, SMALL), (large, LARGE)):
            with graph.open(url, create=True) as store:
                for batch in batches(documents(size, encoder=open_encoder())):
                    store.put_all(batch)
        yield small, large


def searches(url: str) -> None:
    """A whole answer against the raw questions to the indexes, and how many of the nearest the vector index finds."""
    encoder = open_encoder()
    asked = questions(WARM + QUESTIONS)
    auth = (os.environ.get("NEO4J_USERNAME") or "neo4j", os.environ["NEO4J_PASSWORD"])
    with graph.open(url) as store, neo4j.GraphDatabase.driver(url, auth=auth) as driver:

        def words(question: str) -> str:
            weighed = lexical.weigh(reading.read(question), store)
            return neo4j_search.quoted([*weighed.terms, *weighed.expansion])

        def raw(said: str, vector: Sequence[float]) -> None:
            for query, more in (
                ("fulltext.queryNodes('kluwen_statement_terms', $said, {limit: $n})", {"n": 2 * NOMINATED}),
                ("vector.queryNodes('kluwen_statement_vector', $n, $vector)", {"n": NOMINATED}),
            ):
                values: dict[str, Any] = {"said": said, "vector": vector, **more}
                driver.execute_query(f"CALL db.index.{query} YIELD node RETURN node.id", values, database_="neo4j")

        least, whole, own = [], [], []
        for number, question in enumerate(asked):
            said, vector = words(question), encoder.encode_queries([question])[0].tolist()
            if not said:
                continue
            start = time.perf_counter()
            raw(said, vector)
            middle, spent = time.perf_counter(), time.process_time()
            search(store, encoder, question)
            if number >= WARM:
                least.append(middle - start)
                whole.append(time.perf_counter() - middle)
                own.append(time.process_time() - spent)
        ratio = statistics.median(w / r for w, r in zip(whole, least, strict=True))
        print(
            f"search in {store.counts()['Statement']:,} statements: {statistics.median(whole) * 1e3:.1f} ms,"
            f" {ratio:.2f}× the two index queries ({statistics.median(least) * 1e3:.1f} ms);"
            f" of it {statistics.median(own) * 1e3:.1f} ms are this process's"
        )
        recall(store, encoder, driver, asked[WARM:])


def recall(store: Store, encoder: Encoder, driver: neo4j.Driver, asked: Sequence[str]) -> None:
    """How many of the ten nearest the index finds, and how many of the ten hits a search keeps when it nominates."""
    vectors = store.vectors()
    assert vectors is not None
    query = (
        f"CALL db.index.vector.queryNodes('kluwen_statement_vector', {NOMINATED}, $v) YIELD node RETURN node.id AS id"
    )
    by_quote, by_both, hits = [], [], []
    for question in asked:
        vector = encoder.encode_queries([question])[0]
        if not vector.any():
            continue
        found = [row["id"] for row in driver.execute_query(query, v=vector.tolist(), database_="neo4j").records]
        of_text, of_lead = (np.einsum("ij,j->i", matrix, vector) for matrix in (vectors.texts, vectors.leads))
        # equal quotes are equally near, and any of them will do
        near = {vectors.ids[i] for i in np.flatnonzero(of_text >= np.sort(of_text)[-10] - 1e-6)}
        by_quote.append(len(near & set(found[:10])) / 10)
        mixed = (1 - LEAD_IN) * of_text + LEAD_IN * of_lead
        best = [vectors.ids[i] for i in np.argsort(-mixed, kind="stable")[:10]]
        by_both.append(len(set(best) & set(found)) / 10)
        indexed = [hit.id for hit in search(store, encoder, question).hits]
        before, neo4j_search.EXACT = neo4j_search.EXACT, 10**9
        exact = [hit.id for hit in search(store, encoder, question).hits]
        neo4j_search.EXACT = before
        if exact:
            hits.append(len(set(exact) & set(indexed)) / len(exact))
    print(
        f"recall of the vector index: {statistics.mean(by_quote):.3f} of the 10 nearest quotes among its first 10,"
        f" {statistics.mean(by_both):.3f} of the 10 nearest with lead-ins among its first {NOMINATED};"
        f" of the 10 hits of a search that compares all, {statistics.mean(hits):.3f} are hits"
    )


def walks(small: str, large: str) -> None:
    """Neighbourhoods, paths and what they ask, in the large graph and in the small one, around nodes with as many edges."""
    found = [walk(url) for url in (small, large)]
    kind = "Neo4j" if "://" in large else "SQLite"
    for name, (before, after) in ((name, (found[0][name], found[1][name])) for name in found[0]):
        print(f"{kind}, {name}: {before:.2f} ms, {after:.2f} ms, {after / before:.2f}×")


def walk(url: str) -> dict[str, float]:
    with graph.open(url) as store:
        degree: dict[str, int] = {}
        for edge in store.claims():
            for id in (edge.source, edge.target):
                degree[id] = degree.get(id, 0) + 1
        concepts = [c.id for c in store.concepts() if degree.get(c.id) in (2, 3) and c.statements == 1]
        # as many with theme and actors in both, from all over the graph
        nodes = concepts[:: max(1, len(concepts) // NODES)][:NODES]
        rim = ["theme-capacity", "theme-communication"]
        neighbourhood(store, nodes[0])
        return {
            "2 hops": median(lambda id: neighbourhood(store, id), nodes),
            "path": median(lambda pair: paths(store, *pair), list(zip(nodes, ends(store, nodes), strict=True))),
            "edges of one concept": median(lambda id: store.edges([id]), nodes),
            "one concept": median(lambda id: store.concepts([id]), nodes),
            "two themes": median(lambda _: store.nodes(rim), nodes),
        }


def ends(store: Store, nodes: Sequence[str]) -> list[str]:
    """For each node one that hangs together with it, up to three steps away."""
    kinds = ("bottleneck", "cause", "solution")
    return [neighbourhood(store, id, 3, kinds=kinds).nodes[-1].id for id in nodes]


if __name__ == "__main__":
    main()
