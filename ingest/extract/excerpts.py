"""Small documents made of an annotated one, to learn from: what stands alone, and what stands in a list under a title.

In whole texts nearly every sentence has neighbours and few stand in a list; what people bring is often one sentence, or
slides. The same statements in those forms teach what the forms say, without a word that no one wrote.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from zlib import crc32

from corpus.cues import lines
from graph.model import Kind
from ingest.document import Block, BlockKind, ReadDocument
from ingest.extract.decide import KINDS
from ingest.extract.examples import Example
from ingest.extract.marks import Marked
from ingest.extract.sentences import sentences

HOLDING, EMPTY = 6, 4
"""So many sentences of a text that hold a statement, and that hold none, stand alone."""
TELLING = 25
"""A sentence without a statement tells something from so many characters on."""
ITEM, ITEMS = 160, 5
"""How many characters an item of a list has at most, and how many items of a kind a list."""


def excerpts(example: Example) -> list[Example]:
    """The small documents made of one; the same example gives the same ones."""
    return [*_alone(example), *_listed(example)]


def _order(text: str) -> int:
    """An order that has nothing to do with where in its text something stands."""
    return crc32(text.encode())


def _alone(example: Example) -> Iterator[Example]:
    holding: list[tuple[str, list[Marked]]] = []
    empty: list[tuple[str, list[Marked]]] = []
    marks: dict[int, list[Marked]] = defaultdict(list)
    for one in example.marked:
        marks[one.block].append(one)
    for number, block in enumerate(example.document.blocks):
        if block.kind is BlockKind.HEADING or block.cell:
            continue
        for start, end in sentences(block.text):
            own = [
                Marked(0, one.start - start, one.end - start, one.kind)
                for one in marks[number]
                if start <= one.start and one.end <= end
            ]
            if own or end - start > TELLING:
                (holding if own else empty).append((block.text[start:end], own))
    chosen = [
        *sorted(holding, key=lambda each: _order(each[0]))[:HOLDING],
        *sorted(empty, key=lambda each: _order(each[0]))[:EMPTY],
    ]
    for number, (text, own) in enumerate(chosen):
        yield _document(f"{example.name}~{number}", [Block(text, BlockKind.PARAGRAPH)], own)


def _listed(example: Example) -> Iterator[Example]:
    blocks: list[Block] = []
    marked: list[Marked] = []
    for kind in (Kind.BOTTLENECK, Kind.CAUSE, Kind.SOLUTION):
        items = [
            (example.document.blocks[one.block].text[one.start : one.end], _within(one, example.marked))
            for one in example.marked
            if one.kind is kind and one.end - one.start < ITEM
        ]
        items = sorted(items, key=lambda item: _order(item[0]))[:ITEMS]
        if len(items) < 2:
            continue
        titles = _titles()[kind]
        title = titles[_order(example.name) % len(titles)]
        blocks.append(Block(title, BlockKind.HEADING))
        for text, places in items:
            marked += (Marked(len(blocks), start, end, what) for start, end, what in places)
            blocks.append(Block(text[0].upper() + text[1:], BlockKind.LIST_ITEM, (title,)))
    if marked:
        yield _document(f"{example.name}~list", blocks, marked)


def _within(one: Marked, marked: Iterable[Marked]) -> list[tuple[int, int, Kind]]:
    """A statement and those that stand in it: their places in it and their kinds."""
    return [
        (each.start - one.start, each.end - one.start, each.kind)
        for each in marked
        if each.block == one.block and one.start <= each.start and each.end <= one.end
    ]


def _document(name: str, blocks: list[Block], marked: list[Marked]) -> Example:
    return Example(name, ReadDocument(name, "text/plain", tuple(blocks)), marked)


def _titles() -> dict[Kind, list[str]]:
    found: dict[Kind, list[str]] = {kind: [] for kind in KINDS}
    for _, line in lines("listed.tsv"):
        kind, _, title = line.partition("\t")
        found[Kind(kind)].append(title)
    return found
