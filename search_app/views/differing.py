"""A document that is in the graph already: what another version of it changes, before it goes in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import streamlit as st

from corpus.messages import say
from graph.model import Access, Statement
from search_app import session, words
from search_app.pieces.frames import heading, paragraph
from search_app.pieces.marks import shape

if TYPE_CHECKING:
    from graph.ledger.touching import Touched
    from search_app.intake import Added

MOST = 8
"""How many statements of one sort are shown."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for a yes, and what it would do."""

    name: str
    data: bytes
    access: Access
    would: Added


def compared(name: str, data: bytes, access: Access) -> Waiting | None:
    """What a file would change of the document of its name; None where there is none, or nothing that people see changes."""
    from search_app import intake

    library = session.library()
    if library is None or name not in {document.name for document in library.documents().values()}:
        return None
    with TemporaryDirectory(prefix="kluwen-") as folder:
        path = Path(folder) / (Path(name).name or "document")
        path.write_bytes(data)
        would = intake.add(library.store, None, path, name=name, access=access, dry_run=True)
    touched = would.touched
    changed = would.change.added or would.change.removed or would.change.changed
    if would.new or would.change.unchanged or not (changed or (touched and (touched.carried or touched.orphaned))):
        return None
    return Waiting(name, data, access, would)


def show(waiting: Waiting, yes: Callable[[Waiting], None], no: Callable[[Waiting], None]) -> None:
    """The difference, and the question. ``yes`` puts the new version in, ``no`` leaves the old one."""
    change, would = waiting.would.change, waiting.would
    with st.container(key=f"card-differs-{would.document.id}", gap="small"):
        st.html(heading(say("judge.differs", name=would.document.title), 3))
        st.html(
            _part("differs_added", change.added)
            + _part("differs_removed", change.removed)
            + _part("differs_changed", [each for each in change.changed if each not in would.moved])
            + _part("differs_moved", would.moved)
            or paragraph(say("judge.differs_none"), "small")
        )
        if would.touched and (judged := _judged(would.touched)):
            st.html(judged)
        with st.container(horizontal=True, gap="small", key=f"differs-{would.document.id}"):
            if st.button(say("judge.differs_yes"), type="primary", key=f"yes-{would.document.id}"):
                yes(waiting)
            if st.button(say("judge.differs_no"), key=f"no-{would.document.id}"):
                no(waiting)


def _part(key: str, statements: Sequence[Statement]) -> str:
    if not statements:
        return ""
    items = "".join(
        f'<li>{shape(each.kind, each.level)}<span><span class="kl-unseen">{words.kind_word(each.kind)}: </span>'
        f"“{escape(each.quote)}”</span></li>"
        for each in statements[:MOST]
    )
    if more := len(statements[MOST:]):
        items += f'<li class="kl-more"><span></span><span>{escape(say("judge.differs_more", number=more))}</span></li>'
    return f'<h4 class="kl-h3">{escape(say(f"judge.{key}"))} ({len(statements)})</h4><ul class="kl-links kl-differs">{items}</ul>'


def _judged(touched: Touched) -> str:
    """What becomes of what people decided about it."""
    lines = [
        say("judge.differs_carried", said=say(f"ledger.said_{j.verdict}").capitalize(), quote=to.quote)
        for j, _, to in touched.carried
    ]
    lines += [
        say("judge.differs_orphaned", said=say(f"ledger.said_{j.verdict}").capitalize(), quote=at.quote)
        for j, at in touched.orphaned
    ]
    if touched.kept:
        kept = "one" if touched.kept == 1 else "more"
        lines.append(say(f"judge.differs_kept_{kept}", number=touched.kept))
    if not lines:
        return ""
    items = "".join(f"<li><span></span><span>{escape(line)}</span></li>" for line in dict.fromkeys(lines))
    return f'<h4 class="kl-h3">{escape(say("judge.differs_judged"))}</h4><ul class="kl-links kl-differs">{items}</ul>'
