"""``kluwen path``: how two points hang together."""

import click

from corpus.messages import say
from search_app.cli.base import Command, State, Whole, option
from search_app.cli.edges import Teller
from search_app.cli.screen import heading, line


@click.command("path", cls=Command)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@option("--limit", "most", type=Whole(1), metavar="N", default=3, show_default=True)
@click.pass_obj
def command(state: State, source: str, target: str, most: int) -> None:
    from graph.tangle import paths

    with state.open() as store:
        routes = paths(store, source, target, limit=most)
        if not routes:
            line(say("command.path_none"))
        teller = Teller(store, [edge for route in routes for edge in route.edges])
        for number, route in enumerate(routes, 1):
            heading(say("command.path_way", number=number, steps=len(route.edges)))
            teller.way(route.nodes, route.edges)
