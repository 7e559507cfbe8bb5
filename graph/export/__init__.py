"""What a graph gives to other programs. One registry; a new format is a new member and one line in :data:`FORMATS`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.errors import KluwenError
from graph.export import graphml, jsonl, table
from graph.export.records import LINK_KEYS, STATEMENT_KEYS, link_records, statement_records
from graph.export.scope import Scope, Selection, select
from graph.store.base import Store

__all__ = ["FORMATS", "Format", "Scope", "export", "pieces", "save"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that something can be exported in. ``pieces`` gives its text bit by bit, the first of them at once."""

    what: str
    name: str
    suffix: str
    media_type: str
    pieces: Callable[[Store, Selection], Iterator[str]]


def _statements_jsonl(store: Store, selection: Selection) -> Iterator[str]:
    return jsonl.pieces(statement_records(store, selection))


def _statements_csv(store: Store, selection: Selection) -> Iterator[str]:
    return table.pieces(STATEMENT_KEYS, statement_records(store, selection))


def _links_jsonl(store: Store, selection: Selection) -> Iterator[str]:
    return jsonl.pieces(link_records(store, selection))


def _links_csv(store: Store, selection: Selection) -> Iterator[str]:
    return table.pieces(LINK_KEYS, link_records(store, selection))


FORMATS: tuple[Format, ...] = (
    Format("statements", "jsonl", ".jsonl", "application/jsonl", _statements_jsonl),
    Format("statements", "csv", ".csv", "text/csv", _statements_csv),
    Format("links", "jsonl", ".jsonl", "application/jsonl", _links_jsonl),
    Format("links", "csv", ".csv", "text/csv", _links_csv),
    Format("graph", "graphml", ".graphml", "application/graphml+xml", graphml.pieces),
)
_WHOLE = Scope()


def pieces(store: Store, what: str, format: str, scope: Scope = _WHOLE) -> Iterator[str]:
    """The export as text, bit by bit. Raises KluwenError for what can't be exported so, and for a scope that is not there."""
    found = next((f for f in FORMATS if (f.what, f.name) == (what, format)), None)
    if found is None:
        known = ", ".join(f.name for f in FORMATS if f.what == what)
        if not known:
            raise KluwenError("export.unknown_what", what=what, known=", ".join(dict.fromkeys(f.what for f in FORMATS)))
        raise KluwenError("export.unknown_format", what=what, format=format, known=known)
    return found.pieces(store, select(store, scope))


def export(store: Store, what: str, format: str, out: BinaryIO, scope: Scope = _WHOLE) -> None:
    """Write an export to a stream of bytes, as UTF-8."""
    for piece in pieces(store, what, format, scope):
        out.write(piece.encode("utf-8"))


def save(store: Store, what: str, format: str, path: str | Path, scope: Scope = _WHOLE) -> None:
    """Write an export to a file, which is there either whole or as it was before."""
    path = Path(path)
    bits = pieces(store, what, format, scope)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    except OSError as error:
        raise KluwenError("export.cannot_write", file=str(path), reason=error.strerror or str(error)) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in bits:
                out.write(piece.encode("utf-8"))
        # a temporary file may be read by its owner only
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise KluwenError("export.cannot_write", file=str(path), reason=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
