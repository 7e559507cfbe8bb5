"""The store for teams: a graph in a Neo4j database, that answers as one in a file does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

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
from graph.store import candidates, picking, vector_cache
from graph.store import neo4j_candidates as indexed
from graph.store import neo4j_copy as copying
from graph.store import neo4j_ledger as ledger
from graph.store import neo4j_read as read
from graph.store import neo4j_schema as schema
from graph.store import neo4j_search as search
from graph.store import neo4j_vectors as vectors
from graph.store import neo4j_write as write
from graph.store.base import Asked, Candidates, Change, Corpus, Filters, Finding, Under
from graph.store.neo4j_server import PATIENCE, Ask, Server, revision
from graph.store.remembered import Remembered


class Neo4jStore:
    """A :class:`graph.store.base.Store` in the database at ``url``; who signs in is taken from ``NEO4J_USERNAME`` and
    ``NEO4J_PASSWORD``, which database from ``NEO4J_DATABASE``.

    Raises KluwenError for a server that is down, too old or lets nobody in, for a database that is missing, holds no
    graph (unless ``create``), something else, or a graph of newer software. ``patience`` is in seconds.
    """

    def __init__(self, url: str, *, public: bool = False, create: bool = False, patience: float = PATIENCE) -> None:
        self._server = Server(url, public=public, patience=patience)
        self.url = self._server.url
        self.public = public
        self._vectors = vector_cache.Cache()
        self._remembered = Remembered()
        self._totals = Remembered()
        self._model: ModelInfo | None = None
        self._indexed = 0
        try:
            schema.settle(self._server, create=create)
        except BaseException:
            self._server.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Neo4jStore({self.url!r})"

    def close(self) -> None:
        self._server.close()

    def put(self, contents: Contents) -> Change:
        [change] = self.put_all([contents])
        return change

    def put_all(self, batch: Sequence[Contents], *, anew: bool = False) -> list[Change]:
        self._may_write()
        if not batch:
            return []
        now = datetime.now(UTC).isoformat(timespec="seconds")
        dimensions = {c.vectors.model.dimension for c in batch if c.vectors is not None and c.vectors.ids}
        if dimensions - {self._indexed}:
            self._index_vectors()
        changes = self._server.write(lambda ask: write.put_all(ask, batch, _terms(), now, anew=anew))
        if dimensions - {self._indexed}:
            self._index_vectors()
        return changes

    def forget(self, document_id: str) -> Change:
        self._may_write()
        return self._server.write(lambda ask: write.forget(ask, document_id))

    def back_up(self) -> Path | None:
        self._may_write()
        return None

    def set_access(self, document_id: str, access: Access) -> Document:
        self._may_write()
        return self._server.write(lambda ask: write.set_access(ask, document_id, access))

    def judge(self, judgements: Sequence[Judgement], vectors: Vectors | None = None) -> list[Judgement]:
        self._may_write()
        return self._server.write(lambda ask: write.judge(ask, judgements, vectors, _terms()))

    def liken(self, compared: Sequence[Compared]) -> None:
        self._may_write()
        self._server.write(lambda ask: write.liken(ask, compared))

    def uncompared(self, document_ids: Collection[str]) -> list[Worded]:
        return self._server.read(lambda ask: ledger.uncompared(ask, document_ids))

    def compared(self, document_ids: Collection[str]) -> list[Compared]:
        return self._server.read(lambda ask: ledger.compared(ask, document_ids))

    def sharing(self, blocks: Collection[str]) -> dict[str, list[Worded]]:
        return self._server.read(lambda ask: ledger.sharing(ask, blocks))

    def proposals(self, limit: int = 20, concept_ids: Collection[str] | None = None) -> list[tuple[str, str, float]]:
        return self._server.read(lambda ask: ledger.proposals(ask, limit, concept_ids), steady=True)

    def contraries(self, concept_ids: Collection[str] | None = None, limit: int = 20) -> list[tuple[str, str, float]]:
        return self._server.read(lambda ask: ledger.contraries(ask, concept_ids, limit), steady=True)

    def ledger(self) -> list[Judgement]:
        return self._server.read(ledger.ledger)

    def orphans(self) -> list[tuple[Judgement, Anchor]]:
        return [] if self.public else self._server.read(ledger.orphans, steady=True)

    def replace_vectors(self, vectors_: Vectors) -> None:
        self._may_write()

        def work(ask: Ask) -> None:
            vectors.replace_all(ask, vectors_)
            write.grow(ask)

        self._server.write(work)
        self._index_vectors()

    def revision(self) -> int:
        return self._server.read(revision)

    def model(self) -> ModelInfo | None:
        return self._server.read(vectors.model)

    def documents(self, ids: Collection[str] | None = None) -> list[Document]:
        return self._server.read(lambda ask: read.documents(ask, ids))

    def document(self, key: str) -> Document:
        return self._server.read(lambda ask: read.document(ask, key))

    def same_source(self, document_id: str) -> list[Document]:
        return self._server.read(lambda ask: read.same_source(ask, document_id))

    def passages(self, ids: Collection[str] | None = None, *, document_id: str | None = None) -> list[Passage]:
        return self._server.read(lambda ask: read.passages(ask, ids, document_id))

    def statements(
        self,
        ids: Collection[str] | None = None,
        *,
        document_id: str | None = None,
        concept_ids: Collection[str] | None = None,
    ) -> list[Statement]:
        return self._server.read(lambda ask: read.statements(ask, ids, document_id, concept_ids))

    def links(self, statement_ids: Collection[str] | None = None) -> list[Link]:
        return self._server.read(lambda ask: read.links(ask, statement_ids))

    def concepts(self, ids: Collection[str] | None = None, *, filters: Filters = Filters()) -> list[Concept]:
        found = self._all_concepts() if ids is None else None
        if found is not None and not filters.documents:
            return picking.passing(found, filters, None)

        def work(ask: Ask) -> list[Concept]:
            return read.passing(ask, read.concepts(ask, ids) if found is None else found, filters)

        return self._server.read(work, steady=True)

    def nodes(self, ids: Collection[str]) -> list[Node]:
        return self._server.read(lambda ask: read.nodes(ask, ids), steady=True)

    def edges(self, ids: Collection[str]) -> list[Edge]:
        return self._server.read(lambda ask: read.edges(ask, ids), steady=True)

    def claims(self) -> list[Edge]:
        make = lambda: self._server.read(read.claims, steady=True)  # noqa: E731
        return list(self._remembered.once("claims", self.revision(), make))

    def resolve(self, id: str) -> str:
        return self._server.read(lambda ask: read.resolve(ask, id), steady=True)

    def counts(self) -> dict[str, int]:
        found, claims = self._all_concepts(), self.claims()
        return self._server.read(lambda ask: read.counts(ask, found, claims), steady=True)

    def facets(self, statement_ids: Collection[str] | None = None) -> dict[str, dict[str, int]]:
        everything = self._all_concepts() if statement_ids is None else []

        def work(ask: Ask) -> dict[str, dict[str, int]]:
            found = everything
            if statement_ids is not None:
                found = read.concepts(ask, read.concepts_of(ask, statement_ids))
            return facets(found, read.documents_of(ask, statement_ids))

        return self._server.read(work, steady=True)

    def document_order(self) -> list[str]:
        return self._server.read(copying.order)

    def contents(self, document_id: str) -> Contents:
        return self._server.read(lambda ask: copying.contents(ask, document_id), steady=True)

    def redirects(self, document_id: str) -> list[tuple[str, str]]:
        return self._server.read(lambda ask: copying.redirects(ask, document_id))

    def add_redirects(self, document_id: str, pairs: Collection[tuple[str, str]]) -> None:
        self._may_write()
        if pairs:
            self._server.write(lambda ask: copying.redirect(ask, document_id, pairs))

    def nominate(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]:
        return self._server.read(lambda ask: search.nominate(ask, terms, filters, limit, "statements", self._totals))

    def candidates(self, asked: Asked) -> Iterable[Candidates]:
        if asked.size > search.EXACT:
            if asked.vector is not None and self._model != asked.model:
                self._model = self.model()
            return indexed.nominated(self._server, asked, self._model)

        def work(ask: Ask) -> tuple[vector_cache.Mixed | None, set[str] | None]:
            mixed = self._mixed(ask, asked)
            return mixed, search.passing(ask, asked.filters) if mixed else None

        return [candidates.nominated(self, asked, *self._server.read(work))]

    def under(self, concept_ids: Sequence[str], asked: Asked) -> Under:
        if asked.size > search.EXACT:
            return self._server.read(lambda ask: indexed.under(ask, concept_ids, asked))
        mixed = self._server.read(lambda ask: self._mixed(ask, asked))
        return candidates.under(self, concept_ids, asked, mixed)

    def nominate_passages(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]:
        return self._server.read(lambda ask: search.nominate(ask, terms, filters, limit, "passages", self._totals))

    def corpus(self, terms: Sequence[str], *, of: Literal["statements", "passages"] = "statements") -> Corpus:
        return self._server.read(lambda ask: search.corpus(ask, terms, of, self._totals))

    def terms(self, statement_ids: Collection[str]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        return self._server.read(lambda ask: search.statement_terms(ask, statement_ids))

    def passage_terms(self, passage_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        return self._server.read(lambda ask: search.passage_terms(ask, passage_ids))

    def vectors(self, filters: Filters = Filters()) -> Vectors | None:
        def work(ask: Ask) -> Vectors | None:
            return vector_cache.everything(vectors.Source(ask), search.passing(ask, filters))

        return self._server.read(work, steady=True)

    def check(self) -> list[Finding]:
        from graph.store.neo4j_check import check

        return self._server.read(lambda ask: check(ask, _terms(), self._server.version))

    def _mixed(self, ask: Ask, asked: Asked) -> vector_cache.Mixed | None:
        return None if asked.vector is None else self._vectors.get(vectors.Source(ask), asked.lead_in)

    def _may_write(self) -> None:
        if self.public:
            raise KluwenError("store.public_session")

    def _all_concepts(self) -> list[Concept]:
        make = lambda: self._server.read(lambda ask: read.concepts(ask, None), steady=True)  # noqa: E731
        return self._remembered.once("concepts", self.revision(), make)

    def _index_vectors(self) -> None:
        """See to it that there is a vector index for the graph's model."""
        info = self.model()
        if info is not None and info.dimension != self._indexed:
            schema.index_vectors(self._server, info.dimension)
            self._indexed = info.dimension


def _terms() -> Callable[[str], list[str]]:
    """How texts are analysed for the index; its data is read only when something is written."""
    from corpus.dutch import terms

    return terms
