"""Where a Neo4j graph keeps what :mod:`graph.store.grouping` needs: sketches, and who leads which document."""

from __future__ import annotations

from array import array

from graph.sources import SUSPECT, Sketch
from graph.store.grouping import CANDIDATES, Column
from graph.store.neo4j_server import Ask


class Shelf:
    """A :class:`graph.store.grouping.Shelf` inside one write transaction. ``changed`` are the numbers of the documents
    that got another source, ``regrouped`` those that got one among all or among the public ones."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self.changed: set[int] = set()
        self.regrouped: set[int] = set()

    def keep(self, n: int, made: Sketch) -> None:
        self._ask(
            "CREATE (k:KluwenSketch {id: $n, name: 'sketch ' + $n, size: $size, limit: $limit, hashes: $hashes})"
            " WITH k UNWIND $probe AS hash CREATE (:KluwenProbe {hash: hash, document: $n, name: toString(hash)})",
            n=n,
            size=made.size,
            limit=made.limit - 1,
            hashes=array("q", made.hashes).tobytes(),
            probe=list(made.probe),
        )

    def drop(self, n: int) -> None:
        self._ask("MATCH (k:KluwenSketch {id: $n}) DELETE k", n=n)
        self._ask("MATCH (p:KluwenProbe {document: $n}) DELETE p", n=n)

    def sketch(self, n: int) -> Sketch:
        query = "MATCH (k:KluwenSketch {id: $n}) RETURN k.size, k.limit, k.hashes"
        [(size, limit, data)] = self._ask(query, n=n)
        hashes = array("q")
        hashes.frombytes(data)
        return Sketch(tuple(hashes), size, limit + 1)

    def candidates(self, n: int, made: Sketch, column: Column) -> list[int]:
        found = self._ask(
            "UNWIND $hashes AS hash MATCH (p:KluwenProbe {hash: hash}) WITH p.document AS other, count(*) AS shared"
            f" WHERE shared >= $least AND other <> $n MATCH (d:Document {{n: other}}) WHERE d.{column} = d.n"
            " RETURN other ORDER BY shared DESC, other LIMIT $most",
            hashes=list(made.hashes),
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
