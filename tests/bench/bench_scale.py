"""How a graph grows: ``python tests/bench/bench_scale.py [--store sqlite|neo4j] [--keep FOLDER] [statements …]``.

Graphs of each size (``shaped.py``) are loaded document by document, asked and added to; a table says what each costs, and
how many times that is of the size before. Reading is measured in a process of its own, so that its memory can be told, and
a copy (into an SQLite file) in another, which is broken off after a minute. The load's own time counts, not that of making
the documents. Beside the clock's time stands the processor's of this process, which other work on the computer doesn't
change. ``--keep`` leaves SQLite files in a folder, and takes them from there: their load is then not measured.

``neo4j`` is a server that the tests' recipe starts for each size, with the memory of ``--heap`` and ``--pages`` (the page
cache), or the one of NEO4J_TEST_URI, whose database must be empty and is emptied again. A million statements take minutes,
and as many GB of disk as the table says.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).parent)]

from shaped import documents, questions  # noqa: E402

import graph  # noqa: E402
from graph.copying import copy  # noqa: E402
from graph.loading import batches  # noqa: E402
from graph.meaning import open_encoder  # noqa: E402
from graph.model import Kind, Theme  # noqa: E402
from graph.search import search  # noqa: E402
from graph.store.base import Filters, Store  # noqa: E402
from graph.tangle import neighbourhood, paths  # noqa: E402

SMALL = (1_000, 10_000)
QUESTIONS = 24
NODES = 20
ADDED = 20
COPY_SECONDS = 60
WARM = 1_000
Figures = dict[str, float]
T = TypeVar("T")


def load(url: str, statements: int) -> Figures:
    """Put a graph of that size into an empty store."""
    spent = processor = 0.0
    there, told = 0, 0
    with graph.open(url, create=True) as store:
        for batch in batches(documents(statements, encoder=open_encoder())):
            start, own = time.perf_counter(), time.process_time()
            store.put_all(batch)
            spent += time.perf_counter() - start
            processor += time.process_time() - own
            there += sum(len(contents.statements) for contents in batch)
            if there * 10 // statements > told:
                told = there * 10 // statements
                print(f"{statements:,}: {there:,} in {spent:,.1f} s", file=sys.stderr, flush=True)
    return {"load, s": spent, "load, processor s": processor, "statements/s": statements / spent}


def add(url: str, count: int = ADDED) -> Figures:
    """Add documents like those that are there, each the same whatever the size of the graph; they are taken out again."""
    spent, processor, added = [], [], []
    with graph.open(url, create=True) as store:
        # the first ones read the words and open the indexes
        for contents in islice(documents(4_000, seed=23, encoder=open_encoder(), name="nieuw"), count + 3):
            start, own = time.perf_counter(), time.process_time()
            store.put(contents)
            spent.append(time.perf_counter() - start)
            processor.append(time.process_time() - own)
            added.append(contents.document.id)
        for id in added:
            store.forget(id)
    return {
        "one document, ms": statistics.median(spent[3:]) * 1e3,
        "one document, processor ms": statistics.median(processor[3:]) * 1e3,
    }


def read(url: str) -> Figures:
    """Ask a graph what people ask, each question and node once."""
    encoder, found = open_encoder(), {}
    asked = questions(QUESTIONS)
    with graph.open(url) as store:
        start = time.perf_counter()
        search(store, encoder, asked[0])
        found["first search, s"] = time.perf_counter() - start
        found["search, ms"] = median(lambda question: search(store, encoder, question), asked[1:])
        few = Filters(kinds=frozenset({Kind.BOTTLENECK}), themes=frozenset({Theme.CAPACITY}))
        found["search with filters, ms"] = median(
            lambda question: search(store, encoder, question, filters=few), asked[1:8]
        )
        nodes = linked(store)
        found["2 hops, ms"] = median(lambda id: neighbourhood(store, id), nodes)
        kinds = [kind.value for kind in Kind]
        ends = [neighbourhood(store, id, 3, kinds=kinds).nodes[-1].id for id in nodes]
        found["path, ms"] = median(lambda pair: paths(store, *pair), list(zip(nodes, ends, strict=True)))
    found["memory, MB"] = most_memory()
    return found


def linked(store: Store) -> list[str]:
    """Statements from which a link runs, of documents from all over the graph."""
    order = store.document_order()
    found: list[str] = []
    for id in order[:: max(1, len(order) // (2 * NODES))]:
        found += [link.source for link in store.contents(id).links][:1]
    return found[:NODES]


def copied(url: str) -> Figures:
    """What a copy needs of memory: of all of it, or of what can be copied in a minute."""
    until = time.monotonic() + COPY_SECONDS

    def go_on(done: int, whole: int) -> None:
        if time.monotonic() > until:
            raise TimeoutError

    with (
        tempfile.TemporaryDirectory() as folder,
        graph.open(url) as source,
        graph.open(str(Path(folder, "copy.db")), create=True) as target,
        suppress(TimeoutError),
    ):
        copy(source, target, progress=go_on)
    return {"copy, MB": most_memory()}


def most_memory() -> float:
    """MB that this process had at most. (``getrusage`` counts what the process that started this one held.)"""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) / 1024


def median(call: Callable[[T], object], given: Sequence[T]) -> float:
    """Milliseconds of the middle call; each is made once."""
    taken = []
    for each in given:
        start = time.perf_counter()
        call(each)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e3


def apart(function: Callable[[str], Figures], url: str) -> Figures:
    """What a function measures in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, url).result()


def measured(url: str, statements: int, size: Callable[[], float], *, made: bool) -> Figures:
    """All figures of one graph. ``size`` gives its MB on disk."""
    found = {} if made else load(url, statements)
    found["on disk, MB"] = size()
    for function in (read, copied, add):
        found |= apart(function, url)
        show(statements, found)
    return found


def show(statements: int, found: Figures) -> None:
    """Say on the error stream how far it is: what takes a quarter of an hour may be broken off."""
    last = list(found)[-1]
    print(f"{statements:,}: {last} {found[last]:,.1f}", file=sys.stderr, flush=True)


def in_files(sizes: Sequence[int], keep: str | None) -> dict[int, Figures]:
    """The figures of SQLite files."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for statements in sizes:
            path = Path(keep or folder, f"scale-{statements}.db")
            found[statements] = measured(
                str(path), statements, lambda path=path: path.stat().st_size / 1e6, made=path.exists()
            )
    return found


def in_server(sizes: Sequence[int], heap: str, pages: str) -> dict[int, Figures]:
    """The figures of Neo4j, each size on a server of its own, or on the one of NEO4J_TEST_URI."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "neo4j"))
    import server

    found = {}
    for statements in sizes:
        with server.lent(heap=heap, pages=pages, lasting=True) as (url, home):
            # the server meets every query once before anything counts
            load(url, WARM)
            apart(read, url)
            server.wipe(url)

            def size(home: Path | None = home) -> float:
                files = (home / "data").rglob("*") if home else ()
                return sum(file.stat().st_size for file in files if file.is_file()) / 1e6

            found[statements] = measured(url, statements, size, made=False)
    return found


def table(found: dict[int, Figures]) -> str:
    """The figures by size, each but the first with how many times it is of the size before."""
    sizes = list(found)
    lines = [f"{'':28}" + "".join(f"{size:>22,}" for size in sizes)]
    for name in dict.fromkeys(name for figures in found.values() for name in figures):
        cells, before = "", None
        for size in sizes:
            value = found[size].get(name)
            grown = f"({value / before:.2f}×)" if value and before else ""
            cells += f"{f'{value:,.1f}' if value is not None else '-':>12} {grown:>9}"
            before = value
        lines.append(f"{name:28}{cells}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", choices=("sqlite", "neo4j"), default="sqlite")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--heap", default="3g")
    parser.add_argument("--pages", default="3g")
    parser.add_argument("sizes", nargs="*", type=int, default=SMALL)
    asked = parser.parse_args()
    busy = os.getloadavg()[0]
    start = time.perf_counter()
    if asked.store == "neo4j":
        found = in_server(asked.sizes, asked.heap, asked.pages)
    else:
        found = in_files(asked.sizes, asked.keep)
    print(
        f"{asked.store}, {time.perf_counter() - start:.0f} s in all, {os.cpu_count()} cores, load {busy:.1f} before it"
    )
    print(table(found))


if __name__ == "__main__":
    main()
