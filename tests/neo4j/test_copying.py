"""``kluwen copy``: from a file to a server and to another file, broken off and begun again."""

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


@pytest.fixture(params=["sqlite", "neo4j"])
def target(request, tmp_path) -> str:
    return request.getfixturevalue("neo4j_address") if request.param == "neo4j" else str(tmp_path / "target.db")


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


def test_a_copy_that_was_killed_goes_on(source, target, make, tmp_path) -> None:
    with graph.open(source) as here:
        pass
    with graph.open(source, create=True) as here:
        for i in range(150):
            here.put(make(f"{i}.pdf", f"bottleneck: Er is te weinig zorg {i}", f"cause: geen geld {i}", vectors=MODEL))
    command = [sys.executable, "-m", "search_app.cli", "copy", source, target]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    # it has told of its first documents
    process.stderr.readline()
    process.stderr.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    done = kluwen("copy", source, target, env=os.environ | {"KLUWEN_LANG": "en"})
    assert done.returncode == 0, done.stderr
    with graph.open(source) as here, graph.open(target) as there:
        assert "153 documents" in done.stdout
        # not all of them were written a second time
        assert ", of which 153 documents" not in done.stdout
        assert there.documents() == here.documents()
        assert there.counts() == here.counts()
        assert all(f.ok or f.key == "store.check_vectors" for f in there.check())


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
