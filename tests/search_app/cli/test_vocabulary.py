"""``kluwen vocabulary``: word lists are checked and tried, and concepts go out and come in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import messages
from corpus.vocabulary import FOLDER, concepts
from corpus.vocabulary.concepts import read_concepts

Kluwen = Callable[..., Any]


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """What one call chose as its language holds for no test after it."""
    yield
    messages.use(None)


def test_the_word_lists_in_use_have_no_mistakes(kluwen: Kluwen) -> None:
    done = kluwen("vocabulary", "check")
    assert (done.code, done.out) == (0, "Geen fouten gevonden.\n")


def test_each_wrong_line_of_a_file_is_told_with_what_to_do(kluwen: Kluwen, folder: Path) -> None:
    (folder / "eigen.tsv").write_text("a\tb\t\t\t\t\nc\tb\t\t\t\tweg\nd\n", encoding="utf-8")
    done = kluwen("vocabulary", "check", "eigen.tsv")
    assert done.code == 1
    assert [f"eigen.tsv, regel {n}:" in done.out for n in (1, 2, 3)] == [False, True, True]
    assert "Laat de term op één plek staan." in done.out
    assert "Fouten: 3." in done.out
    told = kluwen("vocabulary", "check", "--json", "eigen.tsv")
    assert {(row["line"], row["key"]) for row in told.json} == {
        (2, "vocabulary.twice"),
        (2, "vocabulary.no_broader"),
        (3, "vocabulary.columns"),
    }


def test_a_folder_of_word_lists_is_checked_whole(kluwen: Kluwen, folder: Path) -> None:
    shutil.copytree(FOLDER, folder / "lijsten")
    privacy = folder / "lijsten" / "privacy.toml"
    privacy.write_text(privacy.read_text(encoding="utf-8") + '\nyards = ["erf"]\n', encoding="utf-8")
    done = kluwen("--lang", "en", "vocabulary", "check", "lijsten")
    assert done.code == 1
    assert "privacy.toml, line " in done.out and "“yards”" in done.out


def test_a_file_that_is_not_there_is_said_so(kluwen: Kluwen) -> None:
    done = kluwen("vocabulary", "check", "weg.tsv")
    assert done.code == 1
    assert "weg.tsv is er niet" in done.err


def test_what_is_seen_in_a_sentence_is_shown_with_its_words(kluwen: Kluwen) -> None:
    shown = kluwen("vocabulary", "try", "De wijkzuster zegt dat de familie het niet meer trekt bij flubberdrank").out
    assert "overbelasting (in gewone taal): “het niet meer trekt”" in shown
    assert "mantelzorger < naaste (verwant): “familie”" in shown
    assert "wijkverpleegkundige: “wijkzuster”" in shown
    assert "flubberdrank" in shown


def test_what_is_seen_is_given_to_programs_with_all_keys(kluwen: Kluwen) -> None:
    found = kluwen("vocabulary", "try", "--json", "te weinig wijkverpleegkundigen").json
    assert list(found) == ["text", "concepts", "actors", "themes", "levels", "cues", "matter", "unknown"]
    by_concept = {seen["what"]: seen for seen in found["concepts"]}
    assert by_concept["wijkverpleging"] == {
        "words": "wijkverpleegkundigen",
        "what": "wijkverpleging",
        "how": "exact",
        "broader": "thuiszorg",
    }
    assert [seen["what"] for seen in found["actors"]] == ["wijkverpleegkundige"]
    assert {seen["what"] for seen in found["matter"]} >= {"lack"}
    empty = kluwen("vocabulary", "try", "--json", "de het").json
    assert all(not empty[key] for key in empty if key != "text")


def test_concepts_go_to_skos_and_come_back(kluwen: Kluwen, folder: Path) -> None:
    assert kluwen("vocabulary", "export", "begrippen.ttl").code == 0
    assert (folder / "begrippen.ttl").read_text(encoding="utf-8") == kluwen("vocabulary", "export").out
    done = kluwen("vocabulary", "import", "begrippen.ttl", "--to", "eigen.tsv")
    assert "Nieuwe begrippen: 0. Nieuwe termen: 0." in done.out
    assert read_concepts(folder / "eigen.tsv") == (concepts(), [])


def test_what_does_not_fit_is_left_out_and_said(kluwen: Kluwen, folder: Path) -> None:
    (folder / "a.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<urn:x> a skos:Concept ; skos:prefLabel "wolkenwacht"@nl ; skos:altLabel "huisdokter"@nl .\n',
        encoding="utf-8",
    )
    done = kluwen("vocabulary", "import", "a.ttl", "--to", "eigen.tsv")
    assert "“huisdokter” staat al bij “huisarts”" in done.out
    assert "Nieuwe begrippen: 1." in done.out


def test_a_file_that_is_no_turtle_is_refused_and_nothing_is_written(kluwen: Kluwen, folder: Path) -> None:
    (folder / "a.ttl").write_text("geen turtle", encoding="utf-8")
    done = kluwen("vocabulary", "import", "a.ttl", "--to", "eigen.tsv")
    assert done.code == 1
    assert "a.ttl, regel 1" in done.err
    assert not (folder / "eigen.tsv").exists()


@pytest.mark.parametrize("what", ["try", "import"])
def test_what_needs_a_sentence_or_a_file_asks_for_it(kluwen: Kluwen, what: str) -> None:
    assert kluwen("vocabulary", what).code == 2
