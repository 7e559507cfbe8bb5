"""What was extracted from a document, kept beside what it says after judgements, as compressed JSON."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, replace
from typing import Any

from graph.model import Contents, Effort, Found, Kind, Level, Link, Origin, Relation, Statement, Term, Theme


def pack(contents: Contents) -> bytes:
    """The statements and links of a document."""
    rows = {
        "statements": [asdict(replace(s, concept_id="")) for s in contents.statements],
        "links": [asdict(x) for x in contents.links],
    }
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode())


def unpack(data: bytes, contents: Contents) -> Contents:
    """The document with the statements and links that were packed in place of those it has."""
    rows = json.loads(zlib.decompress(data))
    return replace(
        contents,
        statements=tuple(_statement(row) for row in rows["statements"]),
        links=tuple(
            Link(**row | {"relation": Relation(row["relation"]), "origin": Origin(row["origin"])})
            for row in rows["links"]
        ),
    )


def _statement(row: dict[str, Any]) -> Statement:
    types = {"kind": Kind, "level": Level, "theme": Theme, "effort": Effort, "term": Term, "origin": Found}
    typed = {name: types[name](value) if name in types and value is not None else value for name, value in row.items()}
    return Statement(**typed | {name: tuple(row[name]) for name in ("actors", "experienced_by")})
