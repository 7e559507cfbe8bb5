"""A sentence that says what it sums up: its items are statements of that kind."""

from __future__ import annotations

from graph.model import Kind
from ingest.extract import extract
from ingest.readers import read_bytes


def said(text: str) -> list[tuple[Kind, str]]:
    return [(s.kind, s.quote) for s in extract(read_bytes(text.encode(), "brief.txt"), "doc-test").statements]


def test_each_item_of_summed_up_problems_is_one() -> None:
    found = said(
        "De belangrijkste knelpunten zijn: lange wachttijden bij de intake, veel wisselingen en verloop onder begeleiders, "
        "onduidelijke taken van de regisseur en gebrek aan passende woonruimte."
    )
    assert found == [
        (Kind.BOTTLENECK, "lange wachttijden bij de intake"),
        (Kind.BOTTLENECK, "veel wisselingen en verloop onder begeleiders"),
        (Kind.BOTTLENECK, "onduidelijke taken van de regisseur"),
        (Kind.BOTTLENECK, "gebrek aan passende woonruimte"),
    ]


def test_a_clause_about_an_item_stays_with_it() -> None:
    found = said(
        "In het rapport staan drie aanbevelingen: een vaste contactpersoon per gezin, betere afspraken met scholen, "
        "die nu te laat bellen, en scholing van vrijwilligers."
    )
    assert (Kind.SOLUTION, "betere afspraken met scholen, die nu te laat bellen") in found
    assert len(found) == 3


def test_what_a_team_consists_of_states_no_problem() -> None:
    assert said("Het team bestaat uit: twee artsen, vier verpleegkundigen en een planner.") == []


def test_what_leads_up_to_the_items_is_none() -> None:
    found = said(
        "Naast de druk op gezinnen noemen de hulpverleners nog andere problemen: lange reistijden naar cliënten, "
        "onduidelijke afspraken met scholen en te weinig tijd voor overleg."
    )
    assert [quote for _, quote in found] == [
        "lange reistijden naar cliënten",
        "onduidelijke afspraken met scholen",
        "te weinig tijd voor overleg",
    ]
