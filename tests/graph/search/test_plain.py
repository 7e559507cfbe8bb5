"""A saying in a question is read as what it stands for too."""

from collections.abc import Callable
from pathlib import Path

import graph
from graph.meaning import Encoder
from graph.model import Contents
from graph.search import search
from graph.search.plain import plain


def test_a_saying_gives_way_to_a_plain_term() -> None:
    text, said = plain("mijn zus loopt op haar tandvlees in de nacht")
    assert text == "mijn zus overbelasting in de nacht"
    assert said == {"overbelasting": "loopt op haar tandvlees"}


def test_what_a_saying_has_among_its_words_stays() -> None:
    assert plain("daardoor trekt de familie het niet")[0] == "daardoor familie overbelasting"


def test_a_question_without_sayings_stays_as_it_is() -> None:
    assert plain("te weinig wijkverpleegkundigen") == ("te weinig wijkverpleegkundigen", {})


def test_a_saying_finds_what_says_it_plainly_and_gives_it_as_the_reason(
    tmp_path: Path, encoder: Encoder, make_contents: Callable[[str, list[str], Encoder], Contents]
) -> None:
    quotes = [
        "De aanvraag loopt via een ander loket",
        "Naasten raken uitgeput en overbelast",
        "Tandartsen zijn op zondag gesloten",
        "De folder is onleesbaar",
    ]
    with graph.open(str(tmp_path / "g.db"), create=True) as store:
        store.put(make_contents("a.txt", quotes, encoder))
        answer = search(store, encoder, "zij loopt op haar tandvlees")
    assert answer.hits[0].name == "Naasten raken uitgeput en overbelast"
    assert "loopt op haar tandvlees" in str(answer.hits[0].why)
