"""A quote: another's words, letter for letter, with the words that carry the claim marked and the place that they stand in."""

import re
from html import escape

from graph.model import Access, Document, Found, Passage, Statement
from search_app.pieces.marks import icon, internal

_AROUND = 150


def date_word(date: str | None) -> str:
    """A date as people here write it: ``18-04-2024``, ``04-2024`` or ``2024``; empty where there is none."""
    return "-".join(reversed(date[:10].split("-"))) if date else ""


def place_word(document: Document, page: int | None) -> str:
    """Where in a document: ``p. 4``, ``dia 4`` for slides; empty where it has no pages."""
    if page is None:
        return ""
    return f"{'dia' if 'presentation' in document.media_type else 'p.'} {page}"


def marked(text: str, start: int, end: int, *, around: int = _AROUND) -> str:
    """The passage with ``text[start:end]`` marked, at most about ``around`` characters on either side, cut between words."""
    left, right = text[:start], text[end:]
    if len(left) > around:
        cut = left[-around:]
        ends = list(re.finditer(r"[.!?…]\s+", cut))
        left = cut[ends[-1].end() :] if ends else "… " + cut.partition(" ")[2]
    if len(right) > around:
        cut = right[:around]
        stop = re.search(r"[.!?…](?=\s)", cut)
        right = cut[: stop.end()] if stop else cut.rpartition(" ")[0] + " …"
    return f"{escape(left)}<mark>{escape(text[start:end])}</mark>{escape(right)}"


def quote(
    statement: Statement, passage: Passage | None, document: Document, *, short: bool = False, locks: bool = True
) -> str:
    """The statement in its passage, with its document, page and date, whether a language model proposed it, and *Intern* where it is (and ``locks`` is on)."""
    text = (
        marked(passage.text, statement.start, statement.end) if passage else f"<mark>{escape(statement.quote)}</mark>"
    )
    lead = ""
    if statement.lead_in and statement.lead_in not in (passage.text if passage else ""):
        lead = f'<p class="kl-leadin">{escape(statement.lead_in)}</p>'
    found = "voorgesteld door een taalmodel" if statement.origin is Found.MODEL else ""
    inner = f"{lead}<blockquote>{text}</blockquote>"
    return _figure(inner, document, statement.page, found, short=short, locks=locks)


def source_text(passage: Passage, document: Document, *, most: int = 400, locks: bool = True) -> str:
    """The beginning of a passage in which no statement was found, shown as a quote without a mark."""
    text = passage.text if len(passage.text) <= most else passage.text[:most].rpartition(" ")[0] + " …"
    return _figure(f"<blockquote>{escape(text)}</blockquote>", document, passage.page, locks=locks)


def _figure(
    inner: str, document: Document, page: int | None, found: str = "", *, short: bool = False, locks: bool = True
) -> str:
    lock = internal() if locks and document.access == Access.INTERNAL else ""
    details = (place_word(document, page), date_word(document.date), found)
    parts = "".join(f"<span>{escape(part)}</span>" for part in details if part)
    return (
        f'<figure class="kl-quote{" kl-short" if short else ""}">{inner}'
        f'<figcaption>{icon("page")}<span class="kl-doc">{escape(document.title)}</span>{parts}{lock}</figcaption></figure>'
    )
