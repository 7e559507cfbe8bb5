"""The Dutch guide says what exists: its commands run, in its order, and the buttons that it names are there."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from search_app.cli import main

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "handleiding.md").read_text(encoding="utf-8")
ANY_ID = "con-0123456789abcdef"


def commands() -> list[str]:
    blocks = re.findall(r"^```(?:toml)?\n(.*?)^```$", GUIDE, flags=re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.startswith("kluwen ")]


def test_the_commands_of_the_guide_work_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("KLUWEN_GRAPH", "KLUWEN_LANG"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(ROOT / "corpus" / "samples", tmp_path / "rapporten")
    wanted = commands()
    assert len(wanted) >= 15
    for command in wanted:
        words = shlex.split(command)[1:]
        if "app" in words:
            words.append("--help")  # without it, it serves until it is stopped
        if ANY_ID in words:
            assert main(["search", "naasten raken uitgeput", "--json"]) == 0
            words[words.index(ANY_ID)] = json.loads(capsys.readouterr().out)["hits"][0]["id"]
        assert main(words) == 0, f"{command}: {capsys.readouterr().err}"
        said = capsys.readouterr()
        assert said.out.strip() or said.err.strip(), command
    for name in re.findall(r"-o (\S+)", GUIDE):
        assert (tmp_path / name).stat().st_size > 0


def test_the_buttons_and_pages_that_the_guide_names_are_in_the_app() -> None:
    said = [*(ROOT / "search_app").rglob("*.py"), *(ROOT / "corpus" / "messages" / "nl").glob("*.toml")]
    app = "\n".join(path.read_text(encoding="utf-8") for path in said)
    named = [" ".join(label.split()) for label in re.findall(r"\*\*([A-Z][^*]+)\*\*", GUIDE)]
    assert len(named) >= 10
    assert [label for label in named if label not in app] == []


def test_the_catalogue_that_the_guide_shows_is_read(tmp_path: Path) -> None:
    from corpus.catalogue import load

    block = re.search(r"^```toml\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE)
    assert block
    (tmp_path / "sources.toml").write_text(block[1], encoding="utf-8")
    assert [source.access for source in load(tmp_path / "sources.toml").sources] == ["public"]
