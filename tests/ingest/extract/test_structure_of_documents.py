"""What headings, lead-ins and column titles say about a block."""

from ingest.document import Block, BlockKind, Cell, ReadDocument
from ingest.extract.structure import Structure


def made(*blocks: Block, title: str | None = None) -> Structure:
    return Structure(ReadDocument("x", "text/plain", blocks, title=title))


def item(text: str = "traag", headings: tuple[str, ...] = (), lead_in: tuple[str, ...] = ()) -> Block:
    return Block(text, BlockKind.LIST_ITEM, headings=headings, lead_in=lead_in)


def cell(row: int, column: int, title: str | None, *, header: bool = False) -> Block:
    return Block("tekst", BlockKind.TABLE_CELL, headings=("Oplossingen",), cell=Cell(0, row, column, header, title))


def test_the_nearest_that_says_something_counts() -> None:
    under = made(
        item(headings=("Knelpunten", "Financiering")),
        item(headings=("Knelpunten",), lead_in=("Ideeën:",)),
        *[item() for _ in range(4)],
    )
    assert (under.governed(0).kind, under.governed(0).where) == ("bottleneck", "heading")
    assert (under.governed(1).kind, under.governed(1).where) == ("solution", "lead")
    assert under.governed(2).kind == ""


def test_the_title_of_the_document_says_nothing_about_a_part() -> None:
    blocks = [item(headings=("Knelpunten in de zorg", f"Deel {n}")) for n in range(5)]
    assert made(*blocks).governed(0).kind == ""
    assert made(item(headings=("Knelpunten",)), item(), title="Knelpunten").governed(0).kind == ""


def test_a_cell_is_told_by_its_column_and_a_row_label_by_nothing() -> None:
    table = made(cell(0, 0, None, header=True), cell(1, 0, "Onderwerp"), cell(1, 1, "Knelpunt"), item(), item())
    assert table.names(0)
    assert table.governed(0).kind == ""
    assert table.label(1)
    assert table.governed(1).kind == ""
    assert (table.governed(2).kind, table.governed(2).where) == ("bottleneck", "column")


def test_a_heading_that_announces_is_no_statement_itself() -> None:
    headings = made(Block("Knelpunten", BlockKind.HEADING), Block("Huisartsen haken af", BlockKind.HEADING), item())
    assert headings.names(0)
    assert not headings.names(1)
