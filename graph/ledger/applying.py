"""What a document says after people have judged it: their judgements applied over what was extracted.

Everything here is a function of the extraction and of the judgements that hold. So a graph is the same whatever the
order in which judgements were made, undone and imported, and whether its documents were read before or after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from graph.ledger.judgement import Anchor, Judgement, Verdict
from graph.model import Contents, Found, Kind, Level, Link, Origin, Relation, Statement, Theme, digest, fold
from graph.resolve import concept_id
from graph.resolve.clusters import Decision

PERSON = "person"
"""The rule of statements that people marked and of links that they drew."""
ALIKE = 0.7
"""How much of its words a statement must share (0–1, in order) to be taken for one that is no longer there."""


@dataclass(frozen=True, slots=True)
class Effective:
    """A document after all judgements.

    ``keys`` gives the wording key of each statement (:func:`graph.resolve.concept_id`, or one of its own where it was
    split off); ``labels`` the name that a person gave to the concept of a statement, and when. ``attached`` gives for
    each anchor in this document the id of the statement that it stands for now; ``orphaned`` are the judgements that
    found nothing to stand on, with what they looked for.
    """

    contents: Contents
    keys: Mapping[str, str]
    labels: Mapping[str, tuple[str, str]]
    attached: Mapping[Anchor, str]
    orphaned: tuple[tuple[Judgement, Anchor], ...] = ()


def effective(contents: Contents, judgements: Sequence[Judgement]) -> Effective:
    """The document after the judgements that hold; ``judgements`` are those that touch it, oldest first."""
    id = contents.document.id
    statements = {s.id: s for s in contents.statements}
    marked = False
    orphaned: list[tuple[Judgement, Anchor]] = []
    for j in judgements:
        if j.verdict == Verdict.ADDED:
            added = _added(contents, j)
            if added is None:
                orphaned.append((j, j.about[0]))
            else:
                marked = marked or added.id not in statements
                statements[added.id] = replace(statements.get(added.id, added), kind=added.kind, confidence=1.0)
    attached = _attach(statements, [a for j in judgements for a in (*j.about, *j.others) if a.document_id == id])
    keys: dict[str, str] = {}
    labels: dict[str, tuple[str, str]] = {}
    rejected: set[str] = set()
    for j in judgements:
        for a in j.about:
            at = attached.get(a)
            if a.document_id != id:
                continue
            if at is None:
                orphaned.append((j, a))
            elif j.verdict in (Verdict.ACCEPTED, Verdict.REJECTED):
                (rejected.discard if j.verdict == Verdict.ACCEPTED else rejected.add)(at)
                if j.verdict == Verdict.ACCEPTED:
                    statements[at] = replace(statements[at], confidence=1.0)
            elif j.verdict == Verdict.EDITED:
                labels[at] = (j.values[0], j.at)
            else:
                statements[at] = _changed(statements[at], j)
        orphaned += [(j, a) for a in j.others if a.document_id == id and a not in attached]
    for j in judgements:
        if j.verdict == Verdict.SPLIT:
            mine = [attached[a] for a in j.about if a in attached and a.document_id == id]
            keys |= {at: "con-" + digest("split", j.id, statements[at].kind) for at in mine}
    kept = tuple(s for s in statements.values() if s.id not in rejected)
    if marked:
        order = {p.id: p.order for p in contents.passages}
        kept = tuple(sorted(kept, key=lambda s: (order[s.passage_id], s.start)))
    keys = {s.id: keys.get(s.id) or concept_id(s.kind, s.text) for s in kept}
    links = _links(contents, judgements, attached, {s.id: s.kind for s in kept})
    return Effective(
        replace(contents, statements=kept, links=links),
        keys,
        {at: label for at, label in labels.items() if at in keys},
        attached,
        tuple(dict.fromkeys(orphaned)),
    )


def drawn(judgements: Sequence[Judgement], attached: Mapping[Anchor, str]) -> list[Link]:
    """The links that people drew and that hold, oldest first, of those whose ends are both among the attached."""
    found: dict[tuple[str, str, str], Link] = {}
    for j in judgements:
        if j.verdict in (Verdict.LINKED, Verdict.UNLINKED):
            for pair in _pairs(j, attached):
                found.pop(pair, None)
                if j.verdict == Verdict.LINKED:
                    source, relation, target = pair
                    found[pair] = Link(source, Relation(relation), target, Origin.CURATED, 1.0, PERSON)
    return list(found.values())


def decisions(judgements: Sequence[Judgement], keys: Mapping[Anchor, tuple[Kind, str]]) -> list[Decision]:
    """What people said of wordings being one concept, newest first; ``keys`` are those of the anchors that stand, each
    with its kind: a concept is of one kind, and what was retyped since is the same as nothing of its old kind."""
    found = []
    for j in reversed(judgements):
        if j.verdict in (Verdict.SAME, Verdict.DIFFERENT, Verdict.SPLIT):
            for kind in Kind:
                ours, theirs = (
                    frozenset(keys[a][1] for a in side if a in keys and keys[a][0] == kind)
                    for side in (j.about, j.others)
                )
                if ours and theirs:
                    found.append(Decision(j.verdict == Verdict.SAME, ours, theirs))
    return found


def _pairs(j: Judgement, attached: Mapping[Anchor, str]) -> list[tuple[str, str, str]]:
    """Source, relation and target of each link that a judgement is about. ``linked`` is about one: the first two that
    are there stand for their concepts."""
    sources = list(dict.fromkeys(attached[a] for a in j.about if a in attached))
    targets = list(dict.fromkeys(attached[a] for a in j.others if a in attached))
    if j.verdict == Verdict.LINKED:
        sources, targets = sources[:1], targets[:1]
    return [(a, j.values[0], b) for a in sources for b in targets if a != b]


def _links(
    extracted: Contents, judgements: Sequence[Judgement], attached: Mapping[Anchor, str], kinds: Mapping[str, Kind]
) -> tuple[Link, ...]:
    """The links that still stand between the statements of these kinds, worded as fits where a kind was changed."""
    retyped = {s.id for s in extracted.statements if kinds.get(s.id) != s.kind}
    away: set[tuple[str, str, str]] = set()
    for j in judgements:
        if j.verdict == Verdict.UNLINKED:
            away.update(_pairs(j, attached))
        elif j.verdict == Verdict.LINKED:
            away.difference_update(_pairs(j, attached))
    gone = {s.id for s in extracted.statements} - kinds.keys()
    links = []
    for x in extracted.links:
        if (x.source, x.relation.value, x.target) in away or x.source in gone or x.target in gone:
            continue
        both = x.source in kinds and x.target in kinds
        if both and (x.source in retyped or x.target in retyped):
            links += _fitting(x, kinds[x.source], kinds[x.target])
        else:
            links.append(x)
    return tuple(dict.fromkeys(links))


def fits(relation: Relation, source: Kind, target: Kind) -> bool:
    """Whether a relation can run between statements of these kinds."""
    match relation:
        case Relation.CAUSED_BY:
            return source == Kind.BOTTLENECK and target != Kind.SOLUTION
        case Relation.LEADS_TO:
            return source == target == Kind.BOTTLENECK
        case Relation.ADDRESSES:
            return source == Kind.SOLUTION and target != Kind.SOLUTION
        case _:
            return False


def _fitting(x: Link, source: Kind, target: Kind) -> list[Link]:
    """A link after its ends were retyped: what led to a bottleneck is, as a cause, what that is caused by."""
    if x.relation == Relation.LEADS_TO and source == Kind.CAUSE and target == Kind.BOTTLENECK:
        return [replace(x, source=x.target, relation=Relation.CAUSED_BY, target=x.source)]
    return [x] if fits(x.relation, source, target) else []


def _changed(s: Statement, j: Judgement) -> Statement:
    value = j.values[0] if j.values else None
    match j.verdict:
        case Verdict.RETYPED:
            kind = Kind(j.values[0])
            solution, bottleneck = kind == Kind.SOLUTION, kind == Kind.BOTTLENECK
            return replace(
                s,
                kind=kind,
                level=None if solution else s.level,
                effort=s.effort if solution else None,
                term=s.term if solution else None,
                experienced_by=s.experienced_by if bottleneck else (),
            )
        case Verdict.RELEVELLED:
            return replace(s, level=Level(value) if value else None)
        case Verdict.RETHEMED:
            return replace(s, theme=Theme(value) if value else None)
        case Verdict.ACTORS:
            return replace(s, actors=j.values)
        case Verdict.EXPERIENCED_BY:
            return replace(s, experienced_by=j.values)
        case _:
            return s


def _added(contents: Contents, j: Judgement) -> Statement | None:
    """The statement that a person marked, where its words stand now; None when they stand nowhere any more."""
    [mark] = j.about
    near = sorted(contents.passages, key=lambda p: (abs(p.order - mark.passage), p.order))
    for p in near:
        start = mark.start if p.text.startswith(mark.quote, mark.start) else p.text.find(mark.quote)
        if start >= 0:
            return Statement(
                mark.statement_id,
                contents.document.id,
                p.id,
                start,
                start + len(mark.quote),
                Kind(j.values[0]),
                mark.quote,
                lead_in=p.lead_in,
                page=p.page,
                section=p.section,
                confidence=1.0,
                origin=Found.PERSON,
                rule=PERSON,
            )
    return None


def _attach(statements: Mapping[str, Statement], anchors: Iterable[Anchor]) -> dict[Anchor, str]:
    """The statement that each anchor stands for: its own, else the one whose words are most like its quote."""
    attached = {}
    words: dict[str, list[str]] | None = None
    for a in dict.fromkeys(anchors):
        if a.statement_id in statements:
            attached[a] = a.statement_id
            continue
        if words is None:
            words = {id: fold(s.quote).split() for id, s in statements.items()}
        asked = fold(a.quote).split()
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(asked)
        best, most = None, ALIKE
        for id, said in words.items():
            matcher.set_seq1(said)
            if matcher.real_quick_ratio() >= most and matcher.quick_ratio() >= most and matcher.ratio() >= most:
                best, most = id, matcher.ratio() + 1e-9
        if best is not None:
            attached[a] = best
    return attached
