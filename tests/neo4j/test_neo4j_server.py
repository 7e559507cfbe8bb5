"""What a Neo4j server refuses, or can't do, each said in one sentence.

On one store only: a file has no address, password, version of its server or other database beside it.
"""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from made import make

import graph
from corpus.errors import KluwenError
from graph.store.neo4j_server import refuse_old

ROOT = Path(__file__).resolve().parents[2]
LINES = ("bottleneck: Er is te weinig nachtzorg.", "cause: tekort aan personeel", "solution: Maak een regionale pool")
BAR = 5
"""Seconds within which a server that can't be reached is told of."""


@pytest.fixture
def store(neo4j_address):
    with graph.open(neo4j_address, create=True) as store:
        yield store


def refused(url, **how) -> KluwenError:
    with pytest.raises(KluwenError) as error:
        graph.open(url, **how).close()
    text = str(error.value)
    assert "\n" not in text
    assert os.environ.get("NEO4J_PASSWORD") is None or os.environ["NEO4J_PASSWORD"] not in repr(error.value) + text
    return error.value


@pytest.fixture(params=["closed", "silent", "deaf"])
def unreachable(request) -> Iterator[int]:
    """A port where nobody listens, where someone takes a call and says nothing, or where no call is taken."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as server:
        port = server.getsockname()[1]
        if request.param == "closed":
            server.close()
        waiting = [socket.socket() for _ in range(3 if request.param == "deaf" else 0)]
        for caller in waiting:
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        yield port
        for caller in waiting:
            caller.close()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "neo4j+s"])
def test_a_server_that_can_not_be_reached_is_told_of_within_five_seconds(unreachable, scheme) -> None:
    started = time.monotonic()
    error = refused(f"{scheme}://127.0.0.1:{unreachable}")
    # left alone, the driver tries for a minute
    assert time.monotonic() - started < BAR
    assert error.key == "store.neo4j_down"


def test_a_wrong_password_is_told_of_without_it(neo4j_address, monkeypatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "geheim-en-fout")
    assert refused(neo4j_address).key == "store.neo4j_password"


def test_no_password_is_told_of(neo4j_address, monkeypatch) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD")
    assert refused(neo4j_address).key == "store.neo4j_password"


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    error = refused("neo4j://neo4j:geheim@localhost:7687")
    assert error.key == "store.neo4j_secret"
    assert "geheim" not in str(error)


def test_a_database_that_is_not_there_is_told_of(neo4j_address, monkeypatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "nergens")
    error = refused(neo4j_address, create=True)
    assert error.key == "store.neo4j_no_database"
    assert "nergens" in str(error)


@pytest.mark.parametrize("agent", ["Neo4j/4.4.9", "Neo4j/5.25.1", "Neo4j/5.9.0"])
def test_a_server_that_is_too_old_is_refused(agent) -> None:
    with pytest.raises(KluwenError) as error:
        refuse_old(agent, "bolt://x")
    assert error.value.key == "store.neo4j_old"


@pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/5.26.31", "Neo4j/2025.01.0", "Neo4j/2026.02.1"])
def test_a_newer_server_will_do(agent) -> None:
    refuse_old(agent, "bolt://x")


def test_the_address_can_come_from_the_environment(store, neo4j_address, monkeypatch) -> None:
    monkeypatch.setenv("NEO4J_URI", neo4j_address)
    with graph.open("neo4j://") as same:
        assert same.url == neo4j_address
    monkeypatch.delenv("NEO4J_URI")
    assert refused("neo4j://").key == "store.neo4j_address"


def test_an_empty_database_is_no_graph_until_it_is_made(neo4j_address, neo4j_tools) -> None:
    assert refused(neo4j_address).key == "store.neo4j_empty"
    assert neo4j_tools.ask(neo4j_address, "MATCH (n) RETURN n") == []


def test_a_database_with_something_else_is_left_alone(neo4j_address, neo4j_tools) -> None:
    neo4j_tools.ask(neo4j_address, "CREATE (:Person {name: 'Ada'})")
    assert refused(neo4j_address, create=True).key == "store.neo4j_foreign"
    assert len(neo4j_tools.ask(neo4j_address, "MATCH (n) RETURN n")) == 1


@pytest.mark.parametrize("bench", [("bench_scale.py", "--store", "neo4j", "1000"), ("bench_load.py", "1000")])
def test_a_benchmark_empties_no_database_that_holds_something(neo4j_address, neo4j_tools, bench) -> None:
    neo4j_tools.ask(neo4j_address, "CREATE (:Person {name: 'Ada'})")
    command = [sys.executable, ROOT / "tests" / "bench" / bench[0], *bench[1:]]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"NEO4J_TEST_URI": neo4j_address})
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "not empty" in done.stderr
    assert neo4j_tools.ask(neo4j_address, "MATCH (n) RETURN count(n)") == [[1]]


def test_a_graph_of_newer_software_is_refused(store, neo4j_address, neo4j_tools) -> None:
    neo4j_tools.ask(neo4j_address, "MATCH (g:KluwenGraph) SET g.version = 99")
    assert refused(neo4j_address).key == "store.newer"


def test_a_server_that_can_only_be_read_is_read_and_says_so(store, neo4j_server, neo4j_address) -> None:
    if neo4j_server is None:
        pytest.skip("the server of NEO4J_TEST_URI is not ours to restart")
    store.put(make("a.pdf", *LINES))
    neo4j_server.stop()
    neo4j_server.start(server__databases__default_to_read_only="true")
    try:
        with graph.open(neo4j_address) as frozen:
            assert len(frozen.statements()) == 3
            with pytest.raises(KluwenError) as error:
                frozen.put(make("b.pdf", *LINES))
            assert error.value.key == "store.neo4j_read_only"
    finally:
        neo4j_server.stop()
        neo4j_server.start()


def test_what_answers_something_else_than_neo4j_is_said_in_one_sentence(tmp_path, capfd) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            with other.accept()[0] as caller:
                caller.recv(100)
                caller.sendall(b"\xff\x00\x12no bolt")

        speaking = threading.Thread(target=answer)
        speaking.start()
        with pytest.raises(KluwenError) as error:
            graph.open(f"bolt://127.0.0.1:{other.getsockname()[1]}")
        speaking.join()
    assert error.value.key in ("store.neo4j_other", "store.neo4j_down")
    assert capfd.readouterr().err == ""
