"""Nodes and relations in Neo4j as the data that the rest of the graph knows, and back."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from graph.derive import Claim, Voice
from graph.model import (
    CLAIMS,
    Access,
    Document,
    Effort,
    Found,
    Kind,
    Level,
    Link,
    Origin,
    Passage,
    Relation,
    Statement,
    Term,
    Theme,
    actor_id,
)
from graph.store.base import Filters

_T = TypeVar("_T")
_K = TypeVar("_K", bound=Hashable)
Row = dict[str, Any]

BATCH = 2_000
"""Rows that one ``UNWIND`` carries."""
LINKS = "|".join(relation.value for relation in CLAIMS)
"""The relation types of links, for a pattern."""
VOICE = (
    "s.id, s.concept_id, s.kind, s.text, s.level, s.theme, s.effort, s.term, s.confidence, s.actors, s.experienced_by,"
    " CASE WHEN $public THEN coalesce(d.public_source, d.n) ELSE coalesce(d.source, d.n) END, d.access, s.label, s.labelled"
)
STATEMENT = (
    "s {.id, .document_id, .passage_id, .start, .end, .kind, .quote, .lead_in, .page, .section, .level, .theme, .actors,"
    " .experienced_by, .effort, .term, .confidence, .origin, .rule, .cue, .concept_id}"
)
CLAIM = (
    "a.concept_id, type(l), b.concept_id, a.id, b.id, l.origin, l.confidence,"
    " CASE WHEN $public THEN coalesce(d.public_source, d.n) ELSE coalesce(d.source, d.n) END, a.kind, b.kind"
)
LINK = "a.id, type(l), b.id, l.origin, l.confidence, l.rule, l.cue"
PASSING = (
    "(size($kinds) = 0 OR s.kind IN $kinds) AND (size($levels) = 0 OR s.level IN $levels)"
    " AND (size($themes) = 0 OR s.theme IN $themes) AND (size($documents) = 0 OR s.document_id IN $documents)"
    " AND (size($actors) = 0 OR any(a IN s.actors WHERE a IN $actors) OR any(a IN s.experienced_by WHERE a IN $actors))"
)
"""That the statement ``s`` passes filters; their values are those of :func:`limits`."""


def limits(filters: Filters) -> dict[str, list[str]]:
    """Filters as parameters of :data:`PASSING`."""
    return {
        "kinds": sorted(filters.kinds),
        "levels": sorted(filters.levels),
        "themes": sorted(filters.themes),
        "documents": sorted(filters.documents),
        "actors": sorted(filters.actors),
    }


def batches(rows: Sequence[Any], size: int = BATCH) -> Iterable[Sequence[Any]]:
    """The rows in runs of at most ``size``."""
    return (rows[i : i + size] for i in range(0, len(rows), size))


def by_size(made: Iterable[Row], size: Callable[[Row], int], most: int = 2_000_000) -> Iterator[list[Row]]:
    """Rows in runs of some two million letters: a passage can be a whole book."""
    run: list[Row] = []
    total = 0
    for row in made:
        run.append(row)
        total += size(row)
        if total > most or len(run) == BATCH:
            yield run
            run, total = [], 0
    if run:
        yield run


def grouped(things: Iterable[_T], key: Callable[[_T], _K]) -> dict[_K, list[_T]]:
    """Things by what ``key`` says of them. (A pattern takes neither a label nor a type as a parameter.)"""
    groups: dict[_K, list[_T]] = {}
    for thing in things:
        groups.setdefault(key(thing), []).append(thing)
    return groups


def document(row: Mapping[str, Any]) -> Document:
    """The document of a ``Document`` node's properties."""
    return Document(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        access=Access(row["access"]),
        publisher=row.get("publisher"),
        date=row.get("date"),
        media_type=row["media_type"],
        path=row.get("path"),
        sha256=row["sha256"],
        pages=row.get("pages"),
        added=row["added"],
        access_decided=row["access_decided"],
        extraction=row.get("extraction"),
    )


def passage(row: Mapping[str, Any]) -> Passage:
    """The passage of a ``Passage`` node's properties."""
    return Passage(
        row["id"],
        row["document_id"],
        row["order"],
        row["text"],
        row["kind"],
        row["section"],
        row.get("lead_in"),
        row.get("page"),
    )


def statement(row: Mapping[str, Any]) -> Statement:
    """The statement of a ``Statement`` node's properties."""
    level, theme, effort, term = (row.get(name) for name in ("level", "theme", "effort", "term"))
    return Statement(
        id=row["id"],
        document_id=row["document_id"],
        passage_id=row["passage_id"],
        start=row["start"],
        end=row["end"],
        kind=Kind(row["kind"]),
        quote=row["quote"],
        lead_in=row.get("lead_in"),
        page=row.get("page"),
        section=row["section"],
        level=Level(level) if level else None,
        theme=Theme(theme) if theme else None,
        actors=tuple(row["actors"]),
        experienced_by=tuple(row["experienced_by"]),
        effort=Effort(effort) if effort else None,
        term=Term(term) if term else None,
        confidence=row["confidence"],
        origin=Found(row["origin"]),
        rule=row["rule"],
        cue=row["cue"],
        concept_id=row["concept_id"] if "concept_id" in row else row["public_concept_id"],
    )


def voice(row: Sequence[Any]) -> Voice:
    """The voice of a row of :data:`VOICE`."""
    id, concept, kind, text, level, theme, effort, term, confidence, actors, experienced_by, *last = row
    source, access, named, named_at = last
    return Voice(
        id,
        concept,
        Kind(kind),
        text,
        Level(level) if level else None,
        Theme(theme) if theme else None,
        Effort(effort) if effort else None,
        Term(term) if term else None,
        confidence,
        tuple(actors),
        tuple(experienced_by),
        source,
        access == Access.INTERNAL.value,
        named,
        named_at or "",
    )


def link(row: tuple[Any, ...]) -> Link:
    """The link of a row of :data:`LINK`."""
    return Link(row[0], Relation(row[1]), row[2], Origin(row[3]), *row[4:])


def claim(row: tuple[Any, ...]) -> Claim:
    """The claim of a row of :data:`CLAIM`."""
    source, relation, target, a, b, origin, confidence, number, kind_a, kind_b = row
    both = kind_a == kind_b == Kind.BOTTLENECK.value
    return Claim(source, Relation(relation), target, a, b, Origin(origin), confidence, number, both)


def document_row(d: Document) -> Row:
    """A document as properties."""
    return {
        "id": d.id,
        "name": d.name,
        "title": d.title,
        "access": d.access.value,
        "access_decided": d.access_decided,
        "publisher": d.publisher,
        "date": d.date,
        "media_type": d.media_type,
        "path": d.path,
        "sha256": d.sha256,
        "pages": d.pages,
        "added": d.added,
        "extraction": d.extraction,
    }


def passage_row(p: Passage, access: Access, terms: str) -> Row:
    """A passage as properties; ``terms`` are its analysed words."""
    return {
        "id": p.id,
        "document_id": p.document_id,
        "access": access.value,
        "order": p.order,
        "text": p.text,
        "kind": p.kind,
        "section": p.section,
        "lead_in": p.lead_in,
        "page": p.page,
        "terms": terms,
        "length": length(terms),
    }


def statement_row(s: Statement, access: Access, place: int, quote: str, lead: str, key: str) -> Row:
    """A statement as properties; ``quote`` and ``lead`` are the analysed words of its quote and its lead-in, ``key`` is
    its wording key."""
    return {
        "id": s.id,
        "document_id": s.document_id,
        "passage_id": s.passage_id,
        "key": key,
        "concept_id": s.concept_id,
        "access": access.value,
        "place": place,
        "start": s.start,
        "end": s.end,
        "kind": s.kind.value,
        "text": s.text,
        "quote": s.quote,
        "lead_in": s.lead_in,
        "page": s.page,
        "section": s.section,
        "level": s.level and s.level.value,
        "theme": s.theme and s.theme.value,
        "actors": list(s.actors),
        "experienced_by": list(s.experienced_by),
        "effort": s.effort and s.effort.value,
        "term": s.term and s.term.value,
        "confidence": s.confidence,
        "origin": s.origin.value,
        "rule": s.rule,
        "cue": s.cue,
        "mentioned": " ".join(actor_id(name) for name in dict.fromkeys((*s.actors, *s.experienced_by))),
        "quote_terms": quote,
        "lead_terms": lead,
        "length": length(quote),
    }


def link_row(link: Link, document_id: str, n: int) -> Row:
    """A link, with its relation's type and its properties."""
    about = {"n": n, "document_id": document_id, "origin": link.origin.value, "confidence": link.confidence}
    about |= {"rule": link.rule, "cue": link.cue}
    return {"source": link.source, "type": link.relation.value, "target": link.target, "about": about}


def nocase(text: str) -> bytes:
    """As SQLite orders without case: only ASCII letters are alike."""
    return text.encode().lower()


def length(terms: str) -> int:
    """How many words an analysed text has."""
    return terms.count(" ") + bool(terms)
