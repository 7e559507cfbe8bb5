"""Web addresses that stand alone in a text layer: whole, or broken at the edge of their column."""

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.structure.grown import Grown

ADDRESS = "address"
"""The mark of a block that holds nothing but web addresses."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_PIECE = re.compile(r"(?=.*[\d%=&?/_])[\w\-.~%&?/=#+:@,;]+$")
_LONG = 40  # characters: a shorter address was not broken to fit


def addresses(grown: Sequence[Grown]) -> list[Grown]:
    """``grown`` with what is only an address marked as one, its pieces joined; it is no text to read statements from."""
    done: list[Grown] = []
    for each in grown:
        tokens = each.part.text.split()
        last = done[-1] if done else None
        if tokens and all(_ADDRESS.match(token) for token in tokens) and each.part.cell is None:
            each.part.kind, each.part.level, each.part.marks = BlockKind.CAPTION, 0, {ADDRESS: tokens[0]}
        elif (
            last is not None
            and ADDRESS in last.part.marks
            and each.part.kind is BlockKind.PARAGRAPH
            and (len(tokens) == 1 and _PIECE.match(tokens[0]) and len(last.part.text.split()[-1]) >= _LONG)
        ):
            last.part.text += tokens[0]
            last.part.marks = {ADDRESS: last.part.text.split()[0]}
            continue
        done.append(each)
    return done
