"""Search in a graph so large that Neo4j's own indexes nominate: here every graph is.

On one store only: a file's vectors are all compared, however many there are.
"""

import numpy as np
import pytest
from made import MODEL, direction, make

import graph
from corpus.dutch import terms
from corpus.errors import KluwenError
from graph.ledger.judgement import Judgement, Verdict, anchor
from graph.model import ModelInfo
from graph.store import neo4j_search
from graph.store.base import Asked, Filters

LIMIT = 20


@pytest.fixture
def store(neo4j_address):
    with graph.open(neo4j_address, create=True) as store:
        yield store


@pytest.fixture
def indexed(monkeypatch):
    """Lets the indexes nominate from now on, or no longer."""

    def switch(on: bool) -> None:
        monkeypatch.setattr(neo4j_search, "EXACT", 0 if on else 50_000)

    switch(True)
    return switch


def asked(words="", *, filters=Filters(), model=MODEL, vector=None) -> Asked:
    vector = np.array(direction("vraag", MODEL.dimension) if vector is None else vector, dtype=np.float32)
    return Asked(terms(words), (), filters, LIMIT, 1000, vector, model, 0.4)


def near(store, question: Asked) -> dict[str, float]:
    """The candidates by id, each with its cosine."""
    found = [c for part in store.candidates(question) for c in part.found]
    assert len({c.id for c in found}) == len(found)
    return {c.id: c.cosine for c in found}


def many(name: str, number: int, **about):
    return make(name, *[f"bottleneck: {name[:3]}{i} van alles" for i in range(number)], vectors=MODEL, **about)


def turned(contents, share: float):
    """The same document with vectors that lie near that of the question: the nearer, the larger the share."""
    question = np.array(direction("vraag", MODEL.dimension), dtype=np.float32)
    texts = share * question + (1 - share) * contents.vectors.texts
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    vectors = type(contents.vectors)(MODEL, contents.vectors.ids, texts, contents.vectors.leads)
    return type(contents)(contents.document, contents.passages, contents.statements, contents.links, vectors)


def test_the_index_finds_the_nearest_by_quote_and_cosines_are_exact(store, indexed) -> None:
    contents = many("a.pdf", 300)
    store.put(contents)
    question = asked()
    found = near(store, question)
    by_quote = contents.vectors.texts @ question.vector
    of_id = dict(
        zip(contents.vectors.ids, by_quote * 0.6 + contents.vectors.leads @ question.vector * 0.4, strict=True)
    )
    assert len(found) == LIMIT
    assert found == pytest.approx({id: of_id[id] for id in found}, abs=1e-4)
    best = [contents.vectors.ids[i] for i in np.argsort(-by_quote)[:LIMIT]]
    assert len(set(best) & found.keys()) >= LIMIT - 1


def test_a_public_session_loses_nothing_to_internal_statements_that_lie_nearer(store, indexed, neo4j_address) -> None:
    public_one = many("openbaar.pdf", 60)
    store.put(turned(many("intern.pdf", 400, access="internal"), 0.9))
    store.put(public_one)
    ids = set(public_one.vectors.ids)
    assert not near(store, asked()).keys() & ids
    with graph.open(neo4j_address, public=True) as public:
        found = near(public, asked("alles"))
        assert len(near(public, asked())) == LIMIT
        assert found.keys() <= ids
        indexed(False)
        exact = near(public, asked())
        indexed(True)
        assert len(near(public, asked()).keys() & exact.keys()) >= LIMIT // 2


@pytest.mark.parametrize("left", [0, 3, 40])
def test_filters_that_leave_few_get_all_of_them(store, indexed, left) -> None:
    store.put(turned(many("veel.pdf", 900), 0.9))
    some = make(
        "weinig.pdf",
        *[(f"bottleneck: zelden {i}", {"theme": "data", "actors": ("gemeente",)}) for i in range(left)],
        "cause: iets anders",
        vectors=MODEL,
    )
    store.put(some)
    ids = {s.id for s in some.statements if s.theme}
    for filters in (
        Filters(themes=frozenset({"data"})),
        Filters(actors=frozenset({"gemeente"})),
        Filters(documents=frozenset({some.document.id}), kinds=frozenset({"bottleneck"})),
    ):
        for words in ("", "zelden"):
            found = near(store, asked(words, filters=filters))
            assert found.keys() <= ids
            assert len(found) >= min(left, LIMIT)


def test_of_equally_near_ones_a_page_is_filled(store, indexed) -> None:
    contents = many("a.pdf", 90)
    same = np.tile(np.array(direction("vraag", MODEL.dimension), dtype=np.float32), (90, 1))
    vectors = type(contents.vectors)(MODEL, contents.vectors.ids, same, same)
    store.put(type(contents)(contents.document, contents.passages, contents.statements, (), vectors))
    found = near(store, asked())
    assert len(found) == LIMIT
    assert list(found.values()) == pytest.approx([1.0] * LIMIT, abs=1e-4)


def test_words_nominate_what_holds_them(store, indexed) -> None:
    store.put(many("a.pdf", 200))
    store.put(
        make("b.pdf", "bottleneck: nergens nachtzorg", "cause: geen geld", ("cause: iets", {"lead_in": "nachtzorg"}))
    )
    found = near(store, asked("nachtzorg"))
    held = {s.id for s in store.statements() if "nachtzorg" in s.text}
    assert len(held) == 2
    assert held <= found.keys()
    assert store.nominate(terms("nachtzorg"), Filters(kinds=frozenset({"cause"})), 5) == [
        s.id for s in store.statements() if s.lead_in
    ]
    assert len(store.nominate_passages(terms("nachtzorg"), Filters(), 5)) == 1


def test_another_model_is_refused(store, indexed) -> None:
    store.put(many("a.pdf", 5))
    for model, vector in ((ModelInfo("ander", "1", 4), None), (ModelInfo("ander", "1", 7), [1.0] * 7)):
        with pytest.raises(KluwenError) as error:
            near(store, asked(model=model, vector=vector))
        assert error.value.key == "model.mixed"


def test_a_graph_without_vectors_is_searched_by_words(store, indexed) -> None:
    store.put(make("a.pdf", "bottleneck: nergens nachtzorg"))
    [part] = store.candidates(asked("nachtzorg"))
    assert len(part.found) == 1
    assert not part.compared


def test_an_older_graph_gets_the_vectors_that_it_lacks(store, indexed, neo4j_address) -> None:
    store.put(many("a.pdf", 30))
    before = near(store, asked())
    store._server.write(lambda ask: ask("MATCH (s:Statement) REMOVE s.lead_vector"))
    assert near(store, asked()) != pytest.approx(before, abs=1e-4)
    store._server.write(lambda ask: ask("MATCH (g:KluwenGraph) SET g.version = 2"))
    with graph.open(neo4j_address) as newer:
        assert near(newer, asked()) == pytest.approx(before, abs=1e-4)


def test_a_public_session_sees_no_concept_that_an_internal_statement_names(store, indexed, neo4j_address) -> None:
    store.put(make("intern.pdf", "bottleneck: te weinig tolken", access="internal", vectors=MODEL))
    store.put(make("openbaar.pdf", "bottleneck: een tolk is niet te krijgen", vectors=MODEL))
    first, second = sorted(store.statements(), key=lambda s: "krijgen" in s.text)
    about, others = (anchor(second),), (anchor(first),)
    store.judge([Judgement(Verdict.SAME, about, others, by="eva", at="2026-01-01T10:00:00+00:00")])
    [joined] = store.concepts()
    with graph.open(neo4j_address, public=True) as public:
        [own] = public.concepts()
        assert own.id != joined.id
        for question in (asked(), asked("tolk krijgen")):
            found = [c for part in public.candidates(question) for c in part.found]
            assert [c.concept_id for c in found] == [own.id]
            assert public.under([own.id], question).labels.keys() == {own.id}
