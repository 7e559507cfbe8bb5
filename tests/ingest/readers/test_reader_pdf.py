"""A report and slides, set by the programs that people make PDFs with, are read as the same blocks."""

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ingest.document import Block, BlockKind, ReadDocument
from ingest.readers import read

HERE = Path(__file__).resolve().parent
FILES = HERE / "files"
PRODUCERS = ("libreoffice", "chromium", "weasyprint", "typst", "reportlab")
SLIDES = ("chromium", "weasyprint")


def made(name: str) -> ModuleType:
    """A module of ``making/``, which says what the files were made from."""
    folder = str(HERE / "making")
    if folder not in sys.path:
        sys.path.append(folder)
    return importlib.import_module(name)


def blocks(document: ReadDocument, kind: BlockKind) -> list[Block]:
    """The blocks of one kind."""
    return [block for block in document.blocks if block.kind is kind]


@pytest.fixture(scope="module", params=PRODUCERS)
def report(request: pytest.FixtureRequest) -> ReadDocument:
    return read(FILES / f"rapport-{request.param}.pdf")


@pytest.fixture(scope="module", params=SLIDES)
def slides(request: pytest.FixtureRequest) -> ReadDocument:
    return read(FILES / f"dias-{request.param}.pdf")


def test_every_program_gives_the_same_blocks(report: ReadDocument) -> None:
    found = [
        (str(block.kind), block.text, block.headings, block.lead_in)
        for block in report.blocks
        if block.kind is not BlockKind.FOOTNOTE
    ]
    assert found == made("expected").blocks()


def test_footnotes_stand_apart_from_the_sentence_that_they_interrupt(report: ReadDocument) -> None:
    notes = [re.sub(r"^\d\.? ?", "", block.text) for block in blocks(report, BlockKind.FOOTNOTE)]
    assert notes == made("expected").notes()


def test_a_report_tells_its_title_date_and_pages(report: ReadDocument) -> None:
    content = made("content")
    assert (report.title, report.date, report.pages) == (content.TITLE, "2024-03-14", 2)
    assert report.notes == ()


def test_the_pages_of_a_paragraph_are_known(report: ReadDocument) -> None:
    pages = [block.page for block in report.blocks if block.kind is not BlockKind.FOOTNOTE]
    assert pages == sorted(pages, key=lambda page: page or 0)
    assert {block.page_at(0) for block in report.blocks} == {1, 2}


def test_the_cells_of_a_table_know_their_row_and_column(report: ReadDocument) -> None:
    cells = {(b.cell.row, b.cell.column): b for b in blocks(report, BlockKind.TABLE_CELL) if b.cell}
    assert set(cells) == {(row, column) for row in range(4) for column in range(3)}
    assert all(block.cell and block.cell.header == (row == 0) for (row, _), block in cells.items())
    remedy = cells[2, 2].cell
    assert remedy is not None
    assert (remedy.column_title, remedy.row_title) == ("Oplossing", "Medicatie is ’s avonds niet te krijgen")


def test_items_are_as_deep_as_they_are_set(report: ReadDocument) -> None:
    levels = {block.text: block.level for block in blocks(report, BlockKind.LIST_ITEM)}
    assert levels["pompen en infusen;"] == 2
    assert levels["het tarief voor de avond is even hoog als dat voor de dag;"] == 1


def test_slides_have_their_title_as_heading(slides: ReadDocument) -> None:
    deck = made("deck")
    titles = [block.text for block in blocks(slides, BlockKind.HEADING) if block.level == 1]
    assert titles == [deck.TITLE, "Wat knelt er in de nacht", "Problemen en ideeën", "Twee kanten", "Vier vakken"]
    assert (slides.title, slides.date, slides.pages) == (deck.TITLE, "2024-06-06", 5)


def test_pairs_in_a_table_without_rules_stay_pairs(slides: ReadDocument) -> None:
    pairs = made("deck").PAIRS
    cells = [block for block in blocks(slides, BlockKind.TABLE_CELL) if block.page == 3]
    assert [block.text for block in cells] == [cell for row in pairs for cell in row]
    ideas = [(b.cell.row_title, b.text) for b in cells if b.cell and b.cell.column == 1 and b.cell.row]
    assert ideas == list(pairs[1:])


def test_lists_side_by_side_are_read_one_after_the_other(slides: ReadDocument) -> None:
    found: dict[str, list[str]] = {}
    for block in slides.blocks:
        if block.page == 4 and block.kind is BlockKind.LIST_ITEM:
            found.setdefault(block.headings[-1], []).append(block.text)
    assert found == {title: list(items) for title, items in made("deck").SIDES}


def test_the_lists_in_the_cells_of_a_square_belong_to_their_cell(slides: ReadDocument) -> None:
    items = [block for block in blocks(slides, BlockKind.LIST_ITEM) if block.page == 5]
    found: dict[tuple[int, int], list[str]] = {}
    for block in items:
        assert block.cell is not None
        found.setdefault((block.cell.row, block.cell.column), []).append(block.text)
    square = made("deck").SQUARE
    assert list(found.values()) == [list(inner) for _, inner in square]
    assert [block.lead_in for block in items] == [(title,) for title, inner in square for _ in inner]
