"""``kluwen solutions``: what the sources offer against a problem, or against something with the same cause."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, Whole, encoder, option
from search_app.cli.edges import Teller
from search_app.cli.screen import heading, line, quoted, said, shaped, source

if TYPE_CHECKING:
    from graph.model import Statement
    from graph.store.base import Store
    from graph.tangle import Answer

MOST_QUOTES = 3
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
        told = Found(store, found)
        if as_json:
            problems = [told.record(id, answers) for id, answers in found.items()]
            click.echo(json.dumps({"query": problem, "problems": problems}, ensure_ascii=False))
            return
        if not any(found.values()):
            line(say("command.solutions_none"))
        for id, answers in found.items():
            if answers:
                heading(shaped(told.nodes[id].kind, told.nodes[id].label))
            for answer in answers:
                told.tell(answer)


class Found:
    """Solutions by problem, with all that is said of them looked up once."""

    def __init__(self, store: Store, found: Mapping[str, Sequence[Answer]]) -> None:
        answers = [answer for each in found.values() for answer in each]
        ids = {id for answer in answers for id in answer.path} | found.keys()
        self.nodes = {node.id: node for node in store.nodes(ids)}
        self._documents = {document.id: document for document in store.documents()}
        self._teller = Teller(store, [edge for answer in answers for edge in answer.edges])
        self._statements: dict[str, list[Statement]] = {}
        for statement in store.statements(concept_ids={answer.solution.id for answer in answers}):
            self._statements.setdefault(statement.concept_id, []).append(statement)

    def record(self, id: str, answers: Sequence[Answer]) -> dict[str, object]:
        """One problem with its solutions, for programs. ``origin`` is that of the least certain link on the way."""
        solutions = [
            {
                "id": answer.solution.id,
                "name": answer.solution.label,
                "path": list(answer.path),
                "origin": min((edge.origin for edge in answer.edges), key=("inferred", "curated", "stated").index),
                "statements": [
                    {"id": s.id, "document": self._documents[s.document_id].name, "quote": s.quote, "page": s.page}
                    for s in self._statements.get(answer.solution.id, [])
                ],
            }
            for answer in answers
        ]
        return {"id": id, "kind": self.nodes[id].kind, "name": self.nodes[id].label, "solutions": solutions}

    def tell(self, answer: Answer) -> None:
        """One solution for a person: its words, and the way to it where that goes over a cause."""
        line()
        line(f"{shaped('solution', answer.solution.label)}  {answer.solution.id}", indent=2, hang=4)
        for s in self._statements.get(answer.solution.id, [])[:MOST_QUOTES]:
            quoted(said(s), source(self._documents[s.document_id], s.page, s.section), indent=4)
        if len(answer.path) > 2:
            line(say("command.solutions_over"), indent=4, dim=True)
            self._teller.way([self.nodes[id] for id in answer.path], answer.edges)


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
