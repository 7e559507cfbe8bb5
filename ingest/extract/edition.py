"""Which edition of the extraction this is: what tells whether a document should be read again though its file is the same."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from ingest.extract.decide import CARD, WEIGHTS, chosen_folder, stands_in

PARTS = ("corpus", "corpus.vocabulary", "ingest")
"""What extraction rests on: how words are analysed, the vocabulary, and the readers, rules and weights."""
KINDS = (".py", ".tsv", ".toml", ".txt", ".npz", ".json")


def edition() -> str:
    """A digest of the code, the vocabulary and the weights, 16 hexadecimal digits. It is another one after any change to
    them, a comment as well: to read a document once too often costs a second, to keep worse statements costs trust."""
    return _edition(chosen_folder())


@cache
def _edition(folder: str | None) -> str:
    parts = [file for part in PARTS for file in _files(files(part), deep=part == "ingest")]
    if folder:
        parts += [file for file in map(stands_in(folder).joinpath, (CARD, WEIGHTS)) if file.is_file()]
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(part.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable, *, deep: bool) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and deep and entry.name != "__pycache__":
            found += _files(entry, deep=True)
        elif entry.is_file() and entry.name.endswith(KINDS):
            found.append(entry)
    return found
