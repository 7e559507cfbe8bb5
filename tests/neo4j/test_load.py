"""Many documents in one transaction make exactly the graph that they make one by one, at a cost that can be counted.

On one store only: only Neo4j makes a graph of many documents in another way than of one.
"""

import dataclasses
import logging
import random

import pytest

import graph
from graph.loading import batches
from graph.model import Contents, Link, ModelInfo, Relation

MODEL = ModelInfo("test", "1", 4)
ACTORS = ("huisarts", "wijkverpleegkundige", "mantelzorger", "gemeente")
KINDS = ("bottleneck", "cause", "solution")
TIES = {("bottleneck", "cause"): "CAUSED_BY", ("bottleneck", "bottleneck"): "LEADS_TO"}
TIES |= {("solution", "bottleneck"): "ADDRESSES", ("solution", "cause"): "ADDRESSES"}


@pytest.fixture
def documents(make) -> list[Contents]:
    """Thirty documents that say much of what others say, three of which are parts of others, with links to earlier ones."""
    rng = random.Random(3)
    claims = [
        f"{rng.choice(KINDS)}: Er is te weinig {what}" for what in ("nachtzorg", "tijd", "geld", "steun 🫶", "é", "wij")
    ]
    found: list[Contents] = []
    for number in range(30):
        lines = []
        for i in range(rng.randint(0, 7)):
            said = rng.choice(claims) if rng.random() < 0.6 else f"{rng.choice(KINDS)}: Eigen bewering {number} {i}"
            about = {
                "actors": tuple(rng.sample(ACTORS, rng.randint(0, 2))),
                "confidence": rng.random(),
                "page": i or None,
            }
            about |= {"theme": rng.choice(("funding", "capacity", None)), "level": rng.choice(("system", None))}
            about["experienced_by"] = tuple(rng.sample(ACTORS, rng.randint(0, 1)))
            about["lead_in"] = "Wat knelt:" if rng.random() < 0.2 else None
            lines.append((said, {name: value for name, value in about.items() if value is not None}))
        prose = [f"text: {' '.join(f'woord{number}x{i}n{j}' for j in range(20))}" for i in range(5)]
        # parts of others: one of an earlier and one of a later document
        if number in (8, 16, 24):
            prose = [line.replace(f"woord{number}", f"woord{number - 7}") for line in prose[:4]]
        if number == 10:
            prose = [line.replace("woord10", "woord20") for line in prose[:4]]
        kinds = [line[0].split(":")[0] for line in lines]
        pairs = [
            (a, b) for a in range(len(lines)) for b in range(len(lines)) if a != b and (kinds[a], kinds[b]) in TIES
        ]
        links = tuple((a, TIES[kinds[a], kinds[b]], b) for a, b in rng.sample(pairs, min(len(pairs), 3)))
        access = "internal" if rng.random() < 0.3 else "public"
        vectors = MODEL if number % 5 else None
        contents = make(
            f"{number}.pdf", *lines, *prose, access=access, links=links, vectors=vectors, added="2026-01-01"
        )
        earlier = [s for c in found for s in c.statements]
        ties = [
            Link(s.id, Relation(TIES[s.kind.value, o.kind.value]), o.id)
            for s, o in ((s, rng.choice(earlier)) for s in contents.statements if earlier)
            if (s.kind.value, o.kind.value) in TIES
        ]
        found.append(dataclasses.replace(contents, links=contents.links + tuple(ties[:2])))
    return found


def everything(address: str, tools) -> list[tuple]:
    """Every node and every relation of a graph, with all that it has."""
    nodes = tools.ask(address, "MATCH (n) RETURN labels(n), properties(n)")
    ties = tools.ask(address, "MATCH (a)-[e]->(b) RETURN labels(a), a.id, type(e), properties(e), labels(b), b.id")
    return sorted(repr([dict(sorted(x.items())) if isinstance(x, dict) else x for x in row]) for row in (*nodes, *ties))


@pytest.mark.parametrize("first", [0, 12], ids=["empty", "on top of others"])
def test_a_load_makes_the_graph_that_puts_one_by_one_make(documents, first, neo4j_address, neo4j_tools) -> None:
    with graph.open(neo4j_address, create=True) as store:
        changes = [store.put(contents) for contents in documents]
        one_by_one = everything(neo4j_address, neo4j_tools)
    neo4j_tools.wipe(neo4j_address)
    with graph.open(neo4j_address, create=True) as store:
        for contents in documents[:first]:
            store.put(contents)
        assert store.put_all(documents[first:]) == changes[first:]
        assert everything(neo4j_address, neo4j_tools) == one_by_one
        assert all(finding.ok or finding.key == "store.check_vectors" for finding in store.check())
        # what comes again is compared with what stands, and changes nothing
        assert all(change.unchanged for change in store.put_all(documents))
        assert everything(neo4j_address, neo4j_tools) == one_by_one


def test_the_number_of_queries_depends_neither_on_the_graph_nor_on_the_batch(make, neo4j_address, caplog) -> None:
    def like(start: int, many: int) -> list[Contents]:
        return [
            make(
                f"{i}.pdf",
                f"bottleneck: Er is te weinig zorg {i}",
                f"cause: Geen geld {i}",
                *SHARED,
                links=LINKS,
                vectors=MODEL,
            )
            for i in range(start, start + many)
        ]

    def asked(batch: list[Contents]) -> int:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, "neo4j.io"):
            store.put_all(batch)
        return sum(" RUN " in record.getMessage() for record in caplog.records)

    with graph.open(neo4j_address, create=True) as store:
        store.put_all(like(0, 5))
        small = asked(like(5, 1))
        store.put_all(like(6, 60))
        assert 0 < asked(like(66, 1)) == small
        assert asked(like(67, 40)) == small


SHARED = ("bottleneck: Wat ieder zegt", "cause: Waar het aan ligt")
LINKS = ((0, "CAUSED_BY", 1), (2, "CAUSED_BY", 3), (0, "CAUSED_BY", 3))


def test_batches_are_bounded_and_keep_the_order(make) -> None:
    small = [make(f"{i}.pdf", "cause: Geen geld") for i in range(120)]
    large = make("groot.pdf", "text: " + "woord " * 500_000)
    found = list(batches([*small[:10], large, *small[10:], large]))
    assert [c.document.id for batch in found for c in batch] == [
        c.document.id for c in [*small[:10], large, *small[10:], large]
    ]
    assert max(map(len, found)) <= 50
    assert [large] in found or any(batch[-1] is large or batch[0] is large for batch in found)
