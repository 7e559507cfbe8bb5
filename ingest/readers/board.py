"""Boards with sticky notes, as Miro exports them: JSON of both its interfaces, CSV from the menu, SVG."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from corpus.errors import KluwenError
from corpus.messages import say
from ingest.document import BlockKind, Connection, ReadDocument
from ingest.readers.base import Reader
from ingest.readers.decode import decode
from ingest.structure import facts, outline
from ingest.structure.outline import Part
from ingest.structure.tables import Tables
from ingest.structure.words import fold

_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"<\s*(br|/p|/li|/div)\b[^>]*>", re.IGNORECASE)
_BOARD_NAME = re.compile(r"^miro board\s*-\s*(?P<name>.+)$", re.IGNORECASE)
_TEXTS = ("sticky_note", "shape", "text", "card", "app_card", "sticker", "mindmap_node", "document", "embed", "paint")
_NO_CAP = ("none", "", None)
_ADDRESS = re.compile(r"^[a-z]+://", re.IGNORECASE)


@dataclass(slots=True)
class _Item:
    """One thing on a board; ``x`` and ``y`` are where its middle stands, on the canvas or in its parent."""

    id: str
    type: str
    text: str
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    parent: str | None = None
    marks: dict[str, str] = field(default_factory=dict)


class BoardReader(Reader):
    """Miro boards as JSON: every item with its frame, colour and tags, and the arrows between items."""

    name = "board"
    suffixes: ClassVar[tuple[str, ...]] = (".json",)
    media_types: ClassVar[tuple[str, ...]] = ("application/json",)

    def read(self, data: bytes, name: str) -> ReadDocument:
        text = decode(data)
        try:
            found = json.loads(text) if text is not None else None
        except (ValueError, RecursionError) as error:
            raise KluwenError("reader.damaged", name=name) from error
        entries = list(_entries(found))
        tags = {str(e.get("id")): fold(str(e.get("title") or "")) for e in entries if e.get("type") == "tag"}
        items = [item for entry in entries if (item := _item(entry, tags)) is not None and item.text]
        if not items:
            raise KluwenError("reader.not_board" if not entries else "reader.empty", name=name)
        ordered = _reading_order(items)
        places = {item.id: index for index, item in enumerate(ordered)}
        lines = [entry for entry in entries if entry.get("type") == "connector" or "startItem" in entry]
        connections = [each for entry in lines if (each := _connection(entry, places)) is not None]
        notes = (
            (say("reader.note_loose", count=len(lines) - len(connections)),) if len(connections) < len(lines) else ()
        )
        board = found.get("board") if isinstance(found, dict) else None
        told = board if isinstance(board, dict) else {}
        when = str(told.get("modifiedAt") or told.get("createdAt") or max(map(_when, entries), default=""))
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=outline.blocks(_part(item) for item in ordered),
            title=facts.worth(told.get("name") if isinstance(told.get("name"), str) else None),
            date=facts.date_in(when[:10]),
            connections=tuple(connections),
            notes=notes,
        )


class BoardTableReader(Reader):
    """Miro boards as CSV: only texts and tags are in it. A CSV file with more columns is read as the table that it is."""

    name = "board_table"
    suffixes: ClassVar[tuple[str, ...]] = (".csv",)
    media_types: ClassVar[tuple[str, ...]] = ("text/csv",)

    def read(self, data: bytes, name: str) -> ReadDocument:
        text = decode(data)
        if text is None:
            raise KluwenError("reader.not_text", name=name)
        first = text.split("\n", 1)[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        try:
            rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter))
        except csv.Error as error:
            raise KluwenError("reader.damaged", name=name) from error
        rows = [[fold(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]
        if not rows:
            raise KluwenError("reader.empty", name=name)
        table = sum(1 for row in rows if sum(map(bool, row)) > 2) > 0.6 * len(rows)
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=outline.blocks(_table(rows) if table else _stickies(rows)),
            title=_board_name(name),
            notes=() if table else (say("reader.note_csv"),),
        )


class BoardDrawingReader(Reader):
    """Miro boards as SVG: the texts with their colours."""

    name = "board_drawing"
    suffixes: ClassVar[tuple[str, ...]] = (".svg",)
    media_types: ClassVar[tuple[str, ...]] = ("image/svg+xml",)

    def read(self, data: bytes, name: str) -> ReadDocument:
        from lxml import etree

        try:
            root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise KluwenError("reader.damaged", name=name) from error
        parts: list[Part] = []
        for group in root.iter("{*}g"):
            lines = [fold("".join(each.itertext())) for each in group.iterchildren("{*}text")]
            fills = [each.get("fill") for each in group.iterchildren("{*}rect", "{*}path") if each.get("fill")]
            if any(lines):
                marks = {"colour": str(fills[0])} if fills and fills[0] != "none" else {}
                parts.append(Part(" ".join(line for line in lines if line), marks=marks))
        if not parts:
            raise KluwenError("reader.not_board", name=name)
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=outline.blocks(parts),
            title=_board_name(name),
            notes=(say("reader.note_svg"),),
        )


def _stickies(rows: Sequence[Sequence[str]]) -> Iterable[Part]:
    """The texts of a board, each once, with the tag that may stand beside it."""
    parts: dict[str, Part] = {}
    for row in rows:
        content, tag = row[0], row[1] if len(row) > 1 else ""
        if content and content.lower() != "frame":
            parts.setdefault(content, Part(content, marks={"tag": tag} if tag and not _ADDRESS.match(tag) else {}))
    return parts.values()


def _table(rows: Sequence[Sequence[str]]) -> Iterator[Part]:
    placed = [(i, j, [Part(cell)]) for i, row in enumerate(rows) for j, cell in enumerate(row) if cell]
    return Tables().parts(placed)


def _board_name(name: str) -> str | None:
    stem = name.rsplit(".", 1)[0]
    found = _BOARD_NAME.match(stem)
    return facts.worth(found["name"] if found else None)


def _entries(found: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Every item, connector and tag, however the pages of an export are put together."""
    if depth > 6:
        return
    if isinstance(found, list):
        for each in found:
            yield from _entries(each, depth + 1)
    elif isinstance(found, dict):
        if (
            (isinstance(found.get("type"), str) and "id" in found and found["type"] != "board")
            or "startItem" in found
            or "endItem" in found
        ):
            yield found
        else:
            for key in ("items", "data", "connectors", "tags", "widgets", "frames"):
                kept = found.get(key)
                if key == "tags" and isinstance(kept, (list, dict)):
                    yield from ({"type": "tag", **tag} for tag in _listed(kept))
                elif key == "connectors" and isinstance(kept, (list, dict)):
                    yield from ({"type": "connector", **each} for each in _listed(kept))
                elif isinstance(kept, (list, dict)):
                    yield from _entries(kept, depth + 1)


def _listed(kept: Any) -> Iterator[dict[str, Any]]:
    found = kept.get("data", []) if isinstance(kept, dict) else kept
    for each in found if isinstance(found, list) else []:
        if isinstance(each, dict) and isinstance(each.get("data"), list):
            yield from _listed(each)
        elif isinstance(each, dict):
            yield each


def _plain(content: Any) -> str:
    """What stands on an item, its HTML taken away."""
    from html import unescape

    return fold(unescape(_TAG.sub("", _BREAK.sub(" ", content)))) if isinstance(content, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0


def _item(entry: Mapping[str, Any], tags: Mapping[str, str]) -> _Item | None:
    kind = str(entry.get("type"))
    if kind != "frame" and kind not in _TEXTS:
        return None
    data, style = _mapping(entry.get("data")), _mapping(entry.get("style"))
    place, size = _mapping(entry.get("position")) or entry, _mapping(entry.get("geometry")) or entry
    told = [_plain(each.get(key)) for each in (data, entry) for key in ("title", "content", "description")]
    text = " ".join(dict.fromkeys(piece for piece in told if piece))
    parent = _mapping(entry.get("parent")).get("id") or entry.get("parentId")
    marks = {"id": str(entry.get("id")), "type": kind}
    colour = style.get("fillColor") or style.get("cardTheme")
    shape = data.get("shape") or entry.get("shape")
    own = entry.get("tagIds") or entry.get("tags") or []
    titles = [tags.get(str(_mapping(tag).get("id", tag)), "") for tag in own] if isinstance(own, list) else []
    if isinstance(colour, str) and colour != "transparent":
        marks["colour"] = colour
    if isinstance(shape, str):
        marks["shape"] = shape
    if any(titles):
        marks["tag"] = ", ".join(title for title in titles if title)
    item = _Item(str(entry.get("id")), kind, text, _number(place.get("x")), _number(place.get("y")))
    item.width, item.height = _number(size.get("width")), _number(size.get("height"))
    item.parent, item.marks = (str(parent) if parent is not None else None), marks
    return item


def _reading_order(items: Sequence[_Item]) -> list[_Item]:
    """Frames from top to bottom and left to right, each with what is in it; then what stands outside them."""
    frames = {item.id: item for item in items if item.type == "frame"}
    inside: dict[str, list[_Item]] = {}
    loose: list[_Item] = []
    for item in items:
        if item.type == "frame":
            continue
        frame = frames.get(item.parent or "") or next((f for f in frames.values() if _within(item, f)), None)
        (inside.setdefault(frame.id, []) if frame else loose).append(item)
    ordered: list[_Item] = list(_by_place(loose))
    for frame in _by_place(frames.values()):
        ordered += [frame, *_by_place(inside.get(frame.id, []))]
    return ordered


def _within(item: _Item, frame: _Item) -> bool:
    if item.parent is not None:
        return False
    return abs(item.x - frame.x) <= frame.width / 2 and abs(item.y - frame.y) <= frame.height / 2


def _by_place(items: Iterable[_Item]) -> list[_Item]:
    """Row by row: what stands at about one height is read from left to right."""
    rest = sorted(items, key=lambda item: (item.y, item.x))
    ordered: list[_Item] = []
    while rest:
        reach = rest[0].y + max(40.0, rest[0].height / 2)
        row = [item for item in rest if item.y <= reach]
        ordered += sorted(row, key=lambda item: (item.x, item.y))
        rest = [item for item in rest if item.y > reach]
    return ordered


def _part(item: _Item) -> Part:
    if item.type == "frame":
        return Part(item.text, BlockKind.HEADING, 1, marks=item.marks)
    return Part(item.text, marks=item.marks)


def _end(entry: Mapping[str, Any], old: str, new: str) -> str:
    end = entry.get(old) if old in entry else entry.get(new)
    if isinstance(end, dict):
        end = end.get("id") or end.get("item")
    return str(end)


def _connection(entry: Mapping[str, Any], places: Mapping[str, int]) -> Connection | None:
    """The arrow of a connector, or None when one of its ends stands on nothing that was read."""
    source, target = places.get(_end(entry, "startItem", "start")), places.get(_end(entry, "endItem", "end"))
    if source is None or target is None:
        return None
    style = _mapping(entry.get("style"))
    start, end = style.get("startStrokeCap", "none") in _NO_CAP, style.get("endStrokeCap", "stealth") in _NO_CAP
    captions = entry.get("captions")
    told = (_plain(_mapping(each).get("content")) for each in captions) if isinstance(captions, list) else ()
    caption = " ".join(piece for piece in told if piece)
    if end and not start:
        source, target = target, source
    return Connection(source, target, caption, directed=start != end)


def _when(entry: Mapping[str, Any]) -> str:
    value = entry.get("modifiedAt") or entry.get("createdAt")
    return value if isinstance(value, str) else ""
