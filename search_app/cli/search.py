"""``kluwen search``: questions in any words, answered for a person or as JSON for a program."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, Whole, encoder, option
from search_app.cli.limits import filters
from search_app.cli.screen import line, quoted, said, shaped, source, told

if TYPE_CHECKING:
    from graph.model import Document
    from graph.search import Answer, Hit

MOST_QUOTES = 3
"""How many quotes of a hit a person sees before they ask for it."""


@click.command("search", cls=Command)
@click.argument("query", metavar="QUERY", required=False)
@option("--kind", "kinds", metavar="KIND", multiple=True)
@option("--theme", "themes", metavar="THEME", multiple=True)
@option("--level", "levels", metavar="LEVEL", multiple=True)
@option("--actor", "actors", metavar="ACTOR", multiple=True)
@option("--document", "documents", metavar="DOCUMENT", multiple=True)
@option("--limit", type=Whole(1), metavar="N", default=10, show_default=True)
@option("--json", "as_json", is_flag=True)
@option("--batch", metavar="FILE|-")
@click.pass_obj
def command(
    state: State,
    query: str | None,
    kinds: tuple[str, ...],
    themes: tuple[str, ...],
    levels: tuple[str, ...],
    actors: tuple[str, ...],
    documents: tuple[str, ...],
    limit: int,
    as_json: bool,
    batch: str | None,
) -> None:
    if query is None and batch is None:
        raise click.UsageError(say("command.query_missing"), click.get_current_context())
    if query is not None and batch is not None:
        raise click.UsageError(say("command.query_or_batch"), click.get_current_context())
    questions = list(_questions(batch)) if batch is not None else [(query or "", None)]

    from graph.search import as_json as record
    from graph.search import search
    from search_app.words import parse_kind

    with state.open() as store:
        asked = filters(store, kinds=kinds, themes=themes, levels=levels, actors=actors, documents=documents)
        of_question = [replace(asked, kinds=frozenset([parse_kind(kind)])) if kind else asked for _, kind in questions]
        known = {document.id: document for document in store.documents()}
        model = encoder(store)
        for (question, _), limits in zip(questions, of_question, strict=True):
            answer = search(store, model, question, filters=limits, limit=limit)
            if as_json or batch is not None:
                click.echo(json.dumps(record(answer, known), ensure_ascii=False))
            else:
                _tell(answer, known)


def _questions(batch: str) -> Iterator[tuple[str, str | None]]:
    """The questions of a file, one a line: plain text, or JSON with ``query`` and perhaps ``kind``. Empty lines are none."""
    try:
        data = sys.stdin.buffer.read() if batch == "-" else Path(batch).read_bytes()
        lines = data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise KluwenError("command.batch_unreadable", file=batch, reason=error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise KluwenError("command.batch_unreadable", file=batch, reason="UTF-8?") from error
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        if not text.lstrip().startswith("{"):
            yield text.strip(), None
            continue
        try:
            record = json.loads(text)
            question, kind = record["query"], record.get("kind")
        except (ValueError, KeyError) as error:
            raise KluwenError("command.batch_line", file=batch, line=number) from error
        if not isinstance(question, str) or not isinstance(kind, str | None):
            raise KluwenError("command.batch_line", file=batch, line=number)
        yield question, kind or None


def _tell(answer: Answer, documents: dict[str, Document]) -> None:
    if answer.corrections:
        line(
            say(
                "command.search_corrected", words=", ".join(f"{meant} ({typed})" for typed, meant in answer.corrections)
            )
        )
    if not answer.hits:
        line(say("command.search_none"))
    elif answer.weak:
        line(say("command.search_weak"))
    if answer.suggestions:
        told(say("command.search_suggestions", words=", ".join(answer.suggestions)))
    for number, hit in enumerate(answer.hits, 1):
        line()
        _hit(number, hit, documents)


def _hit(number: int, hit: Hit, documents: dict[str, Document]) -> None:
    from search_app.words import kind_word

    shown = hit.statements[:MOST_QUOTES]
    name = next((said(statement) for statement in shown if statement.text == hit.name), hit.name)
    line(f"{number}. {shaped(hit.kind, kind_word(hit.kind))}  {name}", hang=3)
    for statement in shown:
        where = source(documents[statement.document_id], statement.page, statement.section)
        if statement.text == hit.name:
            line(where, indent=3, hang=5, dim=True)
        else:
            quoted(said(statement), where, indent=3)
    if hit.passage is not None:
        quoted(f"“{hit.passage.text}”", source(documents[hit.passage.document_id], hit.passage.page), indent=3)
    if len(hit.statements) > MOST_QUOTES:
        line(say("command.search_more_quotes", number=len(hit.statements) - MOST_QUOTES, id=hit.id), indent=3, dim=True)
    if hit.why:
        reasons = "; ".join(_because(part.part, part.terms) for part in hit.why)
        line(say("command.why", why=reasons), indent=3, hang=5, dim=True)
    line(hit.id, indent=3, dim=True)


def _because(part: str, terms: tuple[str, ...]) -> str:
    words = say(f"command.why_{part}")
    return f"{words} ({', '.join(terms)})" if terms else words
