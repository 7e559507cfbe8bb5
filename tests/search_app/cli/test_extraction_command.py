"""``kluwen extraction`` says how well statements are found, and learns from annotated texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import messages
from ingest.extract import decide
from search_app.cli import extraction

Kluwen = Callable[..., Any]
MARKED = """\
# Knelpunten

- {b o capacity|Er zijn te weinig verpleegkundigen in de nacht.}
- {b o data|De systemen zijn niet gekoppeld.}

# Oplossingen

- {s capacity|Zet vrijwilligers in voor de nacht.}

Het overleg duurde twee uur.
"""


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """What one call chose as its language holds for no test after it."""
    yield
    messages.use(None)


@pytest.fixture
def texts(folder: Path) -> Path:
    """A folder with a few annotated texts."""
    (folder / "teksten").mkdir()
    for number in range(6):
        (folder / "teksten" / f"tekst-{number}.mark").write_text(MARKED, encoding="utf-8")
    return folder / "teksten"


def test_the_figures_of_the_decision_are_shown(kluwen: Kluwen) -> None:
    shown = kluwen("--lang", "en", "extraction", "score")
    assert shown.code == 0
    assert "F1 0." in shown.out and "off by 0." in shown.out


def test_texts_of_ones_own_are_measured(kluwen: Kluwen, texts: Path) -> None:
    shown = kluwen("--lang", "en", "extraction", "score", str(texts))
    assert shown.code == 0
    assert "causes 0.00" in shown.out and "solutions 0.00" not in shown.out


def test_training_writes_a_decision_that_is_then_used(
    kluwen: Kluwen, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "OWN", texts.parent / "nothing")
    shown = kluwen("--lang", "en", "extraction", "train", str(texts), "--to", "geleerd")
    assert shown.code == 0, shown.err
    assert "before" in shown.out and "after" in shown.out
    monkeypatch.setenv(decide.ELSEWHERE, "geleerd")
    assert "6 texts" in kluwen("--lang", "en", "extraction", "score").out
    assert kluwen("--lang", "en", "extraction", "score", str(texts)).code == 0


def test_what_people_judged_in_the_graph_is_measured_and_learned_from(
    kluwen: Kluwen, texts: Path, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "OWN", texts)
    nothing = kluwen("extraction", "train", "--review", "--to", "geleerd")
    assert nothing.code == 1 and "kluwen review decide" in nothing.err
    listed = kluwen("export", "--what", "statements", "--format", "jsonl").out
    for line in listed.splitlines()[:2]:
        assert kluwen("review", "decide", "rejected", json.loads(line)["id"], "--by", "Ans").code == 0
    shown = kluwen("--lang", "en", "extraction", "train", "--review", "--to", "geleerd")
    assert shown.code == 0, shown.err
    assert "Sentences that people judged: " in shown.out and "before" in shown.out and "after" in shown.out
    assert kluwen("extraction", "score", "--review").code == 0


def test_what_cannot_be_learned_from_is_refused_in_a_sentence(kluwen: Kluwen, texts: Path) -> None:
    assert "--to" in kluwen("--lang", "en", "extraction", "train", str(texts)).err
    nothing = kluwen("--lang", "en", "extraction", "score", str(texts.parent))
    assert nothing.code == 1 and ".mark" in nothing.err
    (texts / "fout.mark").write_text("{b|niet gesloten", encoding="utf-8")
    wrong = kluwen("--lang", "en", "extraction", "score", str(texts))
    assert wrong.code == 1 and "fout.mark" in wrong.err
