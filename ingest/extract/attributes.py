"""What a statement is about: its theme, level and actors, who bears it, and what a solution asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.phrases import Phrases, words_of
from corpus.vocabulary import promise_signs
from graph.model import Effort, Kind, Level, Term, Theme
from ingest.document import Block, ReadDocument
from ingest.extract.actors import finder
from ingest.extract.bearers import bearers
from ingest.extract.found import Span
from ingest.extract.topic import topics

_BEHIND = 40
"""How many characters behind a solution may still say what it asks: ``(quick win)``."""

_LABEL = 2
"""How many words the first cell of a row may have to be its label; a longer one is mostly the problem itself."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is known of one statement beside its words. ``level`` is None for a solution; ``experienced_by`` is empty but
    for a bottleneck, ``effort`` and ``term`` None but for a solution whose source says them. Actors are preferred terms,
    in the order in which the source names them."""

    level: Level | None = None
    theme: Theme | None = None
    actors: tuple[str, ...] = ()
    experienced_by: tuple[str, ...] = ()
    effort: Effort | None = None
    term: Term | None = None


def attributes(document: ReadDocument, spans: Sequence[Span]) -> list[Attributes]:
    """The attributes of each statement, in the order of ``spans``."""
    found = []
    for span, (theme, level) in zip(spans, topics(document, spans), strict=True):
        block, place = document.blocks[span.block], (span.start, span.end)
        effort, term = promised(block, *place) if span.kind is Kind.SOLUTION else (None, None)
        bearing = bearers(block, *place) if span.kind is Kind.BOTTLENECK else ()
        found.append(Attributes(level, theme, named(block, *place), bearing, effort, term))
    return found


def named(block: Block, start: int, end: int) -> tuple[str, ...]:
    """The actors that the statement ``block.text[start:end]`` names, then those of the line that introduces its list."""
    found = [mention.actor for mention in finder().mentions(block.text[start:end])]
    return tuple(dict.fromkeys((*found, *(_introduced(block.lead_in[-1]) if block.lead_in else ()))))


def promised(block: Block, start: int, end: int) -> tuple[Effort | None, Term | None]:
    """What the source says that the solution ``block.text[start:end]`` asks, and how soon it can work.

    Its own words count before those just behind it, and the nearest of lead-ins, titles and headings before farther ones.
    """
    titles = (block.cell.row_title, block.cell.column_title) if block.cell else ()
    if block.cell and len(words_of(block.cell.row_title or "")) > _LABEL:
        titles = (None, block.cell.column_title)
    said = [*_promises(block.text[start:end], "anywhere"), *_promises(block.text[end : end + _BEHIND], "anywhere")]
    for text in filter(None, (*reversed(block.lead_in), *titles, *reversed(block.headings[-2:]))):
        said += _promises(text, "heading")
    efforts = (effort for what in said for effort in Effort if effort.value == what)
    terms = (term for what in said for term in Term if term.value == what)
    return next(efforts, None), next(terms, None)


@lru_cache(maxsize=10_000)
def _introduced(lead_in: str) -> tuple[str, ...]:
    return tuple(mention.actor for mention in finder().mentions(lead_in))


def _promises(text: str, where: str) -> list[str]:
    signs, phrases = _signs(where)
    return [signs[i] for _, _, i in phrases.find([word for word, _, _ in words_of(text)])]


@cache
def _signs(where: str) -> tuple[tuple[str, ...], Phrases]:
    """What each sign at a place says, and the phrases that find the signs by number."""
    signs = [sign for sign in promise_signs() if where in (sign.where, "heading")]
    return tuple(sign.what for sign in signs), Phrases((sign.phrase, i) for i, sign in enumerate(signs))
