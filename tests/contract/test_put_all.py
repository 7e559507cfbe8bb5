"""Several documents in one transaction."""

import pytest

from corpus.errors import KluwenError

NIGHT = "bottleneck: Er is te weinig nachtzorg"


def test_they_come_in_their_order_as_one_by_one(store, make, model) -> None:
    first = make("z.pdf", NIGHT, "cause: geen geld", links=((0, "CAUSED_BY", 1),), vectors=model)
    again = make("z.pdf", NIGHT, vectors=model)
    changes = store.put_all([first, make("a.pdf", NIGHT, vectors=model), again])
    assert [len(change.added) for change in changes] == [2, 1, 0]
    assert [len(change.removed) for change in changes] == [0, 0, 1]
    assert [store.document("z.pdf").id, store.document("a.pdf").id] == store.document_order()
    [concept] = store.concepts()
    assert (concept.support, concept.statements) == (2, 2)
    assert all(finding.ok for finding in store.check())


def test_none_goes_in_when_one_is_broken(store, make, model) -> None:
    lost = make("b.pdf", "cause: geen geld", vectors=model)
    elsewhere = make("c.pdf", NIGHT, "cause: iets", links=((0, "CAUSED_BY", 1),))
    import dataclasses

    with pytest.raises(KluwenError) as refused:
        store.put_all([make("a.pdf", NIGHT), dataclasses.replace(lost, links=elsewhere.links)])
    assert refused.value.key == "store.link_astray"
    assert store.documents() == []
    assert store.put_all([]) == []


def test_vectors_of_two_models_do_not_go_in_together(store, make, model) -> None:
    from graph.model import ModelInfo

    other = make("b.pdf", NIGHT, vectors=ModelInfo("other", "1", 4))
    with pytest.raises(KluwenError) as refused:
        store.put_all([make("a.pdf", NIGHT, vectors=model), other])
    assert refused.value.key == "store.other_model"
    assert store.documents() == []


def test_what_comes_anew_is_the_newest_and_leaves_no_trace_of_what_stood(store, make, model) -> None:
    store.put_all([make("a.pdf", NIGHT, vectors=model), make("b.pdf", NIGHT, vectors=model)])
    store.put_all([make("a.pdf", "cause: geen geld", vectors=model)], anew=True)
    a, b = store.document("a.pdf").id, store.document("b.pdf").id
    assert store.document_order() == [b, a]
    assert store.redirects(a) == []
    assert [s.quote for s in store.statements(document_id=a)] == ["geen geld"]
    assert all(finding.ok for finding in store.check())
