"""Where a Neo4j graph keeps what :mod:`graph.store.grouping` needs: sketches, and who leads which document."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from graph.sources import SUSPECT, Sketch
from graph.store.grouping import CANDIDATES, Column
from graph.store.neo4j_server import Ask

_NUMBERS = "[x IN split({}, ' ') WHERE x <> '' | toInteger(x)]"
"""Numbers that come as one text, which is sent some ten times as fast as a list of them."""


class Shelf:
    """A :class:`graph.store.grouping.Shelf` inside one write transaction. ``changed`` are the numbers of the documents
    that got another source, ``regrouped`` those that got one among all or among the public ones."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.changed: set[int] = set()
        self.regrouped: set[int] = set()

    def keep(self, n: int, made: Sketch) -> None:
        self.keep_all({n: made})

    def keep_all(self, made: Mapping[int, Sketch]) -> None:
        """Keep the sketches of several documents, by their numbers."""
        self._ask(
            "UNWIND $rows AS row CREATE (:KluwenSketch {id: row.n, name: 'sketch ' + row.n, size: row.size,"
            f" limit: row.limit, hashes: row.hashes}}) WITH row UNWIND {_NUMBERS.format('row.probe')} AS hash"
            " CREATE (:KluwenProbe {hash: hash, document: row.n, name: toString(hash)})",
            rows=[
                {
                    "n": n,
                    "size": each.size,
                    "limit": each.limit - 1,
                    "hashes": array("q", each.hashes).tobytes(),
                    "probe": _text(each.probe),
                }
                for n, each in made.items()
            ],
        )

    def drop(self, n: int) -> None:
        self._ask("MATCH (k:KluwenSketch {id: $n}) DELETE k", n=n)
        self._ask("MATCH (p:KluwenProbe {document: $n}) DELETE p", n=n)

    def sketch(self, n: int) -> Sketch:
        return self.sketches([n])[n]

    def sketches(self, documents: Iterable[int]) -> dict[int, Sketch]:
        """The sketches of several documents, by their numbers."""
        query = "UNWIND $ns AS n MATCH (k:KluwenSketch {id: n}) RETURN n, k.size, k.limit, k.hashes"
        found = {}
        for n, size, limit, data in self._ask(query, ns=list(documents)):
            hashes = array("q")
            hashes.frombytes(data)
            found[n] = Sketch(tuple(hashes), size, limit + 1)
        return found

    def candidates(self, n: int, made: Sketch, column: Column) -> list[int]:
        found = self._ask(
            f"UNWIND {_NUMBERS.format('$hashes')} AS hash MATCH (p:KluwenProbe {{hash: hash}})"
            " WITH p.document AS other, count(*) AS shared"
            f" WHERE shared >= $least AND other <> $n MATCH (d:Document {{n: other}}) WHERE d.{column} = d.n"
            " RETURN other ORDER BY shared DESC, other LIMIT $most",
            hashes=_text(made.hashes),
            n=n,
            least=SUSPECT,
            most=CANDIDATES,
        )
        return [row[0] for row in found]

    def release(self, n: int, column: Column) -> list[int]:
        found = self._ask(
            f"MATCH (d:Document {{{column}: $n}}) WHERE d.n <> $n MATCH (k:KluwenSketch {{id: d.n}})"
            " RETURN d.n AS n ORDER BY k.size DESC, n",
            n=n,
        )
        left = [row[0] for row in found]
        self._ask(f"MATCH (d:Document) WHERE d.n IN $all SET d.{column} = null", all=[n, *left])
        self._note(column, left)
        return left

    def follow(self, n: int, leader: int, column: Column) -> None:
        self._ask(f"MATCH (d:Document {{n: $n}}) SET d.{column} = $leader", n=n, leader=leader)
        self._note(column, [n])

    def hand_over(self, old: int, leader: int, column: Column) -> None:
        query = f"MATCH (d:Document {{{column}: $old}}) WITH d SET d.{column} = $leader RETURN d.n"
        self._note(column, [row[0] for row in self._ask(query, old=old, leader=leader)])

    def _note(self, column: Column, documents: list[int]) -> None:
        self.regrouped.update(documents)
        if column == "source":
            self.changed.update(documents)


class Arrivals:
    """A :class:`graph.store.grouping.Entrance` for documents that come together: they are compared with the graph in one
    query, and kept in memory until :meth:`write`. ``changed`` and ``regrouped`` are as :class:`Shelf`'s, of the graph's own
    documents."""

    def __init__(self, ask: Ask, made: Mapping[int, Sketch]) -> None:
        self._shelf = Shelf(ask)
        self._made = made
        self._shared: dict[int, Counter[int]] = defaultdict(Counter)
        self._leaders: dict[Column, dict[int, int]] = {column: {} for column in get_args(Column)}
        self._of_probe: dict[int, list[int]] = defaultdict(list)
        self.changed = self._shelf.changed
        self.regrouped = self._shelf.regrouped
        found = ask(
            f"UNWIND $rows AS row UNWIND {_NUMBERS.format('row.hashes')} AS hash MATCH (p:KluwenProbe {{hash: hash}})"
            " WITH row.n AS n, p.document AS other, count(*) AS shared WHERE shared >= $least"
            " MATCH (d:Document {n: other}) RETURN n, other, shared, d.source, d.public_source",
            rows=[{"n": n, "hashes": _text(each.hashes)} for n, each in made.items()],
            least=SUSPECT,
        )
        for n, other, shared, *leaders in found:
            self._shared[n][other] = shared
            for column, leader in zip(self._leaders, leaders, strict=True):
                if leader is not None:
                    self._leaders[column][other] = leader
        leading = {other for leaders in self._leaders.values() for other, leader in leaders.items() if other == leader}
        self._standing = self._shelf.sketches(sorted(leading)) if leading else {}

    def leader(self, n: int) -> int:
        """The number of the document that leads a new one."""
        return self._leaders["source"][n]

    def leaders(self, n: int) -> dict[str, Any]:
        """The properties that say which documents lead a new one."""
        return {column: leaders.get(n) for column, leaders in self._leaders.items()}

    def write(self) -> None:
        """Keep the sketches of all."""
        self._shelf.keep_all(self._made)

    def keep(self, n: int, made: Sketch) -> None:
        for hash_ in made.probe:
            self._of_probe[hash_].append(n)

    def sketch(self, n: int) -> Sketch:
        return self._made[n] if n in self._made else self._standing[n]

    def candidates(self, n: int, made: Sketch, column: Column) -> list[int]:
        shared = Counter(other for hash_ in made.hashes for other in self._of_probe.get(hash_, ()) if other != n)
        shared.update(self._shared[n])
        leaders = self._leaders[column]
        found = [other for other, many in shared.items() if many >= SUSPECT and leaders.get(other) == other]
        return sorted(found, key=lambda other: (-shared[other], other))[:CANDIDATES]

    def follow(self, n: int, leader: int, column: Column) -> None:
        self._leaders[column][n] = leader

    def hand_over(self, old: int, leader: int, column: Column) -> None:
        self._shelf.hand_over(old, leader, column)
        self._leaders[column] = {n: leader if of == old else of for n, of in self._leaders[column].items()}


def _text(numbers: Iterable[int]) -> str:
    return " ".join(map(str, numbers))
