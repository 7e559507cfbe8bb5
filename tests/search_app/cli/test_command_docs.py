"""``docs/command.md`` says what exists: its lines run, and its options are the command's own, in its own words."""

from __future__ import annotations

import functools
import json
import re
import shlex
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
import pytest

from corpus import messages
from search_app.cli.base import Kluwen as Group

Kluwen = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "command.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\$ kluwen (.+)$", PAGE, flags=re.MULTILINE)
NAMES = Group().list_commands(click.Context(Group()))
EXAMPLE = "https://www.example.org"


def section(name: str) -> str:
    """The part of the page about a sub-command, or about what stands before them."""
    start = PAGE.index(f"### `kluwen {name}") if name else PAGE.index("## For every sub-command")
    return re.split(r"^#{2,3} ", PAGE[start + 4 :], maxsplit=1, flags=re.MULTILINE)[0]


def documented(name: str) -> dict[str, str]:
    rows = re.findall(r"^\| `(-[^`]+)` \| (.*) \|$", section(name), flags=re.MULTILINE)
    return {option.replace("\\|", "|"): text for option, text in rows}


def actual(name: str) -> dict[str, str]:
    group = Group()
    outer = click.Context(group, info_name="kluwen")
    command = group.get_command(outer, name) if name else group
    assert command is not None
    context = click.Context(command, info_name=name or "kluwen", parent=outer if name else None)
    records = [p.get_help_record(context) for p in command.params if isinstance(p, click.Option)]
    return dict(record for record in records if record is not None)


@pytest.fixture
def english() -> Iterator[None]:
    messages.use("en")
    yield
    messages.use(None)


@pytest.mark.parametrize("name", ["", *NAMES])
@pytest.mark.usefixtures("english")
def test_the_page_names_each_option_in_the_words_of_its_help(name: str) -> None:
    assert documented(name) == actual(name)


def test_the_page_names_every_sub_command_and_tries_each() -> None:
    named: list[str] = re.findall(r"^### `kluwen (\w+)", PAGE, flags=re.MULTILINE)
    assert sorted(named) == sorted(NAMES)
    tried = {word for line in LINES for word in shlex.split(line) if word in NAMES}
    assert tried == set(NAMES)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    folder = tmp_path / "site"
    folder.mkdir()
    shutil.copy(ROOT / "corpus" / "samples" / "advies-een-regio-een-nacht.html", folder / "advice.html")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_every_line_of_the_page_works_in_its_order(kluwen: Kluwen, folder: Path, site: str) -> None:
    shutil.copytree(ROOT / "corpus" / "samples", folder / "reports")
    (folder / "questions.txt").write_text(
        'naasten raken uitgeput\n{"query": "nachtzorg", "kind": "solution"}\n', encoding="utf-8"
    )
    stands_for: dict[str, str] = {}
    for line in LINES:
        words = shlex.split(line.replace(EXAMPLE, site))
        if {"ID", "FROM", "TO"} & set(words) and not stands_for:
            link = next(
                json.loads(row) for row in kluwen("export", "--what", "links").out.splitlines() if "CAUSED_BY" in row
            )
            stands_for = {"ID": link["source_concept"], "FROM": link["source_concept"], "TO": link["target_concept"]}
        result = kluwen(*(stands_for.get(word, word) for word in words))
        assert result.code == 0, (line, result.err)
        assert result.out or "-o" in words, line
    assert (folder / "statements.csv").is_file()
    assert (folder / "tangle.graphml").is_file()


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("name", ["kluwen", *NAMES])
def test_every_example_of_the_help_is_a_call_that_exists(name: str, language: str) -> None:
    group = Group()
    examples = messages.sentences(language, "command")[f"{name}_examples"].strip().splitlines()
    assert examples
    for example in examples:
        words = shlex.split(re.split(r" {3,}", example)[0])
        assert words[0] == "kluwen"
        context = group.make_context("kluwen", list(words[1:]), resilient_parsing=False)
        found, command, rest = group.resolve_command(context, [*context._protected_args, *context.args])
        assert command is not None, example
        if "--help" not in rest:
            command.make_context(found, list(rest), parent=context)
