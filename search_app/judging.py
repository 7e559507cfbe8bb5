"""From what a person says about something in the graph to a judgement for its ledger."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from corpus.messages import say
from graph.ledger.applying import fits
from graph.ledger.judgement import PAIRED, Anchor, Conflict, Judgement, Verdict, anchor, conflicts, holding
from graph.model import (
    CLAIMS,
    Document,
    Kind,
    Level,
    Passage,
    Relation,
    Statement,
    Theme,
    Vectors,
    as_line,
    statement_ids,
)
from search_app.words import kind_word, level_word, parse_kind, parse_level, parse_theme, relation_word, theme_word

if TYPE_CHECKING:
    from graph.meaning.base import Encoder
    from graph.store.base import Store


def who(by: str | None = None) -> str:
    """Who judges: who is named, else ``KLUWEN_USER``, else the login name."""
    return by or os.environ.get("KLUWEN_USER") or getpass.getuser()


def judge(
    store: Store,
    verdict: Verdict,
    id: str,
    other: str | None = None,
    values: Sequence[str] = (),
    *,
    by: str | None = None,
    why: str = "",
) -> Judgement:
    """A judgement about a statement or a concept, both by id, written down in the graph.

    Values may be in the words of the screen. Raises KluwenError (``store.node_missing``, ``ledger.*``) for what is not
    there, and for what can't be judged so.
    """
    about = _statements(store, id)
    others = _statements(store, other) if other else []
    if verdict == Verdict.SPLIT and not others:
        others = [s for s in store.statements(concept_ids=[about[0].concept_id]) if s.id not in {a.id for a in about}]
        if not others:
            raise KluwenError("ledger.nothing_left", id=id)
    if (verdict in PAIRED) != bool(others):
        raise KluwenError("ledger.needs_other" if verdict in PAIRED else "ledger.no_other", verdict=verdict)
    if verdict in (Verdict.SAME, Verdict.DIFFERENT) and about[0].kind != others[0].kind:
        raise KluwenError("ledger.other_kind", id=id, other=other)
    if verdict == Verdict.DIFFERENT and {s.concept_id for s in about} == {s.concept_id for s in others}:
        # what has the same wording is one until it is split off
        verdict = Verdict.SPLIT
    if verdict == Verdict.EDITED:
        about = [_named(store, about)]
    given = _values(verdict, values)
    if verdict == Verdict.LINKED and not fits(Relation(given[0]), about[0].kind, others[0].kind):
        raise KluwenError("ledger.unfit", relation=given[0], id=id, other=other)
    return _write(
        store, Judgement(verdict, tuple(map(anchor, about)), tuple(map(anchor, others)), given, who(by), now(), why)
    )


def mark(
    store: Store,
    encoder: Encoder | None,
    document: Document,
    quote: str,
    kind: Kind,
    *,
    passage: Passage | None = None,
    level: Level | None = None,
    theme: Theme | None = None,
    actors: Sequence[str] = (),
    by: str | None = None,
    why: str = "",
) -> list[Judgement]:
    """A statement that extraction missed, by its words in the source: in ``passage``, else in the first that holds them.
    Its level, theme and actors are judgements of their own, written down with it; the marking comes first.

    Raises KluwenError (``ledger.no_quote``) where the words do not stand in one passage of the document, letter for
    letter but for white space.
    """
    passages = [passage] if passage is not None else store.passages(document_id=document.id)
    place, start, end = next(((p, *span) for p in passages if (span := found_in(p.text, quote))), (None, 0, 0))
    if place is None:
        raise KluwenError("ledger.no_quote", quote=quote, document=document.name)
    quote = place.text[start:end]
    id = _id_of(store, place, start, quote)
    at = Anchor(document.id, id, quote, place.order, start)
    vectors = None
    if encoder is not None:
        rows = encoder.encode_passages([quote, as_line(quote, place.lead_in)])
        vectors = Vectors(encoder.info, (id,), rows[:1], rows[1:])
    said: list[tuple[Verdict, tuple[str, ...]]] = [(Verdict.ADDED, (kind.value,))]
    if any(j.verdict == Verdict.REJECTED and a.statement_id == id for j in holding(store.ledger()) for a in j.about):
        said.append((Verdict.ACCEPTED, ()))
    if level and kind != Kind.SOLUTION:
        said.append((Verdict.RELEVELLED, (level.value,)))
    if theme:
        said.append((Verdict.RETHEMED, (theme.value,)))
    if actors:
        said.append((Verdict.ACTORS, tuple(actors)))
    made = [Judgement(verdict, (at,), (), values, who(by), now(), why) for verdict, values in said]
    store.judge(made, vectors)
    return made


def found_in(text: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a text, letter for letter but for how much white space lies between them; None if nowhere."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.search(pattern, text) if pattern else None
    return found.span() if found else None


def disputed(store: Store, made: Judgement) -> list[Conflict]:
    """Where a judgement and one of someone else can't both be followed."""
    return [c for c in conflicts(store.ledger()) if made.id in (c.winner.id, c.loser.id)]


def undo(store: Store, id: str, *, by: str | None = None, why: str = "") -> Judgement:
    """Undo a judgement, by its id or the start of it. Raises KluwenError (``ledger.unknown``) when there is none."""
    found = [j for j in store.ledger() if j.id.startswith(id)]
    if len(found) != 1:
        raise KluwenError("ledger.unknown" if not found else "ledger.ambiguous", id=id)
    return _write(store, Judgement(Verdict.UNDONE, (), (), (found[0].id,), who(by), now(), why))


def wording(j: Judgement) -> str:
    """What a judgement says, in words: ``andere soort: oorzaak``."""
    words: dict[str, Callable[[str], str]] = {
        Verdict.ADDED: kind_word,
        Verdict.RETYPED: kind_word,
        Verdict.RELEVELLED: level_word,
        Verdict.RETHEMED: theme_word,
        Verdict.LINKED: relation_word,
        Verdict.UNLINKED: relation_word,
    }
    word = words.get(j.verdict, str)
    shown = "" if j.verdict == Verdict.UNDONE else ", ".join(word(value) for value in j.values)
    said = say(f"ledger.said_{j.verdict}")
    return f"{said}: {shown}" if shown else said


def now() -> str:
    """The time of a judgement."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _write(store: Store, made: Judgement) -> Judgement:
    store.judge([made])
    return made


def _id_of(store: Store, place: Passage, start: int, quote: str) -> str:
    """The id of a statement with these words at this place: of the one that is there, else the first that is free."""
    same = {s.id: s for s in store.statements(document_id=place.document_id) if s.quote == quote}
    here = next((s.id for s in same.values() if s.passage_id == place.id and s.start == start), None)
    return here or next(id for id in statement_ids(place.document_id, [quote] * (len(same) + 1)) if id not in same)


def _statements(store: Store, id: str) -> list[Statement]:
    found = store.statements([id]) if id.startswith("st-") else store.statements(concept_ids=[id])
    if not found:
        raise KluwenError("store.node_missing", id=id)
    return found


def _named(store: Store, statements: Sequence[Statement]) -> Statement:
    """The statement that a name is kept with: an internal one where there is any, so that what was named with its words
    in mind is not shown to who may not see it."""
    internal = {d.id for d in store.documents() if d.access == "internal"}
    return min(statements, key=lambda s: (s.document_id not in internal, s.id))


def _values(verdict: Verdict, values: Sequence[str]) -> tuple[str, ...]:
    match verdict:
        case Verdict.RETYPED:
            return (parse_kind(_one(verdict, values)).value,)
        case Verdict.RELEVELLED:
            return tuple(parse_level(value).value for value in values[:1])
        case Verdict.RETHEMED:
            return tuple(parse_theme(value).value for value in values[:1])
        case Verdict.EDITED:
            return (_one(verdict, values),)
        case Verdict.LINKED | Verdict.UNLINKED:
            relation = _one(verdict, values).upper()
            if relation not in CLAIMS:
                raise KluwenError("ledger.relation", relation=relation, known=", ".join(CLAIMS))
            return (relation,)
        case Verdict.ACTORS | Verdict.EXPERIENCED_BY:
            return tuple(values)
        case _:
            return ()


def _one(verdict: Verdict, values: Sequence[str]) -> str:
    if len(values) != 1 or not values[0].strip():
        raise KluwenError("ledger.one_value", verdict=verdict)
    return values[0].strip()
