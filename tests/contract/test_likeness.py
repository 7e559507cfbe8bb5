"""What is alike enough becomes one concept, what is less so is proposed, and people go before both. Part of the contract."""

from dataclasses import replace

import pytest

import graph
from graph.copying import copy
from graph.ledger.judgement import Judgement, Verdict, anchor
from graph.model import Origin, Relation
from graph.resolve.comparing import Compared
from graph.tangle import inferred


@pytest.fixture
def filled(store, make):
    store.put(make("a.txt", "bottleneck: mantelzorgers raken overbelast"))
    store.put(make("b.txt", "bottleneck: de familie houdt het niet vol", access="internal"))
    store.put(make("c.txt", "bottleneck: naasten bezwijken", "solution: bied respijtzorg"))
    return store


def liken(store, **scores) -> None:
    """Say how alike wordings are, by letters: ``ab=0.9``."""
    words = {w.text[0]: w for w in store.uncompared([d.id for d in store.documents()])}
    known: dict[str, str] = {}
    compared = []
    for letter, w in words.items():
        alike = tuple(
            (known[other], score)
            for pair, score in scores.items()
            for other in pair
            if letter in pair and other != letter and other in known
        )
        compared.append(Compared(w, (f"block {letter}", "all"), alike))
        known[letter] = w.key
    store.liken(compared)


def concept(store, words) -> str:
    [found] = [s for s in store.statements() if words in s.text]
    return found.concept_id


def test_what_is_alike_is_one_concept_and_both_addresses_open(filled) -> None:
    before = concept(filled, "bezwijken")
    liken(filled, mn=0.97)
    assert concept(filled, "overbelast") == concept(filled, "bezwijken")
    [found] = filled.concepts([before])
    assert found.support == 2
    assert filled.uncompared([d.id for d in filled.documents()]) == []
    assert {w.text for w in filled.sharing(["all"])["all"]} == {s.text for s in filled.statements()}
    assert not [f for f in filled.check() if not f.ok]


def test_what_is_perhaps_alike_is_proposed_and_people_decide(filled) -> None:
    liken(filled, mn=0.3)
    one, other = concept(filled, "overbelast"), concept(filled, "bezwijken")
    assert one != other
    [(a, b, score)] = filled.proposals()
    assert ({a, b}, score) == ({one, other}, pytest.approx(0.3))
    for id, twin in ((one, other), (other, one)):
        assert [(a, b) for a, b, _ in filled.proposals(concept_ids=[id])] == [(id, twin)]
    assert filled.proposals(concept_ids=[concept(filled, "houdt")]) == []
    ours, theirs = (anchor(s) for s in filled.statements() if s.concept_id in (one, other))
    apart = Judgement(Verdict.DIFFERENT, (ours,), (theirs,), by="eva", at="2026-01-01T10:00:00+00:00")
    filled.judge([apart])
    assert filled.proposals() == []
    assert filled.proposals(concept_ids=[one]) == []
    same = Judgement(Verdict.SAME, (ours,), (theirs,), by="ali", at="2026-01-02T10:00:00+00:00")
    filled.judge([same])
    assert concept(filled, "overbelast") == concept(filled, "bezwijken")


def test_people_hold_apart_what_is_alike(filled) -> None:
    liken(filled, mn=0.97)
    ours, theirs = (anchor(s) for s in filled.statements() if s.text[0] in "mn")
    filled.judge([Judgement(Verdict.SPLIT, (theirs,), (ours,), by="eva", at="2026-01-01T10:00:00+00:00")])
    assert concept(filled, "overbelast") != concept(filled, "bezwijken")


def test_an_internal_wording_does_not_make_one_of_two_public_ones(filled, reopen) -> None:
    liken(filled, dm=0.97, dn=0.97, mn=0.85)
    assert len({concept(filled, words) for words in ("overbelast", "houdt", "bezwijken")}) == 1
    with reopen(public=True) as public:
        assert concept(public, "overbelast") != concept(public, "bezwijken")
        assert [score for _, _, score in public.proposals()] == [pytest.approx(0.85)]
        words = {s.text for s in public.statements()}
        assert {w.text for w in public.sharing(["all"])["all"]} == words
        known = public.compared(filled.document_order())
        assert {c.worded.text for c in known} == words
        assert {key for c in known for key, _ in c.alike} <= {c.worded.key for c in known}


def test_what_held_two_together_goes_with_its_document(filled) -> None:
    liken(filled, dm=0.97, dn=0.97, mn=0.85)
    filled.forget(filled.document("b.txt").id)
    assert concept(filled, "overbelast") != concept(filled, "bezwijken")
    assert {w.text for w in filled.sharing(["all"])["all"]} == {s.text for s in filled.statements()}


def test_a_copy_knows_what_was_compared_and_is_judged_alike(filled, tmp_path) -> None:
    liken(filled, mn=0.97)
    [remedy] = (anchor(s) for s in filled.statements() if "respijtzorg" in s.text)
    filled.judge([Judgement(Verdict.REJECTED, (remedy,), by="eva", at="2026-01-01T10:00:00+00:00")])
    with graph.open(str(tmp_path / "copy.db"), create=True) as there:
        copy(filled, there)
        order = filled.document_order()
        assert there.statements() == filled.statements()
        assert there.concepts() == filled.concepts()
        assert there.ledger() == filled.ledger()
        here, known = ({c.worded: (set(c.blocks), set(c.alike)) for c in g.compared(order)} for g in (filled, there))
        assert here
        assert known == here


def test_what_says_the_opposite_is_shown_side_by_side_and_is_never_one(filled, reopen) -> None:
    liken(filled, mn=-0.8, dn=-0.6)
    assert filled.proposals() == []
    text = {s.id: s.text for s in filled.statements()}
    found = [(text[a], text[b], score) for a, b, score in filled.contraries()]
    assert [{a[0], b[0]} for a, b, _ in found] == [{"m", "n"}, {"d", "n"}]
    assert [score for _, _, score in found] == [pytest.approx(0.8), pytest.approx(0.6)]
    assert len(filled.contraries(limit=1)) == 1
    of_one = filled.contraries([concept(filled, "houdt")])
    assert [(text[a][0], text[b][0]) for a, b, _ in of_one] == [("d", "n")]
    with reopen(public=True) as public:
        assert [{text[a][0], text[b][0]} for a, b, _ in public.contraries()] == [{"m", "n"}]


def test_items_of_one_list_do_not_contradict_each_other(store, make) -> None:
    contents = make("a.txt", "bottleneck: minder bedden", "bottleneck: nog meer bedden")
    listed = tuple(replace(s, lead_in="Wie ziek is krijgt") for s in contents.statements)
    store.put(replace(contents, statements=listed))
    one, other = store.uncompared([contents.document.id])
    store.liken([Compared(one, ("all",), ()), Compared(other, ("all",), ((one.key, -0.9),))])
    assert store.contraries() == []


def test_what_is_said_of_a_twin_is_inferred_and_kept_apart_from_what_is_stated(store, make) -> None:
    store.put(make("a.txt", "bottleneck: mantelzorgers raken overbelast"))
    store.put(
        make(
            "c.txt",
            "bottleneck: naasten bezwijken",
            "solution: bied respijtzorg",
            links=((1, Relation.ADDRESSES, 0),),
        )
    )
    liken(store, mn=0.5)
    one, twin, solution = (concept(store, words) for words in ("overbelast", "bezwijken", "respijtzorg"))
    [found] = inferred(store, one)
    assert (found.edge.source, found.edge.relation, found.edge.target) == (solution, Relation.ADDRESSES, one)
    assert (found.edge.origin, found.twin.id, found.sure) == (Origin.INFERRED, twin, pytest.approx(0.5))
    [stated] = store.edges([solution])[:1]
    assert found.edge.confidence == pytest.approx(0.5 * stated.confidence)
    assert found.edge.evidence == stated.evidence
    assert inferred(store, twin) == []
    ours, theirs = (anchor(s) for s in store.statements() if s.concept_id in (one, twin))
    store.judge([Judgement(Verdict.SAME, (ours,), (theirs,), by="eva", at="2026-01-01T10:00:00+00:00")])
    assert inferred(store, one) == []
    assert {edge.origin for edge in store.edges([solution])} == {Origin.STATED}
