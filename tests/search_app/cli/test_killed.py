"""Killed at any moment while it reads, the command leaves of each document all or nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import graph
from search_app.cli import base

Kluwen = Callable[..., Any]
DOCUMENTS = 40
TIMES = 20


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of a few dozen statements each."""
    folder = tmp_path_factory.mktemp("bronnen")
    subjects = [
        "nachtzorg",
        "scholing",
        "overdracht",
        "huishoudelijke hulp",
        "rouwzorg",
        "medicatie",
        "vervoer",
        "tolken",
    ]
    for number in range(DOCUMENTS):
        lines = [f"- Er is te weinig {subject} in wijk {number}, {turn}." for turn in range(4) for subject in subjects]
        (folder / f"bron-{number:02}.txt").write_text("Knelpunten:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return folder


def contents(path: Path) -> dict[str, tuple[int, int, int]]:
    """For each document its passages, statements and vectors."""
    with graph.open(str(path)) as store:
        vectors = store.vectors()
        known = set(vectors.ids) if vectors else set()
        found = {}
        for document in store.documents():
            statements = store.statements(document_id=document.id)
            passages = store.passages(document_id=document.id)
            found[document.name] = (len(passages), len(statements), len(known & {s.id for s in statements}))
        return found


def ingest(folder: Path, sources: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(base.__file__).resolve().parents[2]), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "search_app.cli", "ingest", str(sources)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="SIGKILL does not exist here")
def test_killed_twenty_times_it_never_keeps_half_a_document(
    kluwen: Kluwen, folder: Path, sources: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "heel"
    whole.mkdir()
    assert ingest(whole, sources).wait() == 0
    expected = contents(whole / "kluwen.db")
    assert len(expected) == DOCUMENTS
    assert all(numbers[1] == numbers[2] > 20 for numbers in expected.values())

    chance = random.Random(7)
    seen = set()
    for time in range(TIMES):
        graph_file = folder / "kluwen.db"
        for left in folder.glob("kluwen.db*"):
            left.unlink()
        process = ingest(folder, sources)
        assert process.stdout is not None
        # to a document, and then some way into what comes after it
        for _ in range(time * DOCUMENTS // TIMES):
            process.stdout.readline()
        try:
            process.wait(timeout=chance.uniform(0.0, 0.02))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        if graph_file.exists() and graph_file.stat().st_size:
            left_behind = contents(graph_file)
            assert {name: expected[name] for name in left_behind} == left_behind
            seen.add(len(left_behind))
            assert kluwen("doctor").code == 0
    assert len(seen) > TIMES // 3
    assert ingest(folder, sources).wait() == 0
    assert contents(folder / "kluwen.db") == expected
