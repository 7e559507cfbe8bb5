"""The page on cue words: its commands work, and a word that is added to a family speaks for it."""

import re
import subprocess
import sys
from pathlib import Path

from corpus.cues import lines, read_cues
from corpus.phrases import words_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")


def test_the_commands_of_the_page_work(tmp_path: Path) -> None:
    (tmp_path / "proef.txt").write_text("Knelpunten:\n\n- te weinig tolken in de avond\n", encoding="utf-8")
    commands = re.findall(r"^kluwen (.+)$", PAGE, flags=re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "search_app.cli", *command.split()],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert "te weinig tolken" in done.stdout


def test_the_families_that_the_page_names_are_there_and_take_a_new_word() -> None:
    families = [line for _, line in lines("cues.tsv") if line.startswith("@")]
    for name in ("lack", "delay", "proposal"):
        assert any(line.startswith(f"@{name}\t") for line in families)
    cues = read_cues("@lack\tbottleneck\t1.6\nschaarstig*\n")
    found = cues.phrases.find([word for word, _, _ in words_of("Tolken zijn schaarstige mensen")])
    assert [cues.families[number].name for _, _, number in found] == ["lack"]
