"""Lines with their place on a page become paragraphs, items and notes; what goes on over a page is one text."""

from ingest.document import Block, BlockKind
from ingest.structure import flow, outline
from ingest.structure.lines import Line, Table, TableCell


def line(
    text: str, *, page: int = 1, left: float = 0.0, right: float = 400.0, gap: float = 0.0, **more: object
) -> Line:
    """A line of running text, 400 points wide where nothing is said."""
    return Line(text, left=left, right=right, margin=400.0, gap=gap, size=10.0, page=page, **more)  # type: ignore[arg-type]


def blocks(*lines: Line | Table) -> tuple[Block, ...]:
    """The blocks that lines become."""
    return outline.blocks(flow.parts(lines))


def test_a_sentence_that_goes_on_over_a_page_is_one_block_that_knows_where_it_turns() -> None:
    first = "De thuiszorg heeft in de avond te weinig mensen, en daardoor moeten de meeste"
    (block,) = blocks(line(first), line("mantelzorgers de nacht alleen doen.", page=2, right=180, gap=1.0, fresh=True))
    assert block.text == f"{first} mantelzorgers de nacht alleen doen."
    assert block.page_breaks == ((len(first) + 1, 2),)
    assert [block.page_at(offset) for offset in (0, len(first), len(first) + 1)] == [1, 1, 2]


def test_a_new_sentence_on_a_new_page_is_a_new_block() -> None:
    made = blocks(
        line("Dat is het einde van deze zin op deze bladzijde van dit rapport.", right=390),
        line("Hier begint iets anders dat ook op deze bladzijde staat.", page=2, fresh=True),
    )
    assert [block.page for block in made] == [1, 2]


def test_a_footnote_waits_until_the_sentence_that_it_interrupts_is_done() -> None:
    made = blocks(
        line("De zin gaat op de volgende bladzijde verder omdat hij zo vreselijk"),
        line("1 Dit is de noot.", note=True, right=90),
        line("lang is.", page=2, right=50, fresh=True),
        line("En een nieuwe alinea.", page=2, right=120, gap=1.0),
    )
    assert [(str(block.kind), block.text) for block in made] == [
        ("paragraph", "De zin gaat op de volgende bladzijde verder omdat hij zo vreselijk lang is."),
        ("footnote", "Dit is de noot."),
        ("paragraph", "En een nieuwe alinea."),
    ]


def test_larger_and_bolder_lines_are_headings_by_rank() -> None:
    def set_in(text: str, size: float, bold: bool = False) -> Line:
        return Line(text, right=150.0, margin=400.0, gap=1.0, size=size, bold=bold, page=1)

    body = [line("Gewone tekst die het grootste deel van het rapport beslaat en dus de maat geeft.", gap=1.0)] * 3
    made = blocks(
        set_in("Rapport", 20), *body, set_in("Hoofdstuk", 14), *body, set_in("Paragraaf", 10, bold=True), *body
    )
    headings = [(block.level, block.text) for block in made if block.kind is BlockKind.HEADING]
    assert headings == [(1, "Rapport"), (2, "Hoofdstuk"), (3, "Paragraaf")]
    assert made[-1].headings == ("Rapport", "Hoofdstuk", "Paragraaf")


def test_a_sublist_without_indent_belongs_to_the_item_that_ends_with_a_colon() -> None:
    made = blocks(
        *(
            line(f"• {text}", right=200)
            for text in ("Eén formulier met daarin:", "wie er belt", "wat er speelt", "Betere indicatie")
        )
    )
    assert [block.lead_in for block in made] == [(), ("Eén formulier met daarin:",), ("Eén formulier met daarin:",), ()]


def test_a_lead_in_holds_for_all_titles_with_a_colon_under_it() -> None:
    made = outline.blocks(
        [
            outline.Part("Er zijn twee soorten. De volgende knelpunten zijn genoemd:"),
            outline.Part("Coördinatie:", BlockKind.HEADING, 3),
            outline.Part("geen regie", BlockKind.LIST_ITEM, 1),
            outline.Part("Financiering:", BlockKind.HEADING, 3),
            outline.Part("geen tarief", BlockKind.LIST_ITEM, 1),
            outline.Part("Tot slot", BlockKind.HEADING, 2),
            outline.Part("los punt", BlockKind.LIST_ITEM, 1),
        ]
    )
    lead = "De volgende knelpunten zijn genoemd:"
    assert [block.lead_in for block in made if block.kind is BlockKind.LIST_ITEM] == [
        (lead, "Coördinatie:"),
        (lead, "Financiering:"),
        (),
    ]


def test_a_table_that_goes_on_over_a_page_stays_one_table() -> None:
    def table(page: int, *rows: tuple[str, str]) -> Table:
        cells = [
            TableCell(i, j, [Line(text, right=60.0, margin=100.0, size=9.0, page=page, bold=text.istitle())])
            for i, row in enumerate(rows)
            for j, text in enumerate(row)
        ]
        return Table(cells, page, (0.0, 100.0, 200.0))

    made = blocks(
        table(1, ("Knelpunt", "Idee"), ("te druk", "meer mensen")),
        table(2, ("Knelpunt", "Idee"), ("te laat", "eerder bellen")),
    )
    last = made[-1].cell
    assert [block.text for block in made] == ["Knelpunt", "Idee", "te druk", "meer mensen", "te laat", "eerder bellen"]
    assert last is not None
    assert (last.table, last.row, last.column_title, last.row_title) == (0, 2, "Idee", "te laat")


def test_the_number_of_a_footnote_is_a_mark_and_not_its_text() -> None:
    made = blocks(
        line("De avond is niet bezet, zo blijkt uit een telling van vorig jaar.", right=390),
        line("1Eigen telling van het netwerk, over heel 2023.", right=260, gap=2.0, note=True),
    )
    assert (made[1].text, made[1].marks) == ("Eigen telling van het netwerk, over heel 2023.", {"number": "1"})


def test_a_caption_introduces_the_cells_under_it_only_with_a_colon() -> None:
    def leads(caption: str) -> set[tuple[str, ...]]:
        table = Table([TableCell(r, c, [line(f"cel {r} {c}", right=40)]) for r in range(2) for c in range(2)], page=1)
        made = blocks(line(caption, right=200), table)
        assert made[0].kind is BlockKind.CAPTION
        return {block.lead_in for block in made if block.cell}

    assert leads("Tabel 1. Oogst van de werksessie") == {()}
    assert leads("Tabel 1. De deelnemers noemden:") == {("Tabel 1. De deelnemers noemden:",)}
