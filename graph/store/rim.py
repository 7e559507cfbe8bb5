"""How many sources speak of each actor and each theme, kept up to date document by document.

To count it when it is asked would take all statements of an actor, and so the more the larger the graph is. What a
document was counted for is kept beside the counts, so that it can be taken back exactly. A node is spoken of by a source
when one of the source's documents names it; public documents are counted a second time among themselves, by their
``public_source`` (:mod:`graph.store.grouping`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from graph.model import Statement, Theme, actor_id, theme_id

Names = frozenset[tuple[str, str]]
"""The actors and themes that a document speaks of: the id of each, with the name that stands there."""
Kept = tuple[str, int, str, bool]
"""What a session sees of what is kept of an actor or theme: its id, how many sources speak of it, one of its names, and
whether an internal document names it so."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a document was counted for. ``public_source`` is None for an internal document."""

    source: int
    public_source: int | None
    names: Names


@dataclass(slots=True)
class Change:
    """What is to be added to the counts of one actor or theme; ``names`` gives for each of its names the documents, and
    the public ones among them."""

    support: int = 0
    public_support: int = 0
    names: dict[str, tuple[int, int]] = field(default_factory=dict)


class Shelf(Protocol):
    """Where a store keeps the counts; documents go by their number."""

    def told(self, documents: Collection[int]) -> Mapping[int, Told]:
        """What these documents were counted for; nothing for one that was not."""
        ...

    def sources(self, documents: Collection[int]) -> Mapping[int, tuple[int, int | None]]:
        """The source and the public source that those of these documents have now that are there."""
        ...

    def sharing(self, sources: Collection[int]) -> Mapping[int, Told]:
        """All counted documents whose source or public source is one of these."""
        ...

    def tell(self, told: Mapping[int, Told | None]) -> None:
        """Keep what documents are counted for; None for a document that is no more."""
        ...

    def add(self, changes: Mapping[str, Change]) -> None:
        """Add to the counts of actors and themes, by id; one of which nothing is left goes."""
        ...


def names(statements: Iterable[Statement]) -> Names:
    """The actors and themes that the statements of a document speak of."""
    return frozenset(pair for s in statements for pair in named((*s.actors, *s.experienced_by), s.theme))


def named(actors: Iterable[str], theme: str | None) -> list[tuple[str, str]]:
    """The nodes of actors, by their preferred terms, and of a theme, by its value, each with its name."""
    found = [(actor_id(name), name) for name in actors]
    return [*found, (theme_id(Theme(theme)), str(theme))] if theme else found


def miscounted(kept: Iterable[Kept], spoken: Iterable[tuple[str, str, int, bool]]) -> int:
    """Of how many actors and themes something else is kept than what is spoken: the id, the name, the source that speaks
    and whether its document is internal, of all that the session may see."""
    sources: dict[str, set[int]] = {}
    internal: dict[tuple[str, str], bool] = {}
    for id, name, source, hidden in spoken:
        sources.setdefault(id, set()).add(source)
        internal[id, name] = internal.get((id, name), False) or hidden
    counted = {(id, len(sources[id]), name, hidden) for (id, name), hidden in internal.items()}
    return len({id for id, *_ in counted ^ set(kept)})


def settle(shelf: Shelf, said: Mapping[int, Names | None]) -> None:
    """Bring the counts up to date with these documents, at the end of what a transaction changes of them.

    ``said`` has every document that was put, forgotten, got another access or another source: with the names it speaks
    of, or None where those stay as they were.
    """
    if not said:
        return
    before = shelf.told(said)
    after = {}
    for n, (source, public_source) in shelf.sources(said).items():
        known, new = before.get(n), said[n]
        after[n] = Told(source, public_source, new if new is not None else known.names if known else frozenset())
    if before == after:
        return
    of = {s for told in (*before.values(), *after.values()) for s in (told.source, told.public_source) if s is not None}
    beside = [told for n, told in shelf.sharing(of).items() if n not in said]
    shelf.tell({n: after.get(n) for n in said if before.get(n) != after.get(n)})
    changes: dict[str, Change] = {}
    for sign, documents in ((-1, before), (1, after)):
        spoken, public_spoken = _spoken([*documents.values(), *beside])
        for id, _ in spoken:
            changes.setdefault(id, Change()).support += sign
        for id, _ in public_spoken:
            changes.setdefault(id, Change()).public_support += sign
        for told in documents.values():
            for id, name in told.names:
                counted = changes.setdefault(id, Change()).names
                all_, public = counted.get(name, (0, 0))
                counted[name] = (all_ + sign, public + sign * (told.public_source is not None))
    shelf.add({id: change for id, change in changes.items() if _is_one(change)})


def _spoken(documents: Iterable[Told]) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Which source, and which public source, speaks of which node."""
    spoken, public = set(), set()
    for told in documents:
        for id, _ in told.names:
            spoken.add((id, told.source))
            if told.public_source is not None:
                public.add((id, told.public_source))
    return spoken, public


def _is_one(change: Change) -> bool:
    return bool(change.support or change.public_support or any(n != (0, 0) for n in change.names.values()))
