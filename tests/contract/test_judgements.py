"""People have the last word, and can take it back. Part of the contract of all stores."""

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graph
from corpus.errors import KluwenError
from graph.ledger.judgement import Anchor, Judgement, Verdict, anchor, holding
from graph.model import Access, Found, Kind, Level, Origin, Relation, Vectors, statement_ids


def said(verdict, *about, others=(), values=(), by="eva", at=1, why=""):
    return Judgement(Verdict(verdict), about, tuple(others), values, by, f"2026-01-01T10:{at:02}:00+00:00", why)


def undone(j, at):
    return said("undone", values=(j.id,), at=at)


@pytest.fixture
def filled(store, make, model):
    store.put(
        make(
            "a.txt",
            "bottleneck: er zijn te weinig tolken",
            ("cause: door gebrek aan geld", {"level": "system"}),
            "solution: zet een tolk in via de telefoon",
            "text: een alinea die niemand had gezien",
            links=((0, "CAUSED_BY", 1), (2, "ADDRESSES", 0)),
            vectors=model,
        )
    )
    store.put(make("b.txt", "bottleneck: een tolk is niet te krijgen", access="internal", vectors=model))
    store.put(make("c.txt", "bottleneck: niemand vertaalt", vectors=model))
    return store


def by_words(store, words):
    [found] = [s for s in store.statements() if words in s.text]
    return found


def test_a_judged_statement_says_what_the_person_said_and_undoing_takes_it_back(filled) -> None:
    before = filled.statements(), filled.concepts(), filled.links(), filled.counts()
    first = by_words(filled, "te weinig tolken")
    entries = [
        said("relevelled", anchor(first), values=("system",)),
        said("rethemed", anchor(first), values=("capacity",), at=2),
        said("actors", anchor(first), values=("tolk",), at=3),
        said("edited", anchor(first), values=("Tekort aan tolken",), at=4),
        said("rejected", anchor(by_words(filled, "telefoon")), at=5),
    ]
    assert filled.judge(entries) == entries
    assert filled.judge(entries) == []
    now = by_words(filled, "te weinig tolken")
    assert (now.level, now.theme, now.actors) == (Level.SYSTEM, "capacity", ("tolk",))
    [concept] = filled.concepts([now.concept_id])
    assert concept.label == "Tekort aan tolken"
    assert not [s for s in filled.statements() if "telefoon" in s.text]
    assert [x.relation for x in filled.links()] == [Relation.CAUSED_BY]
    assert not [f for f in filled.check() if not f.ok]
    filled.judge([undone(j, 10 + n) for n, j in enumerate(entries)])
    assert (filled.statements(), filled.concepts(), filled.links(), filled.counts()) == before
    assert len(filled.ledger()) == 10
    assert not [f for f in filled.check() if not f.ok]


def test_two_concepts_become_one_and_an_old_address_still_opens(filled) -> None:
    one, two, three = (by_words(filled, words) for words in ("te weinig tolken", "niet te krijgen", "vertaalt"))
    same = said("same", anchor(one), others=(anchor(two),))
    filled.judge([same, said("same", anchor(three), others=(anchor(two),), at=2)])
    [concept] = {s.concept_id for s in (by_words(filled, w) for w in ("weinig", "krijgen", "vertaalt"))}
    assert concept == one.concept_id
    assert filled.resolve(two.concept_id) == filled.resolve(three.concept_id) == concept
    assert filled.concepts([three.concept_id])[0].support == 3
    filled.judge([undone(same, 3)])
    assert filled.resolve(two.concept_id) == by_words(filled, "vertaalt").concept_id
    assert filled.resolve(one.concept_id) == one.concept_id


def test_an_internal_statement_does_not_decide_what_the_public_sees_as_one(filled, reopen) -> None:
    one, two, three = (by_words(filled, words) for words in ("te weinig tolken", "niet te krijgen", "vertaalt"))
    filled.judge([said("same", anchor(one), others=(anchor(two),))])
    filled.judge([said("same", anchor(three), others=(anchor(two),), at=2)])
    with reopen(public=True) as public:
        assert len({s.concept_id for s in public.statements() if s.kind == Kind.BOTTLENECK}) == 2
        assert {c.support for c in public.concepts()} == {1}
        assert public.ledger() == []
        with pytest.raises(KluwenError):
            public.judge([])
    filled.set_access(two.document_id, Access.PUBLIC)
    with reopen(public=True) as public:
        assert len({s.concept_id for s in public.statements() if s.kind == Kind.BOTTLENECK}) == 1
        assert len(public.ledger()) == 2


def test_equal_wordings_can_be_split_and_what_is_different_stays_apart(store, make) -> None:
    store.put(make("a.txt", "bottleneck: geen geld"))
    store.put(make("b.txt", "bottleneck: Geen geld!"))
    one, two = store.statements()
    assert one.concept_id == two.concept_id
    split = said("split", anchor(two), others=(anchor(one),))
    store.judge([split])
    one, apart = store.statements()
    assert one.concept_id != apart.concept_id
    assert {c.support for c in store.concepts()} == {1}
    store.judge([undone(split, 2)])
    assert len({s.concept_id for s in store.statements()}) == 1
    assert store.resolve(apart.concept_id) == one.concept_id


def test_a_marked_quote_is_a_statement_that_survives_reading_again(filled, make, model) -> None:
    document = filled.document("a.txt")
    passage = next(p for p in filled.passages(document_id=document.id) if "alinea" in p.text)
    quote = "die niemand had gezien"
    id = statement_ids(document.id, [quote])[0]
    mark = Anchor(document.id, id, quote, passage.order, passage.text.index(quote))
    row = np.array([[1, 0, 0, 0]], dtype=np.float32)
    filled.judge([said("added", mark, values=("bottleneck",))], Vectors(model, (id,), row, row))
    new = by_words(filled, "niemand had")
    assert (new.origin, new.kind, new.passage_id) == (Found.PERSON, Kind.BOTTLENECK, passage.id)
    assert filled.vectors().texts[filled.vectors().ids.index(id)].tolist() == row[0].tolist()
    contents = make("a.txt", "text: iets anders", "text: een alinea die niemand had gezien", vectors=model)
    filled.put(contents)
    again = by_words(filled, "niemand had")
    assert again.passage_id == contents.passages[1].id
    assert id in filled.vectors().ids
    filled.put(make("a.txt", "text: iets anders", vectors=model))
    assert [a.quote for _, a in filled.orphans()] == [quote]


def test_a_judgement_waits_for_its_document_and_moves_with_its_words(store, make) -> None:
    contents = make("a.txt", "bottleneck: er zijn te weinig tolken in de avond")
    entry = said("relevelled", anchor(contents.statements[0]), values=("system",))
    store.judge([entry])
    assert [j for j, _ in store.orphans()] == [entry]
    store.put(contents)
    assert store.statements()[0].level == Level.SYSTEM
    assert not store.orphans()
    assert store.put(contents).unchanged
    changed = make("a.txt", "bottleneck: er zijn nog te weinig tolken in de avond", sha256="2")
    store.put(changed)
    assert store.statements()[0].level == Level.SYSTEM
    store.forget(contents.document.id)
    assert store.ledger() == [entry]
    store.put(contents)
    assert store.statements()[0].level == Level.SYSTEM


def test_people_draw_links_and_take_away_those_that_a_source_states(filled) -> None:
    one, cause, solution = (by_words(filled, words) for words in ("te weinig tolken", "gebrek aan geld", "telefoon"))
    other = by_words(filled, "vertaalt")
    draw = said("linked", anchor(solution), others=(anchor(other),), values=("ADDRESSES",))
    away = said("unlinked", anchor(one), others=(anchor(cause),), values=("CAUSED_BY",), at=2)
    filled.judge([draw, away])
    links = {(x.source, x.relation, x.target, x.origin) for x in filled.links()}
    assert links == {
        (solution.id, Relation.ADDRESSES, one.id, Origin.STATED),
        (solution.id, Relation.ADDRESSES, other.id, Origin.CURATED),
    }
    contents = filled.contents(other.document_id)
    filled.forget(other.document_id)
    assert len(filled.links()) == 1
    filled.put(contents)
    assert len(filled.links()) == 2
    filled.judge([undone(draw, 3), undone(away, 4)])
    assert {x.relation for x in filled.links()} == {Relation.CAUSED_BY, Relation.ADDRESSES}
    assert all(x.origin == Origin.STATED for x in filled.links())


def test_what_is_copied_is_what_was_extracted(filled, make) -> None:
    first = by_words(filled, "te weinig tolken")
    before = filled.contents(first.document_id)
    filled.judge([said("rejected", anchor(first)), said("retyped", anchor(first), values=("cause",), at=2)])
    now = filled.contents(first.document_id)
    assert replace(now, vectors=None) == replace(before, vectors=None)
    assert set(now.vectors.ids) == set(before.vectors.ids)


LINES = (
    "bottleneck: geen geld",
    "bottleneck: te weinig nachtzorg",
    "bottleneck: te weinig nachtzorg thuis",
    "solution: meer nachtzorg",
    "cause: omdat niemand het weet",
)
step = st.one_of(
    st.tuples(st.sampled_from(["accepted", "rejected"]), st.integers(0, 7)),
    st.tuples(st.just("retyped"), st.integers(0, 7), st.sampled_from(list(Kind))),
    st.tuples(st.just("relevelled"), st.integers(0, 7), st.sampled_from(["system", "intrinsic"])),
    st.tuples(st.just("edited"), st.integers(0, 7), st.sampled_from(["Een naam", "Nog een naam"])),
    st.tuples(st.sampled_from(["same", "different", "split"]), st.integers(0, 7), st.integers(0, 7)),
    st.tuples(st.sampled_from(["linked", "unlinked"]), st.integers(0, 7), st.integers(0, 7)),
    st.tuples(st.just("undo"), st.integers(0, 20)),
    st.tuples(st.sampled_from(["again", "forget"]), st.sampled_from("ab")),
    st.tuples(st.just("access"), st.sampled_from("ab"), st.sampled_from(list(Access))),
)


def converges(make, model, steps, empty) -> None:
    """Make the judgements and undo them as asked, and see that the graph is what the net judgements make of a fresh one.
    ``empty()`` gives an empty graph, open for everyone and for the public; it may be the first one, emptied."""
    documents = {
        "a": make("a.txt", *LINES, links=((0, "CAUSED_BY", 4), (3, "ADDRESSES", 1)), vectors=model),
        "b": make("b.txt", *LINES[:3], vectors=model),
    }
    anchors = [anchor(s) for d in documents.values() for s in d.statements]
    store, public = empty()
    there = dict(documents)
    for contents in documents.values():
        store.put(contents)
    for at, (step, *rest) in enumerate(steps):
        made = store.ledger()
        if step == "again":
            store.put(documents[rest[0]])
            there[rest[0]] = documents[rest[0]]
        elif step in ("forget", "access") and rest[0] not in there:
            continue
        elif step == "forget":
            store.forget(there.pop(rest[0]).document.id)
        elif step == "access":
            store.set_access(documents[rest[0]].document.id, rest[1])
        elif step == "undo":
            if made:
                store.judge([undone(made[rest[0] % len(made)], at)])
        elif step in ("same", "different", "split", "linked", "unlinked"):
            ours, theirs = (anchors[i % len(anchors)] for i in rest)
            if ours != theirs:
                values = ("CAUSED_BY",) if "link" in step else ()
                store.judge([said(step, ours, others=(theirs,), values=values, at=at)])
        else:
            store.judge([said(step, anchors[rest[0] % len(anchors)], values=tuple(rest[1:]), at=at)])
    grown, seen = judged(store), judged(public)
    access = {name: store.document(f"{name}.txt").access for name in there}
    net = holding(store.ledger())
    assert not [f for f in store.check() if not f.ok]
    fresh, fresh_public = empty()
    for name, contents in there.items():
        fresh.put(contents)
        fresh.set_access(contents.document.id, access[name])
    fresh.judge(net)
    assert judged(fresh) == grown
    assert judged(fresh_public) == seen


def judged(store) -> dict:
    return {
        "statements": {s.id: s for s in store.statements()},
        "links": set(store.links()),
        "concepts": store.concepts(),
        "edges": {(e.source, e.relation, e.target, e.support) for e in store.edges([c.id for c in store.concepts()])},
        "counts": store.counts(),
        "facets": store.facets(),
        "vectors": set(store.vectors().ids if store.vectors() else ()),
    }


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=1, max_size=12))
def test_any_judging_and_undoing_in_a_file_ends_in_what_is_left_of_it(make, model, steps) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:

        def empty():
            path = str(Path(folder, f"{len(list(Path(folder).iterdir()))}.db"))
            return [
                opened.enter_context(graph.open(path, create=True)),
                opened.enter_context(graph.open(path, public=True)),
            ]

        converges(make, model, steps, empty)


@pytest.fixture
def emptied(neo4j_address, neo4j_tools):
    with graph.open(neo4j_address, create=True) as store, graph.open(neo4j_address, public=True) as public:

        def empty():
            store._server.write(lambda ask: ask("MATCH (n) WHERE NOT n:KluwenGraph DETACH DELETE n"))
            store._server.write(lambda ask: ask("MATCH (g:KluwenGraph) SET g.revision = g.revision + 1"))
            return store, public

        yield empty


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, min_size=1, max_size=4))
def test_any_judging_and_undoing_on_a_server_ends_in_what_is_left_of_it(make, model, emptied, steps) -> None:
    converges(make, model, steps, emptied)


def test_a_link_between_concepts_stands_on_what_is_left_of_them(store, make) -> None:
    for name in "ab":
        store.put(make(f"{name}.txt", "solution: meer nachtzorg"))
    store.put(make("c.txt", "bottleneck: te weinig nachtzorg"))
    *remedies, problem = sorted(store.statements(), key=lambda s: s.kind, reverse=True)
    about = tuple(map(anchor, sorted(remedies, key=lambda s: s.document_id)))
    store.judge([said("linked", *about, others=(anchor(problem),), values=("ADDRESSES",))])
    [before] = store.links()
    store.forget(next(s for s in remedies if s.id == before.source).document_id)
    [after] = store.links()
    assert after.source != before.source
    assert (after.relation, after.target) == (Relation.ADDRESSES, problem.id)
