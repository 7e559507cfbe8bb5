"""Dutch sentences out of packages of other programs: catalogues of translations, help pages, examples of a grammar checker.

They are read from files that were fetched with the ordinary package managers (docs/model.md says which); nothing of them ends
up in the model but numbers that were fitted on them.
"""

from __future__ import annotations

import gettext
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_MARKUP = re.compile(r"<[^>]*>|\{[^{}]*\}|%\(\w+\)[a-z]|%[a-z]|`[^`]*`|https?://\S+|&\w+;|_\(|\)s")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý\"'‘“])|\n+")
_SPACE = re.compile(r"\s+")
_PROSE = re.compile(r"[A-ZÀ-Ý][^()\[\]{}:;=<>|/\\_$#@*\d]+")
_QUOTED = re.compile(r'"([^"]+)"')
_LONGEST = 200


def sentences(path: Path, fewest: int = 5) -> Iterator[str]:
    """The sentences of prose of at least ``fewest`` words in a file: .txt, .mo, .json, .html, grammar rules (.xml), or a .jar,
    .whl or .zip of such files (of these only the Dutch ones, no .txt). Files of other kinds give nothing."""
    for text in _texts(path):
        for sentence in _SENTENCE.split(_MARKUP.sub(" ", text)):
            cut = _SPACE.sub(" ", sentence).strip(" -*•#|_&")
            if len(cut) <= _LONGEST and len(cut.split(" ")) >= fewest and _PROSE.fullmatch(cut):
                yield cut


def wordnet_examples(path: Path, fewest: int = 4) -> Iterator[str]:
    """The English examples in a data file of WordNet 3 (its licence asks for a notice only)."""
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("  "):
            yield from (text for text in _QUOTED.findall(line.partition("| ")[2]) if len(text.split()) >= fewest)


def _texts(path: Path) -> Iterator[str]:
    if path.suffix in (".jar", ".whl", ".zip"):
        with zipfile.ZipFile(path) as archive:
            for inside in sorted(archive.namelist()):
                if _is_dutch(inside) and not inside.endswith(".txt"):
                    yield from _read(inside, archive.read(inside))
        return
    yield from _read(path.name, path.read_bytes())


def _is_dutch(name: str) -> bool:
    return re.search(r"(^|/)nl([_-](NL|BE|nl|be))?([-./]|$)", name) is not None


def _read(name: str, data: bytes) -> Iterator[str]:
    suffix = Path(name).suffix
    if suffix == ".mo":
        import io

        catalogue: dict[Any, str] = gettext.GNUTranslations(io.BytesIO(data))._catalog  # type: ignore[attr-defined]
        yield from (text for key, text in catalogue.items() if key)
    elif suffix == ".json":
        yield from _strings(json.loads(data))
    elif suffix == ".html":
        yield from _pages(data)
    elif suffix == ".xml" and b"<example" in data:
        yield from _examples(data)
    elif suffix == ".txt":
        yield data.decode("utf-8", "replace")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _strings(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _strings(entry)


def _pages(data: bytes) -> Iterator[str]:
    from lxml import html

    for paragraph in html.fromstring(data).iter("p", "li", "h1", "h2", "h3", "td"):
        yield str(paragraph.text_content())


def _examples(data: bytes) -> Iterator[str]:
    """The examples of LanguageTool's rules; a wrong one with its first correction in place."""
    from lxml import etree

    for example in etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False)).iter("example"):
        correction = (example.get("correction") or "").split("|")[0]
        marker = example.find("marker")
        if correction and marker is not None:
            yield (example.text or "") + correction + (marker.tail or "")
        else:
            yield "".join(example.itertext())
