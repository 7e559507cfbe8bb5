"""What a store does when documents come, change and go. Part of the contract of all stores."""

import dataclasses

import numpy as np
import pytest

from corpus.dutch import terms
from corpus.errors import KluwenError
from graph.model import Access, Kind, Link, ModelInfo, Relation, Vectors, actor_id
from graph.store.base import Filters

NIGHT = "bottleneck: Er is te weinig nachtzorg."
STAFF = "cause: tekort aan personeel"
POOL = "solution: Maak een regionale pool"


def test_what_was_put_comes_back_as_it_was(store, make, model) -> None:
    put = make(
        "a.pdf",
        (NIGHT, {"page": 3, "theme": "capacity", "level": "system", "actors": ("huisarts",), "cue": "te weinig"}),
        (STAFF, {"lead_in": "Oorzaken", "experienced_by": ("patiënt",), "confidence": 0.25}),
        "text: Tussen twee uitspraken.",
        (POOL, {"effort": "complex", "term": "long", "origin": "person"}),
        links=((0, "CAUSED_BY", 1), (3, "ADDRESSES", 0)),
        vectors=model,
        publisher="Stichting",
        date="2024-05",
        pages=12,
        path="/ergens/a.pdf",
        media_type="application/pdf",
    )
    change = store.put(put)
    assert [s.id for s in change.added] == [s.id for s in put.statements]
    assert (change.kept, change.removed, change.unchanged) == (0, (), False)
    assert [dataclasses.replace(d, added="") for d in store.documents()] == [put.document]
    assert store.passages() == list(put.passages)
    assert [dataclasses.replace(s, concept_id="") for s in store.statements()] == list(put.statements)
    assert all(s.concept_id for s in store.statements())
    assert set(store.links()) == set(put.links)
    vectors = store.vectors()
    assert vectors.model == store.model() == model
    assert vectors.ids == put.vectors.ids
    assert np.array_equal(vectors.texts, put.vectors.texts)
    assert np.array_equal(vectors.leads, put.vectors.leads)
    assert vectors.texts.dtype == np.float32


def test_a_document_that_has_not_changed_is_not_written(store, make, model) -> None:
    store.put(make("a.pdf", NIGHT, STAFF, links=((0, "CAUSED_BY", 1),), vectors=model))
    before = store.revision()
    change = store.put(make("a.pdf", NIGHT, STAFF, links=((0, "CAUSED_BY", 1),), vectors=model))
    assert change.unchanged
    assert change.kept == 2
    assert store.revision() == before


@pytest.mark.parametrize(
    "other",
    [
        {"sha256": "other"},
        {"title": "Een andere titel"},
        {"publisher": "Ministerie"},
        {"path": "/elders/a.pdf"},
        {"pages": 4},
        {"access": "internal"},
    ],
)
def test_a_document_that_is_described_otherwise_is_written(store, make, other) -> None:
    store.put(make("a.pdf", NIGHT))
    before = store.revision()
    change = store.put(make("a.pdf", NIGHT, **other))
    assert not change.unchanged
    assert (change.added, change.removed, change.kept) == ((), (), 1)
    assert store.revision() > before
    [document] = store.documents()
    assert {key: getattr(document, key) for key in other} == other


def test_a_changed_document_replaces_what_rested_on_it(store, make, model) -> None:
    store.put(make("a.pdf", NIGHT, STAFF, POOL, links=((0, "CAUSED_BY", 1), (2, "ADDRESSES", 1)), vectors=model))
    store.put(make("b.pdf", STAFF))
    night, staff, pool = (s.concept_id for s in store.statements(document_id=store.document("a.pdf").id))
    change = store.put(make("a.pdf", POOL, NIGHT, "cause: geen geld", links=((1, "CAUSED_BY", 2),), vectors=model))
    assert [s.quote for s in change.added] == ["geen geld"]
    assert [s.quote for s in change.removed] == ["tekort aan personeel"]
    assert change.kept == 2
    assert [s.quote for s in store.statements(document_id=change.document.id)] == [
        "Maak een regionale pool",
        "Er is te weinig nachtzorg.",
        "geen geld",
    ]
    # ids stay, so that saved links do; the other document's cause is still there
    assert {c.id for c in store.concepts()} >= {night, staff, pool}
    assert [(e.relation, store.nodes([e.target])[0].label) for e in store.claims()] == [("CAUSED_BY", "Geen geld")]
    assert store.counts()["Statement"] == 4
    assert set(store.vectors().ids) == {s.id for s in store.statements(document_id=change.document.id)}
    assert all(finding.ok or finding.key == "store.check_vectors" for finding in store.check())


def test_a_statement_that_is_read_otherwise_keeps_its_id_and_its_saved_links(store, make) -> None:
    store.put(make("a.pdf", NIGHT))
    [before] = store.statements()
    change = store.put(make("a.pdf", NIGHT.replace("bottleneck", "cause")))
    [after] = store.statements()
    assert after.id == before.id
    assert change.changed == (after,)
    assert (change.added, change.removed, change.kept) == ((), (), 1)
    assert after.concept_id != before.concept_id
    assert store.resolve(before.concept_id) == store.resolve(before.id) == after.concept_id
    assert [c.id for c in store.concepts([before.concept_id])] == [after.concept_id]


def test_who_a_statement_named_before_is_forgotten(store, make) -> None:
    store.put(make("a.pdf", (NIGHT, {"actors": ("huisarts",), "experienced_by": ("patiënt",)})))
    store.put(make("a.pdf", (NIGHT, {"actors": ("gemeente",)})))
    assert store.counts()["Actor"] == store.counts()["INVOLVES"] == 1
    assert store.nodes([actor_id("huisarts"), actor_id("patiënt")]) == []
    assert store.nominate(terms("nachtzorg"), Filters(actors=frozenset({"huisarts"})), 5) == []
    assert len(store.nominate(terms("nachtzorg"), Filters(actors=frozenset({"gemeente"})), 5)) == 1


def test_statements_stand_in_the_order_of_the_source_whenever_they_were_found(store, make) -> None:
    store.put(make("a.pdf", "text: Er is te weinig nachtzorg.", STAFF, "text: x", POOL))
    store.put(make("a.pdf", NIGHT, STAFF, "cause: x", POOL))
    assert [s.quote for s in store.statements()] == [
        "Er is te weinig nachtzorg.",
        "tekort aan personeel",
        "x",
        "Maak een regionale pool",
    ]


def test_a_concept_that_comes_back_needs_its_redirect_no_more(store, make) -> None:
    store.put(make("a.pdf", NIGHT))
    [before] = store.statements()
    store.put(make("a.pdf", NIGHT.replace("bottleneck", "cause")))
    store.put(make("b.pdf", NIGHT))
    assert store.resolve(before.concept_id) == before.concept_id
    store.put(make("a.pdf", NIGHT))
    assert store.resolve(before.concept_id) == before.concept_id
    assert len(store.concepts()) == 1


def test_statements_of_one_kind_and_wording_are_one_concept(store, make) -> None:
    store.put(make("a.pdf", NIGHT, "cause: Er is te weinig nachtzorg."))
    store.put(make("b.pdf", "bottleneck: er is  te weinig NACHTZORG"))
    assert sorted((c.kind, c.support, c.statements) for c in store.concepts()) == [
        ("bottleneck", 2, 2),
        ("cause", 1, 1),
    ]


def test_forgetting_removes_what_rests_on_the_document_alone(store, make, model) -> None:
    store.put(make("a.pdf", NIGHT, STAFF, links=((0, "CAUSED_BY", 1),), vectors=model))
    store.put(make("b.pdf", STAFF, POOL, vectors=model))
    document = store.document("a.pdf")
    staff = next(c.id for c in store.concepts() if c.kind == Kind.CAUSE)
    change = store.forget(document.id)
    assert change.document == document
    assert [s.quote for s in change.removed] == ["Er is te weinig nachtzorg.", "tekort aan personeel"]
    assert {c.kind for c in store.concepts()} == {Kind.CAUSE, Kind.SOLUTION}
    assert store.resolve(staff) == staff
    assert store.claims() == []
    assert len(store.vectors().ids) == 2
    assert store.nominate(terms("nachtzorg"), Filters(), 5) == []
    assert all(f.ok for f in store.check())
    store.forget(store.document("b.pdf").id)
    assert not any(store.counts().values())
    assert store.vectors() is None
    assert all(f.ok for f in store.check())


def test_links_of_others_to_a_statement_stay_when_its_document_is_read_again(store, make) -> None:
    store.put(make("a.pdf", NIGHT))
    [night] = store.statements()
    other = make("b.pdf", POOL)
    tie = Link(other.statements[0].id, Relation.ADDRESSES, night.id)
    store.put(dataclasses.replace(other, links=(tie,)))
    store.put(make("a.pdf", "text: Nieuw begin", NIGHT, STAFF))
    assert tie in store.links([night.id])


def test_a_link_to_nothing_is_refused_and_nothing_is_stored(store, make) -> None:
    broken = dataclasses.replace(make("a.pdf", NIGHT), links=(Link("st-1", Relation.LEADS_TO, "st-2"),))
    with pytest.raises(KluwenError, match="st-1"):
        store.put(broken)
    assert store.documents() == []
    assert store.revision() == 0


def test_a_quote_that_is_not_in_its_passage_is_refused(store, make) -> None:
    good = make("a.pdf", NIGHT)
    for change in ({"start": 1}, {"end": 4}, {"quote": "iets anders"}, {"passage_id": "pas-0"}):
        with pytest.raises(KluwenError) as refused:
            store.put(dataclasses.replace(good, statements=(dataclasses.replace(good.statements[0], **change),)))
        assert refused.value.key == "store.quote_astray"
    assert store.documents() == []


def test_two_with_one_id_are_refused(store, make) -> None:
    good = make("a.pdf", NIGHT)
    with pytest.raises(KluwenError, match="id"):
        store.put(dataclasses.replace(good, statements=good.statements * 2))


def test_vectors_of_another_model_are_refused(store, make, model) -> None:
    store.put(make("a.pdf", NIGHT, vectors=model))
    for other in (ModelInfo("test", "2", 4), ModelInfo("other", "1", 4), ModelInfo("test", "1", 8)):
        with pytest.raises(KluwenError) as refused:
            store.put(make("b.pdf", POOL, vectors=other))
        assert refused.value.key == "store.other_model"
    assert [d.name for d in store.documents()] == ["a.pdf"]
    assert store.model() == model


def test_a_graph_without_vectors_takes_those_of_any_model(store, make, model) -> None:
    other = ModelInfo("other", "7", 8)
    store.put(make("a.pdf", NIGHT))
    assert store.model() is None
    assert store.vectors() is None
    store.put(make("a.pdf", NIGHT, vectors=model))
    assert store.vectors().texts.shape == (1, 4)
    store.forget(store.document("a.pdf").id)
    store.put(make("b.pdf", NIGHT, vectors=other))
    assert store.model() == other


def test_all_vectors_are_replaced_at_once_or_not_at_all(store, make, model) -> None:
    store.put(make("a.pdf", NIGHT, STAFF, vectors=model))
    store.put(make("b.pdf", POOL, vectors=model))
    other = ModelInfo("other", "7", 3)
    ids = tuple(s.id for s in reversed(store.statements()))
    rows = np.eye(3, dtype=np.float32)
    with pytest.raises(KluwenError) as refused:
        store.replace_vectors(Vectors(other, ids[:2], rows[:2], rows[:2]))
    assert refused.value.key == "store.vectors_incomplete"
    assert store.model() == model
    store.replace_vectors(Vectors(other, (*ids, "st-gone"), np.vstack([rows, rows[:1]]), np.zeros((4, 3), np.float32)))
    found = store.vectors()
    assert store.model() == found.model == other
    assert {id: list(row) for id, row in zip(found.ids, found.texts, strict=True)} == {
        id: list(row) for id, row in zip(ids, rows, strict=True)
    }
    assert not found.leads.any()


def test_vectors_follow_every_change(store, reopen, make, model) -> None:
    other = reopen()
    store.put(make("a.pdf", NIGHT, vectors=model))
    assert len(other.vectors().ids) == 1
    store.put(make("b.pdf", STAFF, POOL, vectors=model))
    assert other.vectors().texts.shape == (3, 4)
    store.put(make("a.pdf", STAFF, vectors=model))
    now = other.vectors()
    assert set(now.ids) == {s.id for s in store.statements()}
    both = dict(zip(now.ids, now.texts, strict=True))
    same = [both[s.id] for s in store.statements() if s.quote == "tekort aan personeel"]
    assert np.array_equal(*same)


def test_the_revision_grows_with_every_change(store, make) -> None:
    seen = [store.revision()]
    store.put(make("a.pdf", NIGHT))
    seen.append(store.revision())
    store.set_access(store.document("a.pdf").id, Access.INTERNAL)
    seen.append(store.revision())
    store.forget(store.document("a.pdf").id)
    seen.append(store.revision())
    assert seen == sorted(set(seen))


def test_access_that_a_person_decided_survives_reading_again(store, make) -> None:
    store.put(make("a.pdf", NIGHT, access="internal"))
    decided = store.set_access(store.document("a.pdf").id, Access.PUBLIC)
    assert (decided.access, decided.access_decided) == (Access.PUBLIC, True)
    assert store.put(make("a.pdf", NIGHT, access="internal")).unchanged
    store.put(make("a.pdf", NIGHT, STAFF, access="internal"))
    [document] = store.documents()
    assert (document.access, document.access_decided) == (Access.PUBLIC, True)


def test_a_document_without_statements_is_a_document(store, make) -> None:
    store.put(make("leeg.txt", "text: Hier staat niets om over te klagen."))
    assert store.counts()["Document"] == 1
    assert store.statements() == []
    assert store.put(make("leeg.txt", "text: Hier staat niets om over te klagen.")).unchanged
