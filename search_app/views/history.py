"""What people decided, newest first: who, when, what, why; each can be undone."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from corpus.messages import say
from graph.ledger.judgement import Judgement, Verdict, holding
from search_app import session
from search_app.pieces.frames import note
from search_app.views import deciding

PAGE = 20
QUOTES = 3


def show(library: session.Library) -> None:
    """The list, twenty at a time."""
    deciding.last(library)
    ledger = library.once("ledger", library.store.ledger)
    if not ledger:
        st.html(note("", say("judge.history_none"), "info"))
        return
    known = {j.id: j for j in ledger}
    holds = {j.id for j in holding(ledger)}
    most = st.session_state.setdefault("history-shown", PAGE)
    shown = ledger[::-1][:most]
    with st.container(key="card-history", gap="small"):
        for j in shown:
            _entry(library, j, known, holds)
    if more := len(ledger) - len(shown):
        st.button(say("judge.next", number=min(PAGE, more)), key="more-history", on_click=_more)


def _more() -> None:
    st.session_state["history-shown"] += PAGE


def _entry(library: session.Library, j: Judgement, known: dict[str, Judgement], holds: set[str]) -> None:
    about = next((known[id] for id in j.values if id in known), j) if j.verdict == Verdict.UNDONE else j
    with st.container(key=f"entry-{j.id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(entry(j, about, undone=j.verdict != Verdict.UNDONE and j.id not in holds))
        if j.id in holds:
            st.button(say("judge.back"), key=f"back-{j.id}", on_click=deciding.take_back, args=(library, (j.id,)))
        elif j.verdict == Verdict.UNDONE and about.id not in holds and about is not j:
            st.button(say("judge.again"), key=f"again-{j.id}", on_click=deciding.take_back, args=(library, (j.id,)))


def entry(j: Judgement, about: Judgement, *, undone: bool = False) -> str:
    """One judgement: what, about which words (those of ``about``), by whom and when, and why."""
    from search_app.judging import wording

    what = wording(j).capitalize() if about is j else f"{wording(j)}: {wording(about)}".capitalize()
    state = f' <span class="kl-undone">{escape(say("judge.history_undone"))}</span>' if undone else ""
    quotes = list(dict.fromkeys(a.quote for a in (*about.about, *about.others)))
    items = "".join(f"<li>“{escape(quote)}”</li>" for quote in quotes[:QUOTES])
    if more := len(quotes[QUOTES:]):
        items += f'<li class="kl-muted">{escape(say("judge.differs_more", number=more))}</li>'
    by = say("judge.history_by", by=j.by, when=when(j.at))
    why = f'<p class="kl-small">{escape(j.why)}</p>' if j.why else ""
    return (
        f'<div class="kl-entry"><p><b>{escape(what)}</b>{state}</p><ul>{items}</ul>{why}'
        f'<p class="kl-small kl-muted">{escape(by)}</p></div>'
    )


def when(at: str) -> str:
    """A time as people here write it: ``24-11-2026 10:42``, or ``vandaag 10:42``; on this computer's clock."""
    time = datetime.fromisoformat(at).astimezone()
    if time.date() == datetime.now().astimezone().date():
        return say("judge.today", time=f"{time:%H:%M}")
    return f"{time:%d-%m-%Y %H:%M}"
