"""Links are those that the source states, in the direction in which it states them."""

from __future__ import annotations

import pytest

from graph.model import Kind, Relation
from ingest.document import Block, BlockKind, Cell, Connection, ReadDocument
from ingest.extract.found import Span
from ingest.link import SpanLink, links, reasoned

KINDS = {"b": Kind.BOTTLENECK, "c": Kind.CAUSE, "s": Kind.SOLUTION}
B = BlockKind


def read(*blocks: Block | str, connections: tuple[Connection, ...] = ()) -> tuple[ReadDocument, list[Span]]:
    """A document whose statements stand in braces, ``{b …}``; they may nest."""
    plain: list[Block] = []
    spans: list[Span] = []
    for number, given in enumerate(blocks):
        block = given if isinstance(given, Block) else Block(given, B.PARAGRAPH)
        text, opened, found = "", [], []
        rest = block.text
        while rest:
            if rest[0] == "{":
                opened.append((len(text), KINDS[rest[1]]))
                rest = rest[3:]
            elif rest[0] == "}":
                start, kind = opened.pop()
                found.append(Span(number, start, len(text), kind, 1.0, "test"))
                rest = rest[1:]
            else:
                text, rest = text + rest[0], rest[1:]
        plain.append(Block(text, block.kind, block.headings, block.lead_in, block.level, cell=block.cell))
        spans += sorted(found, key=lambda span: (span.start, -span.end))
    return ReadDocument("test.txt", "text/plain", tuple(plain), connections=connections), spans


def said(*blocks: Block | str, connections: tuple[Connection, ...] = ()) -> list[tuple[str, str, str]]:
    """The links of a document, as quotes: ``(source, relation, target)``."""
    document, spans = read(*blocks, connections=connections)

    def quote(link_end: int) -> str:
        span = spans[link_end]
        return document.blocks[span.block].text[span.start : span.end]

    return [(quote(link.source), link.relation.value, quote(link.target)) for link in links(document, spans)]


def test_a_cause_within_a_problem_is_why_it_exists() -> None:
    assert said("{b De overdracht is traag {c door de vele systemen}}.") == [
        ("De overdracht is traag door de vele systemen", "CAUSED_BY", "door de vele systemen")
    ]


def test_a_clause_with_a_reason_is_the_cause_of_what_stands_before_it() -> None:
    assert said("{b De wachtlijst groeit}, {c omdat er te weinig plaatsen zijn}.") == [
        ("De wachtlijst groeit", "CAUSED_BY", "omdat er te weinig plaatsen zijn")
    ]


def test_a_reason_that_comes_first_is_the_cause_of_what_follows() -> None:
    assert said("{c Doordat het formulier ontbreekt}, {b weet niemand wat is afgesproken}.") == [
        ("weet niemand wat is afgesproken", "CAUSED_BY", "Doordat het formulier ontbreekt")
    ]


@pytest.mark.parametrize("word", ["waardoor", "met als gevolg dat", "→", "=>"])
def test_a_problem_leads_to_the_result_that_follows(word: str) -> None:
    assert said(f"{{b De brief komt te laat}} {word} {{b de huisarts niets weet}}") == [
        ("De brief komt te laat", "LEADS_TO", "de huisarts niets weet")
    ]


@pytest.mark.parametrize("opening", ["Hierdoor", "Dit leidt tot", "Het gevolg:", "Daardoor"])
def test_a_sentence_that_refers_back_gives_the_result(opening: str) -> None:
    assert said(f"{{b Er is geen achterwacht}}. {opening} {{b blijven vragen in de nacht liggen}}.") == [
        ("Er is geen achterwacht", "LEADS_TO", "blijven vragen in de nacht liggen")
    ]


def test_two_problems_are_tied_one_way_only() -> None:
    found = said("{b De wachtlijst groeit}, omdat {b er te weinig plaatsen zijn}.")
    assert found == [("De wachtlijst groeit", "CAUSED_BY", "er te weinig plaatsen zijn")]


def test_what_follows_in_one_breath_has_the_same_reason() -> None:
    found = said("{b De brief komt te laat}, waardoor {b de huisarts niets weet} en {b de apotheek niet levert}.")
    assert ("De brief komt te laat", "LEADS_TO", "de apotheek niet levert") in found


def test_a_cause_that_no_words_tie_belongs_to_the_problem_before_it() -> None:
    assert said("{b De wachtlijst groeit}. {c Het gebouw is te klein}.") == [
        ("De wachtlijst groeit", "CAUSED_BY", "Het gebouw is te klein")
    ]


def test_causes_in_a_row_belong_to_the_problem_before_the_first() -> None:
    found = said("{b De wachtlijst groeit}. {c Het gebouw is klein}. {c De norm is oud}. {c Niemand wil de nacht}.")
    assert {link[0] for link in found} == {"De wachtlijst groeit"} and len(found) == 3


def test_what_follows_behind_a_reason_follows_from_the_problem() -> None:
    found = said("{b De deur gaat op slot}. {c Er zijn er twee ziek}. Daardoor {b komt niemand buiten}.")
    assert ("De deur gaat op slot", "LEADS_TO", "komt niemand buiten") in found


def test_problems_that_stand_side_by_side_are_not_tied() -> None:
    assert said("{b De brief komt te laat} en {b de telefoon wordt niet opgenomen}. {b Er is geen achterwacht}.") == []


def test_a_remedy_that_refers_back_answers_the_problem() -> None:
    assert said("{b De brief komt vaak te laat}. Iedereen kent dat. Daarom {s belt de arts op de dag zelf}.") == [
        ("belt de arts op de dag zelf", "ADDRESSES", "De brief komt vaak te laat")
    ]


def test_a_remedy_far_from_a_problem_answers_nothing() -> None:
    assert said("{b De brief komt te laat}.", "Zo gaat dat.", "{s Een nieuw formulier voor de nacht}.") == []


def cell(text: str, row: int, column: int, title: str = "") -> Block:
    return Block(text, B.TABLE_CELL, cell=Cell(0, row, column, column_title=title))


def test_a_row_of_a_table_belongs_together() -> None:
    found = said(
        cell("{b Geen bed vrij}", 1, 0),
        cell("{c te weinig verpleegkundigen}", 1, 1),
        cell("{s een regionale pool}", 1, 2),
        cell("{b Dossier onvolledig}", 2, 0),
        cell("{s één formulier}", 2, 2),
    )
    assert sorted(found) == [
        ("Geen bed vrij", "CAUSED_BY", "te weinig verpleegkundigen"),
        ("een regionale pool", "ADDRESSES", "Geen bed vrij"),
        ("één formulier", "ADDRESSES", "Dossier onvolledig"),
    ]


def test_with_more_problems_in_a_row_a_remedy_answers_the_one_it_speaks_of() -> None:
    found = said(
        cell("{b Het dossier is onvolledig}. {b De telefoon gaat naar een bandje}.", 1, 0),
        cell("{s één gedeeld dossier}", 1, 1),
    )
    assert found == [("één gedeeld dossier", "ADDRESSES", "Het dossier is onvolledig")]


def test_a_column_that_promises_no_answers_gives_none() -> None:
    row = (cell("{b Het dossier is onvolledig}", 1, 0), cell("{s één gedeeld dossier}", 1, 1, "Succesfactoren"))
    assert said(*row) == []


def test_a_lead_in_says_what_its_list_is_of_the_problem_before_it() -> None:
    found = said(
        "{b De norm wordt niet gehaald}.",
        "Dit leidt soms tot:",
        Block("{b patiënten die worden geweigerd}", B.LIST_ITEM, lead_in=("Dit leidt soms tot:",)),
        Block("{b lange ritten}", B.LIST_ITEM, lead_in=("Dit leidt soms tot:",)),
    )
    assert found == [
        ("De norm wordt niet gehaald", "LEADS_TO", "patiënten die worden geweigerd"),
        ("De norm wordt niet gehaald", "LEADS_TO", "lange ritten"),
    ]


def test_a_lead_in_that_holds_the_problem_gives_its_causes() -> None:
    lead = "De wachtlijst groeit, doordat:"
    found = said(
        "{b De wachtlijst groeit}, doordat:",
        Block("{c het gebouw te klein is}", B.LIST_ITEM, lead_in=(lead,)),
        Block("{c vacatures open blijven}", B.LIST_ITEM, lead_in=(lead,)),
    )
    assert [link[:2] for link in found] == [("De wachtlijst groeit", "CAUSED_BY")] * 2


def test_a_solution_under_a_heading_that_is_a_problem_answers_it() -> None:
    heading = "Te weinig nachtzorg"
    found = said(
        Block("{b Te weinig nachtzorg}", B.HEADING, level=1),
        Block("{s Een regionale pool van nachtverpleegkundigen}", B.PARAGRAPH, headings=(heading,)),
    )
    assert found == [("Een regionale pool van nachtverpleegkundigen", "ADDRESSES", heading)]


def test_a_number_ties_a_solution_to_its_problem() -> None:
    found = said(
        Block("Knelpunten", B.HEADING, level=1),
        Block("1 {b Geen bed vrij}", B.PARAGRAPH, headings=("Knelpunten",)),
        Block("2 {b Dossier onvolledig}", B.PARAGRAPH, headings=("Knelpunten",)),
        Block("Vergadering", B.HEADING, level=1),
        Block("De voorzitter opent om 10 uur.", B.PARAGRAPH, headings=("Vergadering",)),
        Block("Bij knelpunt 2: {s één formulier}", B.PARAGRAPH, headings=("Vergadering",)),
    )
    assert found == [("één formulier", "ADDRESSES", "Dossier onvolledig")]


@pytest.mark.parametrize(
    ("caption", "link"),
    [
        ("", ("Geen tijd", "LEADS_TO", "Fouten")),
        ("leidt tot", ("Geen tijd", "LEADS_TO", "Fouten")),
        ("komt door", ("Geen tijd", "CAUSED_BY", "Fouten")),
    ],
)
def test_an_arrow_on_a_board_says_what_its_caption_says(caption: str, link: tuple[str, str, str]) -> None:
    assert said("{b Geen tijd}", "{b Fouten}", connections=(Connection(0, 1, caption),)) == [link]


def test_an_arrow_between_an_idea_and_a_problem_is_an_answer_either_way() -> None:
    for arrow in (Connection(0, 1), Connection(1, 0)):
        assert said("{b Geen tijd}", "{s Minder formulieren}", connections=(arrow,)) == [
            ("Minder formulieren", "ADDRESSES", "Geen tijd")
        ]


def test_a_line_without_a_head_between_two_problems_says_nothing() -> None:
    assert said("{b Geen tijd}", "{b Fouten}", connections=(Connection(0, 1, directed=False),)) == []


def test_a_link_says_what_found_it() -> None:
    document, spans = read("{b De brief komt te laat}, waardoor {b de huisarts niets weet}.")
    assert links(document, spans) == [SpanLink(0, Relation.LEADS_TO, 1, 0.9, "within a sentence", "waardoor")]


def test_only_a_solution_answers_and_only_a_problem_has_a_cause() -> None:
    document, spans = read("{s Meer scholing}, omdat {s dat helpt}, want {c er is weinig kennis}. {s Een cursus}.")
    for link in links(document, spans):
        if link.relation is Relation.ADDRESSES:
            assert spans[link.source].kind is Kind.SOLUTION and spans[link.target].kind is not Kind.SOLUTION
        else:
            assert spans[link.source].kind is Kind.BOTTLENECK


def test_two_arrows_one_each_way_are_two_claims() -> None:
    arrows = (Connection(0, 1, "leidt tot"), Connection(1, 0, "leidt tot"))
    assert sorted(said("{b Geen tijd}", "{b Fouten}", connections=arrows)) == [
        ("Fouten", "LEADS_TO", "Geen tijd"),
        ("Geen tijd", "LEADS_TO", "Fouten"),
    ]


def test_the_order_of_notes_says_nothing_about_an_arrow() -> None:
    assert said("{b Fouten}", "{b Geen tijd}", connections=(Connection(1, 0),)) == [("Geen tijd", "LEADS_TO", "Fouten")]


def test_a_measure_right_behind_the_only_problem_of_a_paragraph_answers_it() -> None:
    assert said("{b De wachtlijst groeit}. {s Neem meer mensen aan}.") == [
        ("Neem meer mensen aan", "ADDRESSES", "De wachtlijst groeit")
    ]


def test_a_measure_behind_several_problems_answers_only_what_it_speaks_of() -> None:
    assert said("{b Het rooster is krap}. {b De wachtlijst groeit}. {s Zet meer bussen in}.") == []
    assert said("{b De wachtlijst groeit}. {s Verkort de wachtlijst met een extra spreekuur}.") == [
        ("Verkort de wachtlijst met een extra spreekuur", "ADDRESSES", "De wachtlijst groeit")
    ]


def kinds(*blocks: Block | str) -> list[Kind]:
    document, spans = read(*blocks)
    return [span.kind for span in reasoned(document, spans)]


def test_a_problem_that_is_worded_as_the_reason_of_another_is_a_cause() -> None:
    assert kinds("{b De wachtlijst groeit}, omdat {b er te weinig plaatsen zijn}.") == [Kind.BOTTLENECK, Kind.CAUSE]


def test_a_reason_that_has_a_reason_itself_stays_a_problem() -> None:
    assert kinds("{b De wachtlijst groeit}, omdat {b er geen plaats is}, want {b er wordt niet gebouwd}.") == [
        Kind.BOTTLENECK,
        Kind.BOTTLENECK,
        Kind.CAUSE,
    ]


def test_a_problem_that_leads_to_another_stays_a_problem() -> None:
    assert kinds("{b De brief komt te laat}, waardoor {b de huisarts niets weet}.") == [Kind.BOTTLENECK] * 2
