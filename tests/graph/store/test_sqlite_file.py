"""What is peculiar to a graph in one SQLite file: the file itself, its versions, and who else has it open.

On one store only: a server has no file to be missing, damaged, locked or another program's, and its transactions can't be
stopped before each sentence, as the one of a process that is killed here is.
"""

import os
import shutil
import signal
import sqlite3
import tempfile
import traceback
from pathlib import Path

import pytest

import graph
from corpus.errors import KluwenError
from graph.model import Contents
from graph.store import sqlite_schema as schema
from graph.store.sqlite import SqliteStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kluwen.db"


@pytest.fixture
def filled(path, make, model) -> Path:
    """A closed graph of one document."""
    with graph.open(str(path), create=True) as store:
        store.put(make("a.pdf", "bottleneck: Er is te weinig nachtzorg.", "cause: geen geld", vectors=model))
    return path


def refused(path, **how) -> KluwenError:
    with pytest.raises(KluwenError) as error:
        SqliteStore(path, **how).close()
    # one sentence or two, that say which file
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    return error.value


def test_opening_a_missing_graph_makes_nothing(path) -> None:
    assert refused(path).key == "store.missing"
    assert refused(path, public=True).key == "store.missing"
    assert list(path.parent.iterdir()) == []


def test_reading_leaves_one_file_as_it_was(filled) -> None:
    before = filled.read_bytes()
    with graph.open(str(filled), public=True) as public, graph.open(str(filled)) as store:
        assert len(public.statements()) == len(store.statements()) == 2
    assert [p.name for p in filled.parent.iterdir()] == ["kluwen.db"]
    assert filled.read_bytes() == before


def test_a_folder_is_no_graph(tmp_path) -> None:
    assert refused(tmp_path).key == "store.folder"
    assert refused(tmp_path, create=True).key == "store.folder"


def test_no_graph_is_made_in_a_folder_that_is_not_there(tmp_path) -> None:
    assert refused(tmp_path / "none" / "a.db", create=True).key == "store.no_folder"


@pytest.mark.parametrize("content", [b"%PDF-1.7 ...", b"x" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000])
@pytest.mark.parametrize("create", [False, True])
def test_another_file_is_no_graph_and_is_left_alone(path, content, create) -> None:
    path.write_bytes(content)
    assert refused(path, create=create).key in ("store.not_a_graph", "store.corrupt")
    assert path.read_bytes() == content


@pytest.mark.parametrize("create", [False, True])
def test_another_programs_database_is_no_graph_and_is_left_alone(path, create) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE document (id)")
    other.close()
    before = path.read_bytes()
    assert refused(path, create=create).key == "store.not_a_graph"
    assert path.read_bytes() == before


def test_an_empty_file_can_become_a_graph(path) -> None:
    path.touch()
    assert refused(path).key == "store.missing"
    with graph.open(str(path), create=True) as store:
        assert store.documents() == []


def test_a_file_of_a_newer_version_is_refused(filled) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    error = refused(filled)
    assert error.key == "store.newer"
    assert str(schema.VERSION + 1) in str(error)


def test_a_damaged_graph_is_told_of(filled) -> None:
    size = filled.stat().st_size
    with filled.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    with pytest.raises(KluwenError) as error, graph.open(str(filled)) as store:
        store.concepts()
        store.passages()
    assert error.value.key in ("store.corrupt", "store.not_a_graph")
    assert str(filled) in str(error.value)


def test_a_check_tells_of_a_quote_that_is_astray_and_of_wrong_counts(filled) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("UPDATE passage SET text = 'Iets anders' WHERE place = 0")
    connection.execute("UPDATE term SET statements = 9 WHERE term = (SELECT min(term) FROM term)")
    connection.execute("DELETE FROM expresses WHERE statement = 2")
    connection.execute("INSERT INTO rim VALUES ('theme-data', 1, 1)")
    connection.execute("INSERT INTO rim_name VALUES ('theme-data', 'data', 1, 1)")
    connection.commit()
    connection.close()
    with graph.open(str(filled)) as store:
        wrong = {f.key: f.values["n"] for f in store.check() if not f.ok}
    assert wrong["store.check_quotes"] == 1
    assert wrong["store.check_terms"] >= 1
    assert wrong["store.check_rim"] == 1
    assert wrong["store.check_orphans"] == 1


def test_a_check_tells_of_a_damaged_index(filled) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = 'link_source'")
    connection.commit()
    connection.close()
    with graph.open(str(filled)) as store:
        assert [f.key for f in store.check() if not f.ok] == ["store.check_damaged"]


def as_a_user(function) -> None:
    """Run as one who is not root, for root may write everywhere."""
    if os.geteuid() != 0:
        return function()
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            function()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return None


def test_a_graph_on_a_disk_that_can_only_be_read_is_read(filled, make) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(filled, folder))
        copy.chmod(0o444)
        copy.parent.chmod(0o555)

        def read() -> None:
            with graph.open(str(copy)) as store:
                assert len(store.statements()) == 2
                with pytest.raises(KluwenError) as error:
                    store.put(make("b.pdf", "cause: x"))
                assert error.value.key == "store.read_only"
            assert list(Path(folder).iterdir()) == [copy]

        as_a_user(read)
        copy.parent.chmod(0o755)


def test_a_file_that_may_not_be_read_is_refused(filled) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copy(filled, folder))
        copy.chmod(0)
        copy.parent.chmod(0o755)
        as_a_user(lambda: refused(copy))


def test_a_writer_that_waits_too_long_says_so(filled, make) -> None:
    blocker = sqlite3.connect(filled, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with SqliteStore(filled, patience=0.05) as store:
        # reading goes on while another writes
        assert len(store.statements()) == 2
        with pytest.raises(KluwenError) as error:
            store.put(make("b.pdf", "cause: x"))
        assert error.value.key == "store.locked"
        blocker.execute("ROLLBACK")
        store.put(make("b.pdf", "cause: x"))
    blocker.close()


@pytest.mark.parametrize("url", ["http://x/kluwen.db", "bolt+x://localhost"])
def test_an_address_that_this_version_does_not_know_is_refused(url) -> None:
    with pytest.raises(KluwenError) as error:
        graph.open(url, create=True)
    assert error.value.key == "store.unknown_scheme"
    assert url in str(error.value)


def test_a_copied_file_is_the_whole_graph(filled, tmp_path) -> None:
    copy = tmp_path / "kopie met spaties & ünïcode?.db"
    shutil.copy(filled, copy)
    with graph.open(str(copy)) as store:
        assert len(store.statements()) == 2


OLD = ("CREATE TABLE a (x); INSERT INTO a VALUES (1);",)
NEW = (*OLD, "ALTER TABLE a ADD y; UPDATE a SET y = x + 1;", "CREATE TABLE b AS SELECT y FROM a;")


def test_an_older_file_is_brought_up_to_date_step_by_step(tmp_path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    schema.migrate(connection, OLD)
    assert schema.recognise(connection, "a.db", known=1) == 1
    schema.migrate(connection, NEW)
    assert schema.version(connection) == 3
    assert connection.execute("SELECT y FROM b").fetchall() == [(2,)]
    schema.migrate(connection, NEW)
    assert connection.execute("SELECT count(*) FROM b").fetchall() == [(1,)]
    connection.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    schema.migrate(connection, OLD)
    with pytest.raises(sqlite3.OperationalError):
        schema.migrate(connection, (*NEW[:2], "CREATE TABLE a (x);"))
    assert schema.version(connection) == 1
    assert [row[1] for row in connection.execute("PRAGMA table_info(a)")] == ["x"]
    connection.close()


class Child:
    """A process of its own that puts a document, and waits for leave before each sentence that it says to SQLite."""

    def __init__(self, path: Path, contents: Contents) -> None:
        said, say = os.pipe()
        heard, hear = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(said)
                os.close(hear)
                store = SqliteStore(path)

                def step(sentence: str) -> None:
                    os.write(say, b"s")
                    if not os.read(heard, 1):
                        os._exit(1)

                with store._pool._lent() as connection:
                    connection.set_trace_callback(step)
                store.put(contents)
                connection.set_trace_callback(None)
                os.write(say, b"d")
                os.read(heard, 1)
            finally:
                os._exit(0)
        os.close(say)
        os.close(heard)
        self.said, self.hear = said, hear

    def steps(self, most: int) -> int:
        """Let it do at most so many steps; how many it did, after which it stands still before the next (or is done)."""
        done = 0
        while os.read(self.said, 1) == b"s" and done < most:
            os.write(self.hear, b"g")
            done += 1
        return done

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.said)
        os.close(self.hear)


def test_killed_at_any_moment_a_document_is_there_whole_or_as_it_was(path, make, model) -> None:
    def document(words: str, name: str = "stuk.pdf") -> Contents:
        lines = [f"bottleneck: {words} {n}" for n in range(6)] + ["cause: geen geld"]
        return make(name, *lines, links=((0, "CAUSED_BY", 6), (1, "LEADS_TO", 2)), vectors=model)

    with graph.open(str(path), create=True) as store:
        store.put(document("oud"))
        store.put(document("ander", "ander.pdf"))
        old = store.statements(document_id=store.document("stuk.pdf").id)
    rehearsal = Child(Path(shutil.copy(path, path.with_suffix(".try"))), document("nieuw"))
    steps = rehearsal.steps(10_000)
    rehearsal.kill()
    assert steps > 60
    # spread over the whole put, and its last steps (the commit) one by one
    ends = []
    moments = sorted({round(i * steps / 17) for i in range(1, 17)} | set(range(steps - 4, steps + 1)))
    assert len(moments) >= 20
    for moment in moments:
        copy = Path(shutil.copy(path, path.with_name(f"{moment}.db")))
        child = Child(copy, document("nieuw"))
        assert child.steps(moment) == moment
        child.kill()
        with graph.open(str(copy)) as store:
            now = store.statements(document_id=store.document("stuk.pdf").id)
            whole = [s.quote for s in now] == [*(f"nieuw {n}" for n in range(6)), "geen geld"]
            assert whole or now == old
            ends.append(whole)
            assert (store.counts()["Statement"], len(store.vectors().ids), len(store.links())) == (14, 14, 4)
            assert all(f.ok for f in store.check())
            # and it can be written again
            store.put(document("nieuw"))
    assert ends == sorted(ends)
    assert set(ends) == {True, False}


def test_processes_that_make_one_graph_at_the_same_moment_all_get_it(tmp_path) -> None:
    for attempt in range(10):
        gate, opener = os.pipe()
        children = []
        for _ in range(6):
            child = os.fork()
            if child == 0:
                os.close(opener)
                os.read(gate, 1)
                try:
                    SqliteStore(tmp_path / f"{attempt}.db", create=True).close()
                    os._exit(0)
                except BaseException:
                    traceback.print_exc()
                    os._exit(1)
            children.append(child)
        os.close(opener)
        os.close(gate)
        assert [os.waitpid(child, 0)[1] for child in children] == [0] * 6


def test_a_public_session_looks_up_access_by_row_and_lists_no_documents(filled) -> None:
    with graph.open(str(filled), public=True) as store, store._pool.reading() as connection:  # type: ignore[attr-defined]
        for view in ("seen_statement", "seen_link", "seen_passage", "seen_mention", "seen_vector", "seen_redirect"):
            plan = connection.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view}").fetchall()
            steps = [row[3] for row in plan]
            assert any("SEARCH d USING INTEGER PRIMARY KEY" in step for step in steps), steps
            assert not any(step.startswith("LIST SUBQUERY") for step in steps), steps
