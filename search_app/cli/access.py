"""``kluwen access``: who may see a document."""

import click

from corpus.messages import say
from search_app.cli.base import Command, State
from search_app.cli.screen import line


@click.command("access", cls=Command)
@click.argument("document", metavar="DOCUMENT")
@click.argument("access", metavar="public|internal")
@click.pass_obj
def command(state: State, document: str, access: str) -> None:
    from search_app.words import access_word, parse_access

    wanted = parse_access(access)
    with state.open_to_write() as store:
        changed = store.set_access(store.document(document).id, wanted)
    line(say("command.access_set", name=changed.name, access=access_word(changed.access)))
    line(say(f"command.access_means_{changed.access}"), dim=True)
