"""Reading the tables of the vocabulary, and saying which line of one is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import KluwenError
from corpus.messages import say

BETWEEN = "|"
"""What separates the terms within one column."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a vocabulary: ``str(problem)`` says what, in which file, on which line, and what to do."""

    file: str
    line: int
    key: str
    values: dict[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return say(self.key, file=self.file, line=self.line, **self.values)

    def error(self) -> KluwenError:
        """The same as an error to raise."""
        return KluwenError(self.key, file=self.file, line=self.line, **self.values)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: ``line`` counts from 1; ``cells`` are stripped, as many as the table has columns."""

    line: int
    cells: tuple[str, ...]

    def terms(self, column: int) -> tuple[str, ...]:
        """The terms of one column; an empty column has none."""
        cell = self.cells[column]
        return tuple(term.strip() for term in cell.split(BETWEEN)) if cell else ()


def rows(path: Path, columns: int, required: int, problems: list[Problem]) -> Iterator[Row]:
    """The lines of a table that are no comment; a line with a mistake is left out and its mistake added to ``problems``.

    ``columns`` is how many there must be, ``required`` how many of the first may not be empty.
    """
    name = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(Problem(name, 0, "vocabulary.missing", {"folder": str(path.parent)}))
        return
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        problems.append(Problem(name, line, "vocabulary.encoding"))
        return
    for line, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip() or raw.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in raw.rstrip("\r\n").split("\t"))
        if len(cells) != columns:
            problems.append(Problem(name, line, "vocabulary.columns", {"found": len(cells), "wanted": columns}))
        elif not all(cells[:required]):
            empty = next(i for i, cell in enumerate(cells) if not cell) + 1
            problems.append(Problem(name, line, "vocabulary.empty", {"column": empty}))
        elif any(BETWEEN in cell and not all(t.strip() for t in cell.split(BETWEEN)) for cell in cells):
            problems.append(Problem(name, line, "vocabulary.empty_term"))
        else:
            yield Row(line, cells)
