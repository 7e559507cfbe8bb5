"""``kluwen forget``: a document out of the graph, with everything that rests on it alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, option
from search_app.cli.screen import ask, line, quotes

if TYPE_CHECKING:
    from graph.model import Document
    from graph.store.base import Store


@click.command("forget", cls=Command)
@click.argument("document", metavar="DOCUMENT")
@option("--yes", "-y", is_flag=True)
@click.pass_obj
def command(state: State, document: str, yes: bool) -> None:
    from search_app.words import access_word

    with state.open_to_write() as store:
        found = store.document(document)
        line(say("command.forget_what", title=found.title, name=found.name, access=access_word(found.access)))
        line(_rests(store, found))
        if not yes:
            if not sys.stdin.isatty():
                raise KluwenError("command.forget_needs_yes", name=found.name)
            if not ask(say("command.forget_sure")):
                line(say("command.forget_left"))
                return
        change = store.forget(found.id)
        line(say("command.forgotten", name=found.name, quotes=quotes(len(change.removed))))
        line(_undo(found), dim=True)


def _rests(store: Store, document: Document) -> str:
    """What goes: all its statements, and the concepts that no other document speaks of."""
    from search_app.words import counted

    statements = store.statements(document_id=document.id)
    concepts = store.concepts({statement.concept_id for statement in statements})
    held = {
        statement.concept_id
        for statement in store.statements(concept_ids=[each.id for each in concepts])
        if statement.document_id != document.id
    }
    alone = [concept for concept in concepts if concept.id not in held]
    parts = [
        counted(number, kind)
        for kind in ("bottleneck", "cause", "solution")
        if (number := sum(concept.kind == kind for concept in alone))
    ]
    return say("command.forget_rests", quotes=quotes(len(statements)), alone=", ".join(parts) or say("command.nothing"))


def _undo(document: Document) -> str:
    """How to put it back. The folder that was named then makes it the same document again."""
    from graph.model import document_id

    place = document.path or ""
    if "://" in place:
        again = place if document.id == document_id(place) else ""
    else:
        path = Path(place)
        again = ""
        if place and path.is_file():
            same = (
                folder for folder in path.parents if document.id == document_id(path.relative_to(folder).as_posix())
            )
            root = next(same, None)
            again = str(path if document.id == document_id(path.name) or root is None else root)
    if not again:
        return say("command.undo_gone")
    access = f" --access {document.access}" if document.access == "public" else ""
    return say("command.undo", command=f'kluwen ingest "{again}"{access}')
