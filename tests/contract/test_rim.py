"""Actors and themes know how many sources speak of them, whatever went before. Part of the contract of all stores."""

import random
import sqlite3

import pytest

import graph
from graph.model import Access, Theme, actor_id, theme_id
from graph.resolve import concept_id

ACTORS = ("huisarts", "Huisarts", "gemeente", "patiënt")
THEMES = (Theme.DATA, Theme.CAPACITY)
IDS = [*{actor_id(name): None for name in ACTORS}, *map(theme_id, THEMES)]


def prose(seed: int) -> list[str]:
    """Passages that no other seed has."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvwz", k=6)) for _ in range(80)]
    return [f"text: {' '.join(rng.choices(words, k=12))}." for _ in range(12)]


def counted(store) -> dict:
    """Each actor's and theme's name, support and whether an internal document speaks of it: counted statement by statement."""
    documents = {d.id: d for d in store.documents()}
    source = {id: min([id, *(o.id for o in store.same_source(id))]) for id in documents}
    found = {}
    for s in store.statements():
        pairs = [(actor_id(name), name) for name in (*s.actors, *s.experienced_by)]
        for id, name in pairs + ([(theme_id(s.theme), s.theme.value)] if s.theme else []):
            names, sources, internal = found.setdefault(id, (set(), set(), set()))
            names.add(name)
            sources.add(source[s.document_id])
            internal.add(documents[s.document_id].access == Access.INTERNAL)
    return {id: (min(n, key=str.encode), len(s), any(i)) for id, (n, s, i) in found.items()}


def kept(store) -> dict:
    return {n.id: (n.label, n.support, n.internal) for n in store.nodes(IDS)}


def document(make, name: str, chance: random.Random):
    about = {"experienced_by": tuple(chance.sample(ACTORS, chance.randint(0, 1)))}
    lines = [
        (
            f"bottleneck: er schort {i} aan {name}",
            about | {"actors": tuple(chance.sample(ACTORS, chance.randint(0, 2)))},
        )
        for i in range(chance.randint(0, 2))
    ]
    for _, more in lines:
        if chance.random() < 0.5:
            more["theme"] = chance.choice(THEMES)
    # of some documents one is another's file, or goes on where it ends
    text = prose(1) if name in "ab" else prose(1) + prose(2) if name == "c" else prose(3)
    return make(f"{name}.pdf", *text, *lines, access=chance.choice(list(Access)))


@pytest.mark.parametrize("seed", range(4))
def test_support_is_counted_whatever_was_put_forgotten_and_hidden(reopen, make, seed) -> None:
    chance = random.Random(seed)
    store = reopen(create=True)
    public = reopen(public=True)
    for _ in range(10):
        name = chance.choice("abcd")
        known = [d for d in store.documents() if d.name == f"{name}.pdf"]
        step = chance.choice(("put", "put", "access", "forget")) if known else "put"
        if step == "put":
            store.put(document(make, name, chance))
        elif step == "access":
            store.set_access(known[0].id, chance.choice(list(Access)))
        else:
            store.forget(known[0].id)
        for session in (store, public):
            assert kept(session) == counted(session)
            assert "store.check_rim_ok" in {f.key for f in session.check()}
    for d in store.documents():
        store.forget(d.id)
    assert kept(store) == kept(public) == {}


def test_a_public_session_knows_an_actor_by_a_public_name(reopen, make) -> None:
    with reopen(create=True) as store, reopen(public=True) as public:
        store.put(make("a.pdf", ("bottleneck: dit", {"actors": ("Huisarts",)}), access="internal"))
        assert kept(public) == {}
        store.put(make("b.pdf", ("bottleneck: dat", {"actors": ("huisarts",)})))
        id = actor_id("huisarts")
        assert kept(store) == {id: ("Huisarts", 2, True)}
        assert kept(public) == {id: ("huisarts", 1, False)}


def fill(store, make) -> None:
    chance = random.Random(9)
    for name in "abcd":
        store.put(document(make, name, chance))
    store.put(make("e.pdf", ("cause: iets", {"actors": ACTORS[1:3], "theme": "data"}), access="internal"))


def age(path: str) -> None:
    """Make a file one of version 1."""
    with sqlite3.connect(path) as connection:
        for table in ("told", "rim", "rim_name", "judgement", "extraction", "anchor", "alike", "wording", "block"):
            connection.execute(f"DROP TABLE {table}")
        for column in ("label", "labelled"):
            connection.execute(f"ALTER TABLE statement DROP COLUMN {column}")
        for column in ("key", "public_concept"):
            connection.execute(f"DROP INDEX expresses_{column}")
            connection.execute(f"ALTER TABLE expresses DROP COLUMN {column}")
        connection.execute("ALTER TABLE document DROP COLUMN extraction")
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def test_an_older_file_is_counted_when_it_is_opened(make, tmp_path) -> None:
    path = str(tmp_path / "old.db")
    with graph.open(path, create=True) as store:
        fill(store, make)
        before = kept(store)
    age(path)
    with graph.open(path) as store, graph.open(path, public=True) as public:
        with sqlite3.connect(f"{path}.v1.bak") as backup:
            assert backup.execute("PRAGMA user_version").fetchone() == (1,)
            assert backup.execute("SELECT count(*) FROM statement").fetchone()[0] == len(store.statements())
        backup.close()
        assert kept(store) == counted(store) == before
        assert kept(public) == counted(public)
        store.forget(store.document("a.pdf").id)
        assert kept(store) == counted(store)


def test_an_older_graph_on_a_server_is_counted_when_it_is_opened(make, neo4j_address) -> None:
    with graph.open(neo4j_address, create=True) as store:
        fill(store, make)
        before = kept(store)

        def age(ask) -> None:
            ask("MATCH (n:KluwenTold) DELETE n")
            ask("MATCH (n:KluwenRim) DELETE n")
            ask("MATCH (s:Statement) REMOVE s.key, s.public_concept_id")
            ask("MATCH (g:KluwenGraph) SET g.version = 1")

        store._server.write(age)
    with graph.open(neo4j_address, public=True) as public, graph.open(neo4j_address) as store:
        assert kept(store) == counted(store) == before
        assert kept(public) == counted(public)
        assert {c.id for c in store.concepts()} == {concept_id(s.kind, s.text) for s in store.statements()}
        assert {c.id for c in public.concepts()} == {concept_id(s.kind, s.text) for s in public.statements()}
        store.forget(store.document("a.pdf").id)
        assert kept(store) == counted(store)
