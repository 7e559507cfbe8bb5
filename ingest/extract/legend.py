"""What a board's own legend says: that notes of a colour, or with a tag, are of a kind."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from corpus.cues import announced
from graph.model import Kind
from ingest.document import Block, BlockKind, ReadDocument
from ingest.extract.found import Span
from ingest.extract.sentences import sentences, trim

KINDS = {
    "bottleneck": Kind.BOTTLENECK,
    "effect": Kind.BOTTLENECK,
    "cause": Kind.CAUSE,
    "solution": Kind.SOLUTION,
}
LONGEST = 6
"""A note of more words than this explains something itself, and is no line of a legend."""
SURE = 0.9
"""A person said by its colour what the note is; now and then a note got the wrong one."""
_WORD = re.compile(r"[^\W\d_]+")


def settled(document: ReadDocument, found: Sequence[Span]) -> list[Span]:
    """The spans of a document, in which each sentence of a note whose colour or tag the board explains is one statement.

    Lines of the legend are none. Where nothing is explained, that is ``found`` itself.
    """
    lines = dict(_lines(document))
    colours = {colour: meaning for meanings in lines.values() for colour, meaning in meanings.items()}
    told: list[Span] = []
    known = set(lines)
    for number, block in enumerate(document.blocks):
        if number in known or block.kind is BlockKind.HEADING:
            continue
        if meaning := _meaning(block, colours):
            known.add(number)
            told += _spans(number, block, *meaning)
    rest = (span for span in found if span.block not in known)
    return sorted([*told, *rest], key=lambda span: (span.block, span.start, -span.end))


def _meaning(block: Block, colours: Mapping[str, tuple[Kind, str]]) -> tuple[Kind, str] | None:
    """What kind a note is and the words that say so: its tag, else its colour."""
    tag = block.marks.get("tag", "")
    if len(_WORD.findall(tag)) <= LONGEST and (kind := KINDS.get(announced(tag) or "")):
        return kind, tag
    return colours.get(block.marks.get("colour", ""))


def _lines(document: ReadDocument) -> Iterator[tuple[int, dict[str, tuple[Kind, str]]]]:
    """The notes that make up a legend, by number, each with the colours that it gives a kind: perhaps none.

    A short note in a frame that is called a legend, or anywhere a short one that names a colour and a kind.
    """
    for number, block in enumerate(document.blocks):
        if "colour" not in block.marks or block.kind is BlockKind.HEADING:
            continue
        words = [word.casefold() for word in _WORD.findall(block.text)]
        named = [colour for word in words for colour in _vocabulary()[1].get(word, ())]
        kind = KINDS.get(announced(block.text) or "")
        framed = any(word.casefold() in _vocabulary()[0] for title in block.headings for word in _WORD.findall(title))
        if len(words) <= LONGEST and (framed or (named and kind)):
            yield number, dict.fromkeys(named or [block.marks["colour"]], (kind, block.text)) if kind else {}


def _spans(number: int, block: Block, kind: Kind, said: str) -> Iterator[Span]:
    for place in sentences(block.text):
        start, end = trim(block.text, *place)
        if start < end:
            yield Span(number, start, end, kind, SURE, f"legend:{kind}", said)


@cache
def _vocabulary() -> tuple[frozenset[str], dict[str, tuple[str, ...]]]:
    """The words that a legend is called by, and the names that a board gives to each colour word."""
    text = files("corpus").joinpath("vocabulary", "boards.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    return frozenset(data["legend"]), {word: tuple(names) for word, names in data["colours"].items()}
