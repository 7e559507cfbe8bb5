"""What every store can do. Scoring and fusion are not here: stores keep and nominate, ``graph.search`` ranks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, Self

from graph.ledger.judgement import Anchor, Judgement
from graph.model import (
    Access,
    Concept,
    Contents,
    Document,
    Edge,
    Kind,
    Level,
    Link,
    ModelInfo,
    Node,
    Passage,
    Statement,
    Theme,
    Vectors,
    as_line,
)
from graph.resolve.comparing import Compared, Worded

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search or list is limited to; an empty set limits nothing. Actors by preferred term, documents by id.

    An actor is one who is involved or who experiences. A passage passes when, but for ``documents``, one statement in it does.
    """

    kinds: frozenset[Kind] = frozenset()
    levels: frozenset[Level] = frozenset()
    themes: frozenset[Theme] = frozenset()
    actors: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What putting or forgetting a document did, in statements. ``unchanged`` is True when nothing was written.

    ``kept`` counts the statements that stay; ``changed`` are those of them that are described otherwise now (another
    kind, level, place …), as they are now.
    """

    document: Document
    added: tuple[Statement, ...] = ()
    removed: tuple[Statement, ...] = ()
    kept: int = 0
    unchanged: bool = False
    changed: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """What BM25 needs, over the statements (or passages) that the session may see: their number, their average length in
    terms (of the quote, without its lead-in), and for each asked term in how many of them it stands (in the quote or in
    its lead-in; 0 for a term that none has)."""

    size: int
    average_length: float
    frequencies: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a search asks for: ``limit`` statements that hold one of ``terms``, as many that hold one of ``expansion``, and
    as many that lie nearest to ``vector``, all of which pass ``filters``.

    ``vector`` is ``(d,)`` float32 of unit length, made by ``model``; without it nothing is nominated by meaning.
    ``lead_in`` (0–1) is how much the vector of a statement with its lead-in counts beside that of its quote. ``size`` is
    the number of statements that the session sees, as :meth:`Store.corpus` says it.
    """

    terms: Sequence[str]
    expansion: Sequence[str]
    filters: Filters
    limit: int
    size: int
    vector: npt.NDArray[np.float32] | None = None
    model: ModelInfo | None = None
    lead_in: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a search weighs of a statement. ``cosine`` is how near it lies to the question (0 without a vector); ``terms``
    and ``lead_terms`` are its analysed words."""

    id: str
    concept_id: str
    quote: str
    lead_in: str | None
    confidence: float
    terms: tuple[str, ...] = ()
    lead_terms: tuple[str, ...] = ()
    cosine: float = 0.0

    @property
    def text(self) -> str:
        return as_line(self.quote, self.lead_in)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Statements that a store nominates: by terms, by expansion, by meaning. ``compared`` says whether there are vectors
    to compare the question with."""

    found: tuple[Candidate, ...]
    compared: bool


@dataclass(frozen=True, slots=True)
class Under:
    """All statements of some concepts, by document and place in it; of each what a search weighs, and the labels of the
    concepts by id."""

    statements: tuple[Statement, ...]
    weighed: tuple[Candidate, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check of the store found. ``key`` and ``values`` make a sentence of ``corpus.messages``."""

    ok: bool
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


class Store(Protocol):
    """A graph that is open. A context manager: leaving it closes it.

    With ``public`` True nothing that rests on an internal document alone is returned, counted or suggested by any
    method, and a concept's label, level, support, actors and links come from public statements only. Ids that are
    unknown (or not to be seen) are left out of answers by id; methods that name one thing raise ``KluwenError``.
    """

    url: str
    public: bool

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...
    def close(self) -> None: ...

    # -- writing: each call is one transaction
    def put(self, contents: Contents) -> Change:
        """Put a document in place of what stood under its id before; does nothing when its sha256, its metadata and its
        statements are unchanged. Raises KluwenError when its vectors are of another model than the graph's."""
        ...

    def put_all(self, batch: Sequence[Contents], *, anew: bool = False) -> list[Change]:
        """Put documents, as :meth:`put` does one after another, but in one transaction: all of them, or none. Many new
        ones go in much faster so; :func:`graph.loading.batches` makes batches of a good size. With ``anew`` each comes as
        if it had never been there: what stood under its id is forgotten, and it is the newest of the documents."""
        ...

    def forget(self, document_id: str) -> Change:
        """Remove a document and everything that rests on it alone."""
        ...

    def back_up(self) -> Path | None:
        """Keep the graph as it is in a file beside it, and say where; None for a server, which its keepers back up."""
        ...

    def set_access(self, document_id: str, access: Access) -> Document:
        """Say who may see a document; it comes back with ``access_decided`` true, and is kept so."""
        ...

    def replace_vectors(self, vectors: Vectors) -> None:
        """Give every statement the vectors of another model, and make that the graph's model."""
        ...

    def judge(self, judgements: Sequence[Judgement], vectors: Vectors | None = None) -> list[Judgement]:
        """Add to the ledger what was not in it, and follow it: those that were new come back.

        All or none is written. A judgement of a document that is not there is kept, and followed when it comes.
        ``vectors`` are those of quotes that people marked (``added``).
        """
        ...

    def liken(self, compared: Sequence[Compared]) -> None:
        """Keep that wordings were compared, and what they are like; what is like enough becomes one concept. What no
        statement says (any more) is left out."""
        ...

    # -- reading
    def uncompared(self, document_ids: Collection[str]) -> list[Worded]:
        """The wordings of these documents that were not compared with others yet, by document and place."""
        ...

    def compared(self, document_ids: Collection[str]) -> list[Compared]:
        """What is known of the wordings of these documents that were compared, as :meth:`liken` takes it."""
        ...

    def sharing(self, blocks: Collection[str]) -> dict[str, list[Worded]]:
        """The compared wordings in each of these blocks."""
        ...

    def proposals(self, limit: int = 20, concept_ids: Collection[str] | None = None) -> list[tuple[str, str, float]]:
        """Pairs of concepts (ids) that are perhaps the same, surest first, with how sure; without those that people
        called different. With ``concept_ids`` those in which the first is one of these."""
        ...

    def contraries(self, concept_ids: Collection[str] | None = None, limit: int = 20) -> list[tuple[str, str, float]]:
        """Pairs of statements (ids) that say the opposite of one thing, surest first, with how sure (0–1); items under one
        lead-in don't. With ``concept_ids`` those in which the first is of these concepts."""
        ...

    def ledger(self) -> list[Judgement]:
        """All judgements, oldest first, those that were undone and the undoing too. A session that may see public
        documents only gets those that touch nothing else."""
        ...

    def orphans(self) -> list[tuple[Judgement, Anchor]]:
        """The judgements that hold but found (one of) their statements no more, with what they looked for."""
        ...

    def revision(self) -> int:
        """A number that grows with every change that anyone commits."""
        ...

    def model(self) -> ModelInfo | None:
        """The model that made the graph's vectors; None while it has none."""
        ...

    def documents(self, ids: Collection[str] | None = None) -> list[Document]:
        """By title, then name; all, or those with these ids that are there."""
        ...

    def document(self, key: str) -> Document:
        """By id, file name, or title (exact, else the only one that starts so)."""
        ...

    def same_source(self, document_id: str) -> list[Document]:
        """The other documents that are the same source (the same report as another file), by title; mostly none."""
        ...

    def passages(self, ids: Collection[str] | None = None, *, document_id: str | None = None) -> list[Passage]: ...
    def statements(
        self,
        ids: Collection[str] | None = None,
        *,
        document_id: str | None = None,
        concept_ids: Collection[str] | None = None,
    ) -> list[Statement]:
        """In the order of ``ids`` where given, else by document and place in it. All when nothing is asked."""
        ...

    def links(self, statement_ids: Collection[str] | None = None) -> list[Link]:
        """Links between statements: those that touch one of ``statement_ids``, or all."""
        ...

    def concepts(self, ids: Collection[str] | None = None, *, filters: Filters = Filters()) -> list[Concept]:
        """In the order of ``ids`` where given, else by support (most first), then label."""
        ...

    def nodes(self, ids: Collection[str]) -> list[Node]:
        """Concepts, actors and themes, in the order of ``ids``; redirects are followed."""
        ...

    def edges(self, ids: Collection[str]) -> list[Edge]:
        """All relations (CAUSED_BY, LEADS_TO, ADDRESSES, EXPERIENCED_BY, INVOLVES, ABOUT) that touch one of the nodes."""
        ...

    def claims(self) -> list[Edge]:
        """All CAUSED_BY, LEADS_TO and ADDRESSES relations between concepts of the graph."""
        ...

    def resolve(self, id: str) -> str:
        """The id of the node that an id (of a concept, a merged concept, a statement, an actor or a theme) stands for now.

        Raises KluwenError when there is none that the session may see.
        """
        ...

    def counts(self) -> dict[str, int]:
        """How many of each label (Document, Passage, Statement, Bottleneck, …) and relation there are."""
        ...

    def facets(self, statement_ids: Collection[str] | None = None) -> dict[str, dict[str, int]]:
        """For ``kind``, ``level``, ``theme``, ``actor`` and ``document``: how many concepts (documents: statements) have each value."""
        ...

    # -- what a copy asks
    def document_order(self) -> list[str]:
        """The ids of the documents in the order in which they came."""
        ...

    def contents(self, document_id: str) -> Contents:
        """A document and all that rests on it, as :meth:`put` takes it."""
        ...

    def redirects(self, document_id: str) -> list[tuple[str, str]]:
        """The ids of concepts that led elsewhere when the document was read again, each with where to."""
        ...

    def add_redirects(self, document_id: str, pairs: Collection[tuple[str, str]]) -> None:
        """Add redirects to those that a document made; those it has are left as they are."""
        ...

    # -- what search asks
    def nominate(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]:
        """Ids of statements that hold at least one of the terms (as analysed by ``corpus.dutch``), likeliest first."""
        ...

    def candidates(self, asked: Asked) -> Iterable[Candidates]:
        """What a search weighs, in parts, each as soon as it is there; no statement is in two. Raises KluwenError (``model.mixed``) for a vector of another model than the graph's."""
        ...

    def under(self, concept_ids: Sequence[str], asked: Asked) -> Under:
        """What stands under concepts that a search found; filters don't count here."""
        ...

    def nominate_passages(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]:
        """The same for passages."""
        ...

    def corpus(self, terms: Sequence[str], *, of: Literal["statements", "passages"] = "statements") -> Corpus: ...
    def terms(self, statement_ids: Collection[str]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """The analysed terms of each statement's quote, and of its lead-in."""
        ...

    def passage_terms(self, passage_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The analysed terms of each passage."""
        ...

    def vectors(self, filters: Filters = Filters()) -> Vectors | None:
        """The vectors of all statements that pass the filters; None when the graph has no vectors."""
        ...

    # -- health
    def check(self) -> list[Finding]:
        """What ``kluwen doctor`` reports: integrity, schema version, orphans, quotes that do not stand in their passage,
        statements without vectors."""
        ...
