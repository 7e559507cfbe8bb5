"""Tables that a text layer flattened: a line that holds the titles of columns, then the cells one after another.

Which column a cell stood in is often lost; its block then tells between which columns it may be chosen (mark
``columns``, the titles apart by tabs), and extraction decides by what the cell says.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.cues import announced
from corpus.dutch import is_stop_word
from ingest.document import BlockKind, Cell
from ingest.structure.grown import Grown
from ingest.structure.lines import Line
from ingest.structure.outline import Part, introduces

COLUMNS = "columns"
_KINDS = ("bottleneck", "solution", "cause", "effect")
_MOST_WORDS = 9
_LONGEST_CELL = 420
_NARROW = 0.55  # of the widest line: the column with the titles of the rows is narrower than the others
_TITLE_WORDS = 2
_APART = 1.5  # lines: titles further from each other are none of one row
_NAME_WORDS = 3  # a longer beginning of a line is a cell, not the title of its row
_CAPITAL = re.compile(r"(?<=[\w)?!.’'])\s(?=[A-ZÀ-Þ][\w’'&/-]*)")
_ENDS_TITLE = re.compile(r"[.!?:;,]$")


def tables(grown: Sequence[Grown]) -> list[Grown]:
    """``grown`` with the cells of flattened tables as cells; a title line of their columns stays, as header cells."""
    done: list[Grown] = []
    number = max((each.part.cell.table for each in grown if each.part.cell), default=-1) + 1
    index = 0
    while index < len(grown):
        titles, heads = _titles(grown, index)
        end = _end(grown, index + heads, titles) if titles else index
        if not titles or end - index - heads < 2:
            done.append(grown[index])
            index += 1
            continue
        done += _header(grown[index], titles, number, before=done[-1] if done else None)
        done += _cells(grown[index + heads : end], titles, number)
        number += 1
        index = end
    return done


def column_titles(text: str) -> tuple[str, ...]:
    """The titles of columns that a line holds, from left to right; none where it does not name two kinds of things.

    Each begins with a capital, and no conjunction joins them (``Knelpunten en oplossingen`` is one title).
    """
    if len(text.split()) > _MOST_WORDS or _ENDS_TITLE.search(text):
        return ()
    starts = [0, *(match.end() for match in _CAPITAL.finditer(text))]
    pieces = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if any(is_stop_word(piece.split()[-1].lower()) for piece in pieces if piece.split()):
        return ()
    titles: list[str] = []
    for piece in pieces:
        if titles and announced(piece) is None and announced(titles[-1]) is None:
            titles[-1] = f"{titles[-1]} {piece}"  # a name of two words over the first column
        else:
            titles.append(piece)
    return tuple(titles) if _differ(titles) else ()


def _differ(titles: Sequence[str]) -> bool:
    kinds = [kind for title in titles if (kind := announced(title)) in _KINDS]
    return len(kinds) >= 2 and len(set(kinds)) == len(kinds) and len(titles) - len(kinds) <= 2


def _titles(grown: Sequence[Grown], index: int) -> tuple[tuple[str, ...], int]:
    """The titles of columns from ``index`` on, on one line or each on its own, and how many parts hold them."""
    each = grown[index]
    if not _plain(each) or each.lines > 1:
        return (), 0
    on_one = column_titles(each.part.text)
    if on_one:
        return on_one, 1
    heads: list[str] = []
    for other in grown[index : index + 5]:
        text = other.part.text
        if not _plain(other) or other.lines > 2 or len(text.split()) > 3 or _ENDS_TITLE.search(text):
            break
        if heads and (announced(text) not in _KINDS or other.gap > _APART or (other.first and other.first.fresh)):
            break
        heads.append(text)
    return (tuple(heads), len(heads)) if len(heads) >= 2 and _differ(heads) else ((), 0)


def _plain(each: Grown) -> bool:
    return each.first is not None and each.part.kind is BlockKind.PARAGRAPH and not each.part.marks


def _end(grown: Sequence[Grown], start: int, titles: Sequence[str]) -> int:
    """Where the cells end: at a page turn, a wide gap, a line that introduces something, or running text."""
    end = start
    while end < len(grown):
        each = grown[end]
        if not _plain(each) or each.first is None or each.first.fresh or (end > start and each.gap > 2):
            break
        text = each.part.text
        if introduces(text) or len(text) > _LONGEST_CELL or "|" in text or not any(map(str.isalpha, text)):
            break  # an introduction, running text, what a page says at its foot
        if text in titles or text == " ".join(titles):
            break  # the titles again: the table goes on on another page
        end += 1
    return end


def _header(first: Grown, titles: Sequence[str], number: int, before: Grown | None) -> list[Grown]:
    """The title cells; where they open a page they are its heading too."""
    part = first.part
    made: list[Grown] = []
    line = first.first
    if line is not None and (line.fresh or before is None):
        made.append(replace(first, part=replace(part, text=" ".join(titles), kind=BlockKind.HEADING, level=2)))
    for column, title in enumerate(titles):
        cell = Cell(number, 0, column, header=True)
        made.append(Grown(Part(title, BlockKind.TABLE_CELL, 0, part.page, cell=cell)))
    return made


def _cells(grown: Sequence[Grown], titles: Sequence[str], number: int) -> list[Grown]:
    """The cells under the titles. Only where a line holds as many cells as there are columns are their places sure."""
    labelled = announced(titles[0]) not in _KINDS
    columns = "\t".join(title for title in titles if announced(title) in _KINDS)
    widest = max((_width(line) for each in grown for line in (each.first, each.last) if line), default=0.0)
    made: list[Grown] = []
    row, row_title, filled = 0, "", True  # each cell without a sure place gets a row of its own, until it is placed
    for each in grown:
        if labelled and _row_title(each, widest):
            row, row_title, filled = row + filled, each.part.text, False
            made.append(_cell(each, each.part.text, Cell(number, row, 0, column_title=titles[0])))
            continue
        pieces = _pieces(each)
        named = len(pieces) == 2 and len(pieces[0].split()) <= _NAME_WORDS
        if labelled and named and (filled or len(row_title.split()) == 1):
            row, row_title = row + filled, pieces.pop(0)
            made.append(_cell(each, row_title, Cell(number, row, 0, column_title=titles[0])))
        if len(pieces) == len(titles) == 2 and not labelled:
            row += 1
            for column, text in enumerate(pieces):
                made.append(_cell(each, text, Cell(number, row, column, column_title=titles[column])))
            continue
        last = made[-1].part if made else None
        if not labelled and last is not None and each.part.text[:1].islower():
            last.text = f"{last.text} {each.part.text}"
            continue
        row, filled = row + (not labelled), True
        for text in pieces:
            cell = Cell(number, max(row, 1), int(labelled), row_title=row_title or None)
            made.append(_cell(each, text, cell, columns))
    return made


def _cell(each: Grown, text: str, cell: Cell, columns: str = "") -> Grown:
    part = replace(each.part, text=text, kind=BlockKind.TABLE_CELL, level=0, cell=cell)
    return Grown(replace(part, marks={COLUMNS: columns} if columns else {}))


def _row_title(each: Grown, widest: float) -> bool:
    """Whether a chunk names its row: a word or two, or short lines broken at a narrow column."""
    text = each.part.text
    if _ENDS_TITLE.search(text) or not text[:1].isupper():
        return False
    narrow = each.lines > 1 and max(_width(each.first), _width(each.last)) < _NARROW * widest
    return narrow or len(text.split()) <= _TITLE_WORDS


def _width(line: Line | None) -> float:
    return line.right - line.left if line else 0.0


def _pieces(each: Grown) -> list[str]:
    """The two cells that stand on one line: the second begins with a capital within what is no sentence's middle."""
    text = each.part.text
    line = len(each.first.text.strip()) if each.first else len(text)
    cuts = []
    for match in _CAPITAL.finditer(text[:line]):
        before, after = text[: match.start()], text[match.end() :].split()[0]
        last = before.split()[-1]
        if (
            last[-1] in ".?!"
            or is_stop_word(last.lower())
            or (last[:1].isupper() and not last.isupper() and len(before.split()) > 1)
        ):
            continue  # a sentence's end, a word that a name goes with, a part of a name
        if after.isupper() and not (last.isupper() and len(last) > 1):
            continue  # an abbreviation, unless it follows one
        cuts.append(match)
    if len(cuts) != 1 or not _enough(text, cuts[0].end()):
        return [text]
    return [text[: cuts[0].start()].strip(), text[cuts[0].end() :].strip()]


def _enough(text: str, at: int) -> bool:
    """Whether enough stands on both sides of a cut for two cells."""
    return min(at, len(text) - at) > 8 and len(text[at:].split()) >= 2
