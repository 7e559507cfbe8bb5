"""``kluwen copy``: from a file to a server and to another file, broken off and begun again. Part of the contract of all stores."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import graph
from corpus.errors import KluwenError
from graph.copying import copy
from graph.model import ModelInfo

ROOT = Path(__file__).resolve().parents[2]
NIGHT = "bottleneck: Er is te weinig nachtzorg."
MODEL = ModelInfo("test", "1", 4)


@pytest.fixture
def target(address) -> str:
    return address


@pytest.fixture
def source(make, tmp_path) -> str:
    """A graph with two documents, a link from one to the other, a redirect, and access that a person decided."""
    import dataclasses

    from graph.model import Access, Link, Relation

    path = str(tmp_path / "source.db")
    with graph.open(path, create=True) as store:
        later = make("b.pdf", NIGHT, vectors=MODEL)
        first = make("a.pdf", "solution: Maak een pool", vectors=MODEL)
        store.put(first)
        store.put(later)
        tie = Link(first.statements[0].id, Relation.ADDRESSES, later.statements[0].id)
        store.put(dataclasses.replace(first, links=(tie,)))
        store.put(make("b.pdf", NIGHT.replace("bottleneck", "cause"), vectors=MODEL))
        store.put(make("c.pdf", "text: niets", access="internal"))
        store.set_access(store.document("c.pdf").id, Access.PUBLIC)
    return path


def kluwen(*words: str, **how) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "search_app.cli", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **how)


def test_links_between_documents_redirects_and_decisions_go_along(source, target) -> None:
    with graph.open(source) as here, graph.open(target, create=True) as there:
        assert copy(here, there) == 3
        assert there.documents() == here.documents()
        assert there.links() == here.links() != []
        assert there.claims() == here.claims() != []
        ids = here.document_order()
        assert [there.redirects(id) for id in ids] == [here.redirects(id) for id in ids]
        assert any(here.redirects(id) for id in ids)
        assert there.facets() == here.facets()
        assert there.counts() == here.counts()
        # once more changes nothing
        before = there.revision()
        assert copy(here, there) == 0
        assert there.revision() == before


def test_a_target_that_holds_something_else_is_only_replaced_when_asked(source, target, make) -> None:
    with graph.open(target, create=True) as there, graph.open(source) as here:
        there.put(make("eigen.pdf", "cause: geen geld", vectors=ModelInfo("other", "1", 8)))
        with pytest.raises(KluwenError) as refused:
            copy(here, there)
        assert refused.value.key == "store.copy_not_empty"
        assert [d.name for d in there.documents()] == ["eigen.pdf"]
        copy(here, there, replacing=True)
        assert there.documents() == here.documents()
        assert there.model() == here.model()
        assert all(f.ok for f in there.check())


@pytest.fixture
def many(source, make) -> str:
    """The source with 300 documents more."""
    with graph.open(source) as store:
        for i in range(300):
            store.put(make(f"{i}.pdf", f"bottleneck: Er is te weinig zorg {i}", f"cause: geen geld {i}", vectors=MODEL))
    return source


def killed(*words: str) -> None:
    """A command that is killed when it has told of its first documents."""
    command = [sys.executable, "-m", "search_app.cli", *words]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    process.stderr.readline()
    process.stderr.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()


def same(there, here) -> None:
    """Everything that stands in the one stands in the other, in its order."""
    order = here.document_order()
    assert there.document_order() == order
    assert there.documents() == here.documents()
    assert [plain(there.contents(id)) for id in order] == [plain(here.contents(id)) for id in order]
    assert [there.redirects(id) for id in order] == [here.redirects(id) for id in order]
    assert there.links() == here.links()
    assert there.concepts() == here.concepts()
    assert there.claims() == here.claims()
    assert there.counts() == here.counts()
    assert there.model() == here.model()
    assert all(f.ok or f.key == "store.check_vectors" for f in there.check())


def plain(contents) -> tuple:
    made = contents.vectors
    rows = made and (made.model, made.ids, made.texts.tolist(), made.leads.tolist())
    return contents.document, contents.passages, contents.statements, contents.links, rows


def test_a_copy_that_was_killed_goes_on(many, target) -> None:
    killed("copy", many, target)
    with graph.open(many) as here, graph.open(target) as there:
        half = there.document_order()
        assert half == here.document_order()[: len(half)]
        assert 0 < len(half) < 303
        assert [len(there.contents(id).statements) for id in half] == [len(here.contents(id).statements) for id in half]
    done = kluwen("copy", many, target, env=os.environ | {"KLUWEN_LANG": "en"})
    assert done.returncode == 0, done.stderr
    assert "303 documents" in done.stdout
    # not all of them were written a second time
    assert f", of which {303 - len(half)} documents" in done.stdout
    with graph.open(many) as here, graph.open(target) as there:
        same(there, here)


@pytest.mark.parametrize("model", [MODEL, ModelInfo("other", "1", 8)], ids=["same model", "other model"])
def test_a_replacement_that_was_killed_has_lost_nothing_and_is_finished_when_asked_again(
    many, target, make, model
) -> None:
    with graph.open(target, create=True) as there:
        there.put_all([make("eigen.pdf", "cause: helemaal eigen", vectors=model)])
        there.put_all([make(f"{i}.pdf", f"cause: eerder {i}", "text: en meer", vectors=model) for i in (140, 7, 3)])
        there.put_all([make("b.pdf", NIGHT, vectors=model), make("a.pdf", "text: niets meer", vectors=model)])
        stood = {d.id: there.contents(d.id) for d in there.documents()}
    killed("copy", many, target, "--replace")
    with graph.open(many) as here, graph.open(target) as there:
        copied = set(here.document_order()[:50])
        assert set(there.document_order()) >= stood.keys() | copied
        new = {id: here.contents(id).statements for id in here.document_order()}
        for id, old in stood.items():
            assert there.contents(id).statements in (old.statements, new.get(id))
        for id in copied:
            assert there.contents(id).statements == new[id]
    done = kluwen("copy", many, target, "--replace")
    assert done.returncode == 0, done.stderr
    with graph.open(many) as here, graph.open(target) as there:
        same(there, here)
        assert copy(here, there) == 0


def test_a_graph_is_not_copied_onto_itself(source) -> None:
    done = kluwen("copy", source, source)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_public_copy_holds_public_documents_only(source, target, make) -> None:
    with graph.open(source) as here:
        here.put(make("geheim.pdf", "cause: intern", access="internal"))
    with graph.open(source, public=True) as here, graph.open(target, create=True) as there:
        copy(here, there)
        assert [d.name for d in there.documents()] == ["a.pdf", "b.pdf", "c.pdf"]


def test_doctor_looks_at_either(source, target) -> None:
    with graph.open(source) as here, graph.open(target, create=True) as there:
        copy(here, there)
    done = kluwen("--graph", target, "doctor", env=os.environ | {"KLUWEN_LANG": "en"})
    assert done.returncode == 0, done.stdout
    assert "✗" not in done.stdout
