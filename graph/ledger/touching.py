"""What reading a document again would do to the judgements that people made about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.ledger.applying import effective
from graph.ledger.judgement import Anchor, Judgement, holding
from graph.model import Contents, Statement


@dataclass(frozen=True, slots=True)
class Touched:
    """Judgements whose words are no longer there. ``carried`` go on with the statement that is most like what they were
    about; ``orphaned`` find none. ``kept`` counts those to which nothing happens."""

    carried: tuple[tuple[Judgement, Anchor, Statement], ...] = ()
    orphaned: tuple[tuple[Judgement, Anchor], ...] = ()
    kept: int = 0


def touched(old: Contents, new: Contents, ledger: Sequence[Judgement]) -> Touched:
    """What becomes of the judgements of a ledger when ``new`` comes in place of ``old``, both as extracted."""
    id = new.document.id
    said = [j for j in holding(ledger) if id in j.documents]
    if not said:
        return Touched()
    before, after = effective(old, said), effective(new, said)
    every = {s.id: s for s in (*new.statements, *after.contents.statements)}
    lost = [pair for pair in after.orphaned if pair not in before.orphaned]
    carried = [
        (j, a, every[to])
        for j in said
        for a in dict.fromkeys((*j.about, *j.others))
        if (to := after.attached.get(a)) not in (None, before.attached.get(a))
    ]
    hit = {j.id for j, *_ in carried} | {j.id for j, _ in lost}
    return Touched(tuple(carried), tuple(lost), sum(j.id not in hit for j in said))
