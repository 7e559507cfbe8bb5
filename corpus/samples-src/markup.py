"""The small mark-up in which the samples that become PDFs are written: headings, lists, tables, notes; a part of Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_ITEM = re.compile(r"(?P<space> *)(?P<mark>-|\d+\.) (?P<text>.*)")
_NOTE = re.compile(r"\[\^(\d+)\]: (.*)")
_CAPTION = re.compile(r"(Tabel|Figuur) \d+\. ")


@dataclass(frozen=True, slots=True)
class Item:
    """A list item: ``depth`` from 1; ``number`` is its number in a numbered list, else 0."""

    text: str
    depth: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """A block: ``kind`` is ``h1``, ``h2``, ``p``, ``quote``, ``list``, ``table`` or ``caption``."""

    kind: str
    text: str = ""
    items: tuple[Item, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A sample as written: ``meta`` holds the lines between ``---``, ``notes`` the footnotes by number."""

    meta: dict[str, str]
    parts: tuple[Part, ...]
    notes: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> Source:
    """The sample in a file."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    meta = dict(line.split(": ", 1) for line in head.splitlines())
    notes: dict[str, str] = {}
    parts: list[Part] = []
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = block.splitlines()
        if _NOTE.fullmatch(lines[0]):
            notes |= {found[1]: found[2] for line in lines if (found := _NOTE.fullmatch(line))}
        else:
            parts.append(_part(lines))
    return Source(meta, tuple(parts), notes)


def _part(lines: list[str]) -> Part:
    first = lines[0]
    if first.startswith("#"):
        marks, text = first.split(" ", 1)
        return Part(f"h{len(marks)}", text)
    if first.startswith("> "):
        return Part("quote", first[2:])
    if first.startswith("|"):
        return Part("table", rows=tuple(tuple(cell.strip() for cell in row.strip("|").split("|")) for row in lines))
    if _ITEM.fullmatch(first):
        return Part("list", items=tuple(_item(line) for line in lines))
    return Part("caption" if _CAPTION.match(first) else "p", " ".join(lines))


def _item(line: str) -> Item:
    found = _ITEM.fullmatch(line)
    if found is None:
        raise ValueError(f"not a list item: {line}")
    number = int(found["mark"][:-1]) if found["mark"] != "-" else 0
    return Item(found["text"], len(found["space"]) // 2 + 1, number)
