"""How judgements and likeness decide which concept each statement expresses, kept up to date change by change.

What a store must be able to do for it is a :class:`Desk`; the rest is the same for every store. A concept is called by
the wording key of its earliest statement (by document, then place). Public statements are grouped a second time among
themselves, for an internal statement may not decide what the public sees as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from graph.ledger.applying import decisions
from graph.ledger.judgement import Anchor, Judgement, Verdict, holding
from graph.model import Kind
from graph.resolve import concept_id
from graph.resolve.clusters import Decision, clusters
from graph.resolve.comparing import Worded

Column = Literal["concept", "public_concept"]


@dataclass(frozen=True, slots=True)
class Expression:
    """One statement, its wording key, and the concepts that it expresses (none: not decided yet, or not public)."""

    statement: str
    key: str
    public: bool
    concept: str | None
    public_concept: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an anchor stands now: its statement (one that was rejected has no key), and whether that is public."""

    anchor: Anchor
    statement: str
    key: str | None
    public: bool
    kind: Kind | None = None


class Desk(Protocol):
    """Where a store keeps what people decided, inside one write transaction."""

    def judgements(self) -> list[Judgement]: ...
    def standing(self) -> list[Standing]:
        """All anchors of judgements that stand on a statement."""
        ...

    def alike(self, keys: Collection[str]) -> Mapping[tuple[str, str], float]:
        """The scores of all pairs that one of the keys belongs to, as sorted pairs."""
        ...

    def expressions(self, keys: Collection[str]) -> Sequence[Expression]:
        """The statements with these keys, by document, then place."""
        ...

    def express(self, column: Column, changed: Mapping[str, str | None], redirected: Mapping[str, str]) -> None:
        """Let statements express other concepts. ``redirected`` gives for some of them the concept that they
        expressed before, saved links to which must find the new one."""
        ...

    def drop_alike(self, keys: Collection[str]) -> None:
        """Forget what is known of keys that no statement has."""
        ...


def place(desk: Desk, touched: Iterable[str], *, new: bool = False) -> None:
    """Give the statements with these keys, and all that hangs together with them, the concepts that they express.

    ``new``: statements with these keys express their own key, as long as nothing else is known of it.
    """
    said = holding(desk.judgements())
    touched = set(touched)
    if new and not said and not desk.alike(touched):
        return
    standing = desk.standing() if said else []
    decided = decisions(said, _kinds_and_keys(standing))
    decided_public = decisions(said, _kinds_and_keys(x for x in standing if x.public))
    keys, alike = _reach(desk, touched, decided)
    expressions = desk.expressions(keys)
    seen_in = {x.key for x in expressions}
    _express(desk, "concept", expressions, decided, alike, seen_in)
    _express(desk, "public_concept", expressions, decided_public, alike, seen_in)
    if gone := keys - seen_in:
        desk.drop_alike(gone)


def marked(judgements: Iterable[Judgement], document_id: str) -> set[str]:
    """The ids of the statements that people added to a document."""
    added = (j for j in judgements if j.verdict == Verdict.ADDED)
    return {a.statement_id for j in added for a in j.about if a.document_id == document_id}


def _kinds_and_keys(standing: Iterable[Standing]) -> dict[Anchor, tuple[Kind, str]]:
    return {x.anchor: (x.kind, x.key) for x in standing if x.kind and x.key}


def bearing(new: Iterable[Judgement], known: Mapping[str, Judgement]) -> list[Judgement]:
    """The judgements that hold or no longer hold because of new ones: themselves, and what they undo, step by step."""
    found: dict[str, Judgement] = {}
    todo = list(new)
    while todo:
        j = todo.pop()
        if j.id not in found:
            found[j.id] = j
            if j.verdict == Verdict.UNDONE:
                todo += [known[id] for id in j.values if id in known]
    # a judgement may arrive after its undoing did
    return [j for j in found.values() if j.verdict != Verdict.UNDONE]


def keys(standing: Iterable[Standing], judgements: Iterable[Judgement]) -> set[str]:
    """The wording keys of the statements that judgements stand on."""
    anchors = {a for j in judgements for a in (*j.about, *j.others)}
    return {x.key for x in standing if x.key and x.anchor in anchors}


class End(NamedTuple):
    """A statement of a pair that may be contrary."""

    id: str
    key: str
    concept: str
    document: str
    lead_in: str | None


class Contrary(NamedTuple):
    """Two statements that may say the opposite, and how sure (0–1)."""

    a: End
    b: End
    sure: float


def worded(rows: Iterable[tuple[str, str, str | None, str]]) -> list[Worded]:
    """Wordings of rows of a kind, a quote, a lead-in and a key, each once; without those that were split off: they are
    like nothing, for a person said so."""
    found: dict[str, Worded] = {}
    for kind, quote, lead_in, key in rows:
        text = f"{lead_in.rstrip(' :')}: {quote}" if lead_in else quote
        if key not in found and concept_id(Kind(kind), text) == key:
            found[key] = Worded(key, Kind(kind), text)
    return list(found.values())


def held_apart(judgements: Iterable[Judgement], standing: Iterable[Standing]) -> set[frozenset[str]]:
    """The pairs of keys that people called different."""
    decided = decisions(holding(judgements), _kinds_and_keys(standing))
    return {frozenset((a, b)) for d in decided if not d.same for a in d.ours for b in d.theirs}


def proposed(
    rows: Iterable[tuple[str, str, str, str, float]],
    apart: Collection[frozenset[str]],
    limit: int,
    concept_ids: Collection[str] | None = None,
) -> list[tuple[str, str, float]]:
    """The first pairs of concepts of rows of two keys, their concepts and how alike they are, each once."""
    found: dict[frozenset[str], tuple[str, str, float]] = {}
    for a, b, one, other, score in rows:
        if len(found) == limit:
            break
        if concept_ids is not None and one not in concept_ids:
            one, other = other, one
        if frozenset((a, b)) not in apart and (concept_ids is None or one in concept_ids):
            found.setdefault(frozenset((one, other)), (one, other, score))
    return list(found.values())


def contrary(rows: Iterable[Contrary], concept_ids: Collection[str] | None, limit: int) -> list[tuple[str, str, float]]:
    """The first pairs of statements of rows, one for each pair of wordings; see :meth:`graph.store.base.Store.contraries`."""
    found: dict[tuple[str, str], tuple[str, str, float]] = {}
    for row in rows:
        if len(found) == limit:
            break
        a, b = (row.a, row.b) if concept_ids is None or row.a.concept in concept_ids else (row.b, row.a)
        siblings = a.document == b.document and a.lead_in and a.lead_in == b.lead_in
        if not siblings and (concept_ids is None or a.concept in concept_ids):
            found.setdefault((a.key, b.key), (a.id, b.id, row.sure))
    return list(found.values())


def visible(judgements: Sequence[Judgement], documents: Collection[str]) -> list[Judgement]:
    """Those that touch nothing but these documents, and what was undone of them; oldest first."""
    shown: set[str] = set()
    for j in judgements:
        if (j.documents and j.documents <= set(documents)) or (not j.documents and shown.issuperset(j.values)):
            shown.add(j.id)
    return [j for j in judgements if j.id in shown]


def _reach(desk: Desk, keys: set[str], decided: Sequence[Decision]) -> tuple[set[str], Mapping[tuple[str, str], float]]:
    """The keys that hang together with these, directly or through others, and the scores among them."""
    tied: dict[str, set[str]] = {}
    for decision in decided:
        for key in decision.ours | decision.theirs:
            tied.setdefault(key, set()).update(decision.ours | decision.theirs)
    alike: dict[tuple[str, str], float] = {}
    reached, edge = set(keys), set(keys)
    while edge:
        found = desk.alike(edge)
        alike |= found
        near = {key for pair in found for key in pair} | {key for at in edge for key in tied.get(at, ())}
        edge = near - reached
        reached |= edge
    return reached, alike


def _express(
    desk: Desk,
    column: Column,
    expressions: Sequence[Expression],
    decided: Sequence[Decision],
    alike: Mapping[tuple[str, str], float],
    known: Collection[str],
) -> None:
    counted = [x for x in expressions if column == "concept" or x.public]
    first: dict[str, int] = {}
    for order, x in enumerate(counted):
        first.setdefault(x.key, order)
    concept: dict[str, str] = {}
    for group in clusters(first, decided, alike):
        name = min(group, key=first.__getitem__)
        concept |= dict.fromkeys(group, name)
    changed: dict[str, str | None] = {}
    redirected = {}
    for x in expressions:
        before = x.concept if column == "concept" else x.public_concept
        now = concept[x.key] if column == "concept" or x.public else None
        if now != before:
            changed[x.statement] = now
            # a key that is still there leads to its concept by itself
            if before and now and before not in known:
                redirected[x.statement] = before
    if changed:
        desk.express(column, changed, redirected)
