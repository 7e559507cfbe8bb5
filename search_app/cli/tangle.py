"""``kluwen tangle``: what lies around a point; its loops, its levers, and what has no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from corpus.messages import say
from search_app.cli.base import Command, State, Whole, option
from search_app.cli.edges import Teller
from search_app.cli.screen import heading, line, shaped

if TYPE_CHECKING:
    from graph.store.base import Store

MOST_NODES = 60


@click.command("tangle", cls=Command)
@click.argument("id", metavar="ID", required=False)
@option("--hops", type=Whole(1, 6), metavar="N", default=2, show_default=True)
@option("--loops", is_flag=True)
@option("--levers", is_flag=True)
@option("--unanswered", is_flag=True)
@click.pass_obj
def command(state: State, id: str | None, hops: int, loops: bool, levers: bool, unanswered: bool) -> None:
    if loops + levers + unanswered > 1:
        raise click.UsageError(say("command.tangle_one_view"), click.get_current_context())
    if id is None and not (loops or levers or unanswered):
        raise click.UsageError(say("command.tangle_needs_id"), click.get_current_context())
    with state.open() as store:
        if loops:
            _loops(store, _around(store, id, hops))
        elif levers:
            _levers(store, _around(store, id, hops))
        elif unanswered:
            _unanswered(store, _around(store, id, hops))
        elif id is not None:
            _neighbourhood(store, id, hops)


def _around(store: Store, id: str | None, hops: int) -> set[str] | None:
    """The nodes of the tangle around a point, or None for the whole graph."""
    from graph.tangle import neighbourhood

    return {node.id for node in neighbourhood(store, id, hops, limit=10_000).nodes} if id is not None else None


def _neighbourhood(store: Store, id: str, hops: int) -> None:
    from graph.tangle import neighbourhood
    from search_app.words import counted, node_label

    tangle = neighbourhood(store, id, hops, limit=MOST_NODES)
    nodes = {node.id: node for node in tangle.nodes}
    centre = nodes[tangle.centre]
    line(
        say("command.tangle_around", label=node_label(centre), hops=hops, nodes=len(nodes), edges=len(tangle.edges)),
        bold=True,
    )
    if not tangle.edges:
        line(say("command.tangle_alone"))
    teller = Teller(store, tangle.edges)
    order = {id: i for i, id in enumerate(nodes)}
    for node in tangle.nodes:
        # each relation once, under the end that is nearer to the centre
        own = [edge for edge in tangle.edges if min(edge.source, edge.target, key=order.__getitem__) == node.id]
        if own:
            support = f" · {counted(node.support, 'document')}" if node.support else ""
            heading(f"{shaped(node.kind, node_label(node))}{support}")
            line(node.id, indent=2, dim=True)
            for edge in own:
                teller.relation(edge, node.id, nodes)
    if tangle.truncated:
        line(say("command.tangle_more", number=MOST_NODES), dim=True)


def _loops(store: Store, inside: set[str] | None) -> None:
    from graph.tangle import loops

    found = [loop for loop in loops(store) if inside is None or inside >= {node.id for node in loop.nodes}]
    if not found:
        line(say("command.tangle_no_loops"))
    teller = Teller(store, [edge for loop in found for edge in loop.edges])
    for number, loop in enumerate(found, 1):
        heading(say("command.tangle_loop", number=number))
        teller.way((*loop.nodes, loop.nodes[0]), loop.edges)


def _levers(store: Store, inside: set[str] | None) -> None:
    from graph.tangle import levers
    from search_app.words import counted

    found = [
        lever
        for lever in levers(store, limit=20 if inside is None else 10_000)
        if inside is None or lever.node.id in inside
    ]
    if not found:
        line(say("command.tangle_no_levers"))
    for lever in found[:20]:
        line(shaped(lever.node.kind, lever.node.label), hang=2)
        line(
            say("command.tangle_lever", reaches=counted(len(lever.reaches), "bottleneck"), direct=lever.direct),
            indent=2,
        )
        line(lever.node.id, indent=2, dim=True)


def _unanswered(store: Store, inside: set[str] | None) -> None:
    from graph.tangle import unanswered
    from search_app.words import counted

    found = [concept for concept in unanswered(store) if inside is None or concept.id in inside]
    if not found:
        line(say("command.tangle_all_answered"))
    for concept in found:
        line(f"{shaped(concept.kind, concept.label)} · {counted(concept.support, 'document')}", hang=2)
        line(concept.id, indent=2, dim=True)
