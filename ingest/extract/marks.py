"""Texts annotated in place: what the learned decision is trained on.

In such a text statements stand in braces, ``{KIND ATTRIBUTES|words of the source}``: KIND is ``b`` (bottleneck), ``c``
(cause) or ``s`` (solution); attributes (level, theme, actors, links) are for other steps and left out here. Braces can
nest. A line that starts with ``>> `` introduces the lines below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.model import Kind
from ingest.document import ReadDocument

_KINDS = {"b": Kind.BOTTLENECK, "c": Kind.CAUSE, "s": Kind.SOLUTION}
_BRACE = re.compile(r"\{([bcs])(?: [^|{}\s]+)*\||\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement that a person marked: ``document.blocks[block].text[start:end]``."""

    block: int
    start: int
    end: int
    kind: Kind


def plain(source: str) -> tuple[str, list[tuple[int, int, Kind]]]:
    """The text without marks, and the places and kinds of its statements, by start.

    Raises ValueError when a brace is not closed or not opened.
    """
    source = re.sub(r"^>> ", "", source, flags=re.MULTILINE)
    out: list[str] = []
    length = at = 0
    opened: list[tuple[int, Kind]] = []
    found: list[tuple[int, int, Kind]] = []
    for match in _BRACE.finditer(source):
        piece = source[at : match.start()]
        out.append(piece)
        length += len(piece)
        at = match.end()
        if match.group(1):
            opened.append((length, _KINDS[match.group(1)]))
        elif opened:
            start, kind = opened.pop()
            found.append((start, length, kind))
        else:
            raise ValueError(f"a brace closes that was not opened, before: {source[at : at + 40]!r}")
    if opened:
        raise ValueError(f"{len(opened)} braces are not closed")
    out.append(source[at:])
    return "".join(out), sorted(found, key=lambda place: (place[0], -place[1]))


def placed(text: str, found: list[tuple[int, int, Kind]], document: ReadDocument) -> list[Marked]:
    """The statements in the blocks that a reader made of the text; one that a reader tore apart is left out.

    The letters and digits of both are laid side by side, since a reader changes white space, bullets and hyphens.
    """
    spots = [(i, k) for i, block in enumerate(document.blocks) for k, c in enumerate(block.text) if c.isalnum()]
    letters = "".join(document.blocks[i].text[k] for i, k in spots)
    out, at, done = [], 0, 0
    own = [k for k, c in enumerate(text) if c.isalnum()]
    for start, end, kind in found:
        quote = "".join(c for c in text[start:end] if c.isalnum())
        while done < len(own) and own[done] < start:
            done += 1
        lead = "".join(text[k] for k in own[max(0, done - 12) : done])
        place = letters.find(lead + quote, max(0, at - len(lead)))
        place = place + len(lead) if place >= 0 else letters.find(quote, at)
        if place < 0 or not quote:
            continue
        first, last = spots[place], spots[place + len(quote) - 1]
        at = place
        if first[0] == last[0]:
            out.append(Marked(first[0], first[1], last[1] + 1, kind))
    return out
