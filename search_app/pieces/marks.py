"""Marks: the shape of a kind, its tag, how many sources, who says so, and who may see it."""

from html import escape

from graph.model import Kind, Level, Origin
from search_app import words
from search_app.look.shapes import LETTERED

_STACK = 5


def icon(name: str) -> str:
    """A drawn icon of ``look.shapes.ICON``; it says nothing aloud, so a word must stand beside it."""
    return f'<i class="kl-icon kl-i-{name}" aria-hidden="true"></i>'


def shape(kind: str, level: Level | None = None, *, size: int = 18, lettered: bool = True) -> str:
    """The shape of a kind. With ``lettered`` the level's first letter stands in it: for where its word is not beside it."""
    letter = f"-{level}" if lettered and level and kind in LETTERED else ""
    colour = level if kind == Kind.CAUSE and level else kind
    return f'<i class="kl-shape kl-s-{kind}{letter} kl-c-{colour}" style="--size:{size}px" aria-hidden="true"></i>'


def tag(kind: str, level: Level | None = None) -> str:
    """The shape and the word of a kind, and the word of its level."""
    word = words.kind_word(kind).capitalize()
    beside = f'<span class="kl-level">{escape(words.level_word(level))}</span>' if level else ""
    return f'<span class="kl-tag">{shape(kind, level, lettered=False)}{escape(word)}{beside}</span>'


def support(number: int) -> str:
    """The number of independent sources: a small stack of pages, and the number with its word."""
    return (
        f'<span class="kl-support"><i class="kl-pages" style="--n:{min(number, _STACK)}" aria-hidden="true"></i>'
        f"{words.counted(number, 'document')}</span>"
    )


def internal() -> str:
    """The mark of what rests on a source that is not public."""
    return f'<span class="kl-internal">{icon("lock")}{words.access_word("internal").capitalize()}</span>'


def origin(who: Origin, *, short: bool = True) -> str:
    """The line and the words for who says a link: in the source, inferred, or by a colleague."""
    word = {Origin.STATED: "in de bron", Origin.INFERRED: "vermoeden", Origin.CURATED: "collega"}[who]
    text = word if short else words.origin_word(who)
    return f'<span class="kl-origin"><span class="kl-line kl-{who}" aria-hidden="true"></span>{escape(text)}</span>'


def checked(word: str) -> str:
    """The mark of what a person looked at."""
    return f'<span class="kl-checked"><span class="kl-ok">{icon("check")}</span>{escape(word)}</span>'


def unanswered() -> str:
    """The mark of a bottleneck or cause that no source has a solution for."""
    return f'<span class="kl-open">{icon("open")}Nog geen oplossing in de bronnen</span>'
