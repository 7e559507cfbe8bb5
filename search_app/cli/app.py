"""``kluwen app``: the app in the browser, on this computer only."""

import click

from corpus.messages import say
from search_app.cli.base import Command, State, Whole, option
from search_app.cli.screen import told


@click.command("app", cls=Command)
@option("--port", type=Whole(1, 65535), metavar="N")
@option("--no-browser", is_flag=True)
@click.pass_obj
def command(state: State, port: int | None, no_browser: bool) -> None:
    from search_app.server import serve

    told(say("command.app_starts"))
    serve(state.graph, public=state.public, port=port, open_browser=not no_browser)
