"""``kluwen stats``: what is in the graph."""

from __future__ import annotations

import json

import click

from corpus.messages import say
from search_app.cli.base import Command, State, option
from search_app.cli.screen import heading, line, shaped, style


@click.command("stats", cls=Command)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(state: State, as_json: bool) -> None:
    from graph.model import CLAIMS
    from search_app.words import access_word, counted, kind_word, level_word, relation_word, theme_word

    with state.open() as store:
        counts, facets, documents, model = store.counts(), store.facets(), store.documents(), store.model()
    if as_json:
        found = {
            "graph": state.graph,
            "public": state.public,
            "counts": counts,
            "facets": facets,
            "model": model.name if model else None,
        }
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    line(say("command.stats_in", graph=state.graph), bold=True)
    for kind in ("bottleneck", "cause", "solution"):
        line(f"{counts.get(kind.capitalize(), 0):>6}  {shaped(kind, kind_word(kind, plural=True))}", indent=2)
    line(f"{counts.get('Statement', 0):>6}  {say('command.stats_quotes')}", indent=2)
    for relation in CLAIMS:
        line(
            f"{counts.get(relation.value, 0):>6}  {say('command.stats_links', words=relation_word(relation))}", indent=2
        )
    heading(counted(len(documents), "document").capitalize())
    shares = facets.get("document", {})
    for document in documents:
        about = [document.publisher, document.date, access_word(document.access)]
        line(
            f"{document.title} ({', '.join([document.name, *(each for each in about if each)])}): "
            f"{say('command.stats_quotes_of', number=shares.get(document.id, 0))}",
            indent=2,
            hang=4,
        )
    for name, word in (("level", level_word), ("theme", theme_word), ("actor", str)):
        if values := facets.get(name):
            heading(say(f"command.stats_{name}"))
            top = max(values.values())
            for value, number in sorted(values.items(), key=lambda each: (-each[1], each[0]))[:10]:
                line(f"{number:>6}  {style('▇' * max(1, round(20 * number / top)), dim=True)} {word(value)}", indent=2)
    line()
    line(
        say("command.stats_model", name=model.name, dimension=model.dimension)
        if model
        else say("command.stats_no_model"),
        dim=True,
    )
