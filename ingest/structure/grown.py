"""A part with the lines that it grew from, for what can only be seen once the parts around it are known."""

import re
from dataclasses import dataclass

from ingest.structure.lines import Line
from ingest.structure.outline import Part

ENDS = re.compile(r"[.!?…][)\]'\"’”»¹²³⁰⁴-⁹]*(\[\d{1,3}\])?$")


@dataclass(slots=True)
class Grown:
    """A part, its first and last line, how many lines it has, and where its text begins on a line.

    ``first`` and ``last`` are None for the cells of a table.
    """

    part: Part
    first: Line | None = None
    last: Line | None = None
    lines: int = 1
    indent: float = 0.0

    @property
    def gap(self) -> float:
        """The white space above it, in lines."""
        return self.first.gap if self.first else 1.0

    @property
    def ended(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(ENDS.search(self.part.text))
