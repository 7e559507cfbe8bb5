"""What a search costs: ``python tests/bench/bench_search.py [statements]`` prints ratios of times measured side by side.

The statements are made up: words and wordings of the vocabulary in sentences of the length that statements have.
"""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

import graph
from corpus.dutch import terms
from corpus.vocabulary import concepts
from graph.loading import batches
from graph.meaning import Encoder, open_encoder
from graph.model import (
    Access,
    Contents,
    Document,
    Kind,
    Passage,
    Statement,
    Vectors,
    document_id,
    passage_id,
    statement_ids,
)
from graph.search import search

FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "vocabulary"
EACH = 100
"""Statements in a document."""
QUESTIONS = 60
FEW = 1_000


def main(statements: int) -> None:
    rng = random.Random(7)
    encoder = open_encoder()
    with tempfile.TemporaryDirectory() as folder:
        path, small = str(Path(folder) / "search.db"), str(Path(folder) / "small.db")
        build(small, FEW, encoder, rng)
        build(path, statements, encoder, rng)
        questions = [sentence(rng, rng.randint(3, 7)) for _ in range(QUESTIONS)]
        in_process(path, encoder, questions, statements)
        few, many = one_more(small, encoder, FEW), one_more(path, encoder, statements)
        print(f"one more document: {many / few:.1f}× as long as in a graph of {FEW}")
        whole_process(path, questions[0], statements)


def in_process(path: str, encoder: Encoder, questions: Sequence[str], statements: int) -> None:
    """A warm question against the sum of what it can't do without: encoding it, one product with as many rows as there are
    statements, and FTS5's own best hundred for its words."""
    with graph.open(path) as store, sqlite3.connect(path) as raw:
        vectors = store.vectors()
        assert vectors is not None

        def bare(question: str) -> None:
            query = encoder.encode_queries([question])[0]
            np.einsum("ij,j->i", vectors.texts, query)
            matched = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms(question)))
            order = "SELECT rowid FROM statement_index WHERE statement_index MATCH ? ORDER BY rank LIMIT 100"
            raw.execute(order, (matched,)).fetchall()

        search(store, encoder, questions[0])
        full = median(lambda q: search(store, encoder, q), questions)
        least = median(bare, questions)
    print(
        f"question, warm, {statements} statements: p50 {full * 1000:.1f} ms, {full / least:.1f}× the bare parts ({least * 1000:.1f} ms)"
    )


def one_more(path: str, encoder: Encoder, statements: int) -> float:
    """Seconds until a document of a hundred statements is found that goes into a graph whose searches are warm; the middle of five."""
    rng, times = random.Random(11), []
    with graph.open(path) as store:
        search(store, encoder, "overdracht")
        for number in range(5):
            contents = document(f"more-{statements}-{number}.txt", encoder, rng)
            start = time.perf_counter()
            store.put(contents)
            found = search(store, encoder, contents.statements[0].quote)
            times.append(time.perf_counter() - start)
            assert contents.statements[0].id in {s.id for hit in found.hits for s in hit.statements}
    middle = statistics.median(times)
    print(f"one more document of {EACH} statements into {statements}, until it is found: {middle:.2f} s")
    return middle


def whole_process(path: str, question: str, statements: int) -> None:
    """``kluwen search`` against ``python -c 'import numpy'``, in turns, so that other work slows both."""
    numpy, kluwen = [sys.executable, "-c", "import numpy"], [sys.executable, "-m", "search_app.cli", "--graph", path]
    here = {**os.environ, "PYTHONPATH": str(FOLDER.parents[1])}
    times: dict[str, list[float]] = {"numpy": [], "search": [], "help": []}
    for _ in range(7):
        for name, command in (
            ("numpy", numpy),
            ("search", [*kluwen, "search", question]),
            ("help", [*kluwen, "--help"]),
        ):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=here)
            times[name].append(time.perf_counter() - start)
    base = statistics.median(times["numpy"])
    for name in ("search", "help"):
        middle = statistics.median(times[name])
        print(
            f"kluwen {name}, whole process, {statements} statements: {middle:.2f} s, {middle / base:.1f}× import numpy ({base:.2f} s)"
        )


def median(function: Callable[[str], object], questions: Sequence[str]) -> float:
    """Seconds of the middle question."""
    times = []
    for question in questions:
        start = time.perf_counter()
        function(question)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def sentence(rng: random.Random, length: int) -> str:
    """Words as often as Dutch uses them, with a wording of a concept in most sentences."""
    words = rng.choices(WORDS, WEIGHTS, k=length)
    if rng.random() < 0.8:
        concept = rng.choice(concepts())
        words.insert(rng.randrange(length), rng.choice((concept.preferred, *concept.exact, *concept.related)))
    return " ".join(words)


def build(path: str, statements: int, encoder: Encoder, rng: random.Random) -> None:
    """A graph of that many statements, in documents of a hundred."""
    with graph.open(path, create=True) as store:
        made = (document(f"document-{number}.txt", encoder, rng) for number in range(-(-statements // EACH)))
        for batch in batches(made):
            store.put_all(batch)


def document(name: str, encoder: Encoder, rng: random.Random) -> Contents:
    """A document of a hundred made-up statements."""
    id = document_id(name)
    quotes = [sentence(rng, rng.randint(5, 18)) for _ in range(EACH)]
    leads = [sentence(rng, 4) if rng.random() < 0.4 else None for _ in range(EACH)]
    passages = tuple(Passage(passage_id(id, i), id, i, quote) for i, quote in enumerate(quotes))
    made = tuple(
        Statement(ids, id, passages[i].id, 0, len(quotes[i]), rng.choice(list(Kind)), quotes[i], lead_in=leads[i])
        for i, ids in enumerate(statement_ids(id, quotes))
    )
    texts, full = encoder.encode_passages(quotes), encoder.encode_passages([s.text for s in made])
    vectors = Vectors(encoder.info, tuple(s.id for s in made), texts, full)
    return Contents(Document(id, name, name, Access.PUBLIC, sha256=name), passages, made, (), vectors)


WORDS = [word for word in (FOLDER / "word_parts.txt").read_text("utf-8").splitlines() if not word.startswith("#")]
WEIGHTS = [1 / (rank + 20) for rank in range(len(WORDS))]

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
