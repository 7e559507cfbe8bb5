"""What the SQLite store costs: ``python -m tests.bench.bench_store [statements]`` prints seconds and ratios.

The documents are made up: words of a Zipf-like vocabulary, of a few themes that share wordings, so that concepts are
expressed by several sources and links make a tangle.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import graph
from corpus.dutch import terms
from graph.model import (
    Contents,
    Document,
    Kind,
    Link,
    ModelInfo,
    Passage,
    Relation,
    Statement,
    Theme,
    Vectors,
    document_id,
    passage_id,
    statement_ids,
)
from graph.store.base import Filters, Store
from graph.tangle import levers, loops, neighbourhood, paths, unanswered

FIRST = ("zorg", "huis", "nacht", "patiënt", "team", "wijk", "taal", "geld", "tijd", "plan")
SECOND = (
    "overleg",
    "werk",
    "kaart",
    "steun",
    "kennis",
    "lijn",
    "druk",
    "gebrek",
    "hulp",
    "vraag",
    "beleid",
    "keten",
    "bed",
)
WORDS = [first + second for first in FIRST for second in SECOND]
ACTORS = ("huisarts", "wijkverpleegkundige", "mantelzorger", "zorgverzekeraar", "gemeente", "patiënt")
MODEL = ModelInfo("made up", "1", 256)


def made_up(number: int, each: int, shared: list[str], rng: random.Random) -> Contents:
    """A document of ``each`` statements and three times as many passages; one statement in five says what others say."""
    weights = [1 / (i + 1) ** 0.7 for i in range(len(WORDS))]

    def sentence(n: int) -> str:
        return " ".join(rng.choices(WORDS, weights, k=n)) + "."

    id = document_id(f"document-{number}.pdf")
    quotes = [rng.choice(shared) if rng.random() < 0.2 else sentence(rng.randint(6, 18)) for _ in range(each)]
    texts = [text for quote in quotes for text in (quote, sentence(40), sentence(25))]
    passages = tuple(Passage(passage_id(id, i), id, i, text) for i, text in enumerate(texts))
    ids = statement_ids(id, quotes)
    statements = tuple(
        Statement(
            ids[i],
            id,
            passages[3 * i].id,
            0,
            len(q),
            rng.choice(list(Kind)),
            q,
            theme=rng.choice(list(Theme)),
            actors=tuple(rng.sample(ACTORS, 2)),
            confidence=rng.random(),
        )
        for i, q in enumerate(quotes)
    )
    links = []
    for s in statements:
        o = rng.choice(statements)
        if o.kind != Kind.SOLUTION and (s.kind != Kind.CAUSE) and s is not o:
            links.append(Link(s.id, Relation.ADDRESSES if s.kind == Kind.SOLUTION else Relation.CAUSED_BY, o.id))
    matrix = np.random.default_rng(number).normal(size=(2, each, MODEL.dimension)).astype("f4")
    matrix /= np.linalg.norm(matrix, axis=2, keepdims=True)
    return Contents(
        Document(id, f"document-{number}.pdf", f"Document {number}", sha256=str(number)),
        passages,
        statements,
        tuple(links),
        Vectors(MODEL, tuple(ids), matrix[0], matrix[1]),
    )


def main(total: int = 10_000) -> None:
    rng = random.Random(7)
    each = total // 100
    shared = [" ".join(rng.choices(WORDS, k=8)) for _ in range(total // 20)]
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "bench.db"))
        taken = []
        with graph.open(path, create=True) as store:
            terms("laad de woorden")
            for number in range(100):
                contents = made_up(number, each, shared, rng)
                start = time.perf_counter()
                store.put(contents)
                taken.append(time.perf_counter() - start)
            first, last = statistics.median(taken[:10]), statistics.median(taken[-10:])
            print(
                f"put, {each} statements and {3 * each} passages: first ten {first * 1e3:.1f} ms,"
                f" last ten {last * 1e3:.1f} ms (median), ratio {last / first:.2f}"
            )
            start = time.perf_counter()
            store.put(contents)
            print(f"put, unchanged: {(time.perf_counter() - start) * 1e3:.1f} ms")
        print(f"file: {Path(path).stat().st_size / 1e6:.1f} MB for {total} statements")
        for public in (False, True):
            with graph.open(path, public=public) as store:
                if not public:
                    read(store, path)


def read(store: Store, path: str) -> None:
    def timed(name: str, call: Callable[[], object], again: int = 5) -> None:
        start = time.perf_counter()
        call()
        cold = time.perf_counter() - start
        runs = []
        for _ in range(again):
            start = time.perf_counter()
            call()
            runs.append(time.perf_counter() - start)
        print(f"{name}: first {cold * 1e3:.1f} ms, then {statistics.median(runs) * 1e3:.2f} ms")

    def cold_vectors() -> None:
        with graph.open(path) as fresh:
            fresh.vectors()

    timed("open and load all vectors", cold_vectors)
    timed("vectors, cached", store.vectors)
    timed("vectors of bottlenecks", lambda: store.vectors(Filters(kinds=frozenset({Kind.BOTTLENECK}))))
    asked = terms("overleg over nachtzorg en wijkverpleging, gebrek aan kennis bij het thuisteam")
    timed("nominate 200", lambda: store.nominate(asked, Filters(), 200))
    timed("nominate 200 passages", lambda: store.nominate_passages(asked, Filters(), 200))
    timed("corpus counts", lambda: store.corpus(asked))
    ids = store.nominate(asked, Filters(), 100)
    timed("100 statements", lambda: store.statements(ids))
    timed("their terms", lambda: store.terms(ids))
    timed("all concepts", store.concepts)
    timed("facets", store.facets)
    timed("counts", store.counts)
    concepts = store.concepts()
    timed("neighbourhood, 2 hops", lambda: neighbourhood(store, concepts[0].id))
    timed("neighbourhood, 3 hops", lambda: neighbourhood(store, concepts[0].id, 3))
    timed("paths", lambda: paths(store, concepts[0].id, concepts[50].id))
    timed("levers", lambda: levers(store), 1)
    timed("loops", lambda: loops(store), 1)
    timed("unanswered", lambda: unanswered(store), 1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
