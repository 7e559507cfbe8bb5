"""The embedded store: a graph in one SQLite file that several threads and processes may have open at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self, TypeVar

from corpus.errors import KluwenError
from graph.facets import facets
from graph.ledger.judgement import Anchor, Judgement
from graph.model import (
    Access,
    Concept,
    Contents,
    Document,
    Edge,
    Link,
    ModelInfo,
    Node,
    Passage,
    Statement,
    Vectors,
)
from graph.resolve.comparing import Compared, Worded
from graph.store import candidates, judging, vector_cache
from graph.store import sqlite_copy as copying
from graph.store import sqlite_ledger as ledger
from graph.store import sqlite_read as read
from graph.store import sqlite_search as search
from graph.store import sqlite_vectors as vectors
from graph.store import sqlite_write as write
from graph.store.base import Asked, Candidates, Change, Corpus, Filters, Finding, Under
from graph.store.remembered import Remembered
from graph.store.sqlite_pool import PATIENCE, Pool

_T = TypeVar("_T")


class SqliteStore:
    """A :class:`graph.store.base.Store` in the file at ``path``.

    Raises KluwenError for a file that is missing (unless ``create``), no graph, newer than this software, locked for
    longer than ``patience`` seconds, or damaged.
    """

    def __init__(
        self, path: str | Path, *, public: bool = False, create: bool = False, patience: float = PATIENCE
    ) -> None:
        self.url = str(path)
        self.public = public
        self._pool = Pool(Path(path), public=public, create=create, patience=patience)
        self._vectors = vector_cache.Cache()
        self._remembered = Remembered()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        self._pool.close()

    def put(self, contents: Contents) -> Change:
        [change] = self.put_all([contents])
        return change

    def put_all(self, batch: Sequence[Contents], *, anew: bool = False) -> list[Change]:
        self._may_write()
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._pool.writing() as connection:
            return [write.put(connection, contents, _terms(), now, anew=anew) for contents in batch]

    def forget(self, document_id: str) -> Change:
        self._may_write()
        with self._pool.writing() as connection:
            return write.forget(connection, document_id)

    def back_up(self) -> Path | None:
        self._may_write()
        return self._pool.back_up()

    def set_access(self, document_id: str, access: Access) -> Document:
        self._may_write()
        with self._pool.writing() as connection:
            return write.set_access(connection, document_id, access)

    def judge(self, judgements: Sequence[Judgement], vectors: Vectors | None = None) -> list[Judgement]:
        self._may_write()
        with self._pool.writing() as connection:
            return write.judge(connection, judgements, vectors, _terms())

    def liken(self, compared: Sequence[Compared]) -> None:
        self._may_write()
        with self._pool.writing() as connection:
            desk = ledger.Desk(connection)
            judging.place(desk, desk.liken(compared))

    def uncompared(self, document_ids: Collection[str]) -> list[Worded]:
        return self._read(lambda connection: ledger.uncompared(connection, document_ids))

    def compared(self, document_ids: Collection[str]) -> list[Compared]:
        return self._read(lambda connection: ledger.compared(connection, document_ids))

    def sharing(self, blocks: Collection[str]) -> dict[str, list[Worded]]:
        return self._read(lambda connection: ledger.sharing(connection, blocks))

    def proposals(self, limit: int = 20, concept_ids: Collection[str] | None = None) -> list[tuple[str, str, float]]:
        return self._read(lambda connection: ledger.proposals(connection, limit, concept_ids))

    def contraries(self, concept_ids: Collection[str] | None = None, limit: int = 20) -> list[tuple[str, str, float]]:
        return self._read(lambda connection: ledger.contraries(connection, concept_ids, limit))

    def ledger(self) -> list[Judgement]:
        return self._read(lambda connection: ledger.ledger(connection, public=self.public))

    def orphans(self) -> list[tuple[Judgement, Anchor]]:
        return [] if self.public else self._read(ledger.orphans)

    def replace_vectors(self, vectors_: Vectors) -> None:
        self._may_write()
        with self._pool.writing() as connection:
            vectors.replace_all(connection, vectors_)

    def revision(self) -> int:
        with self._pool.reading() as connection:
            return int(connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])

    def model(self) -> ModelInfo | None:
        with self._pool.reading() as connection:
            return vectors.model(connection)

    def documents(self, ids: Collection[str] | None = None) -> list[Document]:
        with self._pool.reading() as connection:
            return read.documents(connection, ids)

    def document(self, key: str) -> Document:
        with self._pool.reading() as connection:
            return read.document(connection, key)

    def same_source(self, document_id: str) -> list[Document]:
        with self._pool.reading() as connection:
            return read.same_source(connection, document_id)

    def passages(self, ids: Collection[str] | None = None, *, document_id: str | None = None) -> list[Passage]:
        with self._pool.reading() as connection:
            return read.passages(connection, ids, document_id)

    def statements(
        self,
        ids: Collection[str] | None = None,
        *,
        document_id: str | None = None,
        concept_ids: Collection[str] | None = None,
    ) -> list[Statement]:
        with self._pool.reading() as connection:
            return read.statements(connection, ids, document_id, concept_ids)

    def links(self, statement_ids: Collection[str] | None = None) -> list[Link]:
        with self._pool.reading() as connection:
            return read.links(connection, statement_ids)

    def concepts(self, ids: Collection[str] | None = None, *, filters: Filters = Filters()) -> list[Concept]:
        found = self._all_concepts() if ids is None else None
        with self._pool.reading() as connection:
            if found is None:
                found = read.concepts(connection, ids)
            return read.passing(connection, found, filters)

    def nodes(self, ids: Collection[str]) -> list[Node]:
        with self._pool.reading() as connection:
            return read.nodes(connection, ids)

    def edges(self, ids: Collection[str]) -> list[Edge]:
        with self._pool.reading() as connection:
            return read.edges(connection, ids)

    def claims(self) -> list[Edge]:
        return list(self._once("claims", lambda: self._read(read.claims)))

    def resolve(self, id: str) -> str:
        with self._pool.reading() as connection:
            return read.resolve(connection, id)

    def counts(self) -> dict[str, int]:
        found, claims = self._all_concepts(), self.claims()
        with self._pool.reading() as connection:
            return read.counts(connection, found, claims)

    def facets(self, statement_ids: Collection[str] | None = None) -> dict[str, dict[str, int]]:
        if statement_ids is None:
            found = self._all_concepts()
        with self._pool.reading() as connection:
            if statement_ids is not None:
                found = read.concepts(connection, read.concepts_of(connection, statement_ids))
            return facets(found, read.documents_of(connection, statement_ids))

    def document_order(self) -> list[str]:
        return self._read(copying.order)

    def contents(self, document_id: str) -> Contents:
        return self._read(lambda connection: copying.contents(connection, document_id))

    def redirects(self, document_id: str) -> list[tuple[str, str]]:
        return self._read(lambda connection: copying.redirects(connection, document_id))

    def add_redirects(self, document_id: str, pairs: Collection[tuple[str, str]]) -> None:
        self._may_write()
        if pairs:
            with self._pool.writing() as connection:
                copying.redirect(connection, document_id, pairs)

    def nominate(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]:
        with self._pool.reading() as connection:
            return search.nominate(connection, terms, filters, limit, "statements")

    def candidates(self, asked: Asked) -> Iterable[Candidates]:
        with self._pool.reading() as connection:
            mixed = self._mixed(connection, asked)
            passing = search.passing(connection, asked.filters) if mixed else None
        return [candidates.nominated(self, asked, mixed, passing)]

    def under(self, concept_ids: Sequence[str], asked: Asked) -> Under:
        with self._pool.reading() as connection:
            mixed = self._mixed(connection, asked)
        return candidates.under(self, concept_ids, asked, mixed)

    def nominate_passages(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]:
        with self._pool.reading() as connection:
            return search.nominate(connection, terms, filters, limit, "passages")

    def corpus(self, terms: Sequence[str], *, of: Literal["statements", "passages"] = "statements") -> Corpus:
        with self._pool.reading() as connection:
            return search.corpus(connection, terms, of)

    def terms(self, statement_ids: Collection[str]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        with self._pool.reading() as connection:
            return search.statement_terms(connection, statement_ids)

    def passage_terms(self, passage_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        with self._pool.reading() as connection:
            return search.passage_terms(connection, passage_ids)

    def vectors(self, filters: Filters = Filters()) -> Vectors | None:
        with self._pool.reading() as connection:
            return vector_cache.everything(vectors.Source(connection), search.passing(connection, filters))

    def check(self) -> list[Finding]:
        from graph.store.sqlite_check import check

        with self._pool.reading() as connection:
            return check(connection, _terms())

    def _mixed(self, connection: sqlite3.Connection, asked: Asked) -> vector_cache.Mixed | None:
        return None if asked.vector is None else self._vectors.get(vectors.Source(connection), asked.lead_in)

    def _may_write(self) -> None:
        if self.public:
            raise KluwenError("store.public_session")

    def _all_concepts(self) -> list[Concept]:
        return self._once("concepts", lambda: self._read(lambda connection: read.concepts(connection, None)))

    def _read(self, function: Callable[..., _T]) -> _T:
        with self._pool.reading() as connection:
            return function(connection)

    def _once(self, name: str, make: Callable[[], list[_T]]) -> list[_T]:
        return self._remembered.once(name, self.revision(), make)


def _terms() -> Callable[[str], list[str]]:
    """How texts are analysed for the index; its data is read only when something is written."""
    from corpus.dutch import terms

    return terms
