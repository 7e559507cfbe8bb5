"""Boards with sticky notes: items under their frame, arrows between them, and what an export lacks."""

import json
from typing import Any

import pytest

from ingest.document import BlockKind, Connection
from ingest.readers import read_bytes


def sticky(id: str, text: str, x: float, y: float, parent: str | None = "f", **style: str) -> dict[str, Any]:
    """An item as the REST interface gives it."""
    item: dict[str, Any] = {
        "id": id,
        "type": "sticky_note",
        "data": {"content": f"<p>{text}</p>", "shape": "square"},
        "style": {"fillColor": "light_pink", **style},
        "position": {"x": x, "y": y},
        "geometry": {"width": 200, "height": 200},
    }
    return item | ({"parent": {"id": parent}} if parent else {})


def arrow(start: str, end: str, caption: str = "", **caps: str) -> dict[str, Any]:
    """A connector as the REST interface gives it."""
    captions = [{"content": f"<p>{caption}</p>"}] if caption else []
    return {
        "id": "c",
        "type": "connector",
        "startItem": {"id": start},
        "endItem": {"id": end},
        "captions": captions,
        "style": caps,
    }


FRAME = {
    "id": "f",
    "type": "frame",
    "data": {"title": "In de praktijk"},
    "position": {"x": 500, "y": 300},
    "geometry": {"width": 1000, "height": 600},
}
ITEMS = [
    sticky("b", "Tweede &amp; laatste", 700, 110),
    sticky("a", "Eerste<br />regel", 200, 100),
    FRAME,
    sticky("c", "Onderaan", 200, 450),
    sticky("d", "Los kaartje", -400, 0, None),
]


def board(items: list[dict[str, Any]], connectors: list[dict[str, Any]]) -> bytes:
    """A board in one object, as a person saves it."""
    name = {"name": "Retro wijkteam", "modifiedAt": "2025-02-03T10:00:00Z"}
    return json.dumps({"board": name, "items": {"data": items}, "connectors": {"data": connectors}}).encode()


def test_items_stand_under_their_frame_in_reading_order() -> None:
    document = read_bytes(board(ITEMS, []), "bord.json")
    assert [(str(block.kind), block.text) for block in document.blocks] == [
        ("paragraph", "Los kaartje"),
        ("heading", "In de praktijk"),
        ("paragraph", "Eerste regel"),
        ("paragraph", "Tweede & laatste"),
        ("paragraph", "Onderaan"),
    ]
    assert document.blocks[2].headings == ("In de praktijk",)
    assert (document.title, document.date) == ("Retro wijkteam", "2025-02-03")


def test_items_keep_their_marks() -> None:
    marks = read_bytes(board(ITEMS, []), "bord.json").blocks[2].marks
    assert marks == {"id": "a", "type": "sticky_note", "colour": "light_pink", "shape": "square"}


@pytest.mark.parametrize(
    ("caps", "found"),
    [
        ({}, Connection(2, 3, "leidt tot")),
        ({"startStrokeCap": "none", "endStrokeCap": "stealth"}, Connection(2, 3, "leidt tot")),
        ({"startStrokeCap": "arrow", "endStrokeCap": "none"}, Connection(3, 2, "leidt tot")),
        ({"startStrokeCap": "none", "endStrokeCap": "none"}, Connection(2, 3, "leidt tot", directed=False)),
        ({"startStrokeCap": "arrow", "endStrokeCap": "arrow"}, Connection(2, 3, "leidt tot", directed=False)),
    ],
)
def test_the_caps_of_an_arrow_tell_its_direction(caps: dict[str, str], found: Connection) -> None:
    document = read_bytes(board(ITEMS, [arrow("a", "b", "leidt tot", **caps)]), "bord.json")
    assert document.connections == (found,)
    assert document.notes == ()


def test_an_arrow_that_hangs_loose_is_told() -> None:
    document = read_bytes(board(ITEMS, [arrow("a", "weg"), arrow("a", "b")]), "bord.json")
    assert len(document.connections) == 1
    assert len(document.notes) == 1


def test_pages_of_an_export_in_one_array_are_one_board() -> None:
    pages = [{"data": ITEMS[:2], "cursor": "x"}, {"data": ITEMS[2:]}, {"data": [arrow("a", "b")]}]
    document = read_bytes(json.dumps(pages).encode(), "bord.json")
    assert len(document.blocks) == 5
    assert document.connections == (Connection(2, 3),)


def test_the_flat_array_of_the_browser_tools_is_read_with_its_tags() -> None:
    items = [
        {"type": "frame", "id": "f", "title": "Ideeën", "x": 0, "y": 0, "width": 900, "height": 900},
        {
            "type": "sticky_note",
            "id": "a",
            "content": "<p>één nummer</p>",
            "x": 10,
            "y": 10,
            "parentId": "f",
            "tagIds": ["t"],
        },
        {"type": "sticky_note", "id": "b", "content": "<p>één team</p>", "x": 300, "y": 10, "parentId": "f"},
        {"type": "connector", "id": "c", "start": {"item": "a"}, "end": {"item": "b"}, "style": {}},
        {"type": "tag", "id": "t", "title": "snel", "color": "red"},
    ]
    document = read_bytes(json.dumps(items).encode(), "bord.json")
    assert [block.text for block in document.blocks] == ["Ideeën", "één nummer", "één team"]
    assert document.blocks[0].kind is BlockKind.HEADING
    assert document.blocks[1].marks["tag"] == "snel"
    assert document.connections == (Connection(1, 2),)


def test_a_csv_export_says_what_it_lacks() -> None:
    rows = '\ufeff"Organisatie"\r\n"Niemand bereikbaar","zorg"\r\n"Te weinig\nhanden"\r\n\r\n"Frame"\r\n"Loket","https://example.org"\r\n"Niemand bereikbaar"\r\n'
    document = read_bytes(rows.encode(), "Miro board - Retro Noord.csv")
    assert [block.text for block in document.blocks] == [
        "Organisatie",
        "Niemand bereikbaar",
        "Te weinig handen",
        "Loket",
    ]
    assert document.blocks[1].marks == {"tag": "zorg"}
    assert document.blocks[3].marks == {}
    assert document.title == "Retro Noord"
    assert len(document.notes) == 1


def test_a_drawing_gives_the_texts_with_their_colours() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g><rect fill="#f5a9c7"/><text>Geen</text><text>overdracht</text></g>'
        '<g><rect fill="#fff9b1"/><text>Te druk</text></g><path d="M 0 0 L 9 9"/></svg>'
    )
    document = read_bytes(drawing.encode(), "bord.svg")
    assert [(block.text, block.marks["colour"]) for block in document.blocks] == [
        ("Geen overdracht", "#f5a9c7"),
        ("Te druk", "#fff9b1"),
    ]


def test_a_csv_file_with_more_columns_is_a_table() -> None:
    rows = "Knelpunt;Oorzaak;Idee\nNiemand neemt op in de nacht;elk een eigen nummer;één nummer\nTe laat;geen tijd;eerder bellen\n"
    document = read_bytes(rows.encode("cp1252"), "oogst.csv")
    last = document.blocks[-1]
    assert last.cell is not None
    assert (last.text, last.cell.column_title, last.cell.row_title) == ("eerder bellen", "Idee", "Te laat")
    assert document.notes == ()
