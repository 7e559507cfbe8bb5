"""What a statement is about comes from its own words and from what introduces it."""

from pathlib import Path

import pytest

from graph.model import Effort, Kind, Level, Term, Theme
from ingest.document import Block, BlockKind, Cell, ReadDocument
from ingest.extract.attributes import Attributes, attributes
from ingest.extract.found import Span

GOLD = Path(__file__).parents[4] / "shared" / "eval" / "gold"


def about(
    text: str,
    kind: Kind = Kind.BOTTLENECK,
    *,
    headings: tuple[str, ...] = (),
    lead_in: tuple[str, ...] = (),
    cell: Cell | None = None,
) -> Attributes:
    """The attributes of a block that is one statement."""
    block = Block(text, BlockKind.LIST_ITEM, headings=headings, lead_in=lead_in, cell=cell)
    document = ReadDocument("test.txt", "text/plain", (block,))
    return attributes(document, [Span(0, 0, len(text), kind, 1.0, "test")])[0]


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Het tarief dekt de kosten van de nachtzorg niet.", Theme.FUNDING),
        ("De systemen van ziekenhuis en thuiszorg zijn niet gekoppeld.", Theme.DATA),
        ("Verzorgenden hebben te weinig scholing gehad in pijnbestrijding.", Theme.EXPERTISE),
        ("De overdracht van ziekenhuis naar huisarts is onvolledig.", Theme.COORDINATION),
        ("Er zijn te weinig verpleegkundigen voor de nachtdiensten.", Theme.CAPACITY),
        ("Gesprekken over behandelwensen worden te laat gevoerd.", Theme.PLANNING),
        ("Voor elke aanvraag is een nieuwe indicatie nodig, met drie formulieren.", Theme.REGULATION),
    ],
)
def test_the_theme_is_what_would_have_to_change(text: str, theme: Theme) -> None:
    assert about(text).theme == theme


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("De wet staat niet toe dat gegevens landelijk worden gedeeld.", Level.SYSTEM),
        ("Het verloop van de ziekte is onvoorspelbaar en grillig.", Level.INTRINSIC),
        ("Collega's bespreken het zorgplan niet met elkaar in het teamoverleg.", Level.ORGANISATIONAL),
    ],
)
def test_the_level_is_where_a_problem_is_rooted(text: str, level: Level) -> None:
    assert about(text).level == level


def test_a_solution_has_no_level_and_no_bearer() -> None:
    found = about("Patiënten ervaren minder pijn door scholing", Kind.SOLUTION)
    assert (found.level, found.experienced_by) == (None, ())


def test_the_line_that_introduces_a_list_names_actors_for_each_item() -> None:
    found = about("komt te laat", lead_in=("De brief van de medisch specialist aan de huisarts:",))
    assert found.actors == ("medisch specialist", "huisarts")


def test_a_heading_names_no_actors() -> None:
    assert about("De overdracht komt te laat", headings=("Knelpunten volgens huisartsen",)).actors == ()


@pytest.mark.parametrize(
    ("heading", "bearers"),
    [
        ("Knelpunten ervaren door patiënten en hun naasten", ("patiënt", "naaste")),
        ("Knelpunten genoemd door zorgverleners (artsen en verpleegkundigen)", ("zorgverlener",)),
        ("Mantelzorgers", ("mantelzorger",)),
        ("Afspraken met de zorgverzekeraar", ()),
    ],
)
def test_a_heading_says_who_bears_the_problems_under_it(heading: str, bearers: tuple[str, ...]) -> None:
    assert about("De informatie is onvolledig", headings=(heading,)).experienced_by == bearers


def test_the_title_of_a_row_says_who_bears_its_problem() -> None:
    cell = Cell(table=0, row=1, column=1, row_title="Ouders", column_title="Belemmering")
    assert about("chronisch slaaptekort", cell=cell).experienced_by == ("ouder",)


@pytest.mark.parametrize(
    ("text", "bearers"),
    [
        ("Mantelzorgers zijn vaak overbelast", ("mantelzorger",)),
        ("Verpleegkundigen en verzorgenden ervaren een hoge druk", ("verpleegkundige", "verzorgende")),
        ("De belasting van mantelzorgers loopt op", ("mantelzorger",)),
        ("De huisarts stuurt de brief te laat", ()),
    ],
)
def test_a_statement_says_who_bears_it(text: str, bearers: tuple[str, ...]) -> None:
    assert about(text).experienced_by == bearers


@pytest.mark.parametrize(
    ("heading", "effort", "term"),
    [
        ("Eenvoudig en korte termijn", Effort.SIMPLE, Term.SHORT),
        ("Complex, lange termijn", Effort.COMPLEX, Term.LONG),
        ("Quick wins", Effort.SIMPLE, Term.SHORT),
        ("Aanbevelingen", None, None),
    ],
)
def test_a_heading_says_what_a_solution_asks(heading: str, effort: Effort | None, term: Term | None) -> None:
    found = about("één formulier voor de overdracht", Kind.SOLUTION, headings=("Oplossingen", heading))
    assert (found.effort, found.term) == (effort, term)


def test_words_just_behind_a_solution_say_what_it_asks() -> None:
    text = "één formulier voor de overdracht (quick win)"
    document = ReadDocument("test.txt", "text/plain", (Block(text, BlockKind.LIST_ITEM),))
    found = attributes(document, [Span(0, 0, text.index(" ("), Kind.SOLUTION, 1.0, "test")])[0]
    assert (found.effort, found.term) == (Effort.SIMPLE, Term.SHORT)


def test_no_statements_have_no_attributes() -> None:
    assert attributes(ReadDocument("test.txt", "text/plain", ()), []) == []


@pytest.mark.parametrize(("first", "effort"), [("Complex", Effort.COMPLEX), ("De zorgvraag is te complex", None)])
def test_the_label_of_a_row_says_what_its_solutions_ask_but_its_problem_does_not(
    first: str, effort: Effort | None
) -> None:
    cell = Cell(table=0, row=1, column=1, row_title=first, column_title="Idee")
    assert about("één vast team", Kind.SOLUTION, cell=cell).effort == effort
