"""From an annotated text small documents are made: sentences that stand alone, and lists under a title."""

from pathlib import Path

import pytest

from graph.model import Kind
from ingest.document import BlockKind
from ingest.extract.examples import Example, read_marked
from ingest.extract.excerpts import excerpts

MARKED = """\
# Nachtzorg

{b o capacity|Er is 's nachts niemand}, {c y funding|omdat er geen geld is}. Het overleg duurde in totaal twee uur.
{b o data|De lijst klopt niet, {c o data|doordat niemand hem bijhoudt}.} {s data|Werk de lijst elke week bij.}
{s capacity|Vraag vrijwilligers.}
"""


@pytest.fixture
def example(tmp_path: Path) -> Example:
    path = tmp_path / "nacht.mark"
    path.write_text(MARKED, encoding="utf-8")
    return read_marked(path)


def quotes(part: Example) -> list[tuple[Kind, str]]:
    return [(one.kind, part.document.blocks[one.block].text[one.start : one.end]) for one in part.marked]


def test_a_sentence_stands_alone_with_its_statements_or_without_any(example: Example) -> None:
    alone = {part.document.blocks[0].text: quotes(part) for part in excerpts(example) if len(part.document.blocks) == 1}
    assert alone["Er is 's nachts niemand, omdat er geen geld is."] == [
        (Kind.BOTTLENECK, "Er is 's nachts niemand"),
        (Kind.CAUSE, "omdat er geen geld is"),
    ]
    assert alone["Het overleg duurde in totaal twee uur."] == []


def test_statements_of_a_kind_stand_in_a_list_with_the_causes_in_them(example: Example) -> None:
    (listed,) = (part for part in excerpts(example) if len(part.document.blocks) > 1)
    kinds = [block.kind for block in listed.document.blocks]
    assert kinds.count(BlockKind.HEADING) == 3
    assert (Kind.CAUSE, "doordat niemand hem bijhoudt") in quotes(listed)
    assert (Kind.SOLUTION, "Vraag vrijwilligers") in [(kind, text.rstrip(".")) for kind, text in quotes(listed)]
    items = [block for block in listed.document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert all(item.headings and item.text[0].isupper() for item in items)


def test_the_same_text_gives_the_same_excerpts(example: Example) -> None:
    assert excerpts(example) == excerpts(example)
