"""What a text layer lost of tables, addresses and list items comes back as cells, marks and one item."""

import pytest

from ingest.document import Block, BlockKind
from ingest.extract import extract
from ingest.extract.columns import placed
from ingest.readers import read_bytes
from ingest.structure.flattened import COLUMNS, column_titles

LABELLED = """Vervoer in de wijk

De werkgroep keek naar het vervoer.



Onderdeel Succesfactoren Knelpunten

Ritten

Korte lijnen tussen chauffeurs en planners

De planning is onvoldoende afgestemd op de dienstregeling van de trein

Bemensing

Vrijwilligers worden goed begeleid

Er is een tekort aan chauffeurs
"""

PAIRS = """Vervoer in de wijk

De werkgroep keek naar het vervoer.



Knelpunten van de reiziger
Probleem Ideeën van de werkgroep

Bus rijdt te laat Chauffeurs eerder laten beginnen

Haltes zijn slecht verlicht

Lampen plaatsen bij elke halte

Te weinig zitplaatsen

Langere bussen inzetten
"""


def blocks(text: str) -> tuple[Block, ...]:
    return placed(read_bytes(text.encode(), "dias.txt")).blocks


def columns(text: str) -> dict[str, str | None]:
    """The column title of each cell that is no title itself."""
    return {block.text: block.cell.column_title for block in blocks(text) if block.cell and not block.cell.header}


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("Onderdeel Succesfactoren Knelpunten", ("Onderdeel", "Succesfactoren", "Knelpunten")),
        ("Probleem Ideeën van de werkgroep", ("Probleem", "Ideeën van de werkgroep")),
        ("Knelpunten en Oplossingen", ()),
        ("Knelpunten en oplossingen", ()),
        ("Knelpunten in Rotterdam", ()),
        ("Deze Knelpunten vragen Oplossingen.", ()),
    ],
)
def test_a_line_holds_the_titles_of_columns_where_it_names_two_kinds_side_by_side(
    line: str, titles: tuple[str, ...]
) -> None:
    assert column_titles(line) == titles


def test_what_a_cell_says_decides_under_which_column_it_comes() -> None:
    found = columns(LABELLED)
    assert found["Korte lijnen tussen chauffeurs en planners"] == "Succesfactoren"
    assert found["De planning is onvoldoende afgestemd op de dienstregeling van de trein"] == "Knelpunten"
    assert found["Er is een tekort aan chauffeurs"] == "Knelpunten"


def test_a_word_or_two_name_the_row_and_end_nothing() -> None:
    titled = {block.text: block.cell.row_title for block in blocks(LABELLED) if block.cell}
    assert titled["Korte lijnen tussen chauffeurs en planners"] == "Ritten"
    assert titled["Er is een tekort aan chauffeurs"] == "Bemensing"
    assert not any(block.text in ("Ritten", "Bemensing") for block in blocks(LABELLED) if block.cell is None)


def test_the_first_of_a_pair_is_the_problem_also_where_both_stand_on_one_line() -> None:
    found = columns(PAIRS)
    problems = [text for text, title in found.items() if title == "Probleem"]
    assert problems == ["Bus rijdt te laat", "Haltes zijn slecht verlicht", "Te weinig zitplaatsen"]
    assert found["Chauffeurs eerder laten beginnen"] == "Ideeën van de werkgroep"
    assert found["Lampen plaatsen bij elke halte"] == "Ideeën van de werkgroep"


def test_the_cells_of_a_pair_share_a_row() -> None:
    rows = {block.text: block.cell.row for block in blocks(PAIRS) if block.cell}
    assert rows["Bus rijdt te laat"] == rows["Chauffeurs eerder laten beginnen"]
    assert rows["Haltes zijn slecht verlicht"] == rows["Lampen plaatsen bij elke halte"]
    assert rows["Bus rijdt te laat"] < rows["Haltes zijn slecht verlicht"] < rows["Te weinig zitplaatsen"]


def test_a_heading_that_names_one_kind_makes_no_table() -> None:
    text = LABELLED.replace("Onderdeel Succesfactoren Knelpunten", "Knelpunten bij de ritten")
    assert not any(block.cell or COLUMNS in block.marks for block in blocks(text))


def test_a_broken_address_is_one_block_that_says_nothing() -> None:
    text = """Alle stukken staan op het bord.

https://bord.example/welkom/U03M083a09XbnpQY3l0WnV6ZWNacjZYTnVSaGY4Z
FI2ODJMOXZsZzBucVNHQ0tZaGlibkhFNl
1?uitnodiging=367833398184

De bus rijdt te laat en dat is een probleem voor de reiziger.
"""
    document = read_bytes(text.encode(), "stukken.txt")
    (address,) = [block for block in document.blocks if "https" in block.text]
    assert address.text.endswith("FI2ODJMOXZsZzBucVNHQ0tZaGlibkhFNl1?uitnodiging=367833398184")
    assert address.kind is BlockKind.CAPTION
    assert not any("uitnodiging" in statement.quote for statement in extract(document, "d").statements)


def test_an_item_goes_on_after_an_abbreviation_and_an_empty_line_of_a_double_spaced_text() -> None:
    text = "Wat het oplevert\n\n" + "\n\n".join(
        (
            "• Afspraken met reizigers over hun wensen m.b.t.",
            "de dienstregeling in de avond",
            "• Betere samenwerking tussen bus en trein voor deze",
            "groep van reizigers",
            "• Kennis verbinden door het opzetten van",
            "een team dat voor bus en trein",
            "klaar staat",
            "• Inzicht in cijfers",
        )
    )
    items = [block.text for block in blocks(text) if block.kind is BlockKind.LIST_ITEM]
    assert items[0] == "Afspraken met reizigers over hun wensen m.b.t. de dienstregeling in de avond"
    assert len(items) == 4
    assert not any(block.lead_in for block in blocks(text))
