"""What concepts and their relations are, worked out from the statements and links that rest under them.

Both stores fetch rows; what a concept is called, how much supports it and which edges run between concepts is decided
here, once. Nothing here knows of access: a store hands over only what the session may see.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from graph.model import Concept, Edge, Effort, Kind, Level, Node, Origin, Relation, Term, Theme, theme_id

_T = TypeVar("_T", bound=Hashable)
_READABLE = range(15, 161)
"""How long a wording may be (characters) to be called by: shorter is seldom a claim, longer is no name."""
_FIRST = (Origin.STATED, Origin.CURATED, Origin.INFERRED)


@dataclass(frozen=True, slots=True)
class Voice:
    """One statement as a concept sees it. ``source`` is the number of its source (near-duplicate documents share one).

    ``name`` is what a person called its concept, at the time ``named_at``.
    """

    id: str
    concept_id: str
    kind: Kind
    text: str
    level: Level | None
    theme: Theme | None
    effort: Effort | None
    term: Term | None
    confidence: float
    actors: tuple[str, ...]
    experienced_by: tuple[str, ...]
    source: int
    internal: bool
    name: str | None = None
    named_at: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One link between two statements, with the concepts that they express; ``source_number`` is that of its source."""

    source: str
    relation: Relation
    target: str
    source_statement: str
    target_statement: str
    origin: Origin
    confidence: float
    source_number: int
    between_bottlenecks: bool


@dataclass(slots=True)
class _Bundle:
    """What one edge rests on: pairs of statements, each with its source, origin and confidence."""

    said: list[tuple[tuple[str, str], int, Origin, float]] = field(default_factory=list)

    def edge(self, source: str, relation: Relation, target: str) -> Edge:
        """What the software infers never adds to what a source or a person says."""
        said = [s for s in self.said if s[2] != Origin.INFERRED] or self.said
        return Edge(
            source,
            relation,
            target,
            origin=min((s[2] for s in said), key=_FIRST.index),
            confidence=max(s[3] for s in said),
            evidence=tuple(dict.fromkeys(s[0] for s in said)),
            support=len({s[1] for s in said}),
        )


def label(text: str) -> str:
    """A wording as a name: its first letter upper case, without the mark that ended its sentence or list item."""
    text = " ".join(text.split())
    short = text.rstrip(" .;,:")
    # an ellipsis says that the source itself left something out
    text = text if text.endswith(("...", "…")) or not short else short
    return text[:1].upper() + text[1:]


def concepts(voices: Iterable[Voice]) -> list[Concept]:
    """The concepts that the voices express, in order of first appearance."""
    groups: dict[str, list[Voice]] = {}
    for voice in voices:
        groups.setdefault(voice.concept_id, []).append(voice)
    return [_concept(id, group) for id, group in groups.items()]


def by_support(found: Iterable[Concept]) -> list[Concept]:
    """Most supported first, then by label."""
    return sorted(found, key=lambda c: (-c.support, c.label.casefold(), c.id))


def node(concept: Concept) -> Node:
    """The node of a tangle that a concept is."""
    return Node(
        concept.id, concept.kind, concept.label, concept.level, concept.theme, concept.support, concept.internal
    )


def _concept(id: str, voices: Sequence[Voice]) -> Concept:
    best = min(voices, key=_preference) if len(voices) > 1 else voices[0]
    named = max((v for v in voices if v.name), key=lambda v: (v.named_at, v.id), default=None)
    return Concept(
        id=id,
        kind=best.kind,
        label=(named and named.name) or label(best.text),
        level=_most(voices, [v.level for v in voices]),
        theme=_most(voices, [v.theme for v in voices]),
        support=len({v.source for v in voices}),
        statements=len(voices),
        actors=_named([v.actors for v in voices]),
        experienced_by=_named([v.experienced_by for v in voices]),
        effort=_most(voices, [v.effort for v in voices]),
        term=_most(voices, [v.term for v in voices]),
        internal=any(v.internal for v in voices),
    )


def _preference(voice: Voice) -> tuple[bool, float, int, str]:
    """The wording that a concept is called by: of readable length, then most certain (by tenths), then shortest."""
    return len(voice.text) not in _READABLE, -round(voice.confidence, 1), len(voice.text), voice.id


def _most(voices: Sequence[Voice], values: Sequence[_T | None]) -> _T | None:
    """What most sources say (a source counts once for each value), then what the most certain say."""
    if len(values) == 1:
        return values[0]
    said: dict[_T, tuple[set[int], float]] = {}
    for voice, value in zip(voices, values, strict=True):
        if value is not None:
            sources, certain = said.get(value, (set(), 0.0))
            said[value] = (sources | {voice.source}, certain + voice.confidence)
    return max(said, key=lambda v: (len(said[v][0]), said[v][1], str(v)), default=None)


def _named(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    if len(lists) == 1:
        return lists[0]
    counts: dict[str, int] = {}
    for names in lists:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def claim_edges(claims: Iterable[Claim]) -> list[Edge]:
    """The edges between concepts, with their evidence.

    That A is caused by B and that B leads to A are one claim: between two bottlenecks that both ways were said of, one
    edge comes out, named as most sources say it (``LEADS_TO`` when as many do). A concept has no edge to itself.
    """
    bundles: dict[tuple[str, Relation, str], _Bundle] = {}
    both: set[tuple[str, str]] = set()
    for claim in claims:
        if claim.source == claim.target:
            continue
        key = (claim.source, claim.relation, claim.target)
        bundle = bundles.setdefault(key, _Bundle())
        pair = (claim.source_statement, claim.target_statement)
        bundle.said.append((pair, claim.source_number, claim.origin, claim.confidence))
        if claim.between_bottlenecks and claim.relation == Relation.LEADS_TO:
            both.add((claim.source, claim.target))
    for reason, result in both:
        forward, back = (reason, Relation.LEADS_TO, result), (result, Relation.CAUSED_BY, reason)
        if back in bundles:
            keep, drop = forward, back
            if bundles[back].edge(*back).support > bundles[forward].edge(*forward).support:
                keep, drop = back, forward
            turned = [((b, a), number, origin, sure) for (a, b), number, origin, sure in bundles.pop(drop).said]
            bundles[keep].said += turned
    return [bundle.edge(*key) for key, bundle in sorted(bundles.items())]


def rim_edges(voices: Iterable[Voice], actor_ids: dict[str, str]) -> list[Edge]:
    """The edges of concepts to actors and themes. ``actor_ids`` gives the node id of each preferred term."""
    bundles: dict[tuple[str, Relation, str], _Bundle] = {}
    for voice in voices:
        ends = [(Relation.INVOLVES, actor_ids[name]) for name in voice.actors]
        if voice.kind == Kind.BOTTLENECK:
            ends += [(Relation.EXPERIENCED_BY, actor_ids[name]) for name in voice.experienced_by]
        if voice.theme:
            ends.append((Relation.ABOUT, theme_id(voice.theme)))
        for relation, end in ends:
            bundle = bundles.setdefault((voice.concept_id, relation, end), _Bundle())
            bundle.said.append(((voice.id, voice.id), voice.source, Origin.STATED, voice.confidence))
    return [bundle.edge(*key) for key, bundle in sorted(bundles.items())]
