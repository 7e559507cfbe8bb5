"""The model of the graph: what its nodes and relations are, and how their ids are made.

Everything here is plain, frozen data. Stores keep it, ``ingest`` makes it, the faces show it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Kind(StrEnum):
    """What a statement, and the concept that it expresses, is."""

    BOTTLENECK = "bottleneck"
    CAUSE = "cause"
    SOLUTION = "solution"


class Level(StrEnum):
    """Where a bottleneck or cause is rooted."""

    INTRINSIC = "intrinsic"
    ORGANISATIONAL = "organisational"
    SYSTEM = "system"


class Theme(StrEnum):
    """What would have to change."""

    COMMUNICATION = "communication"
    COORDINATION = "coordination"
    EXPERTISE = "expertise"
    FUNDING = "funding"
    REGULATION = "regulation"
    CAPACITY = "capacity"
    DATA = "data"
    PLANNING = "planning"
    ORGANISATION = "organisation"
    AWARENESS = "awareness"
    SUPPORT = "support"
    RESEARCH = "research"


class Effort(StrEnum):
    """How much a solution asks, where the source says so."""

    SIMPLE = "simple"
    COMPLEX = "complex"


class Term(StrEnum):
    """How soon a solution can work, where the source says so."""

    SHORT = "short"
    LONG = "long"


class Access(StrEnum):
    """Who may see a document."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Found(StrEnum):
    """How a statement came into the graph."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


class Origin(StrEnum):
    """Who says a link: the source, the software, or a person."""

    STATED = "stated"
    INFERRED = "inferred"
    CURATED = "curated"


class Relation(StrEnum):
    """The relations of the graph. Names are a contract: exports, Neo4j and Cypher use them."""

    PART_OF = "PART_OF"
    FROM = "FROM"
    EXPRESSES = "EXPRESSES"
    CAUSED_BY = "CAUSED_BY"
    LEADS_TO = "LEADS_TO"
    ADDRESSES = "ADDRESSES"
    EXPERIENCED_BY = "EXPERIENCED_BY"
    INVOLVES = "INVOLVES"
    ABOUT = "ABOUT"


CLAIMS = (Relation.CAUSED_BY, Relation.LEADS_TO, Relation.ADDRESSES)
"""The relations that a link between two statements can have."""


@dataclass(frozen=True, slots=True)
class Document:
    """A source. ``date`` is ISO 8601 as precise as known; ``sha256`` is that of the file; ``path`` is where it was read.

    ``added`` is when it (last) went into the graph, ISO 8601 with time zone. ``access_decided`` is true once a person set
    ``access`` on the document in the graph (``Store.set_access``): reading the file again then leaves it as it is.
    ``extraction`` says which software made statements out of it (a digest), or None where that is not known.
    """

    id: str
    name: str
    title: str
    access: Access = Access.INTERNAL
    publisher: str | None = None
    date: str | None = None
    media_type: str = "text/plain"
    path: str | None = None
    sha256: str = ""
    pages: int | None = None
    added: str = ""
    access_decided: bool = False
    extraction: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a document's text. ``order`` counts from 0; ``section`` is its headings joined with `` > ``.

    ``lead_in`` is the line (or lines, joined with ``: ``) that introduces the list it stands in, or None.
    """

    id: str
    document_id: str
    order: int
    text: str
    kind: str = "paragraph"
    section: str = ""
    lead_in: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of one document: ``passage.text[start:end] == quote``, always.

    ``actors`` and ``experienced_by`` are preferred terms of the vocabulary. ``confidence`` is the calibrated share of
    such statements that are right (0–1). ``rule`` and ``cue`` say what found it. ``concept_id`` is filled by the store.
    """

    id: str
    document_id: str
    passage_id: str
    start: int
    end: int
    kind: Kind
    quote: str
    lead_in: str | None = None
    page: int | None = None
    section: str = ""
    level: Level | None = None
    theme: Theme | None = None
    actors: tuple[str, ...] = ()
    experienced_by: tuple[str, ...] = ()
    effort: Effort | None = None
    term: Term | None = None
    confidence: float = 0.5
    origin: Found = Found.RULE
    rule: str = ""
    cue: str = ""
    concept_id: str = ""

    @property
    def text(self) -> str:
        """The quote with its lead-in, as one line: what the statement says when it stands alone."""
        return as_line(self.quote, self.lead_in)


@dataclass(frozen=True, slots=True)
class Link:
    """A claim that one statement makes about another; ``source`` and ``target`` are statement ids."""

    source: str
    relation: Relation
    target: str
    origin: Origin = Origin.STATED
    confidence: float = 0.5
    rule: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """What statements express together. ``label`` is its best statement's wording; ``support`` the number of documents.

    ``level``, ``theme``, ``effort`` and ``term`` are what most of its statements say. All of it rests only on what the
    session may see. ``internal`` is true when one of the visible statements rests on an internal document.
    """

    id: str
    kind: Kind
    label: str
    level: Level | None
    theme: Theme | None
    support: int
    statements: int
    actors: tuple[str, ...] = ()
    experienced_by: tuple[str, ...] = ()
    effort: Effort | None = None
    term: Term | None = None
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a tangle: a concept, an actor or a theme. ``kind`` is a Kind's value, ``actor`` or ``theme``."""

    id: str
    kind: str
    label: str
    level: Level | None = None
    theme: Theme | None = None
    support: int = 0
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two nodes, derived from links between statements, with those pairs as its evidence.

    ``origin`` is ``stated`` when any of the evidence is, else ``curated``, else ``inferred``. ``evidence`` holds pairs of
    statement ids; for a relation to an actor or theme, pairs of twice the same id.
    """

    source: str
    relation: Relation
    target: str
    origin: Origin = Origin.STATED
    confidence: float = 0.5
    evidence: tuple[tuple[str, str], ...] = ()
    support: int = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """One document and all that rests on it: what goes into a store in one transaction.

    ``vectors`` are those of its statements, in the order of ``statements``; None for no vectors.
    """

    document: Document
    passages: tuple[Passage, ...] = ()
    statements: tuple[Statement, ...] = ()
    links: tuple[Link, ...] = ()
    vectors: Vectors | None = None


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model made vectors: two sets may only be compared when all three are equal."""

    name: str
    revision: str
    dimension: int


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Vectors of statements: ``texts[i]`` (of the quote) and ``leads[i]`` (of the quote with its lead-in) belong to ``ids[i]``.

    Both are ``(n, d)`` float32 with rows of unit length; a zero row means no vector.
    """

    model: ModelInfo
    ids: tuple[str, ...]
    texts: npt.NDArray[np.float32]
    leads: npt.NDArray[np.float32]


def as_line(quote: str, lead_in: str | None) -> str:
    """A quote with its lead-in, as one line."""
    return f"{lead_in.rstrip(' :')}: {quote}" if lead_in else quote


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits (BLAKE2b) of the parts, told apart by a separator that no text holds."""
    return blake2b("\x1f".join(parts).encode("utf-8"), digest_size=8).hexdigest()


def fold(text: str) -> str:
    """The wording of a text without what does not count: compatibility forms (NFKC), case, punctuation, white space."""
    return " ".join(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold()))


def document_id(key: str) -> str:
    """The id of a document: a hash of its id in the catalogue, else of its path relative to the folder named to ingest
    (with ``/``), else of its file name. ``key`` is that string."""
    return "doc-" + digest(PurePath(key).as_posix())


def passage_id(document: str, order: int) -> str:
    """The id of the ``order``-th passage (from 0) of a document."""
    return "pas-" + digest(document, str(order))


def statement_ids(document: str, quotes: Iterable[str]) -> list[str]:
    """The ids of a document's statements, from their quotes in the order of the source.

    A hash of the document's id and the quote, with an ordinal where the same quote comes again.
    """
    seen: dict[str, int] = {}
    ids = []
    for quote in quotes:
        n = seen[quote] = seen.get(quote, 0) + 1
        ids.append("st-" + digest(document, quote, *([str(n)] if n > 1 else [])))
    return ids


def actor_id(term: str) -> str:
    """The node id of an actor, by its preferred term."""
    return "actor-" + digest(fold(term))


def theme_id(theme: Theme) -> str:
    """The node id of a theme."""
    return f"theme-{theme}"
