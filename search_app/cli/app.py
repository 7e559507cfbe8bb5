"""``kluwen app``: the app in the browser, on this computer only unless an address says otherwise."""

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, Whole, option
from search_app.cli.screen import told


@click.command("app", cls=Command)
@option("--port", type=Whole(1, 65535), metavar="N")
@option("--address", metavar="ADDRESS", default="127.0.0.1")
@option("--no-browser", is_flag=True)
@click.pass_obj
def command(state: State, port: int | None, address: str, no_browser: bool) -> None:
    from search_app.guard import is_local
    from search_app.server import serve

    if is_local(address):
        told(say("command.app_starts"))
    else:
        told(say("command.app_open_public" if state.public else "command.app_open", address=address))
    if not state.public and state.exists:
        _renewed(state)
    serve(state.graph, public=state.public, port=port, address=address, open_browser=not no_browser)


def _renewed(state: State) -> None:
    """Bring the vectors of a graph up to date. One that can't be opened or written is left to the app, which says why."""
    from search_app.cli.model import renew

    try:
        with state.open_to_write() as store:
            renew(state, store)
    except KluwenError:
        return
