"""Putting documents into an SQLite graph and taking them out. Each function runs inside one write transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from corpus.errors import KluwenError
from graph.difference import Difference, difference, refuse_broken, same_document, with_decisions
from graph.ledger.applying import PERSON, effective
from graph.ledger.judgement import Judgement, holding
from graph.model import Access, Contents, Document, Link, Passage, Statement, Vectors, actor_id
from graph.store import grouping, judging, rim, sqlite_rim
from graph.store import sqlite_copy as copying
from graph.store import sqlite_rows as rows
from graph.store import sqlite_vectors as vectors
from graph.store.base import Change
from graph.store.sqlite_ledger import Desk
from graph.store.sqlite_sources import Shelf

Terms = Callable[[str], list[str]]


def put(connection: sqlite3.Connection, contents: Contents, terms: Terms, now: str, *, anew: bool = False) -> Change:
    """Put a document in place of what stood under its id; see :meth:`graph.store.base.Store.put_all`."""
    desk = Desk(connection)
    change, touched = _put(connection, desk, contents, terms, now, anew=anew)
    if touched is None:
        return change
    judging.place(desk, touched)
    desk.draw()
    concepts = _concepts(connection, [s.id for s in (*change.added, *change.changed)])
    return replace(
        change,
        added=tuple(replace(s, concept_id=concepts[s.id]) for s in change.added),
        changed=tuple(replace(s, concept_id=concepts[s.id]) for s in change.changed),
    )


def judge(
    connection: sqlite3.Connection, judgements: Sequence[Judgement], found: Vectors | None, terms: Terms
) -> list[Judgement]:
    """Write down judgements and follow them; see :meth:`graph.store.base.Store.judge`."""
    desk = Desk(connection)
    new = desk.add(judgements)
    if not new:
        return []
    known = {j.id: j for j in desk.judgements()}
    bearing = judging.bearing(new, known)
    # what no longer holds has no anchors afterwards, what holds from now on has none before
    touched = judging.keys(desk.standing(), bearing)
    for id in sorted({id for j in bearing for id in j.documents}):
        if connection.execute("SELECT 1 FROM document WHERE id = ?", (id,)).fetchone():
            contents = replace(copying.contents(connection, id), vectors=found)
            touched |= _put(connection, desk, contents, terms, contents.document.added, judged=True)[1] or set()
    touched |= judging.keys(desk.standing(), bearing)
    judging.place(desk, touched)
    desk.draw()
    return new


def _put(
    connection: sqlite3.Connection,
    desk: Desk,
    contents: Contents,
    terms: Terms,
    now: str,
    *,
    anew: bool = False,
    judged: bool = False,
) -> tuple[Change, set[str] | None]:
    """Put a document, without saying yet which concepts its statements express: the keys that this touches come back,
    None when nothing was written. ``judged``: the judgements are others now."""
    said = [j for j in holding(desk.judgements()) if contents.document.id in j.documents]
    marked = judging.marked(said, contents.document.id)
    if not judged:
        refuse_broken(contents, marked)
    made = effective(contents, said)
    extracted, contents = contents, made.contents
    document = replace(contents.document, added=contents.document.added or now)
    if anew and connection.execute("SELECT 1 FROM document WHERE id = ?", (document.id,)).fetchone():
        forget(connection, document.id)
    found = connection.execute(f"SELECT n, {rows.DOCUMENT} FROM document WHERE id = ?", (document.id,)).fetchone()
    n, old = (int(found[0]), rows.document(found[1:])) if found else (0, None)
    document = with_decisions(old, document)
    passages = _passages(connection, n) if old else []
    statements = _statements(connection, n) if old else []
    diff = difference(statements, contents.statements)
    same = (
        old is not None
        and same_document(old, document)
        and not (diff.added or diff.removed or diff.changed)
        and [s.id for s in statements] == [s.id for s in contents.statements]
        and passages == list(contents.passages)
        and _links(connection, n) == set(contents.links)
        and not vectors.would_add(connection, n, contents.vectors)
    )
    if old and same and not judged and desk.extracted(n, extracted) == extracted:
        return Change(old, kept=len(statements), unchanged=True), None
    writer = _Writer(connection, terms, document, n)
    writer.passages({p.id: p for p in passages}, contents.passages)
    writer.statements(contents.statements, diff, made.keys)
    writer.links(contents.links)
    writer.tally()
    spare = vectors.put(connection, writer.n, contents.statements, contents.vectors)
    shelf = Shelf(connection)
    if old is None or passages != list(contents.passages):
        grouping.place(shelf, writer.n, [p.text for p in contents.passages], document.access == Access.PUBLIC)
    rim.settle(
        sqlite_rim.Shelf(connection), dict.fromkeys(shelf.regrouped) | {writer.n: rim.names(contents.statements)}
    )
    kept_back = marked | {s.id for s in extracted.statements}
    spare = {id: pair for id, pair in spare.items() if id in kept_back}
    desk.settle(writer.n, extracted, made, spare, judged=bool(said))
    kept = len(diff.changed) + len(diff.same)
    return Change(document, added=diff.added, removed=diff.removed, changed=diff.changed, kept=kept), writer.touched


def forget(connection: sqlite3.Connection, document_id: str) -> Change:
    """Remove a document and everything that rests on it alone."""
    n, document = _known(connection, document_id)
    removed = _statements(connection, n)
    writer = _Writer(connection, lambda _: [], document, n)
    writer.drop_statements([s.id for s in removed])
    writer.drop_passages([p.id for p in _passages(connection, n)])
    writer.tally()
    shelf = Shelf(connection)
    grouping.leave(shelf, n)
    connection.execute("DELETE FROM document WHERE n = ?", (n,))
    rim.settle(sqlite_rim.Shelf(connection), dict.fromkeys({n, *shelf.regrouped}))
    desk = Desk(connection)
    judging.place(desk, writer.touched)
    desk.draw()
    return Change(document, removed=tuple(removed))


def set_access(connection: sqlite3.Connection, document_id: str, access: Access) -> Document:
    """Say who may see a document, as a person's decision."""
    n, old = _known(connection, document_id)
    new = replace(old, access=access, access_decided=True)
    if new == old:
        return old
    if access != old.access:
        shift = 1 if access == Access.PUBLIC else -1
        for table, column, text in (
            ("statement", "public_statements", "quote || ' ' || coalesce(lead_in, '')"),
            ("passage", "public_passages", "text"),
        ):
            counts: Counter[str] = Counter()
            query = f"SELECT {text} FROM {table}_index WHERE rowid IN (SELECT n FROM {table} WHERE document = ?)"
            for (analysed,) in connection.execute(query, (n,)):
                counts.update(set(analysed.split()))
            connection.executemany(
                f"UPDATE term SET {column} = {column} + ? WHERE term = ?",
                [(shift * count, term) for term, count in counts.items()],
            )
    rows.update(connection, "document", n, {"access": access.value, "access_decided": 1})
    if access != old.access:
        shelf = Shelf(connection)
        grouping.set_public(shelf, n, access == Access.PUBLIC)
        rim.settle(sqlite_rim.Shelf(connection), dict.fromkeys({n, *shelf.regrouped}))
        query = "SELECT DISTINCT e.key FROM statement s JOIN expresses e ON e.statement = s.n WHERE s.document = ?"
        judging.place(Desk(connection), {row[0] for row in connection.execute(query, (n,)).fetchall()})
    return new


class _Writer:
    """Writes one document's rows, and keeps count of the terms that come and go with them."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms, document: Document, n: int) -> None:
        self._connection = connection
        self._terms = terms
        self.touched: set[str] = set()
        """The wording keys of statements that come, go, or are worded otherwise."""
        self._counted: dict[str, Counter[str]] = {"statement": Counter(), "passage": Counter()}
        """Per table: in how many more rows (or fewer) a term stands."""
        self._stale_passages: list[str] = []
        self._public = document.access == Access.PUBLIC
        row = rows.document_row(document)
        if n:
            before = connection.execute("SELECT access FROM document WHERE n = ?", (n,)).fetchone()[0]
            if before != row["access"]:
                # term counts of the public follow the access first, the rest of this put comes on top
                set_access(connection, document.id, document.access)
            rows.update(connection, "document", n, row)
            self.n = n
        else:
            self.n = rows.insert(connection, "document", row)

    def passages(self, old: dict[str, Passage], new: Sequence[Passage]) -> None:
        ids = {p.id for p in new}
        known = rows.numbers(self._connection, "passage", list(old))
        for p in new:
            if old.get(p.id) == p:
                continue
            text = " ".join(self._terms(p.text))
            row = rows.passage_row(p, self.n) | {"length": text.count(" ") + bool(text)}
            if p.id in old:
                self._uncount("passage", [known[p.id]])
                rows.update(self._connection, "passage", known[p.id], row)
                n = known[p.id]
            else:
                n = rows.insert(self._connection, "passage", row)
            self._connection.execute("INSERT INTO passage_index (rowid, text) VALUES (?, ?)", (n, text))
            self._counted["passage"].update(set(text.split()))
        self._stale_passages = [id for id in old if id not in ids]

    def statements(self, new: Sequence[Statement], diff: Difference, keys: Mapping[str, str]) -> None:
        connection = self._connection
        self.drop_statements([s.id for s in diff.removed])
        known = rows.numbers(connection, "statement", [s.id for s in (*diff.changed, *diff.same)])
        passages = rows.numbers(connection, "passage", list({s.passage_id for s in new}))
        same = {s.id for s in diff.same}
        for place, s in enumerate(new):
            row = rows.statement_row(s, self.n, passages[s.passage_id], place)
            if s.id in same:
                connection.execute(
                    "UPDATE statement SET place = ? WHERE n = ? AND place <> ?", (place, known[s.id], place)
                )
                self._word(known[s.id], keys[s.id])
                continue
            quote, lead = " ".join(self._terms(s.quote)), " ".join(self._terms(s.lead_in or ""))
            row["length"] = quote.count(" ") + bool(quote)
            if s.id in known:
                n = known[s.id]
                self._uncount("statement", [n])
                rows.update(connection, "statement", n, row)
                connection.execute("DELETE FROM mention WHERE statement = ?", (n,))
            else:
                n = rows.insert(connection, "statement", row)
            connection.execute("INSERT INTO statement_index (rowid, quote, lead_in) VALUES (?, ?, ?)", (n, quote, lead))
            self._counted["statement"].update({*quote.split(), *lead.split()})
            mentions = [(n, actor_id(a), "INVOLVES", a, self.n) for a in s.actors]
            mentions += [(n, actor_id(a), "EXPERIENCED_BY", a, self.n) for a in s.experienced_by]
            connection.executemany("INSERT OR IGNORE INTO mention VALUES (?, ?, ?, ?, ?)", mentions)
            self._word(n, keys[s.id])
        # only now does no statement stand in them any more
        self.drop_passages(self._stale_passages)

    def links(self, new: Sequence[Link]) -> None:
        connection = self._connection
        ends = {id for link in new for id in (link.source, link.target)}
        known = rows.numbers(connection, "statement", list(ends))
        if missing := sorted(ends - known.keys()):
            raise KluwenError("store.link_astray", id=missing[0])
        connection.execute("DELETE FROM link WHERE document = ? AND rule <> ?", (self.n, PERSON))
        connection.executemany(
            "INSERT INTO link (source, relation, target, document, origin, confidence, rule, cue)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    known[link.source],
                    link.relation.value,
                    known[link.target],
                    self.n,
                    link.origin.value,
                    link.confidence,
                    link.rule,
                    link.cue,
                )
                for link in dict.fromkeys(new)
            ],
        )

    def drop_statements(self, ids: Sequence[str]) -> None:
        known = list(rows.numbers(self._connection, "statement", ids).values())
        self._part(known)
        self._uncount("statement", known)
        self._connection.executemany("DELETE FROM statement WHERE n = ?", [(n,) for n in known])

    def drop_passages(self, ids: Sequence[str]) -> None:
        known = list(rows.numbers(self._connection, "passage", ids).values())
        self._uncount("passage", known)
        self._connection.executemany("DELETE FROM passage WHERE n = ?", [(n,) for n in known])

    def tally(self) -> None:
        """Write what was counted: document frequencies of terms, and the document's totals."""
        for table, counted in self._counted.items():
            changes = [(term, count, count if self._public else 0) for term, count in counted.items() if count]
            self._connection.executemany(
                f"INSERT INTO term (term, statements, public_statements, passages, public_passages) VALUES"
                f" (?1, {'?2, ?3, 0, 0' if table == 'statement' else '0, 0, ?2, ?3'})"
                f" ON CONFLICT (term) DO UPDATE SET {table}s = {table}s + ?2, public_{table}s = public_{table}s + ?3",
                changes,
            )
            gone = [(term,) for term, count, _ in changes if count < 0]
            self._connection.executemany("DELETE FROM term WHERE term = ? AND statements = 0 AND passages = 0", gone)
            self._connection.execute(
                f"UPDATE document SET ({table}s, {table}_terms) ="
                f" (SELECT count(*), coalesce(sum(length), 0) FROM {table} WHERE document = ?1) WHERE n = ?1",
                (self.n,),
            )

    def _word(self, statement: int, key: str) -> None:
        """Say which wording key a statement has; a new one expresses that alone until it is placed."""
        query = "SELECT key FROM expresses WHERE statement = ?"
        before = self._connection.execute(query, (statement,)).fetchone()
        if before is None:
            row = (statement, key, key, key if self._public else None)
            self._connection.execute("INSERT INTO expresses VALUES (?, ?, ?, ?)", row)
        elif before[0] != key:
            self._part([statement])
            self._connection.execute("UPDATE expresses SET key = ? WHERE statement = ?", (key, statement))
        else:
            return
        self.touched.add(key)

    def _part(self, statements: Sequence[int]) -> None:
        """What statements held together that go, or are worded otherwise, is to be placed again."""
        for column in ("concept", "public_concept"):
            query = (
                f"SELECT DISTINCT o.key FROM json_each(?) j CROSS JOIN expresses e ON e.statement = j.value"
                f" CROSS JOIN expresses o ON o.{column} = e.{column}"
            )
            self.touched.update(row[0] for row in self._connection.execute(query, (rows.many(statements),)))

    def _uncount(self, table: str, known: Sequence[int]) -> None:
        columns = "quote || ' ' || lead_in" if table == "statement" else "text"
        for n in known:
            query = f"SELECT {columns} FROM {table}_index WHERE rowid = ?"
            for (analysed,) in self._connection.execute(query, (n,)).fetchall():
                self._counted[table].subtract(set(analysed.split()))
            self._connection.execute(f"DELETE FROM {table}_index WHERE rowid = ?", (n,))


def _concepts(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str]:
    query = "SELECT s.id, s.concept FROM json_each(?) j CROSS JOIN seen_statement s ON s.id = j.value"
    return dict(connection.execute(query, (rows.many(ids),)).fetchall())


def _known(connection: sqlite3.Connection, id: str) -> tuple[int, Document]:
    row = connection.execute(f"SELECT n, {rows.DOCUMENT} FROM document WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise KluwenError("store.document_missing", document=id)
    return int(row[0]), rows.document(row[1:])


# a writer sees everything, so the views show all here too
def _passages(connection: sqlite3.Connection, n: int) -> list[Passage]:
    query = f"SELECT {rows.PASSAGE} FROM {rows.PASSAGES} WHERE p.document = ? ORDER BY p.place"
    return [rows.passage(row) for row in connection.execute(query, (n,))]


def _statements(connection: sqlite3.Connection, n: int) -> list[Statement]:
    query = f"SELECT {rows.STATEMENT} FROM {rows.STATEMENTS} WHERE s.document = ? ORDER BY s.place"
    return [rows.statement(row) for row in connection.execute(query, (n,))]


def _links(connection: sqlite3.Connection, n: int) -> set[Link]:
    query = f"SELECT {rows.LINK} FROM {rows.LINKS} WHERE l.document = ? AND l.rule <> ?"
    return {rows.link(row) for row in connection.execute(query, (n, PERSON))}
