"""What is peculiar to a graph on a Neo4j server: the server itself, and who else writes to it."""

import dataclasses
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from made import MODEL, make
from neo4j import GraphDatabase

import graph
from corpus.errors import KluwenError
from graph.model import Level, Vectors
from graph.search import search
from graph.store.base import Filters
from graph.store.neo4j_server import refuse_old

ROOT = Path(__file__).resolve().parents[2]
CONTRACT = ROOT / "tests" / "contract"
LINES = ("bottleneck: Er is te weinig nachtzorg.", "cause: tekort aan personeel", "solution: Maak een regionale pool")
LINKS = ((0, "CAUSED_BY", 1), (2, "ADDRESSES", 0))


@pytest.fixture
def store(neo4j_address):
    with graph.open(neo4j_address, create=True) as store:
        yield store


def refused(url, **how) -> KluwenError:
    started = time.monotonic()
    with pytest.raises(KluwenError) as error:
        graph.open(url, **how).close()
    assert time.monotonic() - started < 30  # left alone, the driver tries for a minute
    text = str(error.value)
    assert "\n" not in text
    assert os.environ.get("NEO4J_PASSWORD") is None or os.environ["NEO4J_PASSWORD"] not in repr(error.value) + text
    return error.value


def cypher(url: str, query: str, **values):
    auth = (os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"])
    with GraphDatabase.driver(url, auth=auth, notifications_min_severity="OFF") as driver:
        return driver.execute_query(query, values, database_="neo4j").records


def test_a_server_that_is_not_there_is_told_of_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for scheme in ("bolt", "neo4j", "bolt+s"):
        assert refused(f"{scheme}://127.0.0.1:{port}").key == "store.neo4j_down"


def test_a_server_that_never_answers_is_told_of_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert refused(f"bolt://127.0.0.1:{silent.getsockname()[1]}").key == "store.neo4j_down"


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


def test_an_empty_database_is_no_graph_until_it_is_made(neo4j_address) -> None:
    assert refused(neo4j_address).key == "store.neo4j_empty"
    assert cypher(neo4j_address, "MATCH (n) RETURN n") == []


def test_a_database_with_something_else_is_left_alone(neo4j_address) -> None:
    cypher(neo4j_address, "CREATE (:Person {name: 'Ada'})")
    assert refused(neo4j_address, create=True).key == "store.neo4j_foreign"
    assert len(cypher(neo4j_address, "MATCH (n) RETURN n")) == 1


def test_a_graph_of_newer_software_is_refused(store, neo4j_address) -> None:
    cypher(neo4j_address, "MATCH (g:KluwenGraph) SET g.version = 99")
    assert refused(neo4j_address).key == "store.newer"


def test_what_stands_in_the_graph_is_that_of_the_design(store, neo4j_address) -> None:
    store.put(
        make(
            "a.pdf",
            (
                LINES[0],
                {"level": "system", "theme": "capacity", "actors": ("huisarts",), "experienced_by": ("patiënt",)},
            ),
            *LINES[1:],
            links=LINKS,
            vectors=MODEL,
        )
    )
    found = cypher(
        neo4j_address, "MATCH (a)-[r]->(b) RETURN DISTINCT labels(a)[0] AS a, type(r) AS r, labels(b)[0] AS b"
    )
    assert {tuple(row.values()) for row in found} == {
        ("Passage", "PART_OF", "Document"),
        ("Statement", "FROM", "Passage"),
        ("Statement", "EXPRESSES", "Bottleneck"),
        ("Statement", "EXPRESSES", "Cause"),
        ("Statement", "EXPRESSES", "Solution"),
        ("Statement", "CAUSED_BY", "Statement"),
        ("Statement", "ADDRESSES", "Statement"),
        ("Bottleneck", "CAUSED_BY", "Cause"),
        ("Solution", "ADDRESSES", "Bottleneck"),
        ("Bottleneck", "INVOLVES", "Actor"),
        ("Bottleneck", "EXPERIENCED_BY", "Actor"),
        ("Bottleneck", "ABOUT", "Theme"),
    }
    assert cypher(neo4j_address, "MATCH (n) WHERE n.name IS NULL AND n.text IS NULL RETURN labels(n)") == []
    [row] = cypher(
        neo4j_address, "MATCH (b:Bottleneck)-[e:CAUSED_BY]->(c:Cause) RETURN b.name, e.evidence, e.origin, c.name"
    )
    first, second, _ = store.statements()
    assert row.values() == ["Er is te weinig nachtzorg", [f"{first.id} {second.id}"], "stated", "Tekort aan personeel"]
    assert {f.key for f in store.check() if not f.ok} == set()


def test_a_check_tells_of_what_someone_changed_by_hand(store, neo4j_address) -> None:
    store.put(make("a.pdf", *LINES, links=LINKS, vectors=MODEL))
    cypher(neo4j_address, "MATCH (b:Bottleneck) SET b.name = 'Iets anders'")
    assert [f.key for f in store.check() if not f.ok] == ["store.check_concepts"]
    cypher(neo4j_address, "MATCH (p:Passage {order: 0}) SET p.text = 'Iets anders'")
    cypher(neo4j_address, "MATCH (:Statement)-[e:EXPRESSES]->(:Cause) DELETE e")
    cypher(neo4j_address, "CREATE (:KluwenRim {id: 'theme-data', support: 1, names: ['data'], documents: [1]})")
    cypher(neo4j_address, "MATCH (r:KluwenRim {id: 'theme-data'}) SET r.public_support = 1, r.public_documents = [1]")
    cypher(neo4j_address, "DROP INDEX kluwen_statement_terms")
    wrong = {f.key for f in store.check() if not f.ok}
    found = ("concepts", "quotes", "orphans", "indexes", "rim")
    assert wrong == {f"store.check_{what}" for what in found}
    cypher(
        neo4j_address,
        "CREATE FULLTEXT INDEX kluwen_statement_terms FOR (n:Statement) ON EACH [n.quote_terms, n.lead_terms]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}",
    )


def test_a_zero_vector_is_no_vector(store, neo4j_address) -> None:
    contents = make("a.pdf", *LINES, vectors=MODEL)
    texts = contents.vectors.texts.copy()
    texts[1] = 0
    store.put(
        dataclasses.replace(contents, vectors=Vectors(MODEL, contents.vectors.ids, texts, contents.vectors.leads))
    )
    assert np.array_equal(store.vectors().texts, texts)
    assert len(cypher(neo4j_address, "MATCH (s:Statement) WHERE s.vector IS NULL RETURN s.id")) == 1
    cypher(neo4j_address, "CALL db.awaitIndexes(60)")
    found = cypher(
        neo4j_address,
        "CALL db.index.vector.queryNodes('kluwen_statement_vector', 5, $v) YIELD node RETURN node.id AS id",
        v=texts[0].tolist(),
    )
    assert found[0]["id"] == contents.vectors.ids[0]
    assert len(found) == 2


def test_texts_of_all_kinds_come_back_as_they_were(store) -> None:
    odd = "😀 Te weinig nachtzorg é ﬁ \u202eomgekeerd\u202c 'quote' \" \\ $x {y} `z` \x00 𝔘"
    long = "Er is te weinig zorg in de nacht. " * 30_000
    word = "a" * 40_000
    contents = make("a.pdf", f"bottleneck: {odd}", f"text: {long}", f"cause: {word}", title=odd)
    store.put(contents)
    assert store.passages() == list(contents.passages)
    assert [s.quote for s in store.statements()] == [odd, word]
    assert store.documents()[0].title == odd
    from corpus.dutch import terms

    assert store.nominate(terms(word), Filters(), 5) == [contents.statements[1].id]
    assert len(store.nominate_passages(terms("nacht"), Filters(), 5)) == 2
    assert all(f.ok for f in store.check())


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


def writer(url: str, name: str, documents: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(CONTRACT), url, name, str(documents)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )


def test_processes_that_write_at_once_end_in_one_right_graph(neo4j_address) -> None:
    # two of the same documents, one of others
    processes = [writer(neo4j_address, name, 6) for name in ("links", "links", "rechts")]
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0, 0, 0]
    with graph.open(neo4j_address) as store:
        assert (store.counts()["Document"], store.counts()["Statement"]) == (12, 60)
        [money] = [c for c in store.concepts() if c.label == "Geen geld"]
        assert money.support == money.statements == 12
        assert len(store.claims()) == 24
        assert all(f.ok for f in store.check())


def test_a_writer_that_is_killed_leaves_whole_documents_and_no_lock(neo4j_address) -> None:
    process = writer(neo4j_address, "stuk", 1000)
    assert process.stdout.readline().strip() == "0"
    for _ in range(3):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with graph.open(neo4j_address) as store:
        store.put(make("daarna.pdf", *LINES, links=LINKS, vectors=MODEL))
        documents = store.counts()["Document"]
        assert documents >= 5
        assert store.counts()["Statement"] == 5 * (documents - 1) + 3
        assert all(f.ok for f in store.check())


def test_a_put_that_breaks_off_half_way_leaves_nothing(store) -> None:
    store.put(make("a.pdf", *LINES))
    before = (store.revision(), store.counts())
    contents = make("a.pdf", *LINES, "cause: geen geld", vectors=MODEL)

    class Broken(RuntimeError):
        pass

    def work(ask) -> None:
        from graph.store import neo4j_write

        neo4j_write.put(ask, contents, lambda text: text.split(), "")
        raise Broken

    with pytest.raises(Broken):
        store._server.write(work)
    assert (store.revision(), store.counts()) == before
    assert all(f.ok for f in store.check())


def test_a_store_goes_on_when_the_server_was_restarted(store, neo4j_server) -> None:
    if neo4j_server is None:
        pytest.skip("the server of NEO4J_TEST_URI is not ours to restart")
    store.put(make("a.pdf", *LINES))
    neo4j_server.stop()
    neo4j_server.start()
    assert len(store.statements()) == 3
    store.put(make("b.pdf", *LINES))
    assert store.counts()["Document"] == 2


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


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The samples in a file."""
    from graph.meaning import open_encoder
    from search_app import intake

    file = tmp_path_factory.mktemp("samples") / "samples.db"
    with graph.open(str(file), create=True) as store:
        encoder = open_encoder()
        for item in intake.plan([ROOT / "corpus" / "samples"]).items:
            intake.add(store, encoder, item.path, root=item.root)
    return str(file)


QUESTIONS = (
    "nachtzorg",
    "te weinig personeel in de nacht",
    "wie betaalt de zorg thuis?",
    "huisarts weet niet wat er is afgesproken",
    "mantelzorger overbelast",
    "overdracht",
    "iets over fietsen op de maan",
    "",
)


def test_a_question_has_the_same_answer_on_both(samples, store) -> None:
    from graph.copying import copy
    from graph.meaning import open_encoder

    with graph.open(samples) as file:
        assert copy(file, store) == len(file.documents())
        encoder = open_encoder(None, file.model())
        some = (
            Filters(),
            Filters(levels=frozenset({Level.SYSTEM})),
            Filters(documents=frozenset(file.document_order()[:2])),
        )
        for filters in some:
            for question in QUESTIONS:
                here, there = (search(s, encoder, question, filters=filters, limit=20) for s in (file, store))
                assert [(h.id, [s.id for s in h.statements]) for h in here.hits] == [
                    (h.id, [s.id for s in h.statements]) for h in there.hits
                ]
                assert [h.score for h in here.hits] == pytest.approx([h.score for h in there.hits], abs=1e-4)
                assert here.weak == there.weak


def test_hits_that_the_indexes_nominate_have_the_same_scores(samples, store, monkeypatch) -> None:
    from graph.copying import copy
    from graph.meaning import open_encoder
    from graph.store import neo4j_search

    monkeypatch.setattr(neo4j_search, "EXACT", 0)
    with graph.open(samples) as file:
        copy(file, store)
        encoder = open_encoder(None, file.model())
        for question in ("te weinig personeel in de nacht", "wie betaalt de zorg thuis?", "overdracht", ""):
            here, there = (search(s, encoder, question, limit=20) for s in (file, store))
            scores = {h.id: h.score for h in here.hits}
            assert [h.id for h in here.hits][:3] == [h.id for h in there.hits][:3]
            both = [h for h in there.hits if h.id in scores]
            assert len(both) >= 0.8 * len(here.hits)
            assert [h.score for h in both] == pytest.approx([scores[h.id] for h in both], abs=1e-4)
            assert here.weak == there.weak


def rows(store) -> list[object]:
    """All that a graph holds, in its order."""
    order = store.document_order()
    found: list[object] = [order, store.model(), store.links(), store.concepts(), store.claims()]
    for id in order:
        contents = store.contents(id)
        vectors = contents.vectors
        found += [dataclasses.replace(contents, vectors=None), store.redirects(id)]
        found.append(vectors and (vectors.model, vectors.ids, vectors.texts.tobytes(), vectors.leads.tobytes()))
    return found


def test_a_copy_there_and_back_is_the_same(samples, store, tmp_path) -> None:
    from graph.copying import copy
    from graph.export import FORMATS, pieces

    with graph.open(samples) as file, graph.open(str(tmp_path / "back.db"), create=True) as back:
        copy(file, store)
        copy(store, back)
        assert rows(file) == rows(store) == rows(back)
        for form in FORMATS:
            assert list(pieces(file, form.what, form.name)) == list(pieces(back, form.what, form.name))
        assert all(f.ok for f in (*store.check(), *back.check()))


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
