"""Reading the word lists of the vocabulary that stand in TOML files, and saying which line of one is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.vocabulary.tables import Problem

PRIVACY = (
    "academic",
    "birth",
    "bsn",
    "capitals",
    "case_headings",
    "courtesy",
    "first_names",
    "group",
    "illness",
    "makers_headings",
    "months",
    "no_initials",
    "no_streets",
    "not_behind",
    "organisations",
    "particles",
    "shared_mail",
    "shared_numbers",
    "someone",
    "streets",
)
"""The lists of ``privacy.toml``."""


def read_lists(path: Path, wanted: Sequence[str]) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """The lists of a file by name, and its mistakes: a list that is missing, unknown or empty, a word that is none or
    stands twice in a list. With a mistake that keeps it from being read at all there are no lists."""
    name = path.name
    try:
        text = path.read_text(encoding="utf-8")
        lists = tomllib.loads(text)
    except FileNotFoundError:
        return {}, [Problem(name, 0, "vocabulary.missing", {"folder": str(path.parent)})]
    except UnicodeDecodeError as error:
        return {}, [Problem(name, path.read_bytes()[: error.start].count(b"\n") + 1, "vocabulary.encoding")]
    except tomllib.TOMLDecodeError as error:
        return {}, [Problem(name, _line_of_error(str(error), text), "vocabulary.not_toml")]
    problems = [Problem(name, 0, "vocabulary.no_list", {"name": key}) for key in wanted if key not in lists]
    found: dict[str, tuple[str, ...]] = {}
    for key, value in lists.items():
        start = _line_of(text, rf"^{re.escape(key)}\s*=", 1)
        if key not in wanted:
            values: dict[str, object] = {"found": key, "known": ", ".join(wanted)}
            problems.append(Problem(name, start, "vocabulary.unknown", values))
        elif mistakes := list(_mistakes(name, key, value, text, start)):
            problems += mistakes
        else:
            found[key] = tuple(value)
    return found, problems


def _mistakes(name: str, key: str, value: Any, text: str, start: int) -> Iterator[Problem]:
    if not isinstance(value, list) or not value or not all(isinstance(word, str) and word.strip() for word in value):
        yield Problem(name, start, "vocabulary.bad_list", {"name": key})
        return
    seen: set[str] = set()
    for word in value:
        if word in seen:
            line = _line_of(text, re.escape(f'"{word}"'), start)
            values = {"term": word, "other": key, "first": line}
            yield Problem(name, line, "vocabulary.twice", values)
        seen.add(word)


def _line_of(text: str, pattern: str, start: int) -> int:
    """The first line from ``start`` on (both from 1) that holds a pattern, else ``start``."""
    lines = enumerate(text.split("\n")[start - 1 :], start)
    return next((number for number, line in lines if re.search(pattern, line)), start)


def _line_of_error(message: str, text: str) -> int:
    """The line that Python's TOML reader names in its message; at the end of the file it names none."""
    found = re.search(r"line (\d+)", message)
    return int(found[1]) if found else text.count("\n") + 1
