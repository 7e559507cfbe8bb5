"""Deciding something: who does, what was just decided, and taking it back. Every view in which people judge goes through here."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from corpus.errors import KluwenError
from corpus.messages import say
from search_app import failure, session
from search_app.pieces.frames import note, paragraph

if TYPE_CHECKING:
    from graph.ledger.judgement import Judgement

Act = Callable[[str], "Sequence[Judgement]"]
"""Writes judgements of the person whose name it is given, and gives them back. May raise KluwenError."""
NAME = "judge-name"
_LAST = "judge-last"
WAITING = "judge-waiting"


@dataclass(frozen=True, slots=True)
class Last:
    """What was decided last in this session, to be shown and taken back; or why it could not be."""

    ids: tuple[str, ...] = ()
    sentence: str = ""
    warnings: tuple[str, ...] = ()
    failed: bool = False


def decide(library: session.Library, act: Act) -> None:
    """Let ``act`` write its judgements; where the session does not know yet who judges, :func:`ask` asks it first."""
    name = st.session_state.get(NAME, "")
    if not name:
        st.session_state[WAITING] = act
        return
    try:
        made = act(name)
    except KluwenError as error:
        failure.log.info("%s: %s", error.key, error)
        text = say("judge.gone") if error.key == "store.node_missing" else str(error)
        st.session_state[_LAST] = Last(sentence=text, failed=True)
        return
    st.session_state[_LAST] = _told(library, made)


def ask(library: session.Library) -> None:
    """Ask who judges, when something waits for it. Call this once, in each view, before its buttons."""
    if act := st.session_state.get(WAITING):
        _dialog(library, act)


def last(library: session.Library, *, button: bool = True, where: str = "page") -> None:
    """What was decided last, and (unless the view has its own) the way back. ``where`` tells two on one page apart."""
    done: Last | None = st.session_state.get(_LAST)
    if done is None:
        return
    with st.container(key=f"judged-{where}", gap="small"):
        st.html(note("", done.sentence, "bad" if done.failed else "good"))
        for warning in done.warnings:
            st.html(note("", warning, "warn"))
        if done.ids and button:
            st.button(
                say("judge.back"),
                key=f"judge-back-{where}",
                type="tertiary",
                on_click=take_back,
                args=(library, done.ids),
            )


def take_back(library: session.Library, ids: Sequence[str]) -> None:
    """Undo judgements by their ids."""
    from search_app.judging import undo

    decide(library, lambda name: [undo(library.store, id, by=name) for id in reversed(ids)])


def forget_last() -> None:
    """Show no longer what was decided last: the person went on to something else."""
    st.session_state.pop(_LAST, None)


def sentence() -> str:
    """What was decided last, in words; empty where nothing was."""
    done: Last | None = st.session_state.get(_LAST)
    return done.sentence if done else ""


def stay(page: str) -> None:
    """Say which page is shown: on another one, what was decided last is no longer told."""
    if st.session_state.setdefault("judge-page", page) != page:
        st.session_state["judge-page"] = page
        forget_last()


def undoable() -> tuple[str, ...]:
    """The ids of what was decided last."""
    done: Last | None = st.session_state.get(_LAST)
    return done.ids if done else ()


def who() -> None:
    """Who judges, and the way to say that it is someone else."""
    name = st.session_state.get(NAME)
    if name:
        with st.container(key="judge-who", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(paragraph(say("judge.name_is", name=name), "small kl-muted"))
            st.button(say("judge.name_other"), key="judge-rename", type="tertiary", on_click=_rename)


def _rename() -> None:
    st.session_state[NAME] = ""
    st.session_state[WAITING] = lambda name: []


def _dropped() -> None:
    st.session_state.pop(WAITING, None)


def _dialog(library: session.Library, act: Act) -> None:
    @st.dialog(say("judge.name_ask"), on_dismiss=_dropped)
    def form() -> None:
        st.html(paragraph(say("judge.name_lead"), "small kl-muted"))
        with st.form("judge-form", border=False):
            name = st.text_input(
                say("judge.name"), value=os.environ.get("KLUWEN_USER", ""), max_chars=60, key="judge-named"
            )
            if st.form_submit_button(say("judge.name_go"), type="primary"):
                if name.strip():
                    st.session_state[NAME] = name.strip()
                    st.session_state.pop(WAITING, None)
                    decide(library, act)
                    st.rerun()
                st.html(note("", say("judge.name_first"), "warn"))

    form()


def _told(library: session.Library, made: Sequence[Judgement]) -> Last | None:
    from graph.ledger.judgement import Verdict
    from search_app.judging import disputed, wording

    if not made:
        return None
    if all(j.verdict == Verdict.UNDONE for j in made):
        undone = {id for j in made for id in j.values}
        back = dict.fromkeys(wording(j) for j in library.store.ledger() if j.id in undone)
        return Last(sentence=say("judge.taken_back", what=", ".join(back)))
    warnings = []
    for j in made:
        for conflict in disputed(library.store, j):
            if conflict.winner.id == j.id:
                other, key = conflict.loser, "judge.conflict"
            else:
                other, key = conflict.winner, "judge.overruled"
            warnings.append(say(key, other=other.by, said=wording(other)))
    what = ", ".join(dict.fromkeys(map(wording, made)))
    return Last(tuple(j.id for j in made), say("judge.said", what=what), tuple(dict.fromkeys(warnings)))
