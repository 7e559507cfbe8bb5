"""What is different between two readings of one document."""

from dataclasses import replace

from graph.difference import difference
from graph.model import Kind, Level, Statement


def test_what_stands_elsewhere_is_told_from_what_says_something_else() -> None:
    first = Statement("st-1", "doc-1", "pas-1", 0, 4, Kind.BOTTLENECK, "Iets", page=1, confidence=0.6)
    other = replace(first, id="st-2", quote="Meer")
    surer = replace(first, id="st-3", quote="Niks")
    moved, graver = replace(first, page=2, passage_id="pas-2"), replace(other, level=Level.SYSTEM)
    found = difference([first, other, surer], [moved, graver, replace(surer, confidence=0.9)])
    assert found.moved == (moved,)
    assert found.redescribed == (graver,)
    assert {s.id for s in found.changed} == {"st-1", "st-2", "st-3"}
    assert not (found.added or found.removed or found.same)
