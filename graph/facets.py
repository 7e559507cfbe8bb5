"""How many concepts have each value that a list can be limited by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from graph.model import Concept


def facets(concepts: Iterable[Concept], documents: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """For ``kind``, ``level``, ``theme`` and ``actor`` (involved or experiencing) the number of concepts with each value,
    most first; for ``document`` the numbers of statements given, by document id."""
    counted: dict[str, Counter[str]] = {"kind": Counter(), "level": Counter(), "theme": Counter(), "actor": Counter()}
    for concept in concepts:
        counted["kind"][concept.kind.value] += 1
        if concept.level:
            counted["level"][concept.level.value] += 1
        if concept.theme:
            counted["theme"][concept.theme.value] += 1
        counted["actor"].update({*concept.actors, *concept.experienced_by})
    result = {name: dict(sorted(counts.items(), key=lambda c: (-c[1], c[0]))) for name, counts in counted.items()}
    return result | {"document": dict(documents)}
