"""From the pages of a file to lines in reading order, without what belongs to the page only."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import KluwenError
from corpus.messages import say
from ingest.readers.pdf import columns, grids, layout, ledgers, running
from ingest.readers.pdf.content import Fonts, Interpreter
from ingest.readers.pdf.drawn import Drawn, Run
from ingest.readers.pdf.rows import Row, rows
from ingest.structure.lines import Line, Table

_MOST = 500  # rules or dots on a page: with more, it is a drawing and not a table
_CONTENTS_LINE = re.compile(r"(\.\s?){5,}[\s\u2060]*\d{1,4}$|(\s\.){4,}[\s\u2060]*\d{0,4}$|…{3,}[\s\u2060]*\d{1,4}$")


@dataclass(slots=True)
class Page:
    """What is kept of a page: its rows outside tables, its ruled tables, and the rules across it."""

    rows: list[Row] = field(default_factory=list)
    tables: list[grids.Grid] = field(default_factory=list)
    across: list[tuple[float, float, float]] = field(default_factory=list)
    images: int = 0


def pages(pdf: Any, name: str, notes: list[str]) -> list[Page]:
    """All pages of ``pdf``; a page that can't be read is left out with a note. Raises KluwenError when none can be."""
    fonts = Fonts()
    made: list[Page] = []
    failed: list[int] = []
    total = len(pdf.pages)
    for number in range(total):
        try:
            made.append(_page(pdf, pdf.pages[number], fonts))
        except MemoryError:
            raise
        except Exception:  # one bad page costs itself, not the document; it is told in the notes
            made.append(Page())
            failed.append(number + 1)
    if len(failed) == total:
        raise KluwenError("reader.damaged", name=name)
    if failed:
        notes.append(say("reader.note_pages", pages=", ".join(map(str, failed))))
    empty = [i for i, page in enumerate(made, start=1) if page.images and not page.rows and not page.tables]
    if empty and len(empty) < total:
        notes.append(say("reader.note_pictures", count=len(empty)))
    return made


def _page(pdf: Any, page: Any, fonts: Fonts) -> Page:
    from pypdf.generic import DictionaryObject

    resources = page.get("/Resources")
    resources = resources.get_object() if resources is not None else DictionaryObject()
    drawn = Interpreter(pdf, fonts).draw(page, resources)
    runs = _upright(drawn, int(page.get("/Rotate", 0) or 0))
    found = grids.grids(drawn)
    made = rows(runs, drawn.down if len(drawn.down) <= _MOST else (), drawn.dots if len(drawn.dots) <= _MOST else ())
    tables, outside = grids.fill(found, made)
    across = drawn.across if len(drawn.across) <= _MOST else []
    if across:
        more, outside = ledgers.ledgers(across, outside)
        tables = sorted([*tables, *more], key=lambda grid: -grid.top)
    return Page(outside, tables, across, drawn.images)


def _upright(drawn: Drawn, rotate: int) -> list[Run]:
    """The runs that are read in the page's main direction, without what the file itself calls a running head."""
    turns: Counter[int] = Counter()
    for run in drawn.runs:
        turns[run.turn] += len(run.text)
    if not turns:
        return []
    main = max(turns, key=lambda turn: (turns[turn], turn == rotate % 360))
    kept = [run for run in drawn.runs if run.turn == main]
    text = [run for run in kept if not run.artifact]
    if main:
        drawn.across.clear()
        drawn.down.clear()
        drawn.dots.clear()
    return text if sum(len(run.text) for run in text) > 0.3 * turns[main] else kept


def in_order(pages_: Sequence[Page]) -> Iterator[Line | Table]:
    """The lines and tables of all pages in reading order, without running heads, feet and tables of contents."""
    body = layout.body_size(page.rows for page in pages_)
    body = body or layout.body_size(box.rows for page in pages_ for grid in page.tables for box in grid.boxes)
    dropped = running.running([page.rows for page in pages_], body)
    edge, leading = _edge(pages_), layout.leading(page.rows for page in pages_)
    arranged = []
    for number, page in enumerate(pages_, start=1):
        kept = [
            row
            for index, row in enumerate(page.rows)
            if index not in dropped[number - 1] and not _CONTENTS_LINE.search(row.text)
        ]
        arranged.append(columns.strips(kept, page.tables, page.across))
    lefts = sorted(strip.left for strips in arranged for strip in strips if strip.grid is None)
    for number, strips in enumerate(arranged, start=1):
        for strip in strips:
            strip.origin = layout.origin(strip.left, lefts)
        yield from layout.lines(strips, number, body, edge, leading)


def _edge(pages_: Sequence[Page]) -> float | None:
    """The right edge of full lines over all pages, where there is one that many lines reach."""
    edges: Counter[int] = Counter()
    for page in pages_:
        for row in page.rows:
            if len(row.pieces) == 1 and len(row.text) > 40:
                edges[round(row.right / 3)] += 1
    if not edges:
        return None
    total = sum(edges.values())
    most = [edge for edge, count in edges.items() if count + edges[edge - 1] + edges[edge + 1] >= 0.1 * total]
    return (max(most) + 0.5) * 3 if most else None
