"""``kluwen export``: statements, links or the network for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.messages import say
from search_app.cli.base import Command, State, Whole, encoder, option
from search_app.cli.limits import filters
from search_app.cli.screen import told

if TYPE_CHECKING:
    from graph.export import Scope
    from graph.store.base import Store

MOST_HITS = 100


@click.command("export", cls=Command)
@option("--what", type=click.Choice(["graph", "statements", "links"]), default=None)
@option("--format", "form", metavar="jsonl|csv|graphml")
@option("--around", metavar="ID")
@option("--hops", type=Whole(1, 6), metavar="N", default=2, show_default=True)
@option("--search", "question", metavar="QUERY")
@option("--theme", "themes", metavar="THEME", multiple=True)
@option("--document", "documents", metavar="DOCUMENT", multiple=True)
@option("--output", "-o", "output", metavar="FILE")
@click.pass_obj
def command(
    state: State,
    what: str | None,
    form: str | None,
    around: str | None,
    hops: int,
    question: str | None,
    themes: tuple[str, ...],
    documents: tuple[str, ...],
    output: str | None,
) -> None:
    from graph.export import export, save

    what, form = _choice(what, form, output)
    with state.open() as store:
        scope = _scope(store, around, hops, question, themes, documents)
        if output and output != "-":
            save(store, what, form, Path(output), scope)
            told(say("command.exported", file=output))
        else:
            export(store, what, form, sys.stdout.buffer, scope)
            sys.stdout.buffer.flush()


def _choice(what: str | None, form: str | None, output: str | None) -> tuple[str, str]:
    """What is exported and how: as asked, else as the name of the file says, else what goes with the other."""
    from graph.export import FORMATS

    suffix = Path(output).suffix.lower() if output else ""
    form = form or next((each.name for each in FORMATS if each.suffix == suffix), None)
    what = what or next((each.what for each in FORMATS if each.name == form), "graph")
    names = [each.name for each in FORMATS if each.what == what]
    if form is not None and form not in names:
        sentence = say("command.export_wrong_format", what=what, form=form, forms=", ".join(names))
        raise click.UsageError(sentence, click.get_current_context())
    return what, form or names[0]


def _scope(
    store: Store,
    around: str | None,
    hops: int,
    question: str | None,
    themes: tuple[str, ...],
    documents: tuple[str, ...],
) -> Scope:
    from graph.export import Scope

    asked = filters(store, themes=themes, documents=documents)
    hits = None
    if question is not None:
        from graph.search import search

        hits = tuple(hit.id for hit in search(store, encoder(store), question, filters=asked, limit=MOST_HITS).hits)
    return Scope(around, hops, hits=hits, themes=asked.themes, documents=tuple(sorted(asked.documents)))
