"""Which graph this session looks at, opened once for all sessions, with answers kept until the graph changes."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from corpus.errors import KluwenError
from graph.model import Kind
from graph.store.base import Filters

if TYPE_CHECKING:
    from graph.meaning import Encoder
    from graph.model import Concept, Document, Edge, Node, Passage, Statement
    from graph.search import Answer
    from graph.store.base import Store
    from graph.tangle import Inferred, Tangle

T = TypeVar("T")
_KEPT = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where a graph is, and as whom it is opened. ``samples`` is true for the examples that are opened apart."""

    url: str
    public: bool = False
    samples: bool = False

    @property
    def file(self) -> Path | None:
        """The file of an embedded graph; None for one on a server."""
        return None if re.match(r"[a-z][a-z0-9+.-]+://", self.url, re.IGNORECASE) else Path(self.url)

    @property
    def exists(self) -> bool:
        """Whether there is a graph to open; one on a server is taken to be there."""
        return self.file is None or self.file.is_file()

    @property
    def uploads(self) -> Path:
        """The folder that keeps the files people add, so that a quote can be looked up in them: beside the graph, or in
        the current folder for one on a server."""
        if self.file is None:
            return Path.cwd() / "kluwen-bestanden"
        return self.file.resolve().with_name(f"{self.file.stem}-bestanden")


class Library:
    """A graph that is open, its encoder, and what was asked of it before. Sessions share it; it may be used by threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.public = store.public
        self._encoder: Encoder | None = None
        self._known: dict[Hashable, Any] = {}
        self._revision = -1
        self._lock = Lock()

    @property
    def encoder(self) -> Encoder:
        """The model that the graph was made with, else the bundled one; loaded when it is first asked for."""
        from graph.meaning import open_encoder

        model = self.store.model()
        with self._lock:
            # another model may have come in place while the app was open
            if self._encoder is None or model not in (None, self._encoder.info):
                self._encoder = open_encoder(None, model)
            return self._encoder

    def once(self, key: Hashable, ask: Callable[[], T]) -> T:
        """What ``ask`` says, asked once for each ``key`` and revision of the graph."""
        revision = self.store.revision()
        with self._lock:
            if revision != self._revision or len(self._known) > _KEPT:
                self._known, self._revision = {}, revision
            known = self._known
            if key in known:
                found: T = known[key]
                return found
        answer = ask()
        known[key] = answer
        return answer

    def documents(self) -> dict[str, Document]:
        """All documents by id, by title."""
        return self.once("documents", lambda: {document.id: document for document in self.store.documents()})

    def concepts(self) -> list[Concept]:
        """All concepts, the most supported first."""
        return self.once("concepts", lambda: self.store.concepts())

    def concept(self, id: str) -> Concept | None:
        """One concept, without asking for all of them: after every judgement they would have to be asked anew."""
        return self.once(("concept", id), lambda: next(iter(self.store.concepts([id])), None))

    def by_id(self) -> dict[str, Concept]:
        """All concepts by id."""
        return self.once("by id", lambda: {concept.id: concept for concept in self.concepts()})

    def search(self, question: str, filters: Filters, limit: int) -> Answer:
        """The answer to a question."""
        from graph.search import search

        return self.once(
            ("search", question, filters, limit),
            lambda: search(self.store, self.encoder, question, filters=filters, limit=limit),
        )

    def tangle(self, id: str, hops: int, limit: int) -> Tangle:
        """What lies around a node, themes left out. Raises KluwenError for a node that is not there."""
        from graph.tangle import neighbourhood

        kinds = (*Kind, "actor")
        return self.once(
            ("tangle", id, hops, limit), lambda: neighbourhood(self.store, id, hops=hops, limit=limit, kinds=kinds)
        )

    def levers(self) -> list[Node]:
        """The nodes that most else hangs on, the heaviest first."""
        from graph.tangle import levers

        return self.once("levers", lambda: [lever.node for lever in levers(self.store)])

    def unanswered(self) -> frozenset[str]:
        """The ids of bottlenecks and causes that no source has a solution for."""
        from graph.tangle import unanswered

        return self.once("unanswered", lambda: frozenset(concept.id for concept in unanswered(self.store)))

    def facets(self) -> dict[str, dict[str, int]]:
        """How many concepts have each value that a search can be limited by."""
        return self.once("facets", lambda: self.store.facets())

    def edges(self, ids: tuple[str, ...]) -> list[Edge]:
        """The relations that touch one of the nodes."""
        return self.once(("edges", ids), lambda: self.store.edges(ids))

    def nodes(self, ids: tuple[str, ...]) -> list[Node]:
        """Nodes by id, in that order."""
        return self.once(("nodes", ids), lambda: self.store.nodes(ids))

    def inferred(self, id: str) -> list[Inferred]:
        """What may hold of a concept because a source says it of what is perhaps the same, surest first."""
        from graph.tangle import inferred

        return self.once(("inferred", id), lambda: inferred(self.store, id))

    def contraries(self, id: str) -> list[tuple[Statement, Statement]]:
        """The statements of a concept that others contradict, each with the other, surest first."""

        def ask() -> list[tuple[Statement, Statement]]:
            pairs = self.store.contraries([id])
            known = {each.id: each for each in self.store.statements({id for a, b, _ in pairs for id in (a, b)})}
            return [(known[a], known[b]) for a, b, _ in pairs if a in known and b in known]

        return self.once(("contraries", id), ask)

    def claims(self) -> list[Edge]:
        """All relations between concepts."""
        return self.once("claims", lambda: self.store.claims())

    def statements(self, *, concept: str | None = None, document: str | None = None) -> list[Statement]:
        """The statements that express a concept, or that stand in a document, in the order of the source."""
        return self.once(
            ("statements", concept, document),
            lambda: self.store.statements(concept_ids=[concept] if concept else None, document_id=document),
        )

    def counts_by_document(self) -> dict[str, Counter[str]]:
        """How many statements of each kind stand in each document, by its id."""

        def count() -> dict[str, Counter[str]]:
            counts: dict[str, Counter[str]] = {}
            for statement in self.store.statements():
                counts.setdefault(statement.document_id, Counter())[statement.kind.value] += 1
            return counts

        return self.once("counts by document", count)

    def passages(self, ids: tuple[str, ...]) -> dict[str, Passage]:
        """Passages by id."""
        return self.once(("passages", ids), lambda: {passage.id: passage for passage in self.store.passages(ids)})


def place() -> Place:
    """The graph of this session: the one that Kluwen was started on, or the samples where a person asked for them."""
    own = Place(os.environ.get("KLUWEN_GRAPH") or "kluwen.db", public=bool(os.environ.get("KLUWEN_PUBLIC")))
    if st.session_state.get("samples") or st.query_params.get("voorbeelden"):
        from search_app.samples import graph_file

        file = graph_file()
        if file.is_file():
            st.session_state.samples = True
            return Place(str(file), samples=True)
        st.session_state.samples = False
    return own


def may_judge() -> bool:
    """Whether this session may say what is right: where only public sources are served, nobody changes anything."""
    return not os.environ.get("KLUWEN_PUBLIC") and place().exists


def library() -> Library | None:
    """The open graph of this session; None where there is none yet. Raises KluwenError for one that can't be opened."""
    at = place()
    if not at.exists:
        return None
    try:
        return _open(at.url, at.public, _identity(at.file))
    except KluwenError as error:
        if error.key == "store.neo4j_empty":
            return None
        raise


def create() -> Library:
    """The open graph of this session, made where there is none yet."""
    at = place()
    if library() is None:
        import graph

        graph.open(at.url, create=True).close()
    return _open(at.url, at.public, _identity(at.file))


def _identity(file: Path | None) -> tuple[int, int] | None:
    """What tells a file from another that was put in its place."""
    if file is None:
        return None
    seen = file.stat()
    return seen.st_dev, seen.st_ino


@st.cache_resource(max_entries=4, show_spinner=False)
def _open(url: str, public: bool, identity: tuple[int, int] | None) -> Library:
    import graph

    return Library(graph.open(url, public=public))
