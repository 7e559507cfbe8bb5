"""The catalogue: what is known about sources beforehand, in a ``sources.toml`` that a person writes.

::

    [[source]]
    file = "knelpunten-2023.pdf"      # relative to the folder of sources.toml, with /; or url = "https://…"
    title = "Knelpunten in de eerste lijn"
    publisher = "Netwerk Palliatieve Zorg"
    date = "2023-05"
    kind = "report"
    access = "public"                 # or "internal", which it is where nothing is said
    id = "knelpunten"                 # keeps the document the same when its file gets another name

Every key may be left out; an entry without ``file`` and ``url`` only says that a source exists, and then needs a ``title``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path, PurePosixPath

from corpus.errors import KluwenError

FILE_NAME = "sources.toml"
TABLES = ("source", "sources")
KEYS = ("id", "file", "url", "title", "publisher", "date", "kind", "access", "note")
ACCESS = {"public": "public", "internal": "internal", "openbaar": "public", "intern": "internal"}
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Source:
    """One entry. ``file`` is relative to the catalogue's folder, with ``/``; ``access`` is ``public`` or ``internal``."""

    id: str | None = None
    file: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    kind: str | None = None
    access: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sources of one ``sources.toml``, in its order. ``path`` is that file."""

    path: Path
    sources: tuple[Source, ...]

    def of_file(self, file: Path) -> Source | None:
        """The entry that names this file, or None."""
        folder = self.path.parent.resolve()
        place = file.resolve()
        if not place.is_relative_to(folder):
            return None
        name = place.relative_to(folder).as_posix()
        return next((source for source in self.sources if source.file == name), None)

    def of_url(self, url: str) -> Source | None:
        """The entry with this address (its last ``/`` and ``#…`` do not count), or None."""
        return next((source for source in self.sources if source.url and _bare(source.url) == _bare(url)), None)


def load(path: Path) -> Catalogue:
    """The catalogue in a file. Raises KluwenError that names the line of the first mistake."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KluwenError("catalogue.unreadable", path=path, reason=_reason(error)) from error
    return _parsed(path, text)


def of_file(file: Path, root: Path | None = None) -> Source | None:
    """What the nearest catalogue says about a file, or None: looked for in its folder, the folder above that, and further
    up to ``root``, the folder that a person named."""
    folder = file.resolve().parent
    top = root.resolve() if root is not None else folder
    for number, place in enumerate([folder, *folder.parents]):
        if number > 1 and not place.is_relative_to(top):
            break
        if (path := place / FILE_NAME).is_file() and (source := load(path).of_file(file)):
            return source
    return None


def of_url(url: str, folder: Path | None = None) -> Source | None:
    """What the catalogue in ``folder`` says about an address, else the one that comes with Kluwen; or None."""
    own = folder / FILE_NAME if folder is not None else None
    if own is not None and own.is_file() and (source := load(own).of_url(url)):
        return source
    shipped = Path(str(files("corpus"))) / FILE_NAME
    return load(shipped).of_url(url) if shipped.is_file() else None


@lru_cache(maxsize=64)
def _parsed(path: Path, text: str) -> Catalogue:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = int(where[1]) if where else text.count("\n") + 1
        raise KluwenError("catalogue.not_toml", path=path, line=line) from error
    lines = _Lines(text)
    sources: list[Source] = []
    for table, value in data.items():
        if table not in TABLES or not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise KluwenError("catalogue.unknown_table", path=path, line=lines.of_word(table), table=table)
        for number, entry in enumerate(value):
            sources.append(_source(entry, path, lines, table, number))
    _no_doubles(sources, path, lines)
    return Catalogue(path, tuple(sources))


def _source(entry: dict[str, object], path: Path, lines: _Lines, table: str, number: int) -> Source:
    def wrong(key: str, name: str | None = None, **values: object) -> KluwenError:
        return KluwenError(f"catalogue.{key}", path=path, line=lines.of_key(table, number, name), **values)

    values: dict[str, str] = {}
    for key, value in entry.items():
        if key not in KEYS:
            raise wrong("unknown_key", key, field=key, keys=", ".join(KEYS))
        if isinstance(value, bool) or not (isinstance(value, str | int) or hasattr(value, "isoformat")):
            raise wrong("not_text", key, field=key)
        text = value.isoformat() if hasattr(value, "isoformat") else str(value).strip()
        if text:
            values[key] = text
    if not values.keys() & {"file", "url", "title"}:
        raise wrong("no_place")
    if "file" in values:
        place = PurePosixPath(values["file"].replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or re.match(r"[A-Za-z]:", values["file"]):
            raise wrong("outside", "file", file=values["file"])
        values["file"] = place.as_posix()
    if "url" in values and not re.match(r"https?://[^/\s]+", values["url"]):
        raise wrong("not_address", "url", url=values["url"])
    if "date" in values and not _DATE.fullmatch(values["date"]):
        raise wrong("not_date", "date", date=values["date"])
    if "access" in values:
        if values["access"].casefold() not in ACCESS:
            raise wrong("not_access", "access", access=values["access"])
        values["access"] = ACCESS[values["access"].casefold()]
    return Source(**values)


def _no_doubles(sources: Iterable[Source], path: Path, lines: _Lines) -> None:
    seen: set[tuple[str, str]] = set()
    for source in sources:
        for key in ("id", "file"):
            if value := getattr(source, key):
                if (key, value) in seen:
                    raise KluwenError(
                        "catalogue.double", path=path, line=lines.of_word(value, last=True), field=key, value=value
                    )
                seen.add((key, value))


class _Lines:
    """Where in the text a table, a key or a word stands, counted from 1: TOML's own parser does not tell."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines() or [""]

    def of_key(self, table: str, number: int, key: str | None) -> int:
        heads = [i for i, line in enumerate(self._lines) if re.match(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]", line)]
        if number >= len(heads):
            return 1
        for i in range(heads[number] + 1, len(self._lines)):
            if self._lines[i].lstrip().startswith("["):
                break
            if key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", self._lines[i]):
                return i + 1
        return heads[number] + 1

    def of_word(self, word: str, *, last: bool = False) -> int:
        found = [i + 1 for i, line in enumerate(self._lines) if word in line]
        return (found[-1] if last else found[0]) if found else 1


def _bare(url: str) -> str:
    return url.split("#", 1)[0].rstrip("/")


def _reason(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)
