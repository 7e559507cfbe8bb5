"""Who else writes, and what becomes of a writer that is cancelled, killed or left alone. Part of the contract of all stores."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from made import MODEL, make

import corpus.dutch
import graph
from graph.store.base import Filters

ROOT = Path(__file__).resolve().parents[2]
LINES = ("bottleneck: Er is te weinig nachtzorg.", "cause: tekort aan personeel", "solution: Maak een regionale pool")
LINKS = ((0, "CAUSED_BY", 1), (2, "ADDRESSES", 0))

WRITER = """
import sys
sys.path.insert(0, sys.argv[1])
from made import make, MODEL
import graph
url, name, documents = sys.argv[2], sys.argv[3], int(sys.argv[4])
with graph.open(url, create=True) as store:
    for i in range(documents):
        lines = [f"bottleneck: {n} in {name} {i}" for n in range(4)] + ["cause: geen geld"]
        store.put(make(f"{name}-{i}.pdf", *lines, links=((0, "CAUSED_BY", 4), (1, "LEADS_TO", 2)), vectors=MODEL))
        print(i, flush=True)
"""
READER = "import sys, graph; print(len(graph.open(sys.argv[1]).statements()))"


def process(*words: str, **how: Any) -> subprocess.Popen[str]:
    about = {"cwd": ROOT, "stdout": subprocess.PIPE, "text": True, "env": os.environ | {"PYTHONPATH": str(ROOT)}}
    return subprocess.Popen([sys.executable, *words], **about | how)


def writer(url: str, name: str, documents: int) -> subprocess.Popen[str]:
    return process("-c", WRITER, str(Path(__file__).parent), url, name, str(documents))


def sound(store) -> bool:
    return all(finding.ok for finding in store.check())


def test_processes_that_write_at_once_end_in_one_right_graph(address) -> None:
    # none of them finds a graph; two write the same documents, one others
    processes = [writer(address, name, 6) for name in ("links", "links", "rechts")]
    for each in processes:
        each.communicate()
    assert [each.returncode for each in processes] == [0, 0, 0]
    with graph.open(address) as store:
        assert (store.counts()["Document"], store.counts()["Statement"]) == (12, 60)
        [money] = [c for c in store.concepts() if c.label == "Geen geld"]
        assert money.support == money.statements == 12
        assert len(store.claims()) == 24
        assert sound(store)


def test_several_threads_share_one_store(store, make, model) -> None:
    store.put(make("0.pdf", "cause: geen geld 0", vectors=model))
    start = threading.Barrier(8)

    def work(n: int) -> int:
        start.wait()
        for i in range(2):
            store.put(make(f"{n}-{i}.pdf", f"cause: geen geld {n} {i}", "cause: geen geld", vectors=model))
            assert len(store.vectors().ids) % 2 == 1
            # an answer is of one moment: a document's two statements are there together
            assert len(store.statements()) % 2 == 1
            assert store.nominate(["geld"], Filters(), 3)
            store.facets()
        return n

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(work, range(8))) == list(range(8))
    assert (store.counts()["Document"], store.revision()) == (17, 17)
    assert len(store.vectors().ids) == len(store.statements()) == 33
    assert sound(store)


def test_a_writer_that_is_killed_leaves_whole_documents_and_no_lock(address) -> None:
    killed = writer(address, "stuk", 1000)
    for number in range(4):
        assert killed.stdout.readline().strip() == str(number)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    with graph.open(address) as store:
        store.put(make("daarna.pdf", *LINES, links=LINKS, vectors=MODEL))
        documents = store.counts()["Document"]
        assert documents >= 5
        assert store.counts()["Statement"] == 5 * (documents - 1) + 3
        assert sound(store)


def test_an_ingest_that_is_cancelled_leaves_whole_documents_and_can_be_asked_again(address, tmp_path) -> None:
    for i in range(25):
        said = "".join(f"- Er is te weinig {what} in gemeente {i}.\n" for what in ("nachtzorg", "geld", "tijd"))
        Path(tmp_path, "bronnen").mkdir(exist_ok=True)
        Path(tmp_path, "bronnen", f"{i:02}.txt").write_text(f"Knelpunten:\n{said}", encoding="utf-8")
    ingest = ("-m", "search_app.cli", "--graph", address, "ingest", str(tmp_path / "bronnen"))
    cancelled = process(*ingest, stderr=subprocess.DEVNULL)
    assert cancelled.stdout.readline().startswith("+ 00.txt")
    cancelled.send_signal(signal.SIGINT)
    cancelled.communicate()
    assert cancelled.returncode != 0
    with graph.open(address) as store:
        there = store.document_order()
        assert 0 < len(there) < 25
        assert all(len(store.statements(document_id=id)) == 3 for id in there)
        assert sound(store)
    again = process(*ingest, stderr=subprocess.DEVNULL)
    again.communicate()
    assert again.returncode == 0
    with graph.open(address) as store:
        assert store.document_order()[: len(there)] == there
        assert (store.counts()["Document"], store.counts()["Statement"]) == (25, 75)
        assert sound(store)


@pytest.mark.parametrize("after", [0, 1, 5, 9])
@pytest.mark.parametrize("stop", [KeyboardInterrupt, MemoryError])
def test_a_put_that_is_broken_off_half_way_leaves_nothing(store, make, model, monkeypatch, stop, after) -> None:
    store.put(make("a.pdf", *LINES, links=LINKS, vectors=model))
    before = (store.revision(), store.counts(), store.statements(), store.links(), store.document_order())
    # a new document, and one that is read again: both are half written when a text is analysed
    other = ("bottleneck: Niemand is bereikbaar", *LINES, "cause: geen geld")
    batch = [make("b.pdf", *other, vectors=model), make("a.pdf", *other, vectors=model)]
    analyse, calls = corpus.dutch.terms, iter(range(1000))

    def broken(text: str) -> list[str]:
        if next(calls) == after:
            raise stop
        return analyse(text)

    with monkeypatch.context() as patched, pytest.raises(stop):
        patched.setattr(corpus.dutch, "terms", broken)
        store.put_all(batch)
    assert (store.revision(), store.counts(), store.statements(), store.links(), store.document_order()) == before
    assert sound(store)
    assert [len(change.added) for change in store.put_all(batch)] == [5, 2]
    assert sound(store)


@pytest.fixture
def restart(request, address) -> Callable[[], None]:
    """Stops what serves the graph and starts it again: the server; a file is opened and closed by another process."""
    if "://" not in address:
        return lambda: process("-c", READER, address).communicate() and None
    server = request.getfixturevalue("neo4j_server")
    if server is None:
        pytest.skip("the server of NEO4J_TEST_URI is not ours to restart")

    def again() -> None:
        server.stop()
        server.start()

    return again


def test_a_store_goes_on_after_a_restart(store, make, model, restart) -> None:
    store.put(make("a.pdf", *LINES, vectors=model))
    restart()
    assert len(store.statements()) == len(store.vectors().ids) == 3
    store.put(make("b.pdf", *LINES, vectors=model))
    restart()
    assert store.counts()["Document"] == 2
    assert sound(store)


def test_texts_of_all_kinds_come_back_as_they_were(store, make) -> None:
    odd = "😀 Te weinig nachtzorg é ﬁ \u202eomgekeerd\u202c 'quote' \" \\ $x {y} `z` \x00 𝔘"
    long = "Er is te weinig zorg in de nacht. " * 30_000
    word = "a" * 40_000
    contents = make("a.pdf", f"bottleneck: {odd}", f"text: {long}", f"cause: {word}", title=odd)
    store.put(contents)
    assert len(long) > 1_000_000
    assert store.passages() == list(contents.passages)
    assert [s.quote for s in store.statements()] == [odd, word]
    assert store.documents()[0].title == odd
    assert store.nominate(corpus.dutch.terms(word), Filters(), 5) == [contents.statements[1].id]
    assert len(store.nominate_passages(corpus.dutch.terms("nacht"), Filters(), 5)) == 2
    assert sound(store)
