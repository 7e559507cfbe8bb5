"""However a graph came about, it holds what its documents say now. Part of the contract of all stores."""

import itertools
import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import graph
from corpus.dutch import terms
from graph.model import Access, Relation, actor_id
from graph.store.base import Filters, Store

WORDS = (
    "geen geld",
    "Geen geld!",
    "te weinig nachtzorg",
    "de huisarts weet het niet",
    "een nieuw team",
    "losse einden",
)
lines = st.lists(
    st.tuples(
        st.sampled_from(["bottleneck", "cause", "solution", "text"]),
        st.sampled_from(WORDS),
        st.fixed_dictionaries(
            {},
            optional={
                "lead_in": st.sampled_from(["Oorzaken", "In de nacht:"]),
                "level": st.sampled_from(["system", "intrinsic"]),
                "theme": st.sampled_from(["data", "capacity"]),
                "actors": st.sampled_from([("huisarts",), ("gemeente", "huisarts")]),
                "confidence": st.sampled_from([0.2, 0.9]),
            },
        ),
    ),
    max_size=5,
)
steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("put"), st.sampled_from("abc"), lines, st.sampled_from(Access), st.randoms(use_true_random=False)
        ),
        st.tuples(st.just("forget"), st.sampled_from("abc")),
        st.tuples(st.just("set_access"), st.sampled_from("abc"), st.sampled_from(Access)),
    ),
    min_size=1,
    max_size=8,
)

numbers = itertools.count()


def contents(make, model, name, said, access, chance):
    links = []
    for a, b in itertools.permutations(range(len(said)), 2):
        if said[a][0] != "text" and said[b][0] != "text" and chance.random() < 0.3:
            links.append((a, chance.choice(["CAUSED_BY", "LEADS_TO", "ADDRESSES"]), b))
    asked = [(f"{kind}: {words}", more) for kind, words, more in said]
    return make(name, *asked, access=access, links=tuple(links), vectors=model)


def answers(store) -> dict:
    """All that a graph says, but for the order in which it came about."""
    everything = [t for word in WORDS for t in terms(word)] + terms("Oorzaken nacht")
    vectors = store.vectors()
    concepts = store.concepts()
    said = store.statements()
    rim = sorted(
        {e.target for e in store.edges([c.id for c in concepts])} | {actor_id(a) for s in said for a in s.actors}
    )
    return {
        "documents": [(d.id, d.access) for d in store.documents()],
        "passages": {p.id: p for p in store.passages()},
        "statements": {s.id: s for s in store.statements()},
        "links": set(store.links()),
        "concepts": concepts,
        "claims": {
            (e.source, e.relation, e.target, e.origin, e.support, frozenset(e.evidence)) for e in store.claims()
        },
        "edges": {(e.source, e.relation, e.target, e.support) for e in store.edges([c.id for c in concepts])},
        "rim": store.nodes([id for id in rim if not id.startswith("con-")]),
        "counts": store.counts(),
        "facets": store.facets(),
        "corpus": (store.corpus(everything), store.corpus(everything, of="passages")),
        "nominated": sorted(store.nominate(everything, Filters(), 1000)),
        "passages nominated": sorted(store.nominate_passages(everything, Filters(), 1000)),
        "vectors": vectors and {id: row.tobytes() for id, row in zip(vectors.ids, vectors.texts, strict=True)},
        "sound": [f.key for f in store.check() if not f.ok],
    }


def settles(make, model, steps, empty) -> None:
    """Take the steps, and see that the graph is what its documents make of a fresh one. ``empty()`` gives an empty graph,
    open for everyone and for the public; it may be the first one, emptied."""
    store, public = empty()
    last = {}
    for step, name, *arguments in steps:
        if step == "put":
            new = contents(make, model, name, *arguments)
            store.put(new)
            last[name] = new
            # asked in between, so that whatever is remembered must be seen to be old
            public.facets(), public.vectors(), public.claims()
        elif name in last:
            id = last[name].document.id
            if step == "forget":
                store.forget(id)
                del last[name]
            else:
                store.set_access(id, *arguments)
    grown, seen = answers(store), answers(public)
    access = {name: store.document(name).access for name in last}
    assert not grown["sound"]
    for relation in Relation:
        assert seen["counts"].get(relation, 0) <= grown["counts"].get(relation, 0)
    fresh, fresh_public = empty()
    for name, new in last.items():
        fresh.put(new)
        fresh.set_access(new.document.id, access[name])
    assert answers(fresh) == grown
    assert answers(fresh_public) == seen


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_a_graph_in_a_file_is_what_its_documents_say_now_whatever_went_before(make, model, steps) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:

        def empty() -> list[Store]:
            path = str(Path(folder, f"{len(list(Path(folder).iterdir()))}.db"))
            return [
                opened.enter_context(graph.open(path, create=True)),
                opened.enter_context(graph.open(path, public=True)),
            ]

        settles(make, model, steps, empty)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_a_graph_on_a_server_is_what_its_documents_say_now_whatever_went_before(
    neo4j_address, neo4j_tools, make, model, steps
) -> None:
    with ExitStack() as opened:

        def empty() -> list[Store]:
            opened.close()
            neo4j_tools.wipe(neo4j_address)
            return [
                opened.enter_context(graph.open(neo4j_address, create=True)),
                opened.enter_context(graph.open(neo4j_address, public=True)),
            ]

        settles(make, model, steps, empty)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_a_graph_on_a_server_says_what_one_in_a_file_says(
    neo4j_address, neo4j_tools, tmp_path, make, model, steps
) -> None:
    neo4j_tools.wipe(neo4j_address)
    file = tmp_path / f"{next(numbers)}.db"
    opened = [graph.open(str(url), create=True) for url in (file, neo4j_address)]
    opened += [graph.open(str(url), public=True) for url in (file, neo4j_address)]
    try:
        for step, name, *arguments in steps:
            for store in opened[:2]:
                if step == "put":
                    said, access, chance = arguments
                    state = chance.getstate()
                    store.put(contents(make, model, name, said, access, chance))
                    if store is opened[0]:
                        chance.setstate(state)
                elif any(d.name == name for d in store.documents()):
                    getattr(store, step)(store.document(name).id, *arguments)
        for here, there in (opened[:2], opened[2:]):
            assert answers(here) == answers(there)
            assert not answers(there)["sound"]
            # and in the same order
            assert [s.id for s in here.statements()] == [s.id for s in there.statements()]
            assert here.links() == there.links()
            asked = [t for word in WORDS for t in terms(word)]
            for limit in (1, 3, 100):
                assert here.nominate(asked, Filters(), limit) == there.nominate(asked, Filters(), limit)
                assert here.nominate_passages(asked, Filters(), limit) == there.nominate_passages(
                    asked, Filters(), limit
                )
    finally:
        for store in opened:
            store.close()
