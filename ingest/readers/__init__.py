"""Readers: a file in, one document of blocks out. One member a format; this is their registry."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from corpus.errors import KluwenError
from ingest.document import ReadDocument
from ingest.readers.base import Reader
from ingest.readers.pdf import PdfReader
from ingest.readers.text import TextReader

READERS: tuple[Reader, ...] = (PdfReader(), TextReader())


@cache
def supported() -> Mapping[str, Reader]:
    """The readers by the file ending that they answer to, in lower case with its dot."""
    return {suffix: reader for reader in READERS for suffix in reader.suffixes}


def read(path: Path, *, media_type: str | None = None) -> ReadDocument:
    """The document in the file ``path``; ``media_type`` is what a server said of it, if one did.

    Raises KluwenError (``reader.*``): no such file, a format that isn't read, empty, damaged, encrypted, scanned.
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
    reader = supported().get(Path(name).suffix.lower())
    if reader is None:
        raise KluwenError("reader.unsupported", name=name, known=", ".join(sorted(supported())))
    return reader.read(data, name)
