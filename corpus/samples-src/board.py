"""A Miro board in the form that its REST API gives: one object with items and connectors."""

from __future__ import annotations

import json
import tomllib
from html import escape
from pathlib import Path
from typing import Any

MADE = "2025-05-22T12:30:00Z"
FIRST_ID = 3458764700000000000
STICKY, ROW, COLUMNS, GAP = 199, 228, 6, 40


def make(source: Path, target: Path) -> None:
    """Write the board as JSON. Ids count up in the order of the source."""
    board = tomllib.loads(source.read_text(encoding="utf-8"))
    items: list[dict[str, Any]] = []
    ids: dict[str, str] = {}
    legend = {colour: {f"legend-{colour}": text} for colour, text in board["legend"].items()}
    left = 0.0
    for frame in [{"title": "Legenda", **legend}, *board["frame"]]:
        left = _frame(items, ids, frame, left)
    links = [_connector(ids, len(items) + 1 + n, *arrow) for n, arrow in enumerate(board["arrow"][0]["all"])]
    whole = {
        "board": {"id": "uXjVLINDER01=", "type": "board", "name": board["name"], "createdAt": MADE, "modifiedAt": MADE},
        "items": {"data": items, "total": len(items), "size": len(items), "cursor": None, "limit": 50},
        "connectors": {"data": links, "size": len(links), "limit": 50},
        "tags": {"data": [], "total": 0, "size": 0, "limit": 50, "offset": 0},
    }
    target.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _frame(items: list[dict[str, Any]], ids: dict[str, str], frame: dict[str, Any], left: float) -> float:
    """Add a frame and its sticky notes; returns where the next frame begins."""
    notes = [(key, text, colour) for colour, group in frame.items() if colour != "title" for key, text in group.items()]
    rows = -(-len(notes) // COLUMNS)
    width, height = COLUMNS * (STICKY + GAP) + GAP, rows * (ROW + GAP) + GAP
    frame_id = _next(items)
    items.append(
        {
            "id": frame_id,
            "type": "frame",
            "data": {"format": "custom", "title": frame["title"], "type": "freeform"},
            "style": {"fillColor": "#ffffffff"},
            "geometry": {"width": width, "height": height},
            "position": {"x": left + width / 2, "y": height / 2, "origin": "center", "relativeTo": "canvas_center"},
            "createdAt": MADE,
        }
    )
    for number, (key, text, colour) in enumerate(notes):
        row, column = divmod(number, COLUMNS)
        ids[key] = _next(items)
        items.append(
            {
                "id": ids[key],
                "type": "sticky_note",
                "data": {"content": f"<p>{escape(text, quote=False)}</p>", "shape": "square"},
                "style": {"fillColor": colour, "textAlign": "center", "textAlignVertical": "middle"},
                "geometry": {"width": STICKY, "height": ROW},
                "position": {
                    "x": GAP + column * (STICKY + GAP) + STICKY / 2,
                    "y": GAP + row * (ROW + GAP) + ROW / 2,
                    "origin": "center",
                    "relativeTo": "parent_top_left",
                },
                "parent": {"id": frame_id},
                "createdAt": MADE,
            }
        )
    return left + width + 3 * GAP


def _connector(ids: dict[str, str], number: int, start: str, end: str, caption: str) -> dict[str, Any]:
    return {
        "id": str(FIRST_ID + number),
        "type": "connector",
        "shape": "curved",
        "startItem": {"id": ids[start], "position": {"x": "100%", "y": "50%"}},
        "endItem": {"id": ids[end], "position": {"x": "0%", "y": "50%"}},
        "captions": [{"content": f"<p>{escape(caption, quote=False)}</p>", "position": "50%"}] if caption else [],
        "style": {
            "startStrokeCap": "none",
            "endStrokeCap": "stealth",
            "strokeColor": "#2d9bf0",
            "strokeStyle": "normal",
        },
        "createdAt": MADE,
    }


def _next(items: list[dict[str, Any]]) -> str:
    return str(FIRST_ID + len(items) + 1)
