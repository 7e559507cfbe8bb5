"""The ledger as a file: JSON Lines, one judgement a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from corpus.errors import KluwenError
from graph.ledger.judgement import PAIRED, Anchor, Judgement, Verdict, in_order
from graph.model import CLAIMS, Kind, Level, Theme

_VALUES: dict[Verdict, frozenset[str]] = {
    Verdict.ADDED: frozenset(Kind),
    Verdict.RETYPED: frozenset(Kind),
    Verdict.RELEVELLED: frozenset(Level),
    Verdict.RETHEMED: frozenset(Theme),
    Verdict.LINKED: frozenset(CLAIMS),
    Verdict.UNLINKED: frozenset(CLAIMS),
}
_NEEDED = _VALUES.keys() - {Verdict.RELEVELLED, Verdict.RETHEMED} | {Verdict.EDITED, Verdict.UNDONE}


def as_line(j: Judgement) -> str:
    """A judgement as one line of JSON, with the id that it has."""
    return json.dumps({"id": j.id, **asdict(j)}, ensure_ascii=False)


def as_lines(judgements: Iterable[Judgement]) -> str:
    """A whole ledger, oldest first."""
    return "".join(as_line(j) + "\n" for j in in_order(judgements))


def read_lines(text: str, name: str = "") -> list[Judgement]:
    """The judgements of a file. Raises KluwenError (``ledger.line``) that names the first line that is none; a line
    whose id is not that of its own words was changed by hand and is refused too."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                found.append(from_row(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise KluwenError("ledger.line", file=name, line=number, reason=str(error)) from None
    return found


def from_row(row: dict[str, Any]) -> Judgement:
    """A judgement of the members of its JSON. Raises ValueError, KeyError or TypeError when it is none."""
    made = Judgement(
        Verdict(row["verdict"]),
        _anchors(row["about"]),
        _anchors(row.get("others", ())),
        tuple(_text(value) for value in row.get("values", ())),
        _text(row["by"]),
        _text(row["at"]),
        _text(row.get("why", "")),
    )
    check(made)
    if row.get("id", made.id) != made.id:
        raise ValueError(f"id {row['id']} is not {made.id}")
    return made


def check(j: Judgement) -> None:
    """Raise ValueError when a judgement says nothing that can be followed."""
    if datetime.fromisoformat(j.at).tzinfo is None:
        raise ValueError(f"at {j.at} has no time zone")
    if (j.verdict == Verdict.UNDONE) == bool(j.about) or (j.verdict in PAIRED) != bool(j.others):
        raise ValueError(f"{j.verdict} has {len(j.about)} about and {len(j.others)} others")
    if j.verdict == Verdict.ADDED and len(j.about) != 1:
        raise ValueError("added is about one")
    if j.verdict in _NEEDED and not j.values:
        raise ValueError(f"{j.verdict} has no values")
    if j.verdict in _VALUES and (len(j.values) > 1 or not _VALUES[j.verdict].issuperset(j.values)):
        raise ValueError(f"{j.verdict} has {' '.join(j.values)}")


def _anchors(rows: Sequence[dict[str, Any]]) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(
            _text(row["document_id"]),
            _text(row["statement_id"]),
            _text(row["quote"]),
            int(row.get("passage", 0)),
            int(row.get("start", 0)),
        )
        for row in rows
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
