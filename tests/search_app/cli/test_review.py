"""``kluwen review``: what a person decides is followed, shown, exchanged and taken back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest


@pytest.fixture
def filled(kluwen, graph: Path):
    """The command, on a graph of two small documents."""
    return kluwen


def ids(kluwen, words: str) -> tuple[str, str]:
    """The concept and the statement that hold these words."""
    for hit in kluwen("search", words, "--json").json["hits"]:
        for statement in hit["statements"]:
            if words in statement["quote"]:
                return hit["id"], statement["id"]
    raise AssertionError(words)


def test_a_rejected_statement_is_gone_until_it_is_taken_back(filled) -> None:
    _, id = ids(filled, "raken uitgeput")
    said = filled("review", "decide", "rejected", id, "--by", "eva", "--why", "een voorbeeld")
    assert said.code == 0
    judgement = said.out.split()[1]
    assert filled("show", id).code == 1
    listed = filled("review", "list").out
    assert "eva" in listed and "klopt niet" in listed and "een voorbeeld" in listed
    assert filled("review", "undo", judgement[:12]).code == 0
    assert filled("show", id).code == 0
    assert "teruggenomen" in filled("review", "list").out


def test_two_problems_become_one_and_have_a_name(filled) -> None:
    one, _ = ids(filled, "raken uitgeput")
    other, _ = ids(filled, "raken overbelast")
    assert filled("review", "decide", "same", one, other).code == 0
    assert filled("review", "decide", "edited", other, "--value", "Uitgeputte naasten").code == 0
    shown = [filled("show", id).out for id in (one, other)]
    assert all("Uitgeputte naasten" in text and "overbelast" in text for text in shown)


def test_a_missed_statement_is_added_by_its_words_and_stays(filled, folder: Path) -> None:
    added = filled("review", "decide", "added", "notitie.txt", "plan van het wijkteam", "--value", "oplossing")
    assert added.code == 0
    assert "plan van het wijkteam" in filled("search", "plan van het wijkteam").out
    text = (folder / "notitie.txt").read_text(encoding="utf-8")
    (folder / "notitie.txt").write_text("Nieuwe versie\n\n" + text, encoding="utf-8")
    assert filled("ingest", "notitie.txt").code == 0
    quotes = [json.loads(row)["quote"] for row in _statements(filled)]
    assert "plan van het wijkteam" in quotes


def _statements(kluwen) -> list[str]:
    return kluwen("export", "--what", "statements", "--format", "jsonl").out.splitlines()


def test_judgements_go_to_a_colleague_and_come_back_with_what_contradicts(filled, folder: Path) -> None:
    _, id = ids(filled, "raken uitgeput")
    assert filled("review", "decide", "relevelled", id, "--value", "stelsel", "--by", "eva").code == 0
    assert filled("review", "export", "-o", "eva.jsonl").code == 0
    assert filled("--graph", "ali.db", "ingest", "rapport.txt").code == 0
    assert (
        filled("--graph", "ali.db", "review", "decide", "relevelled", id, "--value", "intrinsiek", "--by", "ali").code
        == 0
    )
    taken = filled("--graph", "ali.db", "review", "import", "eva.jsonl")
    assert taken.code == 0
    assert "Oordelen overgenomen: 1." in taken.out
    assert "ali" in taken.out and "eva" in taken.out
    again = filled("--graph", "ali.db", "review", "import", "eva.jsonl")
    assert "Oordelen overgenomen: 0. Al bekend: 1." in again.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("decide", "verkeerd", "st-1"), 1),
        (("decide", "rejected", "st-0000000000000000"), 1),
        (("decide", "rejected"), 2),
        (("decide", "added", "rapport.txt", "staat er niet", "--value", "oorzaak"), 1),
        (("undo", "jud-0000"), 1),
        (("import", "er-is-niets.jsonl"), 1),
    ],
)
def test_what_can_not_be_judged_is_said_in_one_sentence(filled, words, code) -> None:
    said = filled("review", *words)
    assert said.code == code
    assert "Traceback" not in said.err
    assert said.err.strip()


def test_kinds_do_not_mix(filled) -> None:
    problem, _ = ids(filled, "raken uitgeput")
    remedy, _ = ids(filled, "vrijwilligers in voor de nacht")
    same = filled("review", "decide", "same", problem, remedy)
    assert same.code == 1 and "andere soort" in same.err
    link = filled("review", "decide", "linked", problem, remedy, "--value", "ADDRESSES")
    assert link.code == 1
    assert filled("review", "decide", "linked", remedy, problem, "--value", "ADDRESSES").code == 0


def test_what_contradicts_another_source_is_shown_beside_it(kluwen, folder: Path) -> None:
    (folder / "een.txt").write_text(
        "Knelpunten:\n- Er zijn te weinig vrijwilligers in het hospice.\n", encoding="utf-8"
    )
    (folder / "twee.txt").write_text("Knelpunten:\n- Er zijn te veel vrijwilligers in het hospice.\n", encoding="utf-8")
    assert kluwen("ingest", "een.txt", "twee.txt").code == 0
    listed = kluwen("review", "list").out
    told = listed[listed.index("tegen") :]
    assert "te weinig vrijwilligers" in told and "te veel vrijwilligers" in told and "twee" in told
    id = re.search(r"con-\w+", told)
    assert id is not None
    assert "tegendeel" in kluwen("show", id[0]).out


def test_a_dry_run_says_what_becomes_of_judgements(filled, folder: Path) -> None:
    _, kept = ids(filled, "raken overbelast")
    _, gone = ids(filled, "geheime plan")
    assert filled("review", "decide", "relevelled", kept, "--value", "stelsel").code == 0
    assert filled("review", "decide", "accepted", gone).code == 0
    assert filled("review", "decide", "added", "notitie.txt", "Notitie wijkteam", "--value", "oorzaak").code == 0
    text = "Notitie wijkteam\n\nEen nieuwe alinea.\n\nKnelpunten:\n- Alle mantelzorgers raken overbelast.\n"
    (folder / "notitie.txt").write_text(text, encoding="utf-8")
    said = " ".join(filled("ingest", "notitie.txt", "--dry-run").out.split())
    assert "Wat mensen over dit document besloten (1 blijft zoals het was):" in said
    assert "andere aard: van ‘Mantelzorgers raken overbelast’ naar ‘Alle mantelzorgers raken overbelast’" in said
    assert "klopt: ‘Het geheime plan van het wijkteam loopt vast’ staat er niet meer" in said
    assert "Het geheime plan" in filled("show", gone).out, "a dry run changes nothing"


def test_who_contradicts_a_colleague_is_told(filled) -> None:
    _, id = ids(filled, "raken overbelast")
    assert "Eva" not in filled("review", "decide", "retyped", id, "--value", "oorzaak", "--by", "Eva").out
    said = filled("review", "decide", "retyped", id, "--value", "oplossing", "--by", "Jan").out
    assert "Jan zegt andere soort: oplossing, Eva zei andere soort: oorzaak" in said
