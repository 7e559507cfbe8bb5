"""Readers: a file in, one document of blocks out. One member a format; this is their registry."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from corpus.errors import KluwenError
from corpus.messages import say
from ingest.document import ReadDocument
from ingest.readers import sniff
from ingest.readers.base import Reader
from ingest.readers.board import BoardDrawingReader, BoardReader, BoardTableReader
from ingest.readers.book import BookReader
from ingest.readers.html import HtmlReader
from ingest.readers.markdown import MarkdownReader
from ingest.readers.office import package
from ingest.readers.office.slides import SlidesReader
from ingest.readers.office.word import WordReader
from ingest.readers.pdf import PdfReader
from ingest.readers.text import TextReader

READERS: tuple[Reader, ...] = (
    PdfReader(),
    HtmlReader(),
    TextReader(),
    MarkdownReader(),
    WordReader(),
    SlidesReader(),
    BookReader(),
    BoardReader(),
    BoardTableReader(),
    BoardDrawingReader(),
)

_TOLD_BY_CONTENT = (
    "pdf",
    "html",
    "word",
    "slides",
    "book",
)  # what the first bytes of a file tell, whatever its name is


@cache
def supported() -> Mapping[str, Reader]:
    """The readers by the file ending that they answer to, in lower case with its dot."""
    return {suffix: reader for reader in READERS for suffix in reader.suffixes}


def read(path: Path, *, media_type: str | None = None) -> ReadDocument:
    """The document in the file ``path``; ``media_type`` is what a server said of it, if one did.

    Raises KluwenError (``reader.*``): no such file, a format that isn't read, empty, damaged, encrypted, scanned, a page
    that is only script. A file whose name says another format than its content is read as what it is, with a note.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KluwenError("reader.unreadable", name=path.name, why=error.strerror or str(error)) from error
    return read_bytes(data, path.name, media_type=media_type)


def read_bytes(data: bytes, name: str, *, media_type: str | None = None) -> ReadDocument:
    """The document in ``data``, as :func:`read` gives it; ``name`` is the name that the file has or had."""
    if not data.strip():
        raise KluwenError("reader.empty", name=name)
    named = _named(name, media_type)
    found = sniff.kind(data)
    if found == "office":
        found = package.kind(data)
    if found in ("office", "encrypted", "damaged", "picture"):
        raise KluwenError(f"reader.{found}", name=name)
    if found in _TOLD_BY_CONTENT:
        reader = _by_name(found)
        if named is not None and named.name == "markdown" and found == "html":
            reader = named  # a Markdown file may well begin with a tag
    elif named is None:
        raise KluwenError("reader.unsupported", name=name, known=", ".join(sorted(supported())))
    elif named.name in _TOLD_BY_CONTENT and named.name != "html":
        if found == "binary" or data[:1024].count(b"\x00"):
            raise KluwenError("reader.damaged", name=name)
        reader = _by_name("text")
    elif found == "binary":
        raise KluwenError("reader.not_text", name=name)
    else:
        reader = named
    try:
        document = reader.read(data, name)
    except (KluwenError, MemoryError):
        raise
    except Exception as error:  # one file that we did not foresee is reported, and the other ninety-nine go in
        raise KluwenError("reader.unexpected", name=name, why=f"{type(error).__name__}: {error}") from error
    if named is not None and reader is not named:
        note = say("reader.note_kind", name=name, kind=say(f"reader.kind_{reader.name}"))
        document = replace(document, notes=(note, *document.notes))
    return document


def _by_name(name: str) -> Reader:
    return next(reader for reader in READERS if reader.name == name)


def _named(name: str, media_type: str | None) -> Reader | None:
    """The reader that a server's media type names, else the one that the file's ending names."""
    plain = (media_type or "").split(";")[0].strip().lower()
    if plain:
        for reader in READERS:
            if plain in reader.media_types and plain != "text/plain":
                return reader
    known = supported().get(Path(name).suffix.lower())
    return known or (_by_name("text") if plain == "text/plain" else None)
