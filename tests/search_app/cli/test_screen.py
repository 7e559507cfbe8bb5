"""What a person at a terminal sees."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from graph import open as store_at
from graph.meaning import open_encoder
from search_app.cli import base
from search_app.cli.screen import wrapped

ROOT = Path(base.__file__).resolve().parents[2]


def test_lines_break_between_words_and_colours_take_no_place() -> None:
    red = click.style("een twee", fg="red")
    assert wrapped("een twee drie vier", 9) == ["een twee", "drie vier"]
    assert [click.unstyle(line) for line in wrapped(f"{red} drie vier", 9)] == ["een twee", "drie vier"]
    assert wrapped("een twee drie", 10, "  ", "    ") == ["  een twee", "    drie"]
    assert wrapped("een-heel-lang-woord.pdf twee", 5) == ["een-heel-lang-woord.pdf", "twee"]
    assert wrapped("", 10, "  ") == ["  "]


def at_a_terminal(folder: Path, *words: str, answer: str = "", **environment: str) -> tuple[int, str]:
    """The exit code and the output of the command, called by a person at a terminal of 60 columns."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "search_app.cli", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "60", "TERM": "xterm", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    if answer:
        os.write(ours, answer.encode())
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # the other side is gone
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    return process.wait(), seen.decode()


def test_a_terminal_has_colours_and_lines_that_fit(graph: Path) -> None:
    code, seen = at_a_terminal(graph.parent, "search", "naasten raken uitgeput")
    assert code == 0
    assert "\x1b[" in seen
    assert max(len(click.unstyle(line)) for line in seen.splitlines()) <= 60


def test_no_color_is_respected(graph: Path) -> None:
    code, seen = at_a_terminal(graph.parent, "search", "naasten raken uitgeput", NO_COLOR="1")
    assert code == 0
    assert "\x1b[" not in seen


def test_progress_is_shown_while_it_reads(folder: Path) -> None:
    (folder / "a.txt").write_text("Knelpunten:\n- Er is te weinig nachtzorg.\n", encoding="utf-8")
    code, seen = at_a_terminal(folder, "ingest", "a.txt")
    assert code == 0
    assert re.search(r"\[1/1\] a\.txt: lezen", seen)


@pytest.mark.parametrize(
    ("answer", "stays"), [("j\n", False), ("ja\n", False), ("n\n", True), ("\n", True), ("yes\n", False)]
)
def test_forgetting_asks_and_takes_only_a_yes(graph: Path, answer: str, stays: bool) -> None:
    code, seen = at_a_terminal(graph.parent, "forget", "notitie.txt", answer=answer)
    assert code == 0
    assert "[j/N]" in seen
    assert ("notitie.txt is eruit" not in seen) == stays


def test_the_app_says_where_it_is_brings_the_graph_up_to_date_and_answers_there_only(
    graph: Path, aged: Callable[[Path], None]
) -> None:
    aged(graph)
    process = subprocess.Popen(
        [sys.executable, "-m", "search_app.cli", "app", "--no-browser"],
        cwd=graph.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert select.select([process.stdout], [], [], 120)[0]
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://localhost:\d+", line)))
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert answer.status == 200
        with store_at(str(graph)) as store:
            assert store.model() == open_encoder().info
    finally:
        process.terminate()
        process.wait()
