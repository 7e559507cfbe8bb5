"""One judgement of a person, and which judgements hold when some were undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.model import Statement, digest


class Verdict(StrEnum):
    """What a judgement says. Names are a contract: the ledger's file uses them."""

    SAME = "same"
    DIFFERENT = "different"
    SPLIT = "split"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ADDED = "added"
    RETYPED = "retyped"
    RELEVELLED = "relevelled"
    RETHEMED = "rethemed"
    ACTORS = "actors"
    EXPERIENCED_BY = "experienced_by"
    EDITED = "edited"
    LINKED = "linked"
    UNLINKED = "unlinked"
    UNDONE = "undone"


PAIRED = frozenset({Verdict.SAME, Verdict.DIFFERENT, Verdict.SPLIT, Verdict.LINKED, Verdict.UNLINKED})
"""Verdicts about two sides, ``about`` and ``others``; all others have one side."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A statement that a judgement is about, with the words by which it is found back when its document has changed.

    ``passage`` is the order of its passage in the document and ``start`` its place there; only ``added`` needs them.
    """

    document_id: str
    statement_id: str
    quote: str
    passage: int = 0
    start: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, ``at`` an ISO 8601 time in UTC.

    ``about`` (and ``others``, for :data:`PAIRED` verdicts) name the statements of the concepts that were judged.
    ``values`` holds what the verdict needs: a kind (``added``, ``retyped``), a level or theme (none takes it away), names
    of actors, a label (``edited``), a relation (``linked``, ``unlinked``), the id of a judgement (``undone``).
    """

    verdict: Verdict
    about: tuple[Anchor, ...]
    others: tuple[Anchor, ...] = ()
    values: tuple[str, ...] = ()
    by: str = ""
    at: str = ""
    why: str = ""

    @property
    def id(self) -> str:
        """A hash of all that it says: the same entry in two files is one."""
        sides = (f"{a.document_id} {a.statement_id} {a.passage} {a.start} {a.quote}" for a in self.about)
        other_sides = (f"{a.document_id} {a.statement_id} {a.passage} {a.start} {a.quote}" for a in self.others)
        said = ("\x1e".join(x) for x in (sides, other_sides, self.values))
        return "jud-" + digest(self.verdict, *said, self.by, self.at, self.why)

    @property
    def documents(self) -> frozenset[str]:
        """The ids of the documents that it touches."""
        return frozenset(a.document_id for a in (*self.about, *self.others))


def anchor(statement: Statement) -> Anchor:
    """The anchor of a statement that is in the graph."""
    return Anchor(statement.document_id, statement.id, statement.quote, start=statement.start)


def in_order(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Oldest first, whatever the order in which they came; each once."""
    return sorted({j.id: j for j in judgements}.values(), key=lambda j: (j.at, j.id))


def holding(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold, oldest first: without those that were undone, and without the undoing.

    An undoing can be undone as well; what it undid then holds again.
    """
    all_ = in_order(judgements)
    undoing: dict[str, list[Judgement]] = {}
    for j in all_:
        if j.verdict == Verdict.UNDONE:
            for id in j.values:
                undoing.setdefault(id, []).append(j)
    known: dict[str, bool] = {}

    def holds(j: Judgement) -> bool:
        # an undoing is later than what it undoes, so this ends; a file that says otherwise is not followed round
        if j.id not in known:
            known[j.id] = True
            known[j.id] = not any(holds(u) for u in undoing.get(j.id, ()))
        return known[j.id]

    return [j for j in all_ if j.verdict != Verdict.UNDONE and holds(j)]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two judgements of two people that cannot both be followed; ``winner``, the later, is."""

    winner: Judgement
    loser: Judgement


_SINGLE = {
    Verdict.ACCEPTED: "judged",
    Verdict.REJECTED: "judged",
    Verdict.RETYPED: "kind",
    Verdict.RELEVELLED: "level",
    Verdict.RETHEMED: "theme",
    Verdict.ACTORS: "actors",
    Verdict.EXPERIENCED_BY: "experienced_by",
    Verdict.EDITED: "label",
}


def conflicts(judgements: Iterable[Judgement]) -> list[Conflict]:
    """Where two people decided differently on one thing and both judgements hold, oldest winner first."""
    last: dict[tuple[object, ...], Judgement] = {}
    found = []
    for j in holding(judgements):
        for subject in _subjects(j):
            before = last.get(subject)
            if before is not None and before.by != j.by and _said(before) != _said(j):
                found.append(Conflict(j, before))
            last[subject] = j
    return list(dict.fromkeys(found))


def _subjects(j: Judgement) -> Iterable[tuple[object, ...]]:
    if j.verdict in _SINGLE:
        return [(_SINGLE[j.verdict], a.statement_id) for a in j.about]
    pairs = [(a.statement_id, b.statement_id) for a in j.about for b in j.others]
    if j.verdict in (Verdict.LINKED, Verdict.UNLINKED):
        return [("link", *j.values, *pair) for pair in pairs]
    if j.verdict in (Verdict.SAME, Verdict.DIFFERENT, Verdict.SPLIT):
        return [("same", *sorted(pair)) for pair in pairs]
    return []


def _said(j: Judgement) -> Mapping[str, object]:
    # to split off and to call different is one opinion
    verdict = Verdict.DIFFERENT if j.verdict == Verdict.SPLIT else j.verdict
    return {"verdict": verdict, "values": j.values}
