"""Which documents of a graph are one source, kept up to date document by document.

The largest of a set of near-duplicates leads it; ``source`` is the number of the leader. A new document is compared with
leaders only, and only with those of whose probe it holds enough, so that a put costs the same in a large graph. Public
documents are grouped a second time among themselves (``public_source``), for an internal document may not show through
in what the public counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol

from graph.sources import ENOUGH, Sketch, contained, is_within, sketch

CANDIDATES = 8
"""With how many leaders a document is compared at most."""

Column = Literal["source", "public_source"]


class Entrance(Protocol):
    """Where a store keeps the sketches of its documents and who leads them, as far as one that comes needs it;
    documents go by their number."""

    def keep(self, n: int, made: Sketch) -> None: ...
    def sketch(self, n: int) -> Sketch: ...
    def candidates(self, n: int, made: Sketch, column: Column) -> Sequence[int]:
        """The leaders (at most :data:`CANDIDATES`, not ``n``) of whose probe the sketch holds most, and enough."""
        ...

    def follow(self, n: int, leader: int, column: Column) -> None: ...
    def hand_over(self, old: int, leader: int, column: Column) -> None:
        """Give all that ``old`` leads to another leader."""
        ...


class Shelf(Entrance, Protocol):
    """The same, for documents that leave or change too."""

    def drop(self, n: int) -> None: ...
    def release(self, n: int, column: Column) -> Sequence[int]:
        """Take ``n`` and all that it leads out of their source; the others come back, largest first."""
        ...


def place(shelf: Shelf, n: int, texts: Iterable[str], public: bool) -> None:
    """Give a document its sketch and its source, in place of those it had."""
    leave(shelf, n)
    join(shelf, n, sketch(texts), public)


def join(shelf: Entrance, n: int, made: Sketch, public: bool) -> None:
    """Give a document that has none its sketch and its source."""
    shelf.keep(n, made)
    _join(shelf, n, made, "source")
    if public:
        _join(shelf, n, made, "public_source")


def leave(shelf: Shelf, n: int) -> None:
    """Take a document out of its source; those that it led find themselves another leader."""
    _part(shelf, n, "source")
    _part(shelf, n, "public_source")
    shelf.drop(n)


def set_public(shelf: Shelf, n: int, public: bool) -> None:
    """Group a document among the public ones, or no longer."""
    _part(shelf, n, "public_source")
    if public:
        _join(shelf, n, shelf.sketch(n), "public_source")


def _part(shelf: Shelf, n: int, column: Column) -> None:
    # a member that stays behind must not be found as a leader by the next: all are out before the first comes in again
    for member in shelf.release(n, column):
        _join(shelf, member, shelf.sketch(member), column)


def _join(shelf: Entrance, n: int, made: Sketch, column: Column) -> None:
    leader = n
    if made.size >= ENOUGH:
        others = {other: shelf.sketch(other) for other in shelf.candidates(n, made, column)}
        larger = [(contained(made, s), s.size, -other) for other, s in others.items() if is_within(made, s)]
        if larger:
            leader = -max(larger)[2]
        for other, s in others.items():
            if other != leader and s.size < made.size and is_within(s, made):
                shelf.hand_over(other, leader, column)
    shelf.follow(n, leader, column)
