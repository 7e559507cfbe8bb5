"""Calling ``kluwen``: help in two languages, mistakes in one sentence, exit codes, and nothing made by only looking."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from search_app.cli import base, main

Kluwen = Callable[..., Any]
NAMES = [name for names in base.SECTIONS.values() for name in names]
ENGLISH = ("Usage", "Options", "Show this message", "default:", "COMMAND", "Shows")
DUTCH = ("Gebruik", "Opties", "Toont", "standaard:", "OPDRACHT")


@pytest.mark.parametrize("name", ["", *NAMES])
def test_help_is_in_dutch_and_in_english(kluwen: Kluwen, name: str) -> None:
    words = [name, "--help"] if name else ["--help"]
    dutch, english = kluwen(*words), kluwen("--lang", "en", *words)
    assert (dutch.code, english.code) == (0, 0)
    assert "Gebruik: kluwen" in dutch.out
    assert "Usage: kluwen" in english.out
    assert [word for word in ENGLISH if word in dutch.out] == []
    assert [word for word in DUTCH if word in english.out] == []
    assert dutch.out.rstrip().splitlines()[-1].strip().startswith("kluwen ")


def test_called_with_nothing_it_explains_itself(kluwen: Kluwen) -> None:
    assert kluwen().out == kluwen("--help").out


def test_the_language_also_comes_from_the_environment(kluwen: Kluwen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KLUWEN_LANG", "en_GB.UTF-8")
    assert "Usage:" in kluwen("--help").out
    assert "Gebruik:" in kluwen("--lang=nl", "--help").out


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["vlieg"], "'vlieg' bestaat niet"),
        (["search"], "de vraag ontbreekt"),
        (["search", "a", "--batch", "b"], "niet allebei"),
        (["search", "naasten", "raken"], "aanhalingstekens"),
        (["search", "a", "--limit", "nul"], "heel getal"),
        (["search", "a", "--limit", "0"], "1 of meer"),
        (["search", "a", "--vlug"], "'--vlug' bestaat niet"),
        (["search", "a", "--graph", "b.db"], "vóór de opdracht"),
        (["show"], "'ID'"),
        (["ingest", "a.txt", "--date", "mei 2023"], "geen datum"),
        (["ingest", "a.txt", "--date", "2023-13"], "geen datum"),
        (["tangle"], "het ID ontbreekt"),
        (["tangle", "--loops", "--levers"], "kies één"),
        (["export", "--what", "links", "--format", "graphml"], "kies jsonl, csv"),
        (["export", "--what", "alles"], "niet een van"),
        (["--lang", "fr", "stats"], "'nl', 'en'"),
        (["app", "--port", "99999"], "tot en met 65535"),
    ],
)
def test_a_wrong_call_gives_one_sentence_and_exit_code_two(kluwen: Kluwen, words: list[str], part: str) -> None:
    result = kluwen(*words)
    assert result.code == 2
    assert result.out == ""
    assert part in result.err
    assert result.err.startswith("Fout: ")
    assert len(result.err.splitlines()) == 1
    assert "--help" in result.err


@pytest.mark.parametrize(
    "words",
    [
        ["search", "a"],
        ["search", "--batch", "-"],
        ["solutions", "a"],
        ["show", "a"],
        ["tangle", "a"],
        ["path", "a", "b"],
        ["stats"],
        ["export", "-o", "uit.csv"],
        ["doctor"],
        ["forget", "a"],
        ["access", "a", "public"],
    ],
)
def test_looking_for_a_graph_that_is_not_there_says_so_and_makes_nothing(
    kluwen: Kluwen, folder: Path, words: list[str]
) -> None:
    result = kluwen(*words)
    assert result.code == 1
    assert "kluwen.db" in result.err
    assert len(result.err.splitlines()) == 1
    assert list(folder.iterdir()) == []


def test_a_file_that_is_no_graph_is_refused_and_left_alone(kluwen: Kluwen, folder: Path) -> None:
    (folder / "brief.txt").write_text("Geachte mevrouw", encoding="utf-8")
    for words in (["stats"], ["ingest", "brief.txt"]):
        result = kluwen("--graph", "brief.txt", *words)
        assert result.code == 1
        assert len(result.err.splitlines()) == 1
    assert (folder / "brief.txt").read_text(encoding="utf-8") == "Geachte mevrouw"


@pytest.mark.parametrize(
    "words", [["ingest", "rapport.txt"], ["forget", "De nacht", "--yes"], ["access", "De nacht", "internal"]]
)
def test_who_may_only_see_what_is_public_changes_nothing(kluwen: Kluwen, graph: Path, words: list[str]) -> None:
    before = kluwen("export", "--what", "statements").out
    result = kluwen("--public", *words)
    assert (result.code, result.out) == (1, "")
    assert "--public" in result.err
    assert kluwen("export", "--what", "statements").out == before


def test_the_graph_is_named_before_the_command_or_in_the_environment(
    kluwen: Kluwen, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.rename(graph.with_name("ander.db"))
    assert kluwen("stats").code == 1
    assert kluwen("--graph", "ander.db", "stats").code == 0
    monkeypatch.setenv("KLUWEN_GRAPH", "ander.db")
    assert kluwen("stats").code == 0


def test_what_was_not_foreseen_is_one_sentence_and_a_log(
    kluwen: Kluwen, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object, **more: object) -> None:
        raise RuntimeError("het ging\nstuk")

    monkeypatch.setattr("graph.open", broken)
    result = kluwen("stats")
    assert result.code == 1
    assert len(result.err.splitlines()) == 1
    log = Path(result.err.split(" in ")[-1].strip().rstrip("."))
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    monkeypatch.setenv("KLUWEN_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main(["stats"])


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
def test_stopping_it_is_no_failure_to_explain(
    kluwen: Kluwen, graph: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    def stopped(*given: object, **more: object) -> None:
        raise stop

    monkeypatch.setattr("graph.open", stopped)
    result = kluwen("stats")
    assert (result.code, result.err.strip()) == (1, "Afgebroken.")


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    root = Path(base.__file__).resolve().parents[2]
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root), **environment},
        capture_output=True,
        check=False,
    )


def test_a_reader_that_has_had_enough_is_no_failure(graph: Path) -> None:
    line = f'"{sys.executable}" -m search_app.cli export --what statements | "{sys.executable}" -c "pass"; echo ${{PIPESTATUS[0]}}'
    root = Path(base.__file__).resolve().parents[2]
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=graph.parent,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        check=True,
    )
    assert done.stdout.split() == [b"0"]
    assert done.stderr == b""


HEAVY = {
    "networkx",
    "pypdf",
    "streamlit",
    "lxml",
    "torch",
    "neo4j",
    "sentence_transformers",
    "sklearn",
    "scipy",
    "pandas",
}
LOADED = "import sys; from search_app.cli import main; code = main({words}); sys.stderr.write(' '.join(sys.modules)); sys.exit(code)"


def test_help_loads_nothing_that_it_does_not_need(folder: Path) -> None:
    done = run(folder, "-c", LOADED.format(words=["--help"]))
    loaded = set(done.stderr.decode().split())
    assert done.returncode == 0
    assert {"click", "search_app.cli.base"} <= loaded
    assert loaded & (HEAVY | {"numpy", "sqlite3", "graph", "ingest"}) == set()


def test_search_loads_neither_readers_nor_what_draws_tangles(graph: Path) -> None:
    done = run(graph.parent, "-c", LOADED.format(words=["search", "nachtzorg"]))
    loaded = set(done.stderr.decode().split())
    assert done.returncode == 0
    assert {"numpy", "sqlite3", "graph.search"} <= loaded
    assert loaded & (HEAVY | {"ingest.readers", "ingest.extract"}) == set()


def test_piped_output_is_plain_utf8(graph: Path) -> None:
    done = run(graph.parent, "-m", "search_app.cli", "search", "nachtzorg", PYTHONIOENCODING="ascii")
    text = done.stdout.decode("utf-8")
    assert "■" in text
    assert "\x1b" not in text
