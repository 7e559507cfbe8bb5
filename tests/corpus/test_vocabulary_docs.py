"""The page on the vocabulary: its commands work, it names each file, and a word that is added to a family speaks for it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

from corpus.cues import lines, read_cues
from corpus.mentions import mentions
from corpus.phrases import words_of
from corpus.vocabulary import check

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")


def test_the_commands_of_the_page_work(tmp_path: Path) -> None:
    (tmp_path / "proef.txt").write_text("Knelpunten:\n\n- te weinig tolken in de avond\n", encoding="utf-8")
    commands = re.findall(r"^kluwen (.+)$", PAGE, flags=re.MULTILINE)
    assert len(commands) == 7
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "search_app.cli", *shlex.split(command)],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert "te weinig tolken" in done.stdout


def test_the_page_names_every_file_that_can_be_checked(tmp_path: Path) -> None:
    assert {problem.file for problem in check(tmp_path)} <= set(re.findall(r"`(\w+\.(?:tsv|toml))`", PAGE))


def test_what_the_page_says_of_sayings_is_so() -> None:
    told = re.search(r"is also (.+)\. Write", PAGE)
    assert told
    for text in re.findall(r"`([^`]+)`", told[1]):
        assert any(mention.concept == "overbelasting" for mention in mentions(text)), text


def test_the_families_that_the_page_names_are_there_and_take_a_new_word() -> None:
    families = [line for _, line in lines("cues.tsv") if line.startswith("@")]
    for name in ("lack", "delay", "proposal"):
        assert any(line.startswith(f"@{name}\t") for line in families)
    cues = read_cues("@lack\tbottleneck\t1.6\nschaarstig*\n")
    found = cues.phrases.find([word for word, _, _ in words_of("Tolken zijn schaarstige mensen")])
    assert [cues.families[number].name for _, _, number in found] == ["lack"]
