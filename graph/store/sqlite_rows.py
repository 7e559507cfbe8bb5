"""Rows of the SQLite file as the data that the rest of the graph knows, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from graph.derive import Claim, Voice
from graph.model import (
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
)

DOCUMENT = (
    "id, name, title, access, publisher, date, media_type, path, sha256, pages, added, access_decided, extraction"
)
PASSAGE = "p.id, d.id, p.place, p.text, p.kind, p.section, p.lead_in, p.page"
PASSAGES = "seen_passage p JOIN document d ON d.n = p.document"
STATEMENT = (
    's.id, d.id, p.id, s.start, s."end", s.kind, s.quote, s.lead_in, s.page, s.section, s.level, s.theme, s.actors,'
    " s.experienced_by, s.effort, s.term, s.confidence, s.origin, s.rule, s.cue, s.concept"
)
STATEMENTS = "seen_statement s JOIN document d ON d.n = s.document JOIN passage p ON p.n = s.passage"
VOICE = (
    "s.id, s.concept, s.kind, s.quote, s.lead_in, s.level, s.theme, s.effort, s.term, s.confidence, s.actors,"
    " s.experienced_by, d.source, d.access, s.label, s.labelled"
)
VOICES = "seen_statement s JOIN seen_document d ON d.n = s.document"
LINK = "a.id, l.relation, b.id, l.origin, l.confidence, l.rule, l.cue"
LINKS = "seen_link l JOIN statement a ON a.n = l.source JOIN statement b ON b.n = l.target"
CLAIM = "a.concept, l.relation, b.concept, a.id, b.id, l.origin, l.confidence, d.source, a.kind, b.kind"
CLAIMS = (
    "seen_link l JOIN seen_statement a ON a.n = l.source JOIN seen_statement b ON b.n = l.target"
    " JOIN seen_document d ON d.n = l.document"
)

_KINDS: dict[str, Kind] = {k.value: k for k in Kind}
_LEVELS: dict[str | None, Level | None] = {None: None, **{v.value: v for v in Level}}
_THEMES: dict[str | None, Theme | None] = {None: None, **{v.value: v for v in Theme}}
_EFFORTS: dict[str | None, Effort | None] = {None: None, **{v.value: v for v in Effort}}
_TERMS: dict[str | None, Term | None] = {None: None, **{v.value: v for v in Term}}
_FOUND: dict[str, Found] = {v.value: v for v in Found}
_ORIGINS: dict[str, Origin] = {v.value: v for v in Origin}
_RELATIONS: dict[str, Relation] = {v.value: v for v in Relation}


def many(ids: Iterable[object]) -> str:
    """Values as one parameter, for ``json_each(?)``: SQLite allows a bounded number of parameters."""
    return json.dumps(list(ids))


def document(row: tuple[Any, ...]) -> Document:
    """The document of a row of :data:`DOCUMENT`."""
    return Document(
        id=row[0],
        name=row[1],
        title=row[2],
        access=Access(row[3]),
        publisher=row[4],
        date=row[5],
        media_type=row[6],
        path=row[7],
        sha256=row[8],
        pages=row[9],
        added=row[10],
        access_decided=bool(row[11]),
        extraction=row[12],
    )


def passage(row: tuple[Any, ...]) -> Passage:
    """The passage of a row of :data:`PASSAGE`."""
    return Passage(*row)


def statement(row: tuple[Any, ...]) -> Statement:
    """The statement of a row of :data:`STATEMENT`.

    What a statement says is read from the view ``seen_statement`` alone, here as in filters: there judgements come in.
    """
    return Statement(
        id=row[0],
        document_id=row[1],
        passage_id=row[2],
        start=row[3],
        end=row[4],
        kind=_KINDS[row[5]],
        quote=row[6],
        lead_in=row[7],
        page=row[8],
        section=row[9],
        level=_LEVELS[row[10]],
        theme=_THEMES[row[11]],
        actors=names(row[12]),
        experienced_by=names(row[13]),
        effort=_EFFORTS[row[14]],
        term=_TERMS[row[15]],
        confidence=row[16],
        origin=_FOUND[row[17]],
        rule=row[18],
        cue=row[19],
        concept_id=row[20],
    )


def voice(row: tuple[Any, ...]) -> Voice:
    """The voice of a row of :data:`VOICE`."""
    (
        id,
        concept,
        kind,
        quote,
        lead_in,
        level,
        theme,
        effort,
        term,
        confidence,
        actors,
        experienced_by,
        source,
        access,
        named,
        named_at,
    ) = row
    return Voice(
        id,
        concept,
        _KINDS[kind],
        f"{lead_in.rstrip(' :')}: {quote}" if lead_in else quote,
        _LEVELS[level],
        _THEMES[theme],
        _EFFORTS[effort],
        _TERMS[term],
        confidence,
        names(actors),
        names(experienced_by),
        source,
        access == Access.INTERNAL.value,
        named,
        named_at or "",
    )


def link(row: tuple[Any, ...]) -> Link:
    """The link of a row of :data:`LINK`."""
    return Link(row[0], _RELATIONS[row[1]], row[2], _ORIGINS[row[3]], *row[4:])


def claim(row: tuple[Any, ...]) -> Claim:
    """The claim of a row of :data:`CLAIM`."""
    source, relation, target, a, b, origin, confidence, number, kind_a, kind_b = row
    both = kind_a == kind_b == Kind.BOTTLENECK.value
    return Claim(source, _RELATIONS[relation], target, a, b, _ORIGINS[origin], confidence, number, both)


@lru_cache(maxsize=4096)
def names(text: str) -> tuple[str, ...]:
    """The names that a column holds as JSON."""
    return tuple(json.loads(text))


def document_row(d: Document) -> dict[str, Any]:
    """A document as named values of its columns."""
    return {
        "id": d.id,
        "name": d.name,
        "title": d.title,
        "access": d.access.value,
        "access_decided": int(d.access_decided),
        "publisher": d.publisher,
        "date": d.date,
        "media_type": d.media_type,
        "path": d.path,
        "sha256": d.sha256,
        "pages": d.pages,
        "added": d.added,
        "extraction": d.extraction,
    }


def passage_row(p: Passage, document: int) -> dict[str, Any]:
    """A passage as named values of its columns, without its length."""
    return {
        "id": p.id,
        "document": document,
        "place": p.order,
        "text": p.text,
        "kind": p.kind,
        "section": p.section,
        "lead_in": p.lead_in,
        "page": p.page,
    }


def statement_row(s: Statement, document: int, passage: int, place: int) -> dict[str, Any]:
    """A statement as named values of its columns, without its length."""
    return {
        "id": s.id,
        "document": document,
        "passage": passage,
        "place": place,
        "start": s.start,
        "end": s.end,
        "kind": s.kind.value,
        "quote": s.quote,
        "lead_in": s.lead_in,
        "page": s.page,
        "section": s.section,
        "level": s.level and s.level.value,
        "theme": s.theme and s.theme.value,
        "actors": json.dumps(s.actors, ensure_ascii=False),
        "experienced_by": json.dumps(s.experienced_by, ensure_ascii=False),
        "effort": s.effort and s.effort.value,
        "term": s.term and s.term.value,
        "confidence": s.confidence,
        "origin": s.origin.value,
        "rule": s.rule,
        "cue": s.cue,
    }


def insert(connection: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    """Insert a row of named values; its ``n`` comes back."""
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    cursor = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))
    return int(cursor.lastrowid or 0)


def update(connection: sqlite3.Connection, table: str, n: int, row: dict[str, Any]) -> None:
    """Give the row ``n`` of a table these values."""
    sets = ", ".join(f'"{name}" = ?' for name in row)
    connection.execute(f"UPDATE {table} SET {sets} WHERE n = ?", (*row.values(), n))


def numbers(connection: sqlite3.Connection, table: str, ids: Collection[str]) -> dict[str, int]:
    """The ``n`` of each id that a table (or view) has."""
    query = f"SELECT t.id, t.n FROM json_each(?) j JOIN {table} t ON t.id = j.value"
    return dict(connection.execute(query, (many(ids),)).fetchall())
