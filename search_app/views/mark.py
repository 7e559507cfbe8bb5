"""Marking words in a source as a statement that Kluwen missed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from corpus.messages import say
from graph.model import Document, Kind, Level, Passage, Statement, Theme
from search_app import session, words
from search_app.network.drawing import short
from search_app.pieces.frames import note
from search_app.pieces.quotes import source_text
from search_app.views import correct, deciding

if TYPE_CHECKING:
    from graph.ledger.judgement import Judgement

LONGEST = 100_000


def show(library: session.Library, document: Document, passage: Passage | None = None) -> None:
    """The dialog: choose a passage of the document (unless it is given), its words, and what they are."""

    @st.dialog(say("judge.mark_title"), width="large")
    def dialog() -> None:
        chosen = passage or _passage(library, document)
        if chosen is not None:
            _words(library, document, chosen)

    dialog()


def _passage(library: session.Library, document: Document) -> Passage | None:
    passages = library.once(
        ("passages of", document.id), lambda: {p.id: p for p in library.store.passages(document_id=document.id)}
    )
    chosen = st.selectbox(
        say("judge.mark_passage"),
        [id for id, each in passages.items() if each.text.strip()],
        index=None,
        key=f"passage-{document.id}",
        placeholder=say("judge.mark_passage_hint"),
        format_func=lambda id: short(passages[id].text, 400),
    )
    return passages[chosen] if chosen else None


def _words(library: session.Library, document: Document, passage: Passage) -> None:
    from search_app.judging import found_in

    key = passage.id
    st.html(source_text(passage, document, most=LONGEST, locks=not library.public))
    sentences = _sentences(passage.text)
    if len(sentences) > 1:
        st.selectbox(
            say("judge.mark_sentence"),
            sentences,
            index=None,
            key=f"sentence-{key}",
            placeholder="",
            on_change=_take,
            args=(key,),
        )
    state = st.session_state
    state.setdefault(f"words-{key}", sentences[0] if len(sentences) == 1 else "")
    said = st.text_area(say("judge.mark_words"), key=f"words-{key}", height=100).strip()
    span = found_in(passage.text, said) if said else None
    if said and span is None:
        st.html(note("", say("judge.mark_astray"), "warn"))
    elif span:
        known = next((each for each in _standing(library, passage) if (each.start, each.end) == span), None)
        if known:
            st.html(note("", say("judge.mark_there", kind=words.kind_word(known.kind)), "info"))
        start, end = span
        st.html(
            f'<div class="kl-small kl-muted">{escape(say("judge.mark_found"))}</div>'
            f'<figure class="kl-quote kl-short"><blockquote><mark>{escape(passage.text[start:end])}</mark></blockquote></figure>'
        )
    kind, level, theme = correct.described(f"mark-{key}", Kind.BOTTLENECK)
    actors = correct.people(library, f"mark-actors-{key}", say("judge.actors"))
    why = st.text_input(say("judge.why"), key=f"why-mark-{key}", max_chars=300).strip()
    if st.button(say("judge.write"), type="primary", key=f"write-mark-{key}"):
        if span is None:
            st.html(note("", say("judge.mark_astray"), "warn"))
        else:
            _write(library, document, passage, said, kind, level, theme, actors, why)
            st.rerun()


def _sentences(text: str) -> list[str]:
    from ingest.extract.sentences import sentences

    return [text[start:end] for start, end in sentences(text)]


def _take(key: str) -> None:
    """Put the chosen sentence in the field, to be cut down."""
    if chosen := st.session_state.get(f"sentence-{key}"):
        st.session_state[f"words-{key}"] = chosen


def _standing(library: session.Library, passage: Passage) -> list[Statement]:
    return [each for each in library.statements(document=passage.document_id) if each.passage_id == passage.id]


def _write(
    library: session.Library,
    document: Document,
    passage: Passage,
    quote: str,
    kind: Kind,
    level: Level | None,
    theme: Theme | None,
    actors: tuple[str, ...],
    why: str,
) -> None:
    from search_app.judging import mark

    encoder = library.encoder if library.store.model() else None

    def act(name: str) -> list[Judgement]:
        return mark(
            library.store,
            encoder,
            document,
            quote,
            kind,
            passage=passage,
            level=level,
            theme=theme,
            actors=actors,
            by=name,
            why=why,
        )

    deciding.decide(library, act)
