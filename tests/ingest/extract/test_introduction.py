"""A statement carries the one line that it needs to make sense when it stands alone."""

from ingest.document import Block, BlockKind
from ingest.extract import introduction


def item(*lead_in: str, headings: tuple[str, ...] = ()) -> Block:
    return Block("tussen apotheek en wijkteam", BlockKind.LIST_ITEM, headings=headings, lead_in=lead_in)


def test_the_nearest_line_introduces_an_item() -> None:
    assert introduction(item("Wat wij hoorden:", "Geen goede overdracht:")) == "Geen goede overdracht"


def test_a_heading_is_not_said_again() -> None:
    assert introduction(item("Samenwerking:", headings=("Regio", "Samenwerking:"))) is None


def test_a_heading_that_states_a_problem_is() -> None:
    assert introduction(item("Te weinig afstemming:", headings=("Te weinig afstemming:",))) == "Te weinig afstemming"


def test_a_line_that_only_announces_what_follows_is_left_out() -> None:
    assert introduction(item("De volgende knelpunten kwamen naar voren:")) is None


def test_what_stands_alone_has_none() -> None:
    assert introduction(item()) is None
