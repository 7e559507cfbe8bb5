"""What people judged becomes examples to learn from: their sentences, and nothing that no one looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import graph
from graph.ledger.judgement import Anchor, Judgement, Verdict, anchor
from graph.model import Kind
from graph.store.base import Store
from search_app.intake import add
from search_app.reviewed import examples

TEXT = """\
Knelpunten:
- Er is te weinig nachtzorg. De nacht duurt acht uur.
- De overdracht komt te laat.
- De systemen zijn niet gekoppeld.

Het overleg begint om negen uur. Wie wil, neemt een stoel mee.
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "notitie.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path, source: Path) -> Iterator[Store]:
    with graph.open(str(tmp_path / "kluwen.db"), create=True) as opened:
        add(opened, None, source)
        yield opened


def judge(store: Store, verdict: Verdict, word: str, *values: str) -> None:
    [statement] = [s for s in store.statements() if word in s.quote]
    store.judge(
        [
            Judgement(
                verdict,
                (anchor(statement),),
                values=values,
                by="Ans",
                at=f"2026-01-0{len(store.ledger()) + 1}T09:00:00+00:00",
            )
        ]
    )


def test_a_graph_that_no_one_judged_teaches_nothing(store: Store) -> None:
    assert examples(store) == []


@pytest.mark.parametrize("there", [True, False], ids=["the file is there", "the file is gone"])
def test_each_judged_sentence_counts_with_what_it_says_now(store: Store, source: Path, there: bool) -> None:
    judge(store, Verdict.ACCEPTED, "nachtzorg")
    judge(store, Verdict.RETYPED, "systemen", "cause")
    judge(store, Verdict.REJECTED, "overdracht")
    document = store.documents()[0]
    missed = "Wie wil, neemt een stoel mee."
    [passage] = [p for p in store.passages() if missed in p.text]
    place = Anchor(document.id, "", missed, passage.order, passage.text.index(missed))
    store.judge([Judgement(Verdict.ADDED, (place,), values=("solution",), by="Ans", at="2026-01-09T09:00:00+00:00")])
    if not there:
        source.unlink()
    [example] = examples(store)
    texts = [block.text for block in example.document.blocks]
    assert texts == [
        "Er is te weinig nachtzorg.",
        "De overdracht komt te laat.",
        "De systemen zijn niet gekoppeld.",
        missed,
    ]
    assert [(one.block, one.kind) for one in example.marked] == [
        (0, Kind.BOTTLENECK),
        (2, Kind.CAUSE),
        (3, Kind.SOLUTION),
    ]
    assert example.document.blocks[0].lead_in or example.document.blocks[0].headings
    first = example.marked[0]
    assert "nachtzorg" in texts[0][first.start : first.end]


def test_what_was_taken_back_teaches_nothing(store: Store) -> None:
    judge(store, Verdict.REJECTED, "overdracht")
    [said] = store.ledger()
    store.judge([Judgement(Verdict.UNDONE, (), values=(said.id,), by="Ans", at="2026-02-01T09:00:00+00:00")])
    assert examples(store) == []
