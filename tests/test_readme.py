"""README says what exists: its commands run, its make targets and files are there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from search_app.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"^```sh\n(.*?)^```$", README, flags=re.DOTALL | re.MULTILINE)).splitlines()


def test_the_kluwen_commands_run_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("KLUWEN_GRAPH", "KLUWEN_LANG"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(ROOT / "corpus" / "samples", tmp_path / "corpus" / "samples")
    commands = [shlex.split(line, comments=True)[1:] for line in SHELL if line.startswith("kluwen ")]
    assert len(commands) >= 5
    for words in commands:
        if words == ["app"]:
            words.append("--help")  # without it, it serves until it is stopped
        assert main(words) == 0, f"{words}: {capsys.readouterr().err}"
    assert (tmp_path / "uitspraken.csv").read_bytes()


def test_its_make_targets_exist() -> None:
    asked = {target for line in SHELL for target in re.findall(r"\bmake ([a-z]+)", line)}
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert {"app", "test"} <= asked <= made


def test_the_files_that_it_links_to_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", README) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).is_file()] == []
