"""What hangs together with what. Runs on every kind of store."""

import random

import pytest

from corpus.errors import KluwenError
from graph.model import Kind, Level, actor_id, theme_id
from graph.store.base import Filters
from graph.tangle import levers, loops, neighbourhood, paths, solutions_for, unanswered

LINES = (
    ("bottleneck: Overbelaste mantelzorger", {"theme": "support", "actors": ("huisarts",)}),  # 0
    ("bottleneck: Opname in het ziekenhuis", {"theme": "support"}),  # 1
    ("bottleneck: Volle spoedeisende hulp", {"actors": ("huisarts",)}),  # 2
    ("cause: Geen nachtzorg", {"level": "system"}),  # 3
    ("cause: Tekort aan personeel", {"level": "organisational"}),  # 4
    "solution: Stel een nachtteam in",  # 5
    "solution: Betaal reistijd",  # 6
    ("bottleneck: Los probleem", {"actors": ("huisarts",)}),  # 7
    "cause: Losse oorzaak",  # 8
)
LINKS = (
    (0, "CAUSED_BY", 3),
    (3, "CAUSED_BY", 4),
    (0, "LEADS_TO", 1),
    (1, "LEADS_TO", 2),
    (5, "ADDRESSES", 3),
    (6, "ADDRESSES", 4),
    (7, "CAUSED_BY", 8),
)


@pytest.fixture
def tangled(store, make):
    store.put(make("a.pdf", *LINES, links=LINKS))
    return store


def names(nodes) -> list[str]:
    return [n.label for n in nodes]


def id_of(store, label: str) -> str:
    return next(c.id for c in store.concepts() if c.label.startswith(label))


def test_a_neighbourhood_is_what_stands_within_the_hops(tangled) -> None:
    found = neighbourhood(tangled, id_of(tangled, "Overbelaste"), hops=1)
    assert names(found.nodes) == [
        "Overbelaste mantelzorger",
        "Geen nachtzorg",
        "Opname in het ziekenhuis",
        "huisarts",
        "support",
    ]
    assert not found.truncated
    assert [found.depth[n.id] for n in found.nodes] == [0, 1, 1, 1, 1]
    # relations between the outermost are there too
    labels = {n.id: n.label for n in found.nodes}
    assert {(labels[e.source], e.relation, labels[e.target]) for e in found.edges} == {
        ("Overbelaste mantelzorger", "CAUSED_BY", "Geen nachtzorg"),
        ("Overbelaste mantelzorger", "LEADS_TO", "Opname in het ziekenhuis"),
        ("Overbelaste mantelzorger", "INVOLVES", "huisarts"),
        ("Overbelaste mantelzorger", "ABOUT", "support"),
        ("Opname in het ziekenhuis", "ABOUT", "support"),
    }


def test_actors_and_themes_are_not_walked_through(tangled) -> None:
    found = neighbourhood(tangled, id_of(tangled, "Overbelaste"), hops=9)
    assert "Los probleem" not in names(found.nodes)
    assert len([n for n in found.nodes if n.kind not in ("actor", "theme")]) == 7


def test_from_an_actor_the_walk_does_start(tangled) -> None:
    found = neighbourhood(tangled, actor_id("huisarts"), hops=1)
    assert set(names(found.nodes)) == {
        "huisarts",
        "Overbelaste mantelzorger",
        "Volle spoedeisende hulp",
        "Los probleem",
        "support",
    } - {"support"}
    assert found.centre == actor_id("huisarts")
    wider = neighbourhood(tangled, theme_id(LINES[0][1]["theme"]), hops=2)
    assert {"Geen nachtzorg", "Volle spoedeisende hulp"} <= set(names(wider.nodes))


def test_no_hops_is_the_node_alone(tangled) -> None:
    found = neighbourhood(tangled, id_of(tangled, "Los"), hops=0)
    assert (names(found.nodes), found.edges) == (["Los probleem"], ())


def test_a_statement_stands_for_its_concept(tangled) -> None:
    statement = tangled.statements()[0]
    assert neighbourhood(tangled, statement.id).centre == statement.concept_id


def test_kinds_limit_what_is_shown_and_walked_through(tangled) -> None:
    found = neighbourhood(tangled, id_of(tangled, "Volle"), hops=5, kinds={"bottleneck", "actor"})
    assert names(found.nodes) == [
        "Volle spoedeisende hulp",
        "Opname in het ziekenhuis",
        "huisarts",
        "Overbelaste mantelzorger",
    ]
    assert neighbourhood(tangled, id_of(tangled, "Volle"), kinds=()).nodes[0].label == "Volle spoedeisende hulp"


def test_a_limit_keeps_the_nearest_and_best_supported(store, make) -> None:
    star = ["bottleneck: Het midden"] + [f"cause: Oorzaak nummer {i}" for i in range(20)]
    store.put(make("a.pdf", *star, links=tuple((0, "CAUSED_BY", i) for i in range(1, 21))))
    store.put(make("b.pdf", star[0], star[7], star[9]))
    store.put(make("c.pdf", star[9]))
    found = neighbourhood(store, id_of(store, "Het midden"), limit=4)
    assert found.truncated
    assert names(found.nodes) == ["Het midden", "Oorzaak nummer 8", "Oorzaak nummer 6", "Oorzaak nummer 0"]
    assert len(found.edges) == 3
    assert not neighbourhood(store, id_of(store, "Het midden"), limit=30).truncated
    assert len(neighbourhood(store, id_of(store, "Het midden"), limit=1).nodes) == 1


def test_a_hub_does_not_push_actors_out(store, make) -> None:
    star = [("bottleneck: Het midden", {"actors": ("huisarts", "gemeente")})]
    star += [f"cause: Oorzaak nummer {i}" for i in range(20)]
    store.put(make("a.pdf", *star, links=tuple((0, "CAUSED_BY", i) for i in range(1, 21))))
    found = neighbourhood(store, id_of(store, "Het midden"), limit=10)
    assert sorted(n.label for n in found.nodes if n.kind == "actor") == ["gemeente", "huisarts"]
    assert len(found.nodes) == 10


def test_a_path_is_the_shortest_way_in_any_direction(tangled) -> None:
    [way] = paths(tangled, id_of(tangled, "Betaal"), id_of(tangled, "Volle"))
    assert names(way.nodes) == [
        "Betaal reistijd",
        "Tekort aan personeel",
        "Geen nachtzorg",
        "Overbelaste mantelzorger",
        "Opname in het ziekenhuis",
        "Volle spoedeisende hulp",
    ]
    for edge, first, second in zip(way.edges, way.nodes, way.nodes[1:], strict=False):
        assert {edge.source, edge.target} == {first.id, second.id}


def test_further_ways_come_after_the_shortest(store, make) -> None:
    store.put(
        make(
            "a.pdf",
            *(f"bottleneck: Knelpunt {x}" for x in "abcdef"),
            links=((0, "LEADS_TO", 1), (1, "LEADS_TO", 5), (0, "LEADS_TO", 2), (2, "LEADS_TO", 3), (3, "LEADS_TO", 5)),
        )
    )
    ways = paths(store, id_of(store, "Knelpunt a"), id_of(store, "Knelpunt f"))
    assert ["".join(n.label[-1] for n in way.nodes) for way in ways] == ["abf", "acdf"]
    assert len(paths(store, id_of(store, "Knelpunt a"), id_of(store, "Knelpunt f"), limit=1)) == 1


def test_there_is_no_way_where_nothing_hangs_together(tangled) -> None:
    assert paths(tangled, id_of(tangled, "Los"), id_of(tangled, "Volle")) == []
    [self] = paths(tangled, id_of(tangled, "Los"), id_of(tangled, "Los"))
    assert (names(self.nodes), self.edges) == (["Los probleem"], ())
    with pytest.raises(KluwenError):
        paths(tangled, "con-0", id_of(tangled, "Los"))


def test_ways_are_found_however_the_graph_is_laid_out(store, make) -> None:
    """Against a plain breadth-first search over all claims."""
    rng = random.Random(3)
    n = 60
    ties = {(rng.randrange(n), rng.randrange(n)) for _ in range(75)}
    links = tuple((a, "LEADS_TO", b) for a, b in sorted(ties) if a != b)
    store.put(make("a.pdf", *(f"bottleneck: Knelpunt {i:02}" for i in range(n)), links=links))
    ids = {c.label: c.id for c in store.concepts()}
    beside: dict[str, set[str]] = {id: set() for id in ids.values()}
    for e in store.claims():
        beside[e.source].add(e.target)
        beside[e.target].add(e.source)
    for a, b in rng.sample([(a, b) for a in ids.values() for b in ids.values() if a < b], 60):
        reached, ring, steps = {a}, {a}, 0
        while ring and b not in ring:
            ring = {o for id in ring for o in beside[id]} - reached
            reached |= ring
            steps += 1
        ways = paths(store, a, b, limit=2)
        if b not in ring or steps > 8:
            assert ways == []
        else:
            assert len(ways[0].edges) == steps
            assert len({tuple(names(way.nodes)) for way in ways}) == len(ways)


def test_loops_are_found_in_both_ways_of_saying(store, make) -> None:
    store.put(
        make(
            "a.pdf",
            *(f"bottleneck: Knelpunt {x}" for x in "abcd"),
            "cause: Oorzaak e",
            # a → b → c → a, of which the last is said as "a is caused by c"; a → d → a; e stands outside
            links=(
                (0, "LEADS_TO", 1),
                (1, "LEADS_TO", 2),
                (0, "CAUSED_BY", 2),
                (0, "LEADS_TO", 3),
                (3, "LEADS_TO", 0),
                (0, "CAUSED_BY", 4),
            ),
        )
    )
    found = loops(store)
    assert [{n.label[-1] for n in loop.nodes} for loop in found] == [{"a", "d"}, {"a", "b", "c"}]
    for loop in found:
        assert len(loop.edges) == len(loop.nodes)
        for i, edge in enumerate(loop.edges):
            ends = loop.nodes[i].id, loop.nodes[(i + 1) % len(loop.nodes)].id
            assert (edge.source, edge.target) == (ends if edge.relation == "LEADS_TO" else ends[::-1])
    assert len(loops(store, limit=1)) == 1
    assert len(loops(store, longest=2)) == 1


def test_one_claim_said_in_two_directions_is_no_loop(store, make) -> None:
    lines = ("bottleneck: Knelpunt a", "bottleneck: Knelpunt b")
    store.put(make("a.pdf", *lines, links=((0, "LEADS_TO", 1),)))
    store.put(make("b.pdf", *lines, links=((1, "CAUSED_BY", 0),)))
    assert loops(store) == []


def test_loops_of_a_knot_that_has_millions_are_still_given(store, make) -> None:
    n = 14
    links = tuple((a, "LEADS_TO", b) for a in range(n) for b in range(n) if a != b)
    store.put(make("a.pdf", *(f"bottleneck: Knelpunt {i}" for i in range(n)), links=links))
    assert len(loops(store, limit=200)) == 200


def test_a_lever_is_what_most_bottlenecks_hang_on(tangled) -> None:
    found = levers(tangled)
    assert [(lever.node.label, len(lever.reaches), lever.direct) for lever in found] == [
        ("Geen nachtzorg", 3, 1),
        ("Tekort aan personeel", 3, 0),
        ("Overbelaste mantelzorger", 2, 1),
        ("Losse oorzaak", 1, 1),
        ("Opname in het ziekenhuis", 1, 1),
    ]
    assert {n.label for n in tangled.nodes(found[2].reaches)} == {"Opname in het ziekenhuis", "Volle spoedeisende hulp"}


def test_levers_agree_with_counting_by_hand(store, make) -> None:
    rng = random.Random(5)
    n = 40
    kinds = ["bottleneck" if rng.random() < 0.6 else "cause" for _ in range(n)]
    bottlenecks = [i for i in range(n) if kinds[i] == "bottleneck"]
    links = tuple({(rng.choice(bottlenecks), "CAUSED_BY", rng.randrange(n)) for _ in range(70)})
    store.put(make("a.pdf", *(f"{kinds[i]}: Nummer {i:02}" for i in range(n)), links=links))
    after: dict[str, set[str]] = {}
    for e in store.claims():
        after.setdefault(e.target, set()).add(e.source)
    kind = {c.id: c.kind for c in store.concepts()}
    for lever in levers(store, limit=100):
        reached, ring = set(), {lever.node.id}
        while ring:
            ring = {o for id in ring for o in after.get(id, ())} - reached
            reached |= ring
        assert set(lever.reaches) == {id for id in reached - {lever.node.id} if kind[id] == Kind.BOTTLENECK}


def test_unanswered_is_what_no_solution_addresses_most_supported_first(tangled, make) -> None:
    tangled.put(make("b.pdf", LINES[2], "solution: Bouw er een bij"))
    assert [c.label for c in unanswered(tangled)] == [
        "Volle spoedeisende hulp",
        "Los probleem",
        "Losse oorzaak",
        "Opname in het ziekenhuis",
        "Overbelaste mantelzorger",
    ]
    assert [c.label for c in unanswered(tangled, Filters(kinds=frozenset({Kind.CAUSE})))] == ["Losse oorzaak"]
    assert unanswered(tangled, Filters(levels=frozenset({Level.SYSTEM}))) == []
    assert len(unanswered(tangled, limit=2)) == 2


def test_solutions_are_those_for_a_problem_or_its_causes_with_the_way_there(tangled) -> None:
    found = solutions_for(tangled, id_of(tangled, "Opname"))
    labels = {c.id: c.label for c in tangled.concepts()}
    assert [[labels[id] for id in answer.path] for answer in found] == [
        ["Opname in het ziekenhuis", "Overbelaste mantelzorger", "Geen nachtzorg", "Stel een nachtteam in"]
    ]
    assert [hop.relation for hop in found[0].hops] == ["LEADS_TO", "CAUSED_BY", "ADDRESSES"]
    near = solutions_for(tangled, id_of(tangled, "Overbelaste"))
    assert [a.solution.label for a in near] == ["Stel een nachtteam in", "Betaal reistijd"]
    assert [a.solution.label for a in solutions_for(tangled, id_of(tangled, "Overbelaste"), causes=1)] == [
        "Stel een nachtteam in"
    ]
    assert len(solutions_for(tangled, id_of(tangled, "Overbelaste"), limit=1)) == 1
    assert solutions_for(tangled, id_of(tangled, "Los ")) == []


def test_an_empty_graph_has_no_tangle(store) -> None:
    assert loops(store) == levers(store) == unanswered(store) == []
    with pytest.raises(KluwenError):
        neighbourhood(store, "con-0")
