"""``kluwen copy``: a whole graph from one place to another."""

from pathlib import Path

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, option
from search_app.cli.screen import line, told


@click.command("copy", cls=Command)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@option("--replace", is_flag=True)
@click.pass_obj
def command(state: State, source: str, target: str, replace: bool) -> None:
    from graph.copying import copy

    files = [place for place in (source, target) if "://" not in place]
    if source == target or (len(files) == 2 and Path(source).resolve() == Path(target).resolve()):
        raise KluwenError("command.copy_same", graph=source)
    shown = -1

    def progress(done: int, whole: int) -> None:
        nonlocal shown
        tenth = done * 10 // whole if whole else 10
        if tenth != shown:
            shown = tenth
            told(say("command.copy_progress", done=done, whole=whole))

    with State(source, state.public).open() as here, State(target).open_to_write(create=True) as there:
        written = copy(here, there, replacing=replace, progress=progress)
        documents, statements = len(there.document_order()), there.corpus(()).size
    line(
        say(
            "command.copy_done",
            target=target,
            written=written,
            documents=documents,
            statements=statements,
        ),
        bold=True,
    )
