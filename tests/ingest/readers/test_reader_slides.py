"""Slides: each is a page under its title, with bullets, tables, notes and arrows."""

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Cm

from corpus.errors import KluwenError
from graph.model import document_id
from ingest.document import BlockKind, ReadDocument
from ingest.extract import extract
from ingest.readers import read_bytes


def read(deck: Any) -> ReadDocument:
    file = io.BytesIO()
    deck.save(file)
    return read_bytes(file.getvalue(), "dias.pptx")


def slide(deck: Any, title: str, *items: tuple[int, str]) -> Any:
    """A slide with a title and bullets, each with its depth from 0."""
    made = deck.slides.add_slide(deck.slide_layouts[1])
    made.shapes.title.text = title
    frame = made.placeholders[1].text_frame
    for number, (level, text) in enumerate(items):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.text, paragraph.level = text, level
    return made


def arrow(made: Any, begin: Any, end: Any, *heads: str) -> None:
    """A connector between two shapes with an arrow head at its ``headEnd`` (start), its ``tailEnd`` (end), or both."""
    line = made.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, 0, 0, 9, 9)
    line.begin_connect(begin, 0)
    line.end_connect(end, 0)
    line.line.width = 9525
    for head in heads:
        line.line._ln.append(parse_xml(f'<a:{head} {nsdecls("a")} type="triangle"/>'))


def shape(made: Any, text: str, left: float, top: float) -> Any:
    box = made.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(left), Cm(top), Cm(4), Cm(2))
    box.text_frame.text = text
    return box


def test_each_slide_is_a_page_under_its_title_with_its_bullets() -> None:
    deck = Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[0])
    first.shapes.title.text = "Nachtzorg in de regio"
    first.placeholders[1].text = "3 februari 2024"
    slide(deck, "Knelpunten", (0, "Te weinig verpleegkundigen"), (1, "Vooral in het weekend"), (0, "Geen overdracht"))
    found = read(deck)
    assert (found.title, found.date, found.pages) == ("Nachtzorg in de regio", "2024-02-03", 2)
    assert [(b.page, str(b.kind), b.level, b.text) for b in found.blocks] == [
        (1, "heading", 1, "Nachtzorg in de regio"),
        (1, "paragraph", 0, "3 februari 2024"),
        (2, "heading", 1, "Knelpunten"),
        (2, "list_item", 1, "Te weinig verpleegkundigen"),
        (2, "list_item", 2, "Vooral in het weekend"),
        (2, "list_item", 1, "Geen overdracht"),
    ]
    assert found.blocks[4].lead_in == ("Te weinig verpleegkundigen",)


def test_the_notes_of_a_slide_are_a_section_of_its_own_under_its_title() -> None:
    deck = Presentation()
    slide(deck, "Knelpunten", (0, "Te weinig zorg")).notes_slide.notes_text_frame.text = "Vraag naar voorbeelden."
    slide(deck, "Oplossingen", (0, "Eén nummer"))
    found = read(deck)
    note = next(block for block in found.blocks if block.text == "Vraag naar voorbeelden.")
    assert (note.headings, note.page) == (("Knelpunten", "Notities"), 1)
    assert found.blocks[-1].headings == ("Oplossingen",)


def test_a_table_keeps_its_cells_and_each_table_its_number() -> None:
    deck = Presentation()
    for page in (1, 2):
        made = slide(deck, f"Tabel {page}")
        table = made.shapes.add_table(2, 2, Cm(1), Cm(8), Cm(20), Cm(4)).table
        for row, line in enumerate(
            [["Knelpunt", "Oplossing"], ["Er is geen overdracht", "Voer een vaste overdracht in"]]
        ):
            for column, text in enumerate(line):
                table.cell(row, column).text = text
    cells = [block.cell for block in read(deck).blocks if block.cell]
    assert [cell.table for cell in cells] == [0] * 4 + [1] * 4
    assert (cells[-1].column_title, cells[-1].row_title) == ("Oplossing", "Er is geen overdracht")


def test_arrows_between_shapes_are_connections_as_they_are_drawn() -> None:
    deck = Presentation()
    made = slide(deck, "Oorzaak en gevolg")
    low, cause, result = (shape(made, *each) for each in (("Uitval", 2, 12), ("Krapte", 2, 6), ("Werkdruk", 12, 6)))
    arrow(made, cause, result, "tailEnd")
    arrow(made, result, low, "headEnd")
    arrow(made, cause, low)
    made.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, 0, 0, 9, 9)
    found = read(deck)
    texts = [block.text for block in found.blocks]
    assert texts[-3:] == ["Krapte", "Werkdruk", "Uitval"]
    assert [(texts[c.source], texts[c.target], c.directed) for c in found.connections] == [
        ("Krapte", "Werkdruk", True),
        ("Uitval", "Werkdruk", True),
        ("Krapte", "Uitval", False),
    ]
    assert len(found.notes) == 1


def test_shapes_are_read_row_by_row_also_in_a_group() -> None:
    deck = Presentation()
    made = slide(deck, "Volgorde")
    shape(made, "onder", 2, 14)
    group = made.shapes.add_group_shape()
    for text, left, top in (("rechts", 12, 6), ("links", 2, 6.1)):
        group.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(left), Cm(top), Cm(4), Cm(2)).text_frame.text = text
    group.left, group.top = Cm(4), Cm(16)  # the whole group goes below what stood under it
    assert [block.text for block in read(deck).blocks] == ["Volgorde", "onder", "links", "rechts"]


def test_hidden_slides_and_what_stands_at_the_foot_are_left_out() -> None:
    deck = Presentation()
    made = slide(deck, "Knelpunten", (0, "Te weinig zorg"))
    foot = made.shapes.add_textbox(Cm(1), Cm(17), Cm(5), Cm(1))
    foot.text_frame.text = "Vertrouwelijk"
    foot._element.nvSpPr.find("{*}nvPr").append(parse_xml(f'<p:ph {nsdecls("p")} type="ftr" idx="11"/>'))
    slide(deck, "Reserve", (0, "Niet tonen"))._element.set("show", "0")
    slide(deck, "Slot", (0, "Vragen"))
    found = read(deck)
    assert [(b.page, b.text) for b in found.blocks if b.kind is BlockKind.HEADING] == [(1, "Knelpunten"), (3, "Slot")]
    assert not {"Vertrouwelijk", "Niet tonen"} & {block.text for block in found.blocks}
    assert (found.pages, len(found.notes)) == (3, 1)


def test_statements_stand_on_their_slide() -> None:
    deck = Presentation()
    slide(deck, "Knelpunten", (0, "Er zijn te weinig verpleegkundigen in de nacht"))
    slide(deck, "Oplossingen", (0, "Richt een gezamenlijk nachtteam in"))
    document = read(deck)
    found = extract(document, document_id(document.name)).statements
    assert [(s.kind, s.page) for s in found] == [("bottleneck", 1), ("solution", 2)]
    assert all(s.quote in document.text for s in found)


def test_a_deck_without_text_is_refused() -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    with pytest.raises(KluwenError) as caught:
        read(deck)
    assert caught.value.key == "reader.no_text"
