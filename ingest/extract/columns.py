"""Cells of a table that a text layer flattened: each comes under the column whose kind of statement it reads like."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Block, BlockKind, ReadDocument
from ingest.extract import decide
from ingest.extract.features import Extractor
from ingest.extract.structure import announces
from ingest.structure.flattened import COLUMNS

_KIND = {"bottleneck": 0, "effect": 0, "solution": 1, "cause": 2}
_BACK, _STAYS = -1.2, -0.6
"""What is taken from a log-probability where a cell stands in an earlier column than the one before it in its row (or,
where rows follow each other, in any but the next), and where it stands in the same one."""


def placed(document: ReadDocument) -> ReadDocument:
    """The document with a column title for each cell that a reader marked with the titles it may have (``columns``).

    The cells of a row stand from left to right; the likeliest such order is taken (Viterbi).
    """
    loose = [n for n, block in enumerate(document.blocks) if block.cell and block.marks.get(COLUMNS)]
    if not loose:
        return document
    blocks = list(document.blocks)
    for _, group in itertools.groupby(enumerate(loose), key=lambda pair: (pair[1] - pair[0], _place(blocks[pair[1]]))):
        row = [n for _, n in group]
        titles = blocks[row[0]].marks[COLUMNS].split("\t")
        scores = [_scores(document, [blocks[n] for n in row], title) for title in titles]
        own = blocks[row[0]].cell
        around = own is not None and own.column == 0  # no column names the rows: one row follows the other
        chosen = _order([list(cell) for cell in zip(*scores, strict=True)], around)
        at, last = 0, -1
        for n, column in zip(row, chosen, strict=True):
            cell = blocks[n].cell
            if cell is not None:
                at = cell.row if not around or last < 0 or column <= last else at
                place = replace(cell, row=at, column=cell.column + column, column_title=titles[column])
                blocks[n] = replace(blocks[n], cell=place)
            last = column
    return replace(document, blocks=tuple(blocks))


def _place(block: Block) -> tuple[int, str, str]:
    cell = block.cell
    return (cell.table, cell.row_title or "", block.marks[COLUMNS]) if cell else (-1, "", "")


def _scores(document: ReadDocument, row: Sequence[Block], title: str) -> list[float]:
    """For each cell how likely it is, as a logarithm, that it says what that column promises."""
    import numpy as np

    kind = announces(title)
    cells = [
        replace(block, kind=BlockKind.PARAGRAPH, cell=None, headings=(), lead_in=()) for block in row if block.cell
    ]
    decision = decide.model()
    extractor = Extractor(replace(document, blocks=tuple(cells)), decision.names.get)
    holds = decide.sentence_probabilities(extractor, decision) if extractor.sentences else None
    best = [0.01] * len(cells)
    for n, sentence in enumerate(extractor.sentences):
        if holds is not None and kind in _KIND:
            best[sentence.block] = max(best[sentence.block], float(holds[n][_KIND[kind]]))
    return [float(value) for value in np.log(best)]


def _order(scores: Sequence[Sequence[float]], around: bool) -> list[int]:
    """The likeliest column of each cell, by ``scores[cell][column]``; ``around``: after the last column comes the first."""
    paths = [(score + (_BACK if around and column else 0.0), [column]) for column, score in enumerate(scores[0])]
    for cell in scores[1:]:
        paths = [
            max((total + score + _step(path[-1], column, len(cell), around), [*path, column]) for total, path in paths)
            for column, score in enumerate(cell)
        ]
    return max(paths)[1]


def _step(before: int, column: int, columns: int, around: bool) -> float:
    """What it costs that a cell of ``column`` follows one of the column ``before``."""
    if around:
        return 0.0 if column == (before + 1) % columns else _BACK
    return _BACK if column < before else _STAYS if column == before else 0.0
