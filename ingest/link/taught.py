"""Texts whose links are marked in place: what the linker is taught with and measured on.

Attributes of a statement in :mod:`ingest.extract.marks` name its links: ``#name`` gives it a name, ``by=name`` says that
it is caused by that one, ``to=name`` that it leads to it, ``for=name,name`` that it answers them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from graph.model import Kind, Relation
from ingest.document import ReadDocument
from ingest.extract.found import Span
from ingest.extract.marks import placed, plain
from ingest.readers import read_bytes

_BRACE = re.compile(r"\{[bcs]((?: [^|{}\s]+)*)\||\}")
_SAYS = {"by": Relation.CAUSED_BY, "to": Relation.LEADS_TO, "for": Relation.ADDRESSES}


@dataclass(frozen=True, slots=True)
class Taught:
    """A marked text as a reader reads it: its statements, and the links between them as indexes of those."""

    name: str
    document: ReadDocument
    spans: tuple[Span, ...]
    links: frozenset[tuple[int, Relation, int]]


def taught(path: Path) -> Taught:
    """A ``*.mark`` file with its links; a statement that the reader tore apart is left out with its links."""
    source = path.read_text(encoding="utf-8")
    text, places = plain(source)
    document = read_bytes(text.encode("utf-8"), path.stem + ".txt")
    kept = placed(text, places, document)
    number: dict[int, int] = {}  # of a mark, by place → of its span
    for i, (start, end, _) in enumerate(places):
        if len(number) < len(kept):
            one = kept[len(number)]
            # placed() leaves out what the reader tore apart, in the same order
            if _letters(document.blocks[one.block].text[one.start : one.end]) == _letters(text[start:end]):
                number[i] = len(number)
    found = {
        (number[a], relation, number[b])
        for a, relation, b in _links(source, [kind for _, _, kind in places])
        if a in number and b in number
    }
    spans = tuple(Span(one.block, one.start, one.end, one.kind, 1.0, "marked") for one in kept[: len(number)])
    return Taught(path.stem, document, spans, frozenset(found))


def _links(source: str, kinds: list[Kind]) -> set[tuple[int, Relation, int]]:
    """The links by the order in which their statements' braces open, which is that of their places."""
    named: dict[str, int] = {}
    wanted: list[tuple[int, Relation, str]] = []
    found: set[tuple[int, Relation, int]] = set()
    opened: list[int] = []
    count = 0
    for brace in _BRACE.finditer(source):
        if brace.group() == "}":
            opened.pop()
            continue
        for attribute in brace.group(1).split():
            said, _, names = attribute.partition("=")
            if attribute.startswith("#"):
                named[attribute[1:]] = count
            elif names:
                wanted += [(count, _SAYS[said], name) for name in names.split(",")]
        around = [i for i in opened if kinds[i] is Kind.BOTTLENECK]
        if kinds[count] is Kind.CAUSE and around:
            found.add((around[-1], Relation.CAUSED_BY, count))
        opened.append(count)
        count += 1
    return found | {(i, relation, named[name]) for i, relation, name in wanted if name in named}


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())
