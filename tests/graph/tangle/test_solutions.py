"""Which solutions a problem has, and how they come to it. Runs on every kind of store."""

from dataclasses import replace

import pytest

import graph
from corpus.errors import KluwenError
from graph.meaning import open_encoder
from graph.model import Origin, Vectors
from graph.resolve.comparing import Compared
from graph.tangle import Way, solutions_by_meaning, solutions_for

PROBLEM = "bottleneck: Mantelzorgers raken overbelast"
REPORT = (
    PROBLEM,  # 0
    "cause: Er is te weinig nachtzorg",  # 1
    "cause: Er is een tekort aan personeel",  # 2
    "bottleneck: Patiënten worden in de nacht opgenomen",  # 3
    "solution: Bied respijtzorg aan",  # 4
    "solution: Stel een nachtteam in",  # 5
    "solution: Leid meer mensen op",  # 6
    "solution: Spreek bedden af met het hospice",  # 7
    "solution: Geef naasten van mantelzorgers les in tillen",  # 8: about it, said of nothing
    "bottleneck: De parkeergarage is vol",  # 9
    "solution: Bouw een parkeerdek",  # 10
)
LINKS = (
    (0, "CAUSED_BY", 1),
    (1, "CAUSED_BY", 2),
    (3, "CAUSED_BY", 1),
    (4, "ADDRESSES", 0),
    (5, "ADDRESSES", 1),
    (6, "ADDRESSES", 2),
    (7, "ADDRESSES", 3),
    (10, "ADDRESSES", 9),
)
ADVICE = (PROBLEM, "solution: Bel elke week met de mantelzorger", "solution: Bied respijtzorg aan")


def with_vectors(contents):
    """The same document, with what the bundled model makes of its statements."""
    encoder = open_encoder()
    made = encoder.encode_passages([s.text for s in contents.statements])
    return replace(contents, vectors=Vectors(encoder.info, tuple(s.id for s in contents.statements), made, made))


@pytest.fixture
def told(store, make):
    store.put(with_vectors(make("rapport.txt", *REPORT, links=LINKS)))
    store.put(with_vectors(make("advies.txt", *ADVICE, links=((1, "ADDRESSES", 0), (2, "ADDRESSES", 0)))))
    return store


def id_of(store, words: str) -> str:
    return next(c.id for c in store.concepts() if words in c.label)


def test_the_nearest_way_comes_first_and_what_most_sources_say_before_what_one_says(told) -> None:
    found = solutions_for(told, id_of(told, "overbelast"))
    assert [(answer.solution.label, answer.way, answer.sources) for answer in found] == [
        ("Bied respijtzorg aan", Way.ITSELF, 2),
        ("Bel elke week met de mantelzorger", Way.ITSELF, 1),
        ("Stel een nachtteam in", Way.CAUSE, 1),
        ("Leid meer mensen op", Way.CAUSE, 1),
        ("Spreek bedden af met het hospice", Way.SHARED_CAUSE, 1),
    ]
    assert graph.solutions_for(told, id_of(told, "overbelast")) == found
    assert len(solutions_for(told, id_of(told, "overbelast"), limit=2)) == 2


def test_every_step_has_its_quotes_and_says_whether_a_source_states_it(told) -> None:
    statements = {s.id: s for s in told.statements()}
    for answer in solutions_for(told, id_of(told, "overbelast")):
        assert answer.origin == Origin.STATED
        assert answer.path[0] == id_of(told, "overbelast")
        assert answer.path[-1] == answer.solution.id
        for hop in answer.hops:
            ends = (hop.target, hop.source) if hop.back else (hop.source, hop.target)
            assert hop.evidence
            assert {tuple(statements[id].concept_id for id in pair) for pair in hop.evidence} == {ends}
    shared = solutions_for(told, id_of(told, "overbelast"))[-1]
    assert [hop.relation for hop in shared.hops] == ["CAUSED_BY", "CAUSED_BY", "ADDRESSES"]
    assert [hop.back for hop in shared.hops] == [False, True, True]


def test_for_a_statement_what_is_said_of_itself_goes_before_what_is_said_of_it_elsewhere(told) -> None:
    [own] = told.statements(document_id=told.document("advies.txt").id)[:1]
    ways = {answer.solution.label: answer.way for answer in solutions_for(told, own.id)}
    assert ways["Bel elke week met de mantelzorger"] == ways["Bied respijtzorg aan"] == Way.ITSELF
    [other] = told.statements(document_id=told.document("rapport.txt").id)[:1]
    found = solutions_for(told, other.id)
    assert [(a.solution.label, a.way) for a in found][:2] == [
        ("Bied respijtzorg aan", Way.ITSELF),
        ("Bel elke week met de mantelzorger", Way.ELSEWHERE),
    ]


def test_what_helps_against_what_is_perhaps_the_same_is_inferred(store, make) -> None:
    store.put(
        make(
            "a.txt",
            "bottleneck: mantelzorgers raken overbelast",
            "solution: bel elke week",
            links=((1, "ADDRESSES", 0),),
        )
    )
    store.put(
        make("b.txt", "bottleneck: naasten bezwijken", "solution: zorg voor respijt", links=((1, "ADDRESSES", 0),))
    )
    words = {w.text: w for w in store.uncompared([d.id for d in store.documents()])}
    first, second = words["mantelzorgers raken overbelast"], words["naasten bezwijken"]
    store.liken([Compared(first, ("a",), ()), Compared(second, ("b",), ((first.key, 0.5),))])
    found = solutions_for(store, id_of(store, "overbelast"))
    assert [(a.solution.label, a.way, a.origin) for a in found] == [
        ("Bel elke week", Way.ITSELF, Origin.STATED),
        ("Zorg voor respijt", Way.ELSEWHERE, Origin.INFERRED),
    ]
    assert found[1].sure == pytest.approx(0.5)
    assert [hop.relation for hop in found[1].hops] == [None, "ADDRESSES"]
    quotes = {s.id: s.quote for s in store.statements()}
    assert [quotes[id] for id in found[1].hops[0].evidence[0]] == [
        "mantelzorgers raken overbelast",
        "naasten bezwijken",
    ]


def test_by_meaning_comes_last_and_is_inferred(told) -> None:
    found = solutions_for(told, id_of(told, "overbelast"), encoder=open_encoder())
    ways = [answer.way for answer in found]
    assert ways == sorted(ways, key=list(Way).index)
    [near] = [a for a in found if a.solution.label.startswith("Geef naasten")]
    assert (near.way, near.origin) == (Way.MEANING, Origin.INFERRED)
    assert 0 < near.sure < 1
    assert "Bouw een parkeerdek" not in [a.solution.label for a in found]


def test_a_problem_in_other_words_has_solutions_by_meaning(told) -> None:
    found = solutions_by_meaning(told, open_encoder(), "respijtzorg voor mantelzorgers")
    assert found[0].solution.label == "Bied respijtzorg aan"
    assert all(answer.origin == Origin.INFERRED for answer in found)
    assert solutions_by_meaning(told, open_encoder(), "qqq") == []


def test_a_problem_without_solutions_has_none_and_one_that_is_not_there_is_refused(told) -> None:
    assert [a.solution.label for a in solutions_for(told, id_of(told, "parkeergarage"))] == ["Bouw een parkeerdek"]
    with pytest.raises(KluwenError):
        solutions_for(told, "con-0")
