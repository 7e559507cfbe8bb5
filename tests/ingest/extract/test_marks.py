"""Reading texts that are annotated in place."""

from pathlib import Path

import pytest

from graph.model import Kind
from ingest.extract.marks import placed, plain
from ingest.readers import read_bytes

TEXTS = Path(__file__).resolve().parents[3] / "corpus" / "training"


def test_marks_come_off_and_leave_places() -> None:
    text, found = plain(
        "Er zijn {b y capacity #a|te weinig bedden, {c y funding|door bezuinigingen}}. {s capacity|Bouw bij.}\n"
    )
    assert text == "Er zijn te weinig bedden, door bezuinigingen. Bouw bij.\n"
    assert [(text[a:b], kind) for a, b, kind in found] == [
        ("te weinig bedden, door bezuinigingen", Kind.BOTTLENECK),
        ("door bezuinigingen", Kind.CAUSE),
        ("Bouw bij.", Kind.SOLUTION),
    ]


@pytest.mark.parametrize("text", ["{b y data|open", "dicht}"])
def test_braces_that_do_not_pair_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="brace"):
        plain(text)


def test_places_survive_what_a_reader_changes() -> None:
    text, found = plain(">> Knelpunten:\n- {b o data|brieven komen\n  te laat}\n- {b o data|brieven raken zoek}\n")
    document = read_bytes(text.encode(), "x.txt")
    quotes = [document.blocks[m.block].text[m.start : m.end] for m in placed(text, found, document)]
    assert quotes == ["brieven komen te laat", "brieven raken zoek"]


def test_every_training_text_can_be_read_and_nearly_every_statement_found_in_it() -> None:
    wanted = kept = 0
    for path in sorted(TEXTS.glob("*.mark")):
        text, found = plain(path.read_text(encoding="utf-8"))
        document = read_bytes(text.encode(), path.stem + ".txt")
        wanted += len(found)
        kept += len(placed(text, found, document))
    assert wanted > 1500
    assert kept >= 0.99 * wanted
