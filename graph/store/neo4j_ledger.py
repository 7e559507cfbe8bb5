"""Where a Neo4j graph keeps what people decided, and how it is applied; see :mod:`graph.store.judging`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import Any

from graph.ledger.applying import PERSON, Effective, drawn, fits
from graph.ledger.judgement import Anchor, Judgement, Verdict, holding, in_order
from graph.ledger.lines import as_line, from_row
from graph.ledger.packing import pack, unpack
from graph.model import Contents, Kind
from graph.resolve.comparing import Compared, Worded, by_block, together
from graph.store import neo4j_rows as rows
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
from graph.store.neo4j_server import Ask
from graph.store.neo4j_vectors import Spare
from graph.store.vector_cache import blob

_ANCHOR = "a.document_id, a.given, a.quote, a.passage, a.start"


class Desk:
    """A :class:`graph.store.judging.Desk` inside one write transaction.

    ``touched`` gathers the concepts that are to be worked out again because of it, ``expressing`` the concept of each
    statement whose relation to it is to be made.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._judgements: list[Judgement] | None = None
        self.touched: set[str] = set()
        self.expressing: dict[str, str] = {}

    def judgements(self) -> list[Judgement]:
        if self._judgements is None:
            found = self._ask("MATCH (j:KluwenJudgement) RETURN j.line")
            self._judgements = [from_row(json.loads(line)) for (line,) in found]
        return self._judgements

    def add(self, judgements: Iterable[Judgement]) -> list[Judgement]:
        """Write down those that were not known; they come back."""
        known = {j.id for j in self.judgements()}
        new = [j for j in {j.id: j for j in judgements}.values() if j.id not in known]
        made = [{"id": j.id, "name": f"{j.verdict} {j.by} {j.at}", "line": as_line(j)} for j in new]
        for some in rows.batches(made):
            self._ask("UNWIND $rows AS row CREATE (j:KluwenJudgement) SET j = row", rows=list(some))
        self._judgements = None
        return new

    def standing(self) -> list[Standing]:
        found = self._ask(
            f"MATCH (a:KluwenAnchor) MATCH (d:Document {{id: a.document_id}})"
            " OPTIONAL MATCH (s:Statement {id: a.statement})"
            f" RETURN {_ANCHOR}, a.statement, s.key, d.access = 'public', s.kind"
        )
        return [Standing(Anchor(*row[:5]), row[5], row[6], row[7], Kind(row[8]) if row[8] else None) for row in found]

    def alike(self, keys: Collection[str]) -> dict[tuple[str, str], float]:
        found: dict[tuple[str, str], float] = {}
        for end in ("a", "b"):
            query = f"UNWIND $keys AS key MATCH (x:KluwenAlike {{{end}: key}}) RETURN x.a, x.b, x.score"
            found |= {(a, b): score for a, b, score in self._ask(query, keys=list(keys))}
        return found

    def drop_alike(self, keys: Collection[str]) -> None:
        for end in ("a", "b"):
            self._ask(f"UNWIND $keys AS key MATCH (x:KluwenAlike {{{end}: key}}) DELETE x", keys=list(keys))
        self._ask("UNWIND $keys AS key MATCH (x:KluwenBlock {key: key}) DELETE x", keys=list(keys))
        self._ask("UNWIND $keys AS key MATCH (x:KluwenWording {id: key}) DELETE x", keys=list(keys))

    def liken(self, compared: Sequence[Compared]) -> set[str]:
        """Keep what was compared, as far as it still stands; the keys that are like others come back."""
        keys = {key for c in compared for key in (c.worded.key, *(other for other, _ in c.alike))}
        query = "UNWIND $keys AS key MATCH (s:Statement {key: key}) RETURN DISTINCT key"
        there = {row[0] for row in self._ask(query, keys=list(keys))}
        standing = [c for c in compared if c.worded.key in there]
        words = [{"id": c.worded.key, "kind": c.worded.kind.value, "text": c.worded.text} for c in standing]
        query = "UNWIND $rows AS row MERGE (w:KluwenWording {id: row.id}) SET w.kind = row.kind, w.text = row.text"
        self._ask(query, rows=words)
        blocks = [{"block": b, "key": c.worded.key} for c in standing for b in c.blocks]
        for some in rows.batches(blocks):
            query = "UNWIND $rows AS row MERGE (b:KluwenBlock {block: row.block, key: row.key}) SET b.name = row.block"
            self._ask(query, rows=list(some))
        found = ((c.worded.key, other, s) for c in standing for other, s in c.alike if other in there)
        pairs = [(min(one, other), max(one, other), s) for one, other, s in found]
        query = (
            "UNWIND $rows AS row MERGE (x:KluwenAlike {a: row[0], b: row[1]})"
            " SET x.score = row[2], x.name = row[0] + ' ~ ' + row[1]"
        )
        for some in rows.batches([list(pair) for pair in pairs]):
            self._ask(query, rows=list(some))
        return {key for a, b, _ in pairs for key in (a, b)}

    def expressions(self, keys: Collection[str]) -> list[Expression]:
        found = self._ask(
            "UNWIND $keys AS key MATCH (s:Statement {key: key}) MATCH (d:Document {id: s.document_id})"
            " RETURN s.id, key, s.access = 'public', s.concept_id, s.public_concept_id ORDER BY d.n, s.place, s.n",
            keys=list(keys),
        )
        return [Expression(*row) for row in found]

    def express(self, column: Column, changed: Mapping[str, str | None], redirected: Mapping[str, str]) -> None:
        made = [{"id": id, "concept": concept} for id, concept in changed.items()]
        field = f"{column}_id"
        before: dict[str, str] = {}
        for some in rows.batches(made):
            query = "UNWIND $rows AS row MATCH (s:Statement {id: row.id})"
            if column == "concept":
                found = self._ask(f"{query} RETURN s.id, s.concept_id", rows=list(some))
                before |= {id: concept for id, concept in found if concept}
                self._ask(f"{query} MATCH (s)-[e:EXPRESSES]->() DELETE e", rows=list(some))
            self._ask(f"{query} SET s.{field} = row.concept", rows=list(some))
        if column == "concept":
            self.expressing |= {id: concept for id, concept in changed.items() if concept}
            self.touched.update(before.values(), self.expressing.values())
        if redirected:
            self._redirect([{"id": id, "old": old, "new": changed[id]} for id, old in redirected.items()])

    def _redirect(self, made: Sequence[rows.Row]) -> None:
        """Saved links to the concept that a statement expressed before find the new one."""
        self._ask(
            "MATCH (g:KluwenGraph) SET g.next = g.next + size($rows) WITH g.next - size($rows) AS first"
            " UNWIND range(0, size($rows) - 1) AS i WITH first + i AS n, $rows[i] AS row MATCH (s:Statement {id: row.id})"
            " MERGE (r:KluwenRedirect {old: row.old, new: row.new, document_id: s.document_id})"
            " SET r.n = n, r.name = row.old + ' → ' + row.new",
            rows=list(made),
        )

    def extracted(self, document_id: str, contents: Contents) -> Contents:
        """What was extracted from a document: the contents themselves where no judgement touches it."""
        found = self._ask("MATCH (x:KluwenExtraction {id: $id}) RETURN x.data", id=document_id)
        return unpack(found[0][0], contents) if found else contents

    def settle(self, document_id: str, extracted: Contents, made: Effective, spare: Spare, *, judged: bool) -> None:
        """Keep beside a document what was extracted from it, where judgements stand in it, and the names they give.
        ``spare`` are vectors of statements that were rejected: they may come back."""
        ask = self._ask
        self.leave(document_id)
        unnamed = ask(
            "MATCH (s:Statement {document_id: $id}) WHERE s.label IS NOT NULL SET s.label = null, s.labelled = null"
            " RETURN s.id",
            id=document_id,
        )
        named = {row[0] for row in unnamed} | made.labels.keys()
        if named:
            query = "UNWIND $ids AS id MATCH (s:Statement {id: id}) RETURN s.concept_id"
            self.touched.update(row[0] for row in ask(query, ids=sorted(named)))
        if not judged:
            return
        texts, leads = (b"".join(blob(pair[i]) for pair in spare.values()) for i in (0, 1))
        ask(
            "CREATE (x:KluwenExtraction {id: $id, name: $name, data: $data, statements: $ids, texts: $texts, leads: $leads})",
            id=document_id,
            name=f"extraction {document_id}",
            data=pack(extracted),
            ids=[*spare],
            texts=texts,
            leads=leads,
        )
        names = ("document_id", "given", "quote", "passage", "start", "statement")
        anchors = [dict(zip(names, (*astuple(a), at), strict=True)) for a, at in made.attached.items()]
        for some in rows.batches(anchors):
            query = "UNWIND $rows AS row CREATE (a:KluwenAnchor) SET a = row, a.name = 'anchor ' + row.given"
            ask(query, rows=list(some))
        labels = [{"id": id, "label": label, "at": at} for id, (label, at) in made.labels.items()]
        query = "UNWIND $rows AS row MATCH (s:Statement {id: row.id}) SET s.label = row.label, s.labelled = row.at"
        ask(query, rows=labels)

    def leave(self, document_id: str) -> None:
        """Take away what is kept beside a document. Its judgements stay."""
        self._ask("MATCH (x:KluwenExtraction {id: $id}) DELETE x", id=document_id)
        self._ask("MATCH (a:KluwenAnchor {document_id: $id}) DELETE a", id=document_id)

    def draw(self) -> None:
        """Let the links that people drew be those that hold, whichever documents came or went."""
        said = [j for j in holding(self.judgements()) if j.verdict in (Verdict.LINKED, Verdict.UNLINKED)]
        standing = [x for x in (self.standing() if said else ()) if x.kind]
        kinds = {x.statement: x.kind for x in standing if x.kind}
        wanted = drawn(said, {x.anchor: x.statement for x in standing})
        keep = {
            (x.source, x.relation.value, x.target): x
            for x in wanted
            if fits(x.relation, kinds[x.source], kinds[x.target])
        }
        there = {tuple(row) for row in self._ask(f"{_DRAWN} RETURN a.id, type(l), b.id", rule=PERSON)}
        away = there - keep.keys()
        new = [x for key, x in keep.items() if key not in there]
        ends = sorted(
            {id for key in away for id in (key[0], key[2])} | {id for x in new for id in (x.source, x.target)}
        )
        if not ends:
            return
        query = "UNWIND $ids AS id MATCH (s:Statement {id: id}) RETURN id, s.document_id, s.concept_id"
        known = {id: (document, concept) for id, document, concept in self._ask(query, ids=ends)}
        self.touched.update(concept for _, concept in known.values())
        for source, relation, target in away:
            query = (
                f"MATCH (:Statement {{id: $a}})-[l:{relation}]->(:Statement {{id: $b}}) WHERE l.rule = $rule DELETE l"
            )
            self._ask(query, a=source, b=target, rule=PERSON)
        query = "MATCH (g:KluwenGraph) SET g.next = g.next + $many RETURN g.next"
        first = self._ask.one(query, many=len(new)) - len(new)
        for n, x in enumerate(new, first):
            self._ask(
                f"MATCH (a:Statement {{id: $a}}) MATCH (b:Statement {{id: $b}}) CREATE (a)-[l:{x.relation.value}]->(b)"
                " SET l = $about",
                a=x.source,
                b=x.target,
                about=rows.link_row(x, known[x.source][0], n)["about"],
            )


_DRAWN = f"MATCH (j:KluwenJudgement) WITH count(j) AS any WHERE any > 0 MATCH (a:Statement)-[l:{rows.LINKS}]->(b:Statement) WHERE l.rule = $rule"


def uncompared(ask: Ask, document_ids: Collection[str]) -> list[Worded]:
    found = ask(
        "UNWIND $ids AS id MATCH (d:Document {id: id}) MATCH (s:Statement {document_id: id})"
        " WHERE s.access IN $seen AND NOT EXISTS { MATCH (:KluwenWording {id: s.key}) }"
        " RETURN s.kind, s.quote, s.lead_in, s.key ORDER BY d.n, s.place, s.n",
        ids=list(document_ids),
    )
    return worded((kind, quote, lead, key) for kind, quote, lead, key in found)


def compared(ask: Ask, document_ids: Collection[str]) -> list[Compared]:
    """See :meth:`graph.store.base.Store.compared`."""
    query = (
        "UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.access IN $seen MATCH (s:Statement {document_id: id})"
        " RETURN DISTINCT s.key"
    )
    keys = [row[0] for row in ask(query, ids=list(document_ids))]

    def of(match: str, returned: str) -> list[tuple[Any, ...]]:
        return ask(f"UNWIND $keys AS key MATCH {match} RETURN {returned}", keys=keys) if keys else []

    return together(
        of("(w:KluwenWording {id: key})", "key, w.kind, w.text"),
        of("(b:KluwenBlock {key: key})", "key, b.block"),
        [
            row
            for one, other in (("a", "b"), ("b", "a"))
            for row in of(
                f"(x:KluwenAlike {{{one}: key}}) WHERE EXISTS {{ MATCH (s:Statement {{key: x.{other}}})"
                " WHERE s.access IN $seen }",
                f"key, x.{other}, x.score",
            )
        ],
    )


def sharing(ask: Ask, blocks: Collection[str]) -> dict[str, list[Worded]]:
    found = ask(
        "UNWIND $blocks AS block MATCH (b:KluwenBlock {block: block}) MATCH (w:KluwenWording {id: b.key})"
        " WHERE EXISTS { MATCH (s:Statement {key: w.id}) WHERE s.access IN $seen }"
        " RETURN block, w.id, w.kind, w.text",
        blocks=list(blocks),
    )
    return by_block([(block, key, kind, text) for block, key, kind, text in found])


def proposals(ask: Ask, limit: int, concept_ids: Collection[str] | None) -> list[tuple[str, str, float]]:
    """See :meth:`graph.store.base.Store.proposals`."""
    found = ask(
        _pairs(concept_ids) + " MATCH (a:Statement {key: x.a}) WHERE a.access IN $seen"
        " MATCH (b:Statement {key: x.b}) WHERE b.access IN $seen AND a.concept_id <> b.concept_id AND x.score > 0"
        " RETURN DISTINCT x.a, x.b, a.concept_id, b.concept_id, x.score ORDER BY x.score DESC, x.a, x.b LIMIT $most",
        most=max(1000, 10 * limit),
        concepts=list(concept_ids or ()),
    )
    desk = Desk(ask)
    apart = held_apart(desk.judgements(), desk.standing())
    return proposed(((a, b, one, other, score) for a, b, one, other, score in found), apart, limit, concept_ids)


def contraries(ask: Ask, concept_ids: Collection[str] | None, limit: int) -> list[tuple[str, str, float]]:
    """See :meth:`graph.store.base.Store.contraries`."""
    end = "{0}.id, {0}.key, {0}.concept_id, {0}.document_id, {0}.lead_in"
    found = ask(
        _pairs(concept_ids) + " WITH x WHERE x.score < 0"
        " MATCH (a:Statement {key: x.a}) WHERE a.access IN $seen MATCH (b:Statement {key: x.b})"
        f" WHERE b.access IN $seen RETURN {end.format('a')}, {end.format('b')}, -x.score"
        " ORDER BY x.score, x.a, x.b, a.id, b.id",
        concepts=list(concept_ids or ()),
    )
    return contrary((Contrary(End(*row[:5]), End(*row[5:10]), row[10]) for row in found), concept_ids, limit)


def _pairs(concept_ids: Collection[str] | None) -> str:
    """The pairs ``x`` of wordings that are known, all or those of the concepts ``$concepts``, as Cypher."""
    if concept_ids is None:
        return "MATCH (x:KluwenAlike)"
    return (
        "MATCH (of:Statement) WHERE of.concept_id IN $concepts AND of.access IN $seen WITH DISTINCT of.key AS key"
        " CALL (key) { MATCH (x:KluwenAlike {a: key}) RETURN x UNION MATCH (x:KluwenAlike {b: key}) RETURN x }"
        " WITH DISTINCT x"
    )


def ledger(ask: Ask) -> list[Judgement]:
    """All judgements that the session may see; see :meth:`graph.store.base.Store.ledger`."""
    found = in_order(from_row(json.loads(line)) for (line,) in ask("MATCH (j:KluwenJudgement) RETURN j.line"))
    if not ask.public:
        return found
    return visible(found, {row[0] for row in ask("MATCH (d:Document) WHERE d.access IN $seen RETURN d.id")})


def orphans(ask: Ask) -> list[tuple[Judgement, Anchor]]:
    """What judgements that hold were about and is no longer there."""
    there = {Anchor(*row) for row in ask(f"MATCH (a:KluwenAnchor) RETURN {_ANCHOR}")}
    said = holding(from_row(json.loads(line)) for (line,) in ask("MATCH (j:KluwenJudgement) RETURN j.line"))
    return [(j, a) for j in said for a in (*j.about, *j.others) if a not in there]


def word(ask: Ask, documents: Sequence[int]) -> None:
    """Give the statements of these documents (by number), which may have none, their wording keys and the concepts that
    the public sees."""
    ask(
        "UNWIND $ns AS n MATCH (d:Document {n: n}) MATCH (s:Statement {document_id: d.id})"
        " SET s.key = coalesce(s.key, s.concept_id),"
        " s.public_concept_id = CASE WHEN s.access = 'public' THEN coalesce(s.public_concept_id, s.concept_id) END",
        ns=list(documents),
    )
