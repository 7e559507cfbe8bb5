"""``kluwen forget``: documents out of the graph, with everything that rests on them alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
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
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, required=True)
@option("--yes", "-y", is_flag=True)
@click.pass_obj
def command(state: State, documents: tuple[str, ...], yes: bool) -> None:
    from search_app.words import access_word, counted

    with state.open_to_write() as store:
        # all are looked up before any goes
        found = list({each.id: each for each in map(store.document, documents)}.values())
        several = counted(len(found), "document")
        for each in found:
            line(say("command.forget_what", title=each.title, name=each.name, access=access_word(each.access)))
        line(_rests(store, found))
        if not yes:
            if not sys.stdin.isatty():
                raise KluwenError("command.forget_needs_yes", name=found[0].name if len(found) == 1 else several)
            if not ask(
                say("command.forget_sure" if len(found) == 1 else "command.forget_sure_several", documents=several)
            ):
                line(say("command.forget_left"))
                return
        if len(found) > 1:
            kept = store.back_up()
            line(say("command.forget_backed_up", file=kept) if kept else say("command.forget_no_backup"))
        for each in found:
            change = store.forget(each.id)
            line(say("command.forgotten", name=each.name, quotes=quotes(len(change.removed))))
            line(_undo(each), dim=True)


def _rests(store: Store, documents: Sequence[Document]) -> str:
    """What goes: all their statements, and the concepts that no other document speaks of."""
    from search_app.words import counted

    going = {document.id for document in documents}
    statements = [statement for id in going for statement in store.statements(document_id=id)]
    concepts = store.concepts({statement.concept_id for statement in statements})
    held = {
        statement.concept_id
        for statement in store.statements(concept_ids=[each.id for each in concepts])
        if statement.document_id not in going
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
