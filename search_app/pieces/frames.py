"""What stands around the content of a page: its head, and notes."""

from html import escape

from search_app.pieces.marks import icon

_GLYPH = {"info": "info", "good": "check", "warn": "alert", "bad": "alert"}


def head(title: str, lead: str = "", over: str = "") -> str:
    """The title of a page, with a line above it and a lead under it."""
    above = f'<p class="kl-over">{escape(over)}</p>' if over else ""
    below = f'<p class="kl-lead">{escape(lead)}</p>' if lead else ""
    return f'<header class="kl-head">{above}<h1>{escape(title)}</h1>{below}</header>'


def note(title: str, text: str = "", tone: str = "info") -> str:
    """One message: ``tone`` is info, good, warn or bad."""
    strong = f"<b>{escape(title)}</b> " if title else ""
    return f'<div class="kl-note kl-{tone}" role="status">{icon(_GLYPH[tone])}<div>{strong}{escape(text)}</div></div>'


def heading(text: str, level: int = 2) -> str:
    """A heading under the title, of level 2 or 3."""
    return f'<h{level} class="kl-h{level}">{escape(text)}</h{level}>'


def paragraph(text: str, kind: str = "muted") -> str:
    """A paragraph; ``kind`` is muted, small or meta."""
    return f'<p class="kl-{kind}">{escape(text)}</p>'
