"""Where an SQLite graph keeps what people decided, and how it is applied; see :mod:`graph.store.judging`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple

from graph.ledger.applying import PERSON, Effective, drawn, fits
from graph.ledger.judgement import Anchor, Judgement, Verdict, holding, in_order
from graph.ledger.lines import as_line, from_row
from graph.ledger.packing import pack, unpack
from graph.model import Contents, Kind, Link
from graph.resolve.comparing import Compared, Worded, by_block, together
from graph.store.judging import (
    Column,
    Contrary,
    End,
    Expression,
    Standing,
    contrary,
    held_apart,
    proposed,
    visible,
    worded,
)
from graph.store.sqlite_rows import many
from graph.store.sqlite_vectors import Spare
from graph.store.vector_cache import blob


class Desk:
    """A :class:`graph.store.judging.Desk` inside one write transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._judgements: list[Judgement] | None = None

    def judgements(self) -> list[Judgement]:
        if self._judgements is None:
            found = self._connection.execute("SELECT line FROM judgement")
            self._judgements = [judgement(row[0]) for row in found]
        return self._judgements

    def add(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        """Write down those that were not known; they come back."""
        new = []
        for j in judgements:
            row = (j.id, as_line(j))
            if self._connection.execute("INSERT OR IGNORE INTO judgement (id, line) VALUES (?, ?)", row).rowcount:
                new.append(j)
        self._judgements = None
        return new

    def standing(self) -> list[Standing]:
        query = (
            "SELECT d.id, a.given, a.quote, a.passage, a.start, a.statement, e.key, d.access = 'public', s.kind"
            " FROM anchor a JOIN document d ON d.n = a.document LEFT JOIN statement s ON s.id = a.statement"
            " LEFT JOIN expresses e ON e.statement = s.n"
        )
        return [
            Standing(Anchor(*row[:5]), row[5], row[6], bool(row[7]), Kind(row[8]) if row[8] else None)
            for row in self._connection.execute(query)
        ]

    def alike(self, keys: Collection[str]) -> dict[tuple[str, str], float]:
        found: dict[tuple[str, str], float] = {}
        for column in ("a", "b"):
            query = f"SELECT x.a, x.b, x.score FROM json_each(?) j CROSS JOIN alike x ON x.{column} = j.value"
            found |= {(a, b): score for a, b, score in self._connection.execute(query, (many(keys),))}
        return found

    def drop_alike(self, keys: Collection[str]) -> None:
        asked = [(key,) for key in keys]
        self._connection.executemany("DELETE FROM alike WHERE a = ?", asked)
        self._connection.executemany("DELETE FROM alike WHERE b = ?", asked)
        self._connection.executemany("DELETE FROM block WHERE key = ?", asked)
        self._connection.executemany("DELETE FROM wording WHERE key = ?", asked)

    def liken(self, compared: Sequence[Compared]) -> set[str]:
        """Keep what was compared, as far as it still stands; the keys that are like others come back."""
        keys = {key for c in compared for key in (c.worded.key, *(other for other, _ in c.alike))}
        query = "SELECT DISTINCT e.key FROM json_each(?) j CROSS JOIN expresses e ON e.key = j.value"
        there = {row[0] for row in self._connection.execute(query, (many(keys),))}
        standing = [c for c in compared if c.worded.key in there]
        self._connection.executemany(
            "INSERT OR IGNORE INTO wording VALUES (?, ?, ?)",
            [(c.worded.key, c.worded.kind.value, c.worded.text) for c in standing],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO block VALUES (?, ?)", [(b, c.worded.key) for c in standing for b in c.blocks]
        )
        found = ((c.worded.key, other, s) for c in standing for other, s in c.alike if other in there)
        pairs = [(min(one, other), max(one, other), s) for one, other, s in found]
        self._connection.executemany("INSERT OR REPLACE INTO alike VALUES (?, ?, ?)", pairs)
        return {key for a, b, _ in pairs for key in (a, b)}

    def expressions(self, keys: Collection[str]) -> list[Expression]:
        query = (
            "SELECT s.id, e.key, d.access = 'public', nullif(e.concept, ''), e.public_concept FROM json_each(?) j"
            " CROSS JOIN expresses e ON e.key = j.value JOIN statement s ON s.n = e.statement"
            " JOIN document d ON d.n = s.document ORDER BY s.document, s.place, s.n"
        )
        found = self._connection.execute(query, (many(keys),))
        return [Expression(id, key, bool(public), *concepts) for id, key, public, *concepts in found]

    def express(self, column: Column, changed: Mapping[str, str | None], redirected: Mapping[str, str]) -> None:
        self._connection.executemany(
            f"UPDATE expresses SET {column} = ? WHERE statement = (SELECT n FROM statement WHERE id = ?)",
            [(concept, id) for id, concept in changed.items()],
        )
        self._connection.executemany(
            "INSERT OR REPLACE INTO redirect (old, new, document) SELECT ?, ?, document FROM statement WHERE id = ?",
            [(before, changed[id], id) for id, before in redirected.items()],
        )

    def extracted(self, n: int, contents: Contents) -> Contents:
        """What was extracted from a document: the contents themselves where no judgement touches it."""
        row = self._connection.execute("SELECT data FROM extraction WHERE document = ?", (n,)).fetchone()
        return unpack(row[0], contents) if row else contents

    def settle(self, n: int, extracted: Contents, made: Effective, spare: Spare, *, judged: bool) -> None:
        """Keep beside a document what was extracted from it, where judgements stand in it, and the names they give.
        ``spare`` are vectors of statements that were rejected: they may come back."""
        run = self._connection.execute
        run("DELETE FROM extraction WHERE document = ?", (n,))
        run("DELETE FROM anchor WHERE document = ?", (n,))
        run("UPDATE statement SET label = NULL, labelled = NULL WHERE document = ? AND label IS NOT NULL", (n,))
        if not judged:
            return
        texts, leads = (b"".join(blob(pair[i]) for pair in spare.values()) for i in (0, 1))
        run("INSERT INTO extraction VALUES (?, ?, ?, ?, ?)", (n, pack(extracted), json.dumps([*spare]), texts, leads))
        self._connection.executemany(
            "INSERT INTO anchor (document, given, quote, passage, start, statement) VALUES (?, ?, ?, ?, ?, ?)",
            [(n, *astuple(a)[1:], at) for a, at in made.attached.items()],
        )
        self._connection.executemany(
            "UPDATE statement SET label = ?, labelled = ? WHERE id = ?",
            [(*label, id) for id, label in made.labels.items()],
        )

    def draw(self) -> None:
        """Let the links that people drew be those that hold, whichever documents came or went."""
        judgements = [j for j in holding(self.judgements()) if j.verdict in (Verdict.LINKED, Verdict.UNLINKED)]
        standing = self.standing() if judgements else []
        kinds = {x.statement: x.kind for x in standing if x.kind}
        wanted = [
            x
            for x in drawn(judgements, {x.anchor: x.statement for x in standing if x.kind})
            if fits(x.relation, kinds[x.source], kinds[x.target])
        ]
        query = "SELECT l.n, a.id, l.relation, b.id FROM link l JOIN statement a ON a.n = l.source JOIN statement b ON b.n = l.target WHERE l.rule = ?"
        there = {tuple(row[1:]): row[0] for row in self._connection.execute(query, (PERSON,))}
        keep = {(x.source, x.relation.value, x.target): x for x in wanted}
        self._connection.executemany(
            "DELETE FROM link WHERE n = ?", [(n,) for key, n in there.items() if key not in keep]
        )
        self._connection.executemany(
            "INSERT INTO link (source, relation, target, document, origin, confidence, rule, cue)"
            " SELECT a.n, ?, b.n, a.document, ?, ?, ?, ? FROM statement a JOIN statement b ON b.id = ? WHERE a.id = ?",
            [_link(x) for key, x in keep.items() if key not in there],
        )


def _link(x: Link) -> tuple[object, ...]:
    return (x.relation.value, x.origin.value, x.confidence, x.rule, x.cue, x.target, x.source)


def judgement(line: str) -> Judgement:
    """The judgement of a line that the graph wrote down itself."""
    return from_row(json.loads(line))


def uncompared(connection: sqlite3.Connection, document_ids: Collection[str]) -> list[Worded]:
    query = (
        "SELECT s.kind, s.quote, s.lead_in, e.key FROM json_each(?) j CROSS JOIN seen_document d ON d.id = j.value"
        " JOIN statement s ON s.document = d.n JOIN expresses e ON e.statement = s.n"
        " WHERE NOT EXISTS (SELECT 1 FROM wording w WHERE w.key = e.key) ORDER BY s.document, s.place, s.n"
    )
    found = connection.execute(query, (many(document_ids),))
    return worded((kind, quote, lead, key) for kind, quote, lead, key in found)


def compared(connection: sqlite3.Connection, document_ids: Collection[str]) -> list[Compared]:
    """See :meth:`graph.store.base.Store.compared`."""
    keys = (
        "SELECT DISTINCT e.key FROM json_each(?) j CROSS JOIN seen_document d ON d.id = j.value"
        " JOIN statement s ON s.document = d.n JOIN expresses e ON e.statement = s.n"
    )
    of = f"FROM ({keys}) k CROSS JOIN"
    asked = (many(document_ids),)
    words = connection.execute(f"SELECT w.key, w.kind, w.text {of} wording w ON w.key = k.key", asked).fetchall()
    blocks = connection.execute(f"SELECT b.key, b.block {of} block b ON b.key = k.key", asked).fetchall()
    alike: list[tuple[str, str, float]] = []
    for one, other in (("a", "b"), ("b", "a")):
        query = (
            f"SELECT x.{one}, x.{other}, x.score {of} alike x ON x.{one} = k.key"
            f" WHERE EXISTS (SELECT 1 FROM seen_expresses e WHERE e.key = x.{other})"
        )
        alike += connection.execute(query, asked).fetchall()
    return together(words, blocks, alike)


def sharing(connection: sqlite3.Connection, blocks: Collection[str]) -> dict[str, list[Worded]]:
    query = (
        "SELECT b.block, w.key, w.kind, w.text FROM json_each(?) j CROSS JOIN block b ON b.block = j.value"
        " JOIN wording w ON w.key = b.key WHERE EXISTS (SELECT 1 FROM seen_expresses e WHERE e.key = w.key)"
    )
    return by_block(connection.execute(query, (many(blocks),)).fetchall())


def proposals(
    connection: sqlite3.Connection, limit: int, concept_ids: Collection[str] | None
) -> list[tuple[str, str, float]]:
    """See :meth:`graph.store.base.Store.proposals`."""
    of, asked = _of(concept_ids)
    query = (
        "SELECT DISTINCT x.a, x.b, ea.concept, eb.concept, x.score FROM alike x JOIN seen_expresses ea ON ea.key = x.a"
        f" JOIN seen_expresses eb ON eb.key = x.b WHERE x.score > 0 AND ea.concept <> eb.concept AND {of}"
        " ORDER BY x.score DESC, x.a, x.b"
    )
    desk = Desk(connection)
    apart = held_apart(desk.judgements(), desk.standing())
    return proposed(connection.execute(query, asked), apart, limit, concept_ids)


def contraries(
    connection: sqlite3.Connection, concept_ids: Collection[str] | None, limit: int
) -> list[tuple[str, str, float]]:
    """See :meth:`graph.store.base.Store.contraries`."""
    end = "{0}.id, {0}.key, {0}.concept, {0}.document, {0}.lead_in"
    tied = "JOIN seen_statement a ON a.key = x.a JOIN seen_statement b ON b.key = x.b WHERE x.score < 0"
    select = f"SELECT {end.format('a')}, {end.format('b')}, -x.score"
    of, asked = _of(concept_ids)
    found = connection.execute(f"{select} FROM alike x {tied} AND {of} ORDER BY x.score, x.a, x.b, a.id, b.id", asked)
    return contrary((Contrary(End(*row[:5]), End(*row[5:10]), row[10]) for row in found), concept_ids, limit)


def _of(concept_ids: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """Whether a row of ``alike x`` is about one of these concepts, as SQL with its parameters."""
    if concept_ids is None:
        return "1", ()
    keys = "SELECT e.key FROM json_each(?1) j CROSS JOIN seen_expresses e ON e.concept = j.value"
    return f"(x.a IN ({keys}) OR x.b IN ({keys}))", (many(concept_ids),)


def ledger(connection: sqlite3.Connection, *, public: bool) -> list[Judgement]:
    """All judgements that the session may see; see :meth:`graph.store.base.Store.ledger`."""
    found = in_order(judgement(row[0]) for row in connection.execute("SELECT line FROM judgement"))
    if not public:
        return found
    seen = {row[0] for row in connection.execute("SELECT id FROM seen_document")}
    return visible(found, seen)


def orphans(connection: sqlite3.Connection) -> list[tuple[Judgement, Anchor]]:
    """What judgements that hold were about and is no longer there."""
    query = "SELECT d.id, a.given, a.quote, a.passage, a.start FROM anchor a JOIN document d ON d.n = a.document"
    there = {Anchor(*row) for row in connection.execute(query)}
    said = holding(judgement(row[0]) for row in connection.execute("SELECT line FROM judgement"))
    return [(j, a) for j in said for a in (*j.about, *j.others) if a not in there]
