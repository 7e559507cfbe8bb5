"""Sticky notes: their frame, or their own few words, make them statements."""

import json
from typing import Any

from ingest.extract.units import spans
from ingest.readers import read_bytes


def _board(*items: dict[str, Any]) -> list[tuple[str, str]]:
    data = json.dumps({"data": list(items)}).encode()
    document = read_bytes(data, "bord.json")
    return [(document.blocks[s.block].text[s.start : s.end], str(s.kind)) for s in spans(document)]


def _note(id: str, text: str, parent: str | None = None) -> dict[str, Any]:
    note: dict[str, Any] = {
        "id": id,
        "type": "sticky_note",
        "data": {"content": text},
        "position": {"x": 10, "y": 10 * len(id)},
        "geometry": {"width": 100, "height": 100},
    }
    if parent:
        note["parent"] = {"id": parent}
    return note


def test_a_note_of_few_words_is_a_statement_without_legend_or_frame() -> None:
    assert _board(_note("1", "Te weinig wijkverpleegkundigen"), _note("22", "Geen tolk in de avond")) == [
        ("Te weinig wijkverpleegkundigen", "bottleneck"),
        ("Geen tolk in de avond", "bottleneck"),
    ]


def test_a_list_of_notes_takes_the_kind_of_the_title_line_above_it() -> None:
    rows = [
        "Wat knelt",
        "Lange rijen aan de balie",
        "Hoe komt dat?",
        "Twee zieken",
        "Wat ging goed",
        "Taart op vrijdag",
    ]
    document = read_bytes("\n".join(f'"{row}"' for row in rows).encode(), "Miro board - Balie.csv")
    found = [(document.blocks[s.block].text, str(s.kind)) for s in spans(document)]
    assert found == [("Lange rijen aan de balie", "bottleneck"), ("Twee zieken", "cause")]
