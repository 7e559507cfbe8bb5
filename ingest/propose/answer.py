"""Reading what a language model answers: statements that it proposes, out of JSON that may be fenced, led in or cut off."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from graph.model import Kind, Level, Theme

MOST_STARTS = 2_000
"""At how many braces the reading of JSON is tried; an answer with more that lead nowhere is no list of statements."""
MOST_NAMES = 20
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_STRINGS = {"type": "array", "items": {"type": "string"}}

Value = TypeVar("Value", bound=StrEnum)


def _one_of(values: type[StrEnum]) -> dict[str, object]:
    return {"type": ["string", "null"], "enum": [*(each.value for each in values), None]}


_FIELDS: dict[str, object] = {
    "passage": {"type": "integer"},
    "kind": {"type": "string", "enum": [each.value for each in Kind]},
    "quote": {"type": "string"},
    "level": _one_of(Level),
    "theme": _one_of(Theme),
    "actors": _STRINGS,
    "experienced_by": _STRINGS,
}
_ITEM = {"type": "object", "properties": _FIELDS, "required": [*_FIELDS], "additionalProperties": False}
SCHEMA: dict[str, object] = {
    "type": "object",
    "properties": {"statements": {"type": "array", "items": _ITEM}},
    "required": ["statements"],
    "additionalProperties": False,
}
"""The JSON schema of an answer, in the subset that servers with ``strict`` take."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement that a model proposes: ``passage`` is the number it was given, ``quote`` has its white space folded.
    ``actors`` and ``experienced_by`` are in the model's words."""

    passage: int | None
    kind: Kind
    quote: str
    level: Level | None = None
    theme: Theme | None = None
    actors: tuple[str, ...] = ()
    experienced_by: tuple[str, ...] = ()


def proposals(answer: str) -> tuple[list[Proposal], int] | None:
    """The statements in an answer, and how many of its items are none (no quote, or a kind that does not exist).

    None when the answer holds no list of statements, not even an empty one.
    """
    items = _items(_THOUGHTS.sub("", answer))
    if items is None:
        return None
    read = [_proposal(item) for item in items]
    return [each for each in read if each is not None], read.count(None)


def _items(text: str) -> list[Any] | None:
    """The items of the list; those that are whole of a list that was cut off."""
    decoder = json.JSONDecoder()
    loose: list[Any] = []
    place = tried = 0
    while tried < MOST_STARTS and (start := re.compile(r"[\[{]").search(text, place)):
        tried += 1
        try:
            value, place = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            place = start.end()
            continue
        if isinstance(value, dict) and isinstance(value.get("statements"), list):
            found: list[Any] = value["statements"]
            return found
        if isinstance(value, list) and any(isinstance(each, dict) and "quote" in each for each in value):
            return value
        if isinstance(value, dict) and "quote" in value:
            loose.append(value)
    return loose or None


def _proposal(item: Any) -> Proposal | None:
    if not isinstance(item, dict) or not isinstance(item.get("quote"), str):
        return None
    kind, quote = _value(Kind, item.get("kind")), " ".join(item["quote"].split())
    if kind is None or not re.search(r"[^\W\d_]", quote):
        return None
    number = item.get("passage")
    return Proposal(
        passage=number if isinstance(number, int) and not isinstance(number, bool) else None,
        kind=kind,
        quote=quote,
        level=_value(Level, item.get("level")),
        theme=_value(Theme, item.get("theme")),
        actors=_names(item.get("actors")),
        experienced_by=_names(item.get("experienced_by")),
    )


def _value(values: type[Value], said: object) -> Value | None:
    """The value of an enum that a model names; None for one that does not exist."""
    wanted = said.strip().lower() if isinstance(said, str) else None
    return next((each for each in values if each.value == wanted), None)


def _names(said: object) -> tuple[str, ...]:
    names = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    return tuple(" ".join(name.split()) for name in names[:MOST_NAMES] if isinstance(name, str))
