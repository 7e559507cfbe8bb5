"""What people decide holds until it is undone, whatever the order in which it arrives."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import KluwenError
from graph.ledger.applying import decisions, drawn, effective
from graph.ledger.judgement import Anchor, Judgement, Verdict, anchor, conflicts, holding
from graph.ledger.lines import as_lines, read_lines
from graph.model import Found, Kind, Level, Origin, Relation, Theme

MARK = Anchor("doc-1", "st-1", "te weinig tolken")


def said(verdict, *about, others=(), values=(), by="eva", at=1, why=""):
    return Judgement(Verdict(verdict), about, tuple(others), values, by, f"2026-01-{at:02}T10:00:00+00:00", why)


def undone(j, at, by="eva"):
    return said("undone", values=(j.id,), at=at, by=by)


def test_an_undone_judgement_no_longer_holds_and_an_undone_undoing_lets_it_hold_again() -> None:
    first, second = said("accepted", MARK), said("rejected", MARK, at=2)
    away = undone(second, 3)
    assert holding([second, away, first]) == [first]
    assert holding([first, second, away, undone(away, 4)]) == [first, second]


@given(st.permutations(range(6)))
def test_the_order_of_arrival_does_not_count(order) -> None:
    entries = [said("accepted", MARK, at=n + 1, by="abc"[n % 3]) for n in range(4)]
    entries += [undone(entries[1], 7), undone(entries[3], 8)]
    assert holding([entries[i] for i in order]) == [entries[0], entries[2]]


def test_a_ledger_comes_back_from_its_file_and_a_file_in_two_hands_is_one() -> None:
    mine = [said("retyped", MARK, values=("cause",)), said("actors", MARK, values=("huisarts", "tolk"), at=2)]
    theirs = [mine[0], said("same", MARK, others=(replace(MARK, statement_id="st-2"),), at=3, by="ali")]
    text = as_lines(mine) + as_lines(theirs)
    assert {j.id for j in read_lines(text)} == {j.id for j in (*mine, *theirs)}
    assert read_lines(as_lines(mine)) == mine


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"verdict": "unknown"}',
        as_lines([said("accepted", MARK)]).replace("tolken", "tolk"),
        as_lines([said("retyped", MARK, values=("theme",))]),
        as_lines([said("same", MARK)]),
        as_lines([said("rejected")]),
        as_lines([said("edited", MARK)]),
    ],
)
def test_a_line_that_is_no_judgement_is_named(line) -> None:
    good = as_lines([said("accepted", MARK)])
    with pytest.raises(KluwenError) as error:
        read_lines(good + line, "eva.jsonl")
    assert error.value.key == "ledger.line"
    assert error.value.values["line"] == 2


def test_two_people_who_differ_are_named_and_the_later_is_followed() -> None:
    hers, his = said("relevelled", MARK, values=("system",)), said("relevelled", MARK, values=(), by="ali", at=2)
    agree = said("relevelled", MARK, values=("system",), by="ali", at=1)
    assert [(c.winner, c.loser) for c in conflicts([his, hers])] == [(his, hers)]
    assert not conflicts([hers, agree])
    assert not conflicts([hers, his, undone(his, 3)])


@pytest.fixture
def contents(make):
    return make(
        "a.txt",
        "bottleneck: er zijn te weinig tolken",
        ("cause: door gebrek aan geld", {"level": "system"}),
        ("solution: zet een tolk in via de telefoon", {"effort": "simple"}),
        "text: een alinea die niemand had gezien",
        links=((0, "CAUSED_BY", 1), (2, "ADDRESSES", 0)),
    )


def test_no_judgement_changes_nothing(contents) -> None:
    made = effective(contents, ())
    assert made.contents == contents
    assert made.keys.keys() == {s.id for s in contents.statements}


def test_each_judgement_of_a_statement_is_applied_and_the_latest_wins(contents) -> None:
    first = contents.statements[0]
    made = effective(
        contents,
        [
            said("relevelled", anchor(first), values=("system",)),
            said("rethemed", anchor(first), values=("capacity",), at=2),
            said("actors", anchor(first), values=("tolk",), at=3),
            said("experienced_by", anchor(first), values=("patiënt",), at=4),
            said("edited", anchor(first), values=("Tekort aan tolken",), at=5),
            said("relevelled", anchor(first), values=("intrinsic",), at=6),
            said("accepted", anchor(first), at=7),
        ],
    )
    found = made.contents.statements[0]
    assert (found.level, found.theme, found.actors) == (Level.INTRINSIC, Theme.CAPACITY, ("tolk",))
    assert (found.experienced_by, found.confidence, found.quote) == (("patiënt",), 1.0, first.quote)
    assert made.labels == {first.id: ("Tekort aan tolken", "2026-01-05T10:00:00+00:00")}


def test_a_rejected_statement_goes_with_its_links_and_comes_back_when_accepted(contents) -> None:
    first = contents.statements[0]
    no = said("rejected", anchor(first))
    assert not effective(contents, [no]).contents.links
    assert first.id not in {s.id for s in effective(contents, [no]).contents.statements}
    assert len(effective(contents, [no, said("accepted", anchor(first), at=2)]).contents.links) == 2


def test_a_retyped_statement_loses_what_its_new_kind_has_not_and_links_follow(contents) -> None:
    cause, solution = contents.statements[1:3]
    made = effective(contents, [said("retyped", anchor(cause), values=("solution",))]).contents
    assert made.statements[1].level is None
    assert [x.relation for x in made.links] == [Relation.ADDRESSES]
    made = effective(contents, [said("retyped", anchor(solution), values=("bottleneck",))]).contents
    assert made.statements[2].effort is None
    assert [x.relation for x in made.links] == [Relation.CAUSED_BY]


def test_a_marked_quote_is_a_statement_where_it_stands(contents) -> None:
    mark = Anchor(contents.document.id, "st-new", "die niemand had gezien", passage=3, start=11)
    made = effective(contents, [said("added", mark, values=("bottleneck",))])
    [new] = [s for s in made.contents.statements if s.id == "st-new"]
    passage = contents.passages[3]
    assert passage.text[new.start : new.end] == new.quote
    assert (new.kind, new.origin, new.passage_id) == (Kind.BOTTLENECK, Found.PERSON, passage.id)
    lost = effective(contents, [said("added", replace(mark, quote="stond hier ooit"), values=("cause",))])
    assert [a.quote for _, a in lost.orphaned] == ["stond hier ooit"]
    assert lost.contents.statements == contents.statements


def test_a_judgement_moves_to_the_statement_most_like_its_own_or_is_said_to_be_an_orphan(make, contents) -> None:
    first = contents.statements[0]
    old = [said("relevelled", anchor(first), values=("system",))]
    new = make("a.txt", "bottleneck: er zijn nog steeds te weinig tolken", "bottleneck: er is te weinig geld")
    made = effective(new, old)
    assert [s.level for s in made.contents.statements] == [Level.SYSTEM, None]
    assert not made.orphaned
    gone = effective(make("a.txt", "bottleneck: niemand neemt de telefoon op"), old)
    assert [(j, a.quote) for j, a in gone.orphaned] == [(old[0], first.quote)]


def test_what_was_split_off_has_a_key_of_its_own_and_is_held_apart(make) -> None:
    contents = make("a.txt", "bottleneck: geen geld", "bottleneck: Geen geld!")
    one, two = contents.statements
    j = said("split", anchor(two), others=(anchor(one),))
    made = effective(contents, [j])
    assert made.keys[one.id] != made.keys[two.id]
    keys = {a: (Kind.BOTTLENECK, made.keys[at]) for a, at in made.attached.items()}
    [decision] = decisions([j], keys)
    assert not decision.same
    assert (decision.ours, decision.theirs) == (frozenset({made.keys[two.id]}), frozenset({made.keys[one.id]}))


def test_links_are_drawn_and_taken_away(contents) -> None:
    first, cause, solution = contents.statements
    draw = said("linked", anchor(solution), others=(anchor(cause),), values=("ADDRESSES",))
    away = said("unlinked", anchor(solution), others=(anchor(first), anchor(cause)), values=("ADDRESSES",), at=2)
    [link] = drawn([draw], effective(contents, [draw]).attached)
    assert (link.source, link.relation, link.target, link.origin) == (
        solution.id,
        Relation.ADDRESSES,
        cause.id,
        Origin.CURATED,
    )
    made = effective(contents, [draw, away])
    assert [x.relation for x in made.contents.links] == [Relation.CAUSED_BY]
    assert not drawn([draw, away], made.attached)
    again = said("linked", anchor(solution), others=(anchor(first),), values=("ADDRESSES",), at=3)
    assert len(effective(contents, [draw, away, again]).contents.links) == 2
