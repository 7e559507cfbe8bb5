"""``kluwen solutions``: what the sources offer against a problem, or against something with the same cause."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, Whole, encoder, option
from search_app.cli.edges import Teller
from search_app.cli.screen import heading, line, quoted, said, shaped, source

if TYPE_CHECKING:
    from graph.meaning.base import Encoder
    from graph.model import Node, Statement
    from graph.store.base import Store
    from graph.tangle import Answer, Hop

MOST_QUOTES = 3
MOST_PROBLEMS = 3
"""For a problem in a person's own words, so many of what the graph has nearest to it are looked at."""


@click.command("solutions", cls=Command)
@click.argument("problem", metavar="ID|QUERY")
@option("--limit", type=Whole(1), metavar="N", default=10, show_default=True)
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(state: State, problem: str, limit: int, as_json: bool) -> None:
    from graph.tangle import solutions_by_meaning, solutions_for

    with state.open() as store:
        model = encoder(store)
        id = _named(store, problem)
        if id:
            found = {id: solutions_for(store, problem, limit, encoder=model)}
            near: list[Answer] = []
        else:
            found = {each: solutions_for(store, each, limit) for each in _problems(store, model, problem)}
            known = {answer.solution.id for answers in found.values() for answer in answers}
            near = [a for a in solutions_by_meaning(store, model, problem, limit) if a.solution.id not in known]
        told = Found(store, found.keys(), [*(answer for answers in found.values() for answer in answers), *near])
        if as_json:
            problems = [told.record(each, answers) for each, answers in found.items()]
            record = {"query": problem, "problems": problems, "near": [told.solution(answer) for answer in near]}
            click.echo(json.dumps(record, ensure_ascii=False))
            return
        if not any(found.values()):
            line(say("command.solutions_none"))
        for each, answers in found.items():
            if answers:
                heading(shaped(told.nodes[each].kind, told.nodes[each].label))
            for answer in answers:
                told.tell(answer)
        if near:
            heading(say("command.solutions_near"))
        for answer in near:
            told.tell(answer)


class Found:
    """Solutions for problems, with all that is said of them looked up once."""

    def __init__(self, store: Store, problems: Collection[str], answers: Sequence[Answer]) -> None:
        ids = {id for answer in answers for id in answer.path if id} | set(problems)
        self.nodes: dict[str, Node] = {node.id: node for node in store.nodes(ids)}
        self._documents = {document.id: document for document in store.documents()}
        hops = [hop for answer in answers for hop in answer.hops]
        self._teller = Teller(store, hops)
        self._quoted = {s.id: s for s in store.statements({id for hop in hops for id in _resting(hop)})}
        self._statements: dict[str, list[Statement]] = {}
        for statement in store.statements(concept_ids={answer.solution.id for answer in answers}):
            self._statements.setdefault(statement.concept_id, []).append(statement)

    def record(self, id: str, answers: Sequence[Answer]) -> dict[str, object]:
        """One problem with its solutions, for programs."""
        solutions = [self.solution(answer) for answer in answers]
        return {"id": id, "kind": self.nodes[id].kind, "name": self.nodes[id].label, "solutions": solutions}

    def solution(self, answer: Answer) -> dict[str, object]:
        """One solution, for programs. ``origin`` is that of the least certain step on the way."""
        return {
            "id": answer.solution.id,
            "name": answer.solution.label,
            "way": answer.way,
            "origin": answer.origin,
            "sources": answer.sources,
            "sure": round(answer.sure, 4),
            "path": [id for id in answer.path if id],
            "hops": [
                {
                    "source": hop.source or None,
                    "target": hop.target,
                    "relation": hop.relation,
                    "back": hop.back,
                    "origin": hop.origin,
                    "quotes": [self._quote(self._quoted[id]) for id in _resting(hop) if id in self._quoted],
                }
                for hop in answer.hops
            ],
            "statements": [self._quote(s) for s in self._statements.get(answer.solution.id, [])],
        }

    def tell(self, answer: Answer) -> None:
        """One solution for a person: its words, how it comes to the problem, and the way there where that has more steps."""
        line()
        line(f"{shaped('solution', answer.solution.label)}  {answer.solution.id}", indent=2, hang=4)
        for s in self._statements.get(answer.solution.id, [])[:MOST_QUOTES]:
            quoted(said(s), source(self._documents[s.document_id], s.page, s.section), indent=4)
        line(say(f"command.solutions_way_{answer.way}", sources=answer.sources), indent=4, dim=True)
        if len(answer.hops) > 1:
            line(say("command.solutions_over"), indent=4, dim=True)
            for hop in answer.hops:
                self._step(hop)
            line(self._named(hop.target), indent=6, hang=8)

    def _step(self, hop: Hop) -> None:
        from search_app.words import origin_word, relation_word

        line(self._named(hop.source), indent=6, hang=8)
        words = relation_word(hop.relation, back=hop.back) if hop.relation else say("command.solutions_alike")
        line(f"↓ {words} ({origin_word(hop.origin)})", indent=8)
        self._teller.evidence(hop)

    def _named(self, id: str) -> str:
        from search_app.words import node_label

        return f"{shaped(self.nodes[id].kind, node_label(self.nodes[id]))}  {id}"

    def _quote(self, statement: Statement) -> dict[str, object]:
        name = self._documents[statement.document_id].name
        return {"id": statement.id, "document": name, "quote": statement.quote, "page": statement.page}


def _resting(hop: Hop) -> list[str]:
    """The statements that a step rests on first of all: one pair."""
    return list(dict.fromkeys(hop.evidence[0])) if hop.evidence else []


def _named(store: Store, problem: str) -> str:
    """The node that an id stands for; empty for words."""
    try:
        return store.resolve(problem)
    except KluwenError:
        if problem.startswith(("con-", "st-", "actor-", "theme-")):
            raise
    return ""


def _problems(store: Store, model: Encoder, problem: str) -> list[str]:
    """The bottlenecks and causes that come nearest to a problem in other words."""
    from graph.model import Kind
    from graph.search import search
    from graph.store.base import Filters

    asked = Filters(kinds=frozenset({Kind.BOTTLENECK, Kind.CAUSE}))
    answer = search(store, model, problem, filters=asked, limit=MOST_PROBLEMS)
    return [hit.id for hit in answer.hits if hit.passage is None]
