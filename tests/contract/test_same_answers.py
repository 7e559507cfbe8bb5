"""A file and a server that hold the same graph answer the same. Part of the contract of all stores: each test asks both."""

import dataclasses
from pathlib import Path

import pytest

import graph
from graph.copying import copy
from graph.meaning import open_encoder
from graph.model import Level
from graph.search import search
from graph.store.base import Filters

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(neo4j_address):
    with graph.open(neo4j_address, create=True) as store:
        yield store


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The samples in a file."""
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


def test_a_question_has_the_same_answer_on_both(samples, server) -> None:
    with graph.open(samples) as file:
        assert copy(file, server) == len(file.documents())
        encoder = open_encoder(None, file.model())
        some = (
            Filters(),
            Filters(levels=frozenset({Level.SYSTEM})),
            Filters(documents=frozenset(file.document_order()[:2])),
        )
        for filters in some:
            for question in QUESTIONS:
                here, there = (search(s, encoder, question, filters=filters, limit=20) for s in (file, server))
                assert [(h.id, [s.id for s in h.statements]) for h in here.hits] == [
                    (h.id, [s.id for s in h.statements]) for h in there.hits
                ]
                assert [h.score for h in here.hits] == pytest.approx([h.score for h in there.hits], abs=1e-4)
                assert here.weak == there.weak


def test_hits_that_the_indexes_nominate_have_the_same_scores(samples, server, monkeypatch) -> None:
    from graph.store import neo4j_search

    monkeypatch.setattr(neo4j_search, "EXACT", 0)
    with graph.open(samples) as file:
        copy(file, server)
        encoder = open_encoder(None, file.model())
        for question in ("te weinig personeel in de nacht", "wie betaalt de zorg thuis?", "overdracht", ""):
            here, there = (search(s, encoder, question, limit=20) for s in (file, server))
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


def test_a_copy_there_and_back_is_the_same(samples, server, tmp_path) -> None:
    from graph.export import FORMATS, pieces

    with graph.open(samples) as file, graph.open(str(tmp_path / "back.db"), create=True) as back:
        copy(file, server)
        copy(server, back)
        assert rows(file) == rows(server) == rows(back)
        for form in FORMATS:
            assert list(pieces(file, form.what, form.name)) == list(pieces(back, form.what, form.name))
        assert all(f.ok for f in (*server.check(), *back.check()))
