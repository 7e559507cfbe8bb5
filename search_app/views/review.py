"""*Beoordelen*: what Kluwen is not sure of, one question at a time, and what people decided before."""

from __future__ import annotations

from collections.abc import Sequence, Sized

import streamlit as st

from corpus.messages import say
from graph.model import Concept, Statement
from search_app import session
from search_app.pieces import marks
from search_app.pieces.frames import head, note, paragraph
from search_app.pieces.quotes import quote
from search_app.views import correct, deciding, history, orphans, welcome

MOST = 100
"""How many questions of one sort wait at most."""
UNSURE = 0.65
"""How sure of a statement (0–1) Kluwen must be for it not to be asked about."""
LIKELY = 0.75
"""How alike (0–1) two points are that are probably the same."""
QUOTES = 2
TABS = ("same", "doubtful", "orphans", "history")
_SKIPPED = "review-skipped"
_DOUBTS = "review-doubts"


def page() -> None:
    library = session.library()
    if library is None or not library.documents():
        welcome.page(library)
        return
    if not session.may_judge():
        st.html(note("", say("judge.public"), "info"))
        return
    with st.container(key="narrow"):
        st.html(head("Beoordelen", say("judge.page_lead")))
        if session.place().samples:
            st.html(note("", say("judge.samples"), "info"))
        deciding.who()
        _body(library)


@st.fragment
def _body(library: session.Library) -> None:
    """The questions: an answer reruns only this."""
    deciding.ask(library)
    same, doubts = _pairs(library), _doubts(library)
    lost = library.once("orphans", library.store.orphans)
    counts = {"same": _number(same), "doubtful": _number(doubts), "orphans": _number(lost)}
    tab = st.pills(
        say("judge.tab"),
        TABS,
        default="same" if same else "doubtful",
        required=True,
        wrap=True,
        key="review-tab",
        label_visibility="collapsed",
        persist_state="session",
        format_func=lambda each: " ".join([say(f"judge.tab_{each}"), *([counts[each]] if each in counts else [])]),
        on_change=deciding.forget_last,
    )
    if tab == "same":
        _same(library, same)
    elif tab == "doubtful":
        _doubtful(library, doubts)
    elif tab == "orphans":
        orphans.show(library, lost)
    else:
        history.show(library)


def _number(waiting: Sized) -> str:
    return f"{MOST}+" if len(waiting) >= MOST else str(len(waiting))


def _skipped() -> set[str]:
    skipped: set[str] = st.session_state.setdefault(_SKIPPED, set())
    return skipped


def _skip(key: str) -> None:
    _skipped().add(key)
    deciding.forget_last()


def _pairs(library: session.Library) -> list[tuple[str, str, float]]:
    """What is perhaps the same, without what this session skipped."""
    proposed = library.once("proposals", lambda: library.store.proposals(MOST))
    return [each for each in proposed if f"{each[0]} {each[1]}" not in _skipped()]


def _doubts(library: session.Library) -> list[str]:
    """The ids of the statements that Kluwen is least sure of, without what this session skipped or anyone judged.

    Which they are is asked once for a session and the documents there are: an answer takes one away.
    """
    from graph.ledger.judgement import holding

    documents = tuple((each.id, each.added) for each in library.documents().values())
    state = st.session_state
    if state.get(_DOUBTS, (None,))[0] != documents:
        unsure = sorted((s for s in library.store.statements() if s.confidence < UNSURE), key=lambda s: s.confidence)
        state[_DOUBTS] = (documents, [s.id for s in unsure[:MOST]])
    judged = library.once(
        "judged", lambda: {a.statement_id for j in holding(library.store.ledger()) for a in j.about if not j.others}
    )
    return [id for id in state[_DOUBTS][1] if id not in judged and id not in _skipped()]


def _done(library: session.Library) -> None:
    deciding.last(library)
    st.html(note(say("judge.all_done"), say("judge.all_done_lead"), "good"))


def _question(left: Sized, title: str) -> None:
    st.html(
        f'<p class="kl-small kl-muted">{say("judge.left", number=_number(left))}</p><h2 class="kl-panel-title">{title}</h2>'
    )


def _after(library: session.Library, key: str) -> None:
    """The buttons at the end of every question: skip it, and take back the last answer."""
    st.button(say("judge.skip"), shortcut="s", key="review-skip", on_click=_skip, args=(key,))
    ids = deciding.undoable()
    st.button(
        say("judge.back"),
        type="tertiary",
        shortcut="z",
        key="review-back",
        disabled=not ids,
        on_click=deciding.take_back,
        args=(library, ids),
    )


def _same(library: session.Library, pairs: Sequence[tuple[str, str, float]]) -> None:
    """Two points side by side: are they the same?"""
    if not pairs:
        _done(library)
        return
    one, other, score = pairs[0]
    concepts = [concept for id in (one, other) if (concept := library.concept(id))]
    if len(concepts) < 2:
        _skip(f"{one} {other}")
        st.rerun(scope="fragment")
    with st.container(key="card-review", gap="medium"):
        _question(pairs, say(f"judge.same_{concepts[0].kind}"))
        for side, concept in zip(st.columns(2, gap="large"), concepts, strict=True):
            with side:
                _concept(library, concept)
        st.html(paragraph(say("judge.likely" if score >= LIKELY else "judge.perhaps"), "small kl-muted"))
        with st.container(horizontal=True, gap="small", key="answers", vertical_alignment="center"):
            for said, word, letter in (("same", "yes_same", "j"), ("different", "no_same", "n")):
                st.button(
                    say(f"judge.{word}"),
                    type="primary" if letter == "j" else "secondary",
                    shortcut=letter,
                    key=f"review-{said}",
                    on_click=_pair,
                    args=(library, said, one, other),
                )
            _after(library, f"{one} {other}")
    deciding.last(library, button=False)
    with st.expander(say("judge.same_what")):
        st.html(paragraph(say("judge.same_explained"), "small"))


def _pair(library: session.Library, said: str, one: str, other: str) -> None:
    from graph.ledger.judgement import Verdict
    from search_app.judging import judge

    deciding.decide(library, lambda name: [judge(library.store, Verdict(said), one, other, by=name)])


def _concept(library: session.Library, concept: Concept) -> None:
    statements = sorted(library.statements(concept=concept.id), key=lambda each: -each.confidence)
    st.html(
        f'<div class="kl-meta kl-panel-meta">{marks.tag(concept.kind, concept.level)}{marks.support(concept.support)}</div>'
    )
    for statement in statements[:QUOTES]:
        _quote(library, statement)
    if (more := len(statements) - QUOTES) > 0:
        st.html(paragraph(say("judge.more_quotes", number=more), "small kl-muted"))


def _quote(library: session.Library, statement: Statement) -> None:
    passage = library.passages((statement.passage_id,)).get(statement.passage_id)
    st.html(quote(statement, passage, library.documents()[statement.document_id], locks=not library.public))


def _doubtful(library: session.Library, ids: Sequence[str]) -> None:
    """One statement: is it what Kluwen took it for?"""
    found = next((s for id in ids for s in library.store.statements([id])), None)
    if found is None:
        _done(library)
        return
    with st.container(key="card-review", gap="medium"):
        _question(ids, say(f"judge.is_{found.kind}"))
        st.html(marks.tag(found.kind, found.level))
        _quote(library, found)
        st.html(paragraph(say("judge.doubtful_lead"), "small kl-muted"))
        with st.container(horizontal=True, gap="small", key="answers", vertical_alignment="center"):
            for said, word, letter in (("accepted", "yes_right", "j"), ("rejected", "no_right", "n")):
                st.button(
                    say(f"judge.{word}"),
                    type="primary" if letter == "j" else "secondary",
                    shortcut=letter,
                    key=f"review-{said}",
                    on_click=correct.verdict,
                    args=(library, found.id, said),
                )
            if st.button(say("judge.otherwise"), shortcut="a", key="review-otherwise"):
                correct.show(library, found.id)
            _after(library, found.id)
    deciding.last(library, button=False)
