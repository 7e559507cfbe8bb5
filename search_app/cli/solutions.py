"""``kluwen solutions``: what the sources offer against a problem, or against something with the same cause."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, Whole, encoder, option
from search_app.cli.edges import Teller
from search_app.cli.screen import heading, line, quoted, said, shaped, source

if TYPE_CHECKING:
    from graph.store.base import Store

MOST_PROBLEMS = 3
"""For a problem in a person's own words, so many of what the graph has nearest to it are looked at."""


@click.command("solutions", cls=Command)
@click.argument("problem", metavar="ID|QUERY")
@option("--limit", type=Whole(1), metavar="N", default=10, show_default=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(state: State, problem: str, limit: int, as_json: bool) -> None:
    from graph.tangle import solutions_for

    with state.open() as store:
        found = {id: solutions_for(store, id, limit) for id in _problems(store, problem)}
        nodes = {
            node.id: node
            for node in store.nodes({id for answers in found.values() for a in answers for id in a.path} | found.keys())
        }
        documents = {document.id: document for document in store.documents()}
        if as_json:
            click.echo(
                json.dumps(
                    {
                        "query": problem,
                        "problems": [
                            {
                                "id": id,
                                "kind": nodes[id].kind,
                                "name": nodes[id].label,
                                "solutions": [
                                    {
                                        "id": answer.solution.id,
                                        "name": answer.solution.label,
                                        "path": list(answer.path),
                                        "origin": min(
                                            (edge.origin for edge in answer.edges),
                                            key=("inferred", "curated", "stated").index,
                                        ),
                                        "statements": [
                                            {
                                                "id": s.id,
                                                "document": documents[s.document_id].name,
                                                "quote": s.quote,
                                                "page": s.page,
                                            }
                                            for s in store.statements(concept_ids=[answer.solution.id])
                                        ],
                                    }
                                    for answer in answers
                                ],
                            }
                            for id, answers in found.items()
                        ],
                    },
                    ensure_ascii=False,
                )
            )
            return
        if not any(found.values()):
            line(say("command.solutions_none"))
        teller = Teller(store, [edge for answers in found.values() for answer in answers for edge in answer.edges])
        for id, answers in found.items():
            if answers:
                heading(shaped(nodes[id].kind, nodes[id].label))
            for answer in answers:
                line()
                line(f"{shaped('solution', answer.solution.label)}  {answer.solution.id}", indent=2, hang=4)
                for statement in store.statements(concept_ids=[answer.solution.id])[:3]:
                    quoted(
                        said(statement),
                        source(documents[statement.document_id], statement.page, statement.section),
                        indent=4,
                    )
                if len(answer.path) > 2:
                    line(say("command.solutions_over"), indent=4, dim=True)
                    teller.way([nodes[node] for node in answer.path if node in nodes], answer.edges)


def _problems(store: Store, problem: str) -> list[str]:
    """The node of an id; for other words the bottlenecks and causes that come nearest to them."""
    try:
        return [store.resolve(problem)]
    except KluwenError:
        if problem.startswith(("con-", "st-", "actor-", "theme-")):
            raise
    from graph.model import Kind
    from graph.search import search
    from graph.store.base import Filters

    asked = Filters(kinds=frozenset({Kind.BOTTLENECK, Kind.CAUSE}))
    answer = search(store, encoder(store), problem, filters=asked, limit=MOST_PROBLEMS)
    return [hit.id for hit in answer.hits if hit.passage is None]
