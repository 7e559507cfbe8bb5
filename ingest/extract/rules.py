"""What the words and the structure say when nothing is learned: rules alone, with the weights of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.cues import cues
from ingest.document import BlockKind
from ingest.extract.features import Candidate, Extractor

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_COLUMN = {"bottleneck": 1, "solution": 2, "cause": 3, "effect": 1}
_LISTED = (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL)
START = (-1.7, -1.9, -2.2)
"""How improbable each kind is before anything speaks for it (log-odds against none)."""
ANNOUNCED, ANNOUNCED_PROSE = 3.0, 0.5
"""What a heading, lead-in or column title adds for an item or cell under it, and for running text."""
COMMAND = 1.5
"""For a solution in a sentence that begins with a verb in the imperative."""
PART, REASON, NO_REASON = -0.8, 2.0, -2.0
"""For a part of a sentence; for a cause behind a connective of reason, and for one without."""
LEAST = (0.35, 0.35, 0.35)


def probabilities(extractor: Extractor, candidates: Sequence[Candidate]) -> npt.NDArray[np.float64]:
    """For each candidate none, bottleneck, solution, cause: ``(candidates, 4)``, from rules alone."""
    import numpy as np

    families = cues().families
    scores = np.zeros((len(candidates), 4))
    for row, candidate in zip(scores, candidates, strict=True):
        sentence = extractor.sentences[candidate.sentence]
        block = extractor.document.blocks[candidate.block]
        if extractor.structure.names(candidate.block):
            row[0] = 3.0
        first, last = sentence.inside(candidate.start, candidate.end)
        row[1:] = START
        for number in {f for a, b, f in sentence.cues if a >= first and b <= last}:
            family = families[number]
            row[_COLUMN.get(family.kind, 0)] += abs(family.weight)
        if sentence.governed in _COLUMN:
            column = _COLUMN[sentence.governed]
            row[column] += ANNOUNCED if block.kind in _LISTED else ANNOUNCED_PROSE
        elif sentence.governed == "none":
            row[0] += 1.0
        if candidate.first > 0 or candidate.last < len(sentence.clauses):
            row[1:] += PART
        if extractor.commands(sentence, first) and first == 0:
            row[2] += COMMAND
        reason = sentence.clauses[candidate.first].opens in ("cause", "by")
        row[3] += REASON if reason else 0.0 if sentence.governed == "cause" else NO_REASON
    scores = np.exp(scores - scores.max(axis=1, keepdims=True)) if len(candidates) else scores
    return np.asarray(scores / scores.sum(axis=1, keepdims=True))
