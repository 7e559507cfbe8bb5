"""Putting documents into a Neo4j graph and taking them out. Each function runs inside one write transaction, in which no
other writes (:meth:`graph.store.neo4j_server.Server.write`), and may be run again when that could not be finished."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.errors import KluwenError
from graph.difference import difference, refuse_broken, same_document, with_decisions
from graph.ledger.applying import PERSON, effective
from graph.ledger.judgement import Judgement, holding
from graph.model import CLAIMS, Access, Contents, Document, Link, Passage, Statement, Vectors
from graph.resolve.comparing import Compared
from graph.store import grouping, judging, neo4j_rim, rim
from graph.store import neo4j_concepts as concepts
from graph.store import neo4j_copy as copying
from graph.store import neo4j_read as read
from graph.store import neo4j_rows as rows
from graph.store import neo4j_vectors as vectors
from graph.store.base import Change
from graph.store.neo4j_ledger import Desk
from graph.store.neo4j_load import load, write_links
from graph.store.neo4j_server import Ask
from graph.store.neo4j_sources import Shelf
from graph.store.neo4j_terms import Of, Tally

Terms = Callable[[str], list[str]]


def put(ask: Ask, contents: Contents, terms: Terms, now: str) -> Change:
    """Put a document in place of what stood under its id; see :meth:`graph.store.base.Store.put`."""
    [change] = put_all(ask, [contents], terms, now)
    return change


def put_all(ask: Ask, batch: Sequence[Contents], terms: Terms, now: str, *, anew: bool = False) -> list[Change]:
    """Put documents one after another; see :meth:`graph.store.base.Store.put_all`."""
    desk = Desk(ask)
    said = holding(desk.judgements())
    for contents in batch:
        refuse_broken(contents, judging.marked(said, contents.document.id))
    query = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id"
    there = {row[0] for row in ask(query, ids=[contents.document.id for contents in batch])}
    if anew:
        for id in there:
            forget(ask, id)
        there.clear()
    changes: list[Change] = []
    new: list[Contents] = []
    for contents in batch:
        if contents.document.id not in there:
            there.add(contents.document.id)
            new.append(contents)
            continue
        if new:
            changes += load(ask, desk, new, terms, now)
            new = []
        changes.append(_put_again(ask, desk, contents, terms, now))
    if new:
        changes += load(ask, desk, new, terms, now)
    if said and not all(change.unchanged for change in changes):
        desk.draw()
    _finish(ask, desk)
    return changes


def judge(ask: Ask, judgements: Sequence[Judgement], found: Vectors | None, terms: Terms) -> list[Judgement]:
    """Write down judgements and follow them; see :meth:`graph.store.base.Store.judge`."""
    desk = Desk(ask)
    new = desk.add(judgements)
    if not new:
        return []
    bearing = judging.bearing(new, {j.id: j for j in desk.judgements()})
    # what no longer holds has no anchors afterwards, what holds from now on has none before
    touched = judging.keys(desk.standing(), bearing)
    query = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id"
    for (id,) in ask(query, ids=sorted({id for j in bearing for id in j.documents})):
        contents = replace(copying.contents(ask, id), vectors=found)
        _put_again(ask, desk, contents, terms, contents.document.added, judged=True)
    judging.place(desk, touched | judging.keys(desk.standing(), bearing))
    desk.draw()
    _finish(ask, desk)
    grow(ask)
    return new


def liken(ask: Ask, compared: Sequence[Compared]) -> None:
    """Keep that wordings were compared; see :meth:`graph.store.base.Store.liken`."""
    desk = Desk(ask)
    judging.place(desk, desk.liken(compared))
    _finish(ask, desk)
    grow(ask)


def _finish(ask: Ask, desk: Desk) -> None:
    """Bring the concepts up to date that judgements and likeness touched."""
    if desk.touched:
        concepts.refresh(ask, desk.touched, desk.expressing)


def _put_again(ask: Ask, desk: Desk, contents: Contents, terms: Terms, now: str, *, judged: bool = False) -> Change:
    """Put a document in place of what stands under its id. ``judged``: the judgements are others now."""
    said = [j for j in holding(desk.judgements()) if contents.document.id in j.documents]
    made = effective(contents, said)
    extracted, contents = contents, made.contents
    n, old = _known(ask, contents.document.id)
    document = with_decisions(old, replace(contents.document, added=contents.document.added or now))
    passages = read.passages(ask, None, document.id)
    statements = read.statements(ask, None, document.id, None)
    diff = difference(statements, contents.statements)
    same = (
        same_document(old, document)
        and not (diff.added or diff.removed or diff.changed)
        and [s.id for s in statements] == [s.id for s in contents.statements]
        and passages == list(contents.passages)
        and set(_links(ask, document.id)) == set(contents.links)
        and not vectors.would_add(ask, n, contents.vectors)
    )
    if same and not judged and desk.extracted(old.id, extracted) == extracted:
        return Change(old, kept=len(statements), unchanged=True)
    writer = _Writer(ask, desk, terms, document, n)
    writer.drop_statements([s.id for s in diff.removed])
    writer.passages({p.id: p for p in passages}, contents.passages)
    writer.statements(statements, contents.statements, {s.id for s in diff.same}, made.keys)
    writer.links(contents.links)
    writer.tally()
    spare = vectors.put(ask, writer.n, document.id, contents.statements, contents.vectors)
    back = judging.marked(said, document.id) | {s.id for s in extracted.statements}
    spare = {id: pair for id, pair in spare.items() if id in back}
    desk.settle(document.id, extracted, made, spare, judged=bool(said))
    shelf = Shelf(ask)
    if passages != list(contents.passages):
        grouping.place(shelf, writer.n, [p.text for p in contents.passages], document.access == Access.PUBLIC)
        writer.touch_documents(shelf.changed)
    rim.settle(neo4j_rim.Shelf(ask), dict.fromkeys(shelf.regrouped) | {writer.n: rim.names(contents.statements)})
    writer.finish()
    query = "MATCH (s:Statement {document_id: $id}) RETURN s.id, s.concept_id"
    of = dict(ask(query, id=document.id))
    return Change(
        document,
        added=tuple(replace(s, concept_id=of[s.id]) for s in diff.added),
        removed=diff.removed,
        changed=tuple(replace(s, concept_id=of[s.id]) for s in diff.changed),
        kept=len(diff.changed) + len(diff.same),
    )


def forget(ask: Ask, document_id: str) -> Change:
    """Remove a document and everything that rests on it alone."""
    n, document = _known(ask, document_id)
    removed = read.statements(ask, None, document_id, None)
    desk = Desk(ask)
    desk.leave(document_id)
    writer = _Writer(ask, desk, lambda _: [], document, n)
    writer.links(())
    writer.drop_statements([s.id for s in removed])
    writer.drop_passages([p.id for p in read.passages(ask, None, document_id)])
    writer.tally()
    shelf = Shelf(ask)
    grouping.leave(shelf, n)
    writer.touch_documents(shelf.changed - {n})
    ask("MATCH (v:KluwenVectors {id: $n}) DELETE v", n=n)
    ask("MATCH (r:KluwenRedirect {document_id: $id}) DELETE r", id=document_id)
    ask("MATCH (d:Document {id: $id}) DETACH DELETE d", id=document_id)
    rim.settle(neo4j_rim.Shelf(ask), dict.fromkeys({n, *shelf.regrouped}))
    writer.finish()
    desk.draw()
    _finish(ask, desk)
    return Change(document, removed=tuple(removed))


def set_access(ask: Ask, document_id: str, access: Access) -> Document:
    """Say who may see a document, as a person's decision."""
    n, old = _known(ask, document_id)
    new = replace(old, access=access, access_decided=True)
    if new == old:
        return old
    if access != old.access:
        shift = 1 if access == Access.PUBLIC else -1
        tally = Tally()
        shown: tuple[tuple[Of, str], ...] = (
            ("statements", f"MATCH (n:Statement {{document_id: $id}}) RETURN {_STATEMENT_TERMS}"),
            ("passages", "MATCH (n:Passage {document_id: $id}) RETURN n.terms"),
        )
        for of, query in shown:
            for (analysed,) in ask(query, id=document_id):
                tally.publish(of, set(analysed.split()), shift)
        tally.write(ask)
        for label in ("Statement", "Passage"):
            query = f"MATCH (n:{label} {{document_id: $id}}) SET n.access = $access"
            ask(query, id=document_id, access=access.value)
    query = "MATCH (d:Document {id: $id}) SET d.access = $access, d.access_decided = true"
    ask(query, id=document_id, access=access.value)
    if access != old.access:
        shelf = Shelf(ask)
        grouping.set_public(shelf, n, access == Access.PUBLIC)
        rim.settle(neo4j_rim.Shelf(ask), dict.fromkeys({n, *shelf.regrouped}))
        query = "MATCH (s:Statement {document_id: $id}) RETURN DISTINCT s.key"
        desk = Desk(ask)
        judging.place(desk, {row[0] for row in ask(query, id=document_id)})
        _finish(ask, desk)
    grow(ask)
    return new


def grow(ask: Ask) -> None:
    """Say that the graph has changed."""
    ask("MATCH (g:KluwenGraph) SET g.revision = g.revision + 1")


class _Writer:
    """Writes one document's nodes, and keeps count of the terms that come and go with them and of what is touched."""

    def __init__(self, ask: Ask, desk: Desk, terms: Terms, document: Document, n: int) -> None:
        self._ask = ask
        self._desk = desk
        self._terms = terms
        self._document = document
        self._keys: set[str] = set()
        """The wording keys of statements that come, go, or are worded otherwise."""
        self._counted = Tally()
        self._touched: set[str] = set()
        self._expressing: dict[str, str] = {}
        self._stale: list[str] = []
        row = rows.document_row(document)
        before = ask.one("MATCH (d:Document {id: $id}) RETURN d.access", id=document.id)
        if before != row["access"]:
            # term counts of the public follow the access first, the rest of this put comes on top
            set_access(ask, document.id, document.access)
        ask("MATCH (d:Document {id: $row.id}) SET d += $row", row=row)
        self.n = n

    def passages(self, old: dict[str, Passage], new: Sequence[Passage]) -> None:
        ids = {p.id for p in new}
        written = [p for p in new if old.get(p.id) != p]
        self._uncount("passages", [p.id for p in written if p.id in old])
        made = []
        for p, n in zip(written, self._numbers(len(written)), strict=True):
            row = rows.passage_row(p, self._document.access, " ".join(self._terms(p.text)))
            self._counted.add("passages", set(row["terms"].split()), self._document.access)
            made.append({"row": row if p.id in old else row | {"n": n}, "id": p.id, "order": p.order, "page": p.page})
        for some in rows.by_size(made, lambda row: len(row["row"]["text"])):
            self._ask(
                "MATCH (d:Document {id: $document}) UNWIND $rows AS row MERGE (p:Passage {id: row.id}) SET p += row.row"
                " MERGE (p)-[o:PART_OF]->(d) SET o.order = row.order, o.page = row.page",
                document=self._document.id,
                rows=some,
            )
        self._stale = [id for id in old if id not in ids]

    def statements(
        self, old: Sequence[Statement], new: Sequence[Statement], same: set[str], keys: Mapping[str, str]
    ) -> None:
        expressed = {s.id: s.concept_id for s in old}
        self._touched.update(expressed.values())
        query = "UNWIND $ids AS id MATCH (s:Statement {id: id}) RETURN id, s.key"
        worded = dict(self._ask(query, ids=list(expressed)))
        public = self._document.access == Access.PUBLIC
        made, places = [], []
        written = []
        for place, s in enumerate(new):
            key, before = keys[s.id], worded.get(s.id)
            if before != key:
                self._keys.add(key)
            if s.id in same and before == key:
                places.append({"id": s.id, "place": place})
            else:
                # what it expresses now is worked out when all is written
                written.append((place, replace(s, concept_id=expressed.get(s.id, key))))
        again = [s.id for _, s in written if s.id in expressed]
        self._part([id for id in again if worded[id] != keys[id]])
        self._uncount("statements", again)
        query = "UNWIND $ids AS id MATCH (s:Statement {id: id})-[e:FROM|EXPRESSES]->() DELETE e"
        self._ask(query, ids=again)
        for (place, s), n in zip(written, self._numbers(len(written)), strict=True):
            quote, lead = " ".join(self._terms(s.quote)), " ".join(self._terms(s.lead_in or ""))
            self._counted.add("statements", {*quote.split(), *lead.split()}, self._document.access)
            row = rows.statement_row(s, self._document.access, place, quote, lead, keys[s.id])
            if s.id not in expressed:
                row |= {"n": n, "public_concept_id": s.concept_id if public else None}
            made.append(row)
            self._expressing[s.id] = s.concept_id
        for some in rows.batches(made):
            self._ask(
                "UNWIND $rows AS row MERGE (s:Statement {id: row.id}) SET s += row"
                " WITH s, row MATCH (p:Passage {id: row.passage_id})"
                " CREATE (s)-[:FROM {page: row.page, start: row.start, end: row.end}]->(p)",
                rows=list(some),
            )
        for some in rows.batches(places):
            query = "UNWIND $rows AS row MATCH (s:Statement {id: row.id}) WHERE s.place <> row.place SET s.place = row.place"
            self._ask(query, rows=list(some))
        self._touched.update(self._expressing.values())
        # only now does no statement stand in them any more
        self.drop_passages(self._stale)

    def links(self, new: Sequence[Link]) -> None:
        old = _links(self._ask, self._document.id)
        ends = {id for link in (*new, *old) for id in (link.source, link.target)}
        query = "UNWIND $ids AS id MATCH (s:Statement {id: id}) RETURN id, s.concept_id"
        known = {row[0]: row[1] for row in self._ask(query, ids=sorted(ends))} if ends else {}
        if missing := sorted({id for link in new for id in (link.source, link.target)} - known.keys()):
            raise KluwenError("store.link_astray", id=missing[0])
        self._touched.update(known.values())
        for relation in CLAIMS:
            query = f"MATCH ()-[l:{relation.value} {{document_id: $id}}]->() WHERE l.rule <> $person DELETE l"
            self._ask(query, id=self._document.id, person=PERSON)
        once = list(dict.fromkeys(new))
        numbered = zip(self._numbers(len(once)), once, strict=True)
        write_links(self._ask, [rows.link_row(link, self._document.id, n) for n, link in numbered])

    def drop_statements(self, ids: Sequence[str]) -> None:
        if not ids:
            return
        self._uncount("statements", ids)
        self._part(ids)
        query = (
            f"UNWIND $ids AS id MATCH (s:Statement {{id: id}}) OPTIONAL MATCH (s)-[:{rows.LINKS}]-(o:Statement)"
            " UNWIND [s.concept_id, o.concept_id] AS concept RETURN DISTINCT concept"
        )
        self._touched.update(row[0] for row in self._ask(query, ids=list(ids)) if row[0])
        for some in rows.batches(ids):
            self._ask("UNWIND $ids AS id MATCH (s:Statement {id: id}) DETACH DELETE s", ids=list(some))

    def drop_passages(self, ids: Sequence[str]) -> None:
        self._uncount("passages", ids)
        for some in rows.batches(ids):
            self._ask("UNWIND $ids AS id MATCH (p:Passage {id: id}) DETACH DELETE p", ids=list(some))

    def tally(self) -> None:
        """Write what was counted: document frequencies of terms, and the document's totals."""
        self._counted.write(self._ask)
        self._ask(
            "MATCH (d:Document {id: $id})"
            " CALL (d) { MATCH (s:Statement {document_id: d.id}) RETURN count(s) AS s, sum(s.length) AS s_terms }"
            " CALL (d) { MATCH (p:Passage {document_id: d.id}) RETURN count(p) AS p, sum(p.length) AS p_terms }"
            " SET d.statements = s, d.statement_terms = s_terms, d.passages = p, d.passage_terms = p_terms",
            id=self._document.id,
        )

    def touch_documents(self, numbers: Iterable[int]) -> None:
        """The concepts of these documents are to be worked out again, for their sources have changed."""
        self._touched |= concepts.of_documents(self._ask, numbers)

    def finish(self) -> None:
        """Bring the concepts up to date that were touched, and the graph's revision."""
        desk = self._desk
        judging.place(desk, self._keys)
        concepts.refresh(self._ask, self._touched | desk.touched, self._expressing | desk.expressing)
        desk.touched, desk.expressing = set(), {}
        grow(self._ask)

    def _part(self, ids: Sequence[str]) -> None:
        """What statements held together that go, or are worded otherwise, is to be placed again."""
        for field in ("concept_id", "public_concept_id"):
            query = (
                f"UNWIND $ids AS id MATCH (s:Statement {{id: id}}) WITH DISTINCT s.{field} AS concept"
                f" MATCH (o:Statement {{{field}: concept}}) RETURN DISTINCT o.key"
            )
            self._keys.update(row[0] for row in (self._ask(query, ids=list(ids)) if ids else ()))

    def _numbers(self, many: int) -> Sequence[int]:
        """So many new numbers; what is newer has the higher number."""
        if not many:
            return ()
        query = "MATCH (g:KluwenGraph) SET g.next = g.next + $many RETURN g.next"
        after = self._ask.one(query, many=many)
        return range(after - many, after)

    def _uncount(self, of: Of, ids: Sequence[str]) -> None:
        label, terms = ("Statement", _STATEMENT_TERMS) if of == "statements" else ("Passage", "n.terms")
        query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN {terms}"
        for (analysed,) in self._ask(query, ids=list(ids)) if ids else ():
            self._counted.add(of, set(analysed.split()), self._document.access, -1)


_STATEMENT_TERMS = "n.quote_terms + ' ' + n.lead_terms"


def _known(ask: Ask, id: str) -> tuple[int, Document]:
    found = ask("MATCH (d:Document {id: $id}) RETURN d.n, properties(d)", id=id)
    if not found:
        raise KluwenError("store.document_missing", document=id)
    return int(found[0][0]), rows.document(found[0][1])


def _links(ask: Ask, document_id: str) -> list[Link]:
    return [
        rows.link(row)
        for relation in CLAIMS
        for row in ask(
            f"MATCH (a:Statement)-[l:{relation.value} {{document_id: $id}}]->(b:Statement) WHERE l.rule <> $person"
            f" RETURN {rows.LINK}",
            id=document_id,
            person=PERSON,
        )
    ]
