"""Under a statement: whether it is right; and the dialog in which a person says what it is, or what it belongs with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from corpus.messages import say
from graph.model import Concept, Kind, Level, Statement, Theme
from search_app import session, words
from search_app.pieces.frames import note, paragraph
from search_app.pieces.marks import checked
from search_app.pieces.quotes import quote
from search_app.views import deciding, find

if TYPE_CHECKING:
    from graph.ledger.judgement import Judgement, Verdict

T = TypeVar("T", Level, Theme)
JUDGED = 1.0
"""How sure Kluwen is of what a person said."""


def buttons(library: session.Library, statement: Statement) -> None:
    """Whether a statement is right, as buttons under its quote."""
    id = statement.id
    with st.container(key=f"verdict-{id}", horizontal=True, vertical_alignment="center", gap="small"):
        if statement.confidence == JUDGED:
            st.html(checked(say("judge.seen")))
        else:
            st.button(
                say("judge.right"),
                key=f"right-{id}",
                type="tertiary",
                on_click=_pressed,
                args=(library, id, "accepted"),
            )
        st.button(
            say("judge.wrong"), key=f"wrong-{id}", type="tertiary", on_click=_pressed, args=(library, id, "rejected")
        )
        if st.button(say("judge.correct"), key=f"correct-{id}", type="tertiary"):
            show(library, id)


def _pressed(library: session.Library, id: str, said: str) -> None:
    """Say it, and tell so beside the page too: the top, where it is told, may be far away."""
    deciding.forget_last()
    verdict(library, id, said)
    if told := deciding.sentence():
        st.toast(told)


def verdict(library: session.Library, id: str, said: str) -> None:
    """Say of a statement that it is right (``accepted``) or not (``rejected``)."""
    from graph.ledger.judgement import Verdict
    from search_app.judging import judge

    deciding.decide(library, lambda name: [judge(library.store, Verdict(said), id, by=name)])


def show(library: session.Library, id: str) -> None:
    """The dialog about one statement."""

    @st.dialog(say("judge.correct_title"), width="medium", on_dismiss="rerun")
    def dialog() -> None:
        found = library.store.statements([id])
        if not found:
            st.html(note("", say("judge.gone"), "warn"))
            return
        _ways(library, found[0])

    dialog()


def _ways(library: session.Library, statement: Statement) -> None:
    document = library.documents()[statement.document_id]
    passage = library.passages((statement.passage_id,)).get(statement.passage_id)
    st.html(quote(statement, passage, document, short=True, locks=not library.public))
    concept = library.concept(statement.concept_id)
    assert concept is not None
    ways: dict[str, Callable[[session.Library, Statement, Concept], None]] = {
        "what": _what,
        "label": _label,
        "same": _same,
        **({"split": _split} if concept.statements > 1 else {}),
        "wrong": _wrong,
    }
    way = st.pills(
        say("judge.what"),
        list(ways),
        default="what",
        required=True,
        wrap=True,
        key=f"way-{statement.id}",
        format_func=lambda each: say(f"judge.do_{each}"),
    )
    ways[way or "what"](library, statement, concept)


def _what(library: session.Library, statement: Statement, _: Concept) -> None:
    from graph.ledger.judgement import Verdict

    id = statement.id
    kind, level, theme = described(statement.id, statement.kind, statement.level, statement.theme)
    chosen = people(library, f"actors-{id}", say("judge.actors"), statement.actors)
    bears = statement.experienced_by
    if kind == Kind.BOTTLENECK:
        bears = people(library, f"bears-{id}", say("judge.experienced"), bears)
    changes: list[tuple[Verdict, tuple[str, ...]]] = []
    if kind != statement.kind:
        changes.append((Verdict.RETYPED, (kind.value,)))
    if level != statement.level and kind != Kind.SOLUTION:
        changes.append((Verdict.RELEVELLED, (level.value,) if level else ()))
    if theme != statement.theme:
        changes.append((Verdict.RETHEMED, (theme.value,) if theme else ()))
    if set(chosen) != set(statement.actors):
        changes.append((Verdict.ACTORS, chosen))
    if set(bears) != set(statement.experienced_by):
        changes.append((Verdict.EXPERIENCED_BY, bears))
    _write(library, id, [(verdict, id, None, values) for verdict, values in changes], say("judge.nothing_new"))


def described(
    id: str, kind: Kind, level: Level | None = None, theme: Theme | None = None
) -> tuple[Kind, Level | None, Theme | None]:
    """The fields for what a statement is, and what they say. A solution has no level."""
    kinds, levels, themes = st.columns(3, gap="small")
    with kinds:
        chosen: Kind | None = st.selectbox(
            say("judge.kind"), list(Kind), index=list(Kind).index(kind), key=f"kind-of-{id}", format_func=_kind
        )
    kind = chosen or kind
    with levels:
        if kind != Kind.SOLUTION:
            level = _choice(say("judge.level"), list(Level), level, f"level-of-{id}", words.level_word)
    with themes:
        theme = _choice(say("judge.theme"), list(Theme), theme, f"theme-of-{id}", words.theme_word)
    return kind, level, theme


def people(library: session.Library, key: str, label: str, chosen: Sequence[str] = ()) -> tuple[str, ...]:
    """Actors, of the vocabulary, of the graph, or typed."""
    from corpus.vocabulary import actors

    known = {each.preferred for each in actors()} | set(library.facets()["actor"]) | set(chosen)
    return tuple(
        st.multiselect(
            label,
            sorted(known, key=str.casefold),
            default=list(chosen),
            key=key,
            placeholder=say("judge.nobody"),
            accept_new_options=True,
        )
    )


def _kind(kind: Kind) -> str:
    return words.kind_word(kind).capitalize()


def _choice(label: str, options: list[T], now: T | None, key: str, word: Callable[[T], str]) -> T | None:
    every: list[T | None] = [None]
    every += options
    return st.selectbox(
        label,
        every,
        index=every.index(now),
        key=key,
        format_func=lambda each: word(each).capitalize() if each else say("judge.none"),
    )


def _label(library: session.Library, statement: Statement, concept: Concept) -> None:
    from graph.ledger.judgement import Verdict

    st.html(paragraph(say("judge.label_lead"), "small kl-muted"))
    label = st.text_input(say("judge.label"), value=concept.label, max_chars=200, key=f"label-{statement.id}").strip()
    said = [(Verdict.EDITED, concept.id, None, (label,))] if label and label != concept.label else []
    _write(library, statement.id, said, say("judge.nothing_new") if label else say("judge.label_empty"))


def _same(library: session.Library, statement: Statement, concept: Concept) -> None:
    from graph.ledger.judgement import Verdict

    st.html(paragraph(say("judge.same_lead"), "small kl-muted"))
    chosen = find.other(
        library,
        f"same-{statement.id}",
        say("judge.same_pick"),
        kinds=[concept.kind],
        but=concept.id,
        question=concept.label,
    )
    said = [(Verdict.SAME, concept.id, chosen, ())] if chosen else []
    _write(library, statement.id, said, say("judge.pick_first"))


def _split(library: session.Library, statement: Statement, concept: Concept) -> None:
    from graph.ledger.judgement import Verdict

    number = concept.statements - 1
    others = say("judge.split_others_one") if number == 1 else say("judge.split_others_more", number=number)
    st.html(paragraph(say("judge.split_lead", number=others), "small kl-muted"))
    _write(library, statement.id, [(Verdict.SPLIT, statement.id, None, ())], "")


def _wrong(library: session.Library, statement: Statement, _: Concept) -> None:
    from graph.ledger.judgement import Verdict

    st.html(paragraph(say("judge.wrong_lead"), "small kl-muted"))
    _write(library, statement.id, [(Verdict.REJECTED, statement.id, None, ())], "")


def _write(
    library: session.Library, id: str, said: Sequence[tuple[Verdict, str, str | None, tuple[str, ...]]], otherwise: str
) -> None:
    """The reason and the button; ``otherwise`` is what stands there when there is nothing to write."""
    why = st.text_input(say("judge.why"), key=f"why-{id}", max_chars=300).strip()

    def act(name: str) -> list[Judgement]:
        from search_app.judging import judge

        return [
            judge(library.store, verdict, about, other, values, by=name, why=why)
            for verdict, about, other, values in said
        ]

    if st.button(say("judge.write"), type="primary", key=f"write-{id}"):
        if said:
            deciding.decide(library, act)
            st.rerun()
        st.html(note("", otherwise, "warn"))
