"""Which wordings say the same: the same in other words is, the opposite and another kind never are."""

from itertools import combinations
from pathlib import Path

import pytest

from graph.model import Kind
from graph.resolve.alike import CONTRARY, PROPOSED, alike, contrary, opposed
from graph.resolve.blocks import ABOUT, MOST, blocks
from graph.resolve.clusters import MERGED
from graph.resolve.train import groups
from graph.resolve.wording import wording

# a package goes without the training texts
GROUPS = Path(__file__).resolve().parents[3] / "corpus" / "training" / "alike.txt"
B, S, C = Kind.BOTTLENECK, Kind.SOLUTION, Kind.CAUSE


def score(kind: Kind, a: str, b: str) -> float:
    return alike(wording(kind, a), wording(kind, b))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (B, "Er is te weinig personeel in de nacht", "Er is te veel personeel in de nacht"),
        (B, "De uitnodiging komt te laat", "De uitnodiging komt te vroeg"),
        (S, "Meer bedden in het hospice", "Minder bedden in het hospice"),
        (S, "Verhoog de eigen bijdrage", "Verlaag de eigen bijdrage"),
        (S, "een hoger tarief", "een lager tarief"),
        (S, "Sluit de spoedpost", "Sluit de spoedpost niet"),
    ],
)
def test_what_says_the_opposite_is_never_the_same(kind: Kind, one: str, other: str) -> None:
    assert score(kind, one, other) == 0.0


def test_what_says_the_opposite_of_one_thing_is_told_from_what_is_about_two_things() -> None:
    few = wording(B, "Er zijn te weinig vrijwilligers in het hospice")
    many = wording(B, "Er zijn te veel vrijwilligers in het hospice")
    rules = wording(B, "Er zijn te veel regels bij de aanvraag van hulpmiddelen")
    assert contrary(few, many) == contrary(many, few) >= CONTRARY
    assert contrary(few, rules) < CONTRARY
    assert contrary(few, few) == 0.0 == contrary(few, wording(S, many.text))


def test_a_denial_that_says_what_lacks_is_not_the_opposite_of_another() -> None:
    assert not opposed(wording(B, "Geen overdracht"), wording(B, "De overdracht ontbreekt"))


def test_a_bottleneck_and_a_solution_in_the_same_words_are_two_things() -> None:
    text = "Een vast aanspreekpunt voor het gezin"
    assert alike(wording(B, text), wording(S, text)) == 0.0


def test_the_same_words_in_capitals_are_the_same() -> None:
    assert score(B, "Gebrek aan tolken", "gebrek aan tolken") == 1.0


def test_other_words_for_the_same_thing_are_liker_than_other_things_of_the_field() -> None:
    same = score(B, "Er zijn te weinig verloskundigen", "tekort aan verloskundigen")
    assert same >= PROPOSED
    assert same > score(B, "Er zijn te weinig verloskundigen", "De verloskundige is slecht bereikbaar")


def test_the_order_of_the_two_makes_no_difference() -> None:
    said = [wording(g.kind, text) for g in groups(GROUPS)[::12] for text in g.wordings[:2]]
    for a, b in combinations(said, 2):
        assert alike(a, b) == pytest.approx(alike(b, a), abs=1e-6)
        assert 0.0 <= alike(a, b) <= 1.0


@pytest.mark.parametrize("text", ["", "?", "niet", "2024", "de het een", "ÿ\u00ad"])
def test_a_text_without_words_that_say_something_can_be_compared(text: str) -> None:
    assert 0.0 <= score(C, text, "door bezuinigingen") < MERGED
    assert len(blocks(C, text)) <= MOST + ABOUT


def test_what_is_merged_is_surer_than_what_is_proposed() -> None:
    assert PROPOSED < MERGED <= 1


def test_blocks_are_few_the_same_each_time_and_of_one_kind() -> None:
    text = "Bij de overdracht van het ziekenhuis naar het verpleeghuis ontbreken medicatielijst en behandelwensen " * 3
    found = blocks(B, text)
    assert 0 < len(found) <= MOST + ABOUT == 22
    assert len(set(found)) == len(found)
    assert blocks(B, text) == found
    assert not set(found) & set(blocks(C, text))


def test_two_ways_to_say_what_lacks_share_a_block() -> None:
    assert set(blocks(B, "Er zijn te weinig jeugdbeschermers")) & set(blocks(B, "tekort aan jeugdbeschermers"))


def test_a_group_to_learn_from_has_a_kind_a_family_and_two_wordings_at_least() -> None:
    for group in groups(GROUPS):
        assert group.family
        assert len(group.wordings) >= 2, group
        assert len(set(group.wordings)) == len(group.wordings)


def test_a_group_whose_first_line_is_no_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "alike.txt").write_text("## een\ngeen soort\neen zin\n", "utf-8")
    with pytest.raises(ValueError, match="geen soort"):
        groups(tmp_path / "alike.txt")
