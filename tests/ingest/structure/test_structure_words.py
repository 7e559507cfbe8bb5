"""A word that is broken over two lines becomes the word that the document writes elsewhere."""

import pytest

from ingest.structure.lines import Line
from ingest.structure.words import Words, fold

HYPHENATED = ["de wachttijd in de zorg is te lang en de zorg-", "verlener weet dat niet van de patiënten die wach-"]


def words(*lines: str) -> Words:
    """The words of a document that consists of these lines."""
    return Words([Line(line) for line in lines])


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("wacht-", "tijd is lang", "wachttijd is lang"),
        ("zorg-", "en welzijn", "zorg- en welzijn"),
        ("niet-", "passende zorg", "niet-passende zorg"),
        ("bijna-", "thuis-huizen", "bijna-thuis-huizen"),
        ("oncologie-", "MDO", "oncologie-MDO"),
        ("ICT-", "systemen", "ICT-systemen"),
        ("24-", "uurszorg", "24-uurszorg"),
        ("auto-", "ongeluk", "auto-ongeluk"),
        ("zorg\u00ad", "verlener", "zorgverlener"),
        ("en/", "of", "en/of"),
        ("twee", "woorden", "twee woorden"),
        ("een zin -", "met streepje", "een zin - met streepje"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(left: str, right: str, joined: str) -> None:
    assert words(*HYPHENATED).join(left, right) == joined


def test_the_rest_of_the_document_decides() -> None:
    assert words(*HYPHENATED, "een second-opinion is duur").join("second-", "opinion") == "second-opinion"
    assert words(*HYPHENATED, "de secondopinion is duur").join("second-", "opinion") == "secondopinion"


def test_a_document_that_never_breaks_words_keeps_its_hyphens() -> None:
    plain = [f"regel {i} van een lange tekst zonder enige afbreking" for i in range(40)]
    assert words(*plain).join("consultatie-", "mogelijkheden") == "consultatie-mogelijkheden"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  dubbele   spaties\u00a0hier ", "dubbele spaties hier"),
        ("e\ufb03ci\u00ebnt en \ufb02ink", "efficiënt en flink"),
        ("zacht\u00ade streep", "zachte streep"),
        ("vergrijzing \uf0e0 meer zorg", "vergrijzing → meer zorg"),
        ("nul\x00 teken", "nul teken"),
    ],
)
def test_white_space_ligatures_and_hidden_signs_are_cleaned(raw: str, clean: str) -> None:
    assert fold(raw) == clean
