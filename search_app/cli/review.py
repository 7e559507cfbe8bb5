"""``kluwen review``: what people decided about the graph, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, encoder, option
from search_app.cli.contraries import contraries
from search_app.cli.screen import heading, line

if TYPE_CHECKING:
    from graph.ledger.judgement import Judgement
    from graph.store.base import Store

_PROPOSED = 10
"""How many pairs are shown of what is perhaps the same."""
_WHAT = ("list", "decide", "undo", "export", "import")


@click.command("review", cls=Command)
@click.argument("what", metavar="|".join(_WHAT), type=click.Choice(_WHAT))
@click.argument("words", metavar="[…]", nargs=-1)
@option("--value", metavar="VALUE", multiple=True)
@option("--by", metavar="NAME")
@option("--why", metavar="TEXT", default="")
@option("--output", "-o", metavar="FILE")
@click.pass_obj
def command(
    state: State,
    what: str,
    words: tuple[str, ...],
    value: tuple[str, ...],
    by: str | None,
    why: str,
    output: str | None,
) -> None:
    match what:
        case "list":
            with state.open() as store:
                _list(store)
        case "export":
            with state.open() as store:
                _export(store, output)
        case "import":
            [path] = _exactly(words, 1)
            with state.open_to_write() as store:
                _import(store, Path(path))
        case "undo":
            [id] = _exactly(words, 1)
            with state.open_to_write() as store:
                from search_app.judging import undo

                undo(store, id, by=by, why=why)
                line(say("command.review_undone", id=id))
        case _:
            from search_app.judging import disputed

            with state.open_to_write() as store:
                made = _decide(store, words, value, by, why)
                line(say("command.review_decided", id=made.id))
                line(say("command.review_take_back", id=made.id), dim=True)
                for conflict in disputed(store, made):
                    _conflict(conflict.winner, conflict.loser)


def _decide(store: Store, words: tuple[str, ...], values: tuple[str, ...], by: str | None, why: str) -> Judgement:
    from graph.ledger.judgement import Verdict
    from search_app.judging import judge, mark
    from search_app.words import parse_kind

    known = [verdict.value for verdict in Verdict if verdict != Verdict.UNDONE]
    if not words or words[0] not in known:
        raise KluwenError("ledger.verdict", verdict=words[0] if words else "", known=", ".join(known))
    verdict = Verdict(words[0])
    if verdict == Verdict.ADDED:
        document, quote = _exactly(words[1:], 2)
        kind = parse_kind(values[0] if values else "")
        model = encoder(store) if store.model() else None
        return mark(store, model, store.document(document), quote, kind, by=by, why=why)[0]
    if len(words) not in (2, 3):
        raise click.UsageError(say("command.review_ids"), click.get_current_context())
    return judge(store, verdict, words[1], words[2] if len(words) == 3 else None, values, by=by, why=why)


def _list(store: Store) -> None:
    from graph.ledger.judgement import conflicts, holding
    from search_app.judging import wording

    entries = store.ledger()
    if not entries:
        line(say("command.review_none"))
    holds = {j.id for j in holding(entries)}
    for j in entries:
        line(f"{j.at[:16].replace('T', ' ')}  {j.by}  {wording(j)}", bold=j.id in holds)
        for side in (j.about, j.others):
            quotes = list(dict.fromkeys(a.quote for a in side))
            for quote in quotes[:3]:
                line(f"‘{quote}’", indent=4)
            if len(quotes) > 3:
                line(say("command.and_more", number=len(quotes) - 3), indent=4)
        if j.why:
            line(j.why, indent=4)
        undone = "" if j.id in holds or j.verdict == "undone" else "  " + say("command.review_no_longer")
        line(j.id + undone, indent=4, dim=True)
    if orphans := store.orphans():
        heading(say("command.review_orphans"))
        for j, a in orphans:
            line(f"‘{a.quote}’  ({j.id})", indent=2)
    _proposals(store)
    contraries(store, say("command.review_contraries"))
    if found := conflicts(entries):
        heading(say("command.review_conflicts"))
        for conflict in found:
            _conflict(conflict.winner, conflict.loser)


def _proposals(store: Store) -> None:
    """What is perhaps the same, for a person to say."""
    proposed = store.proposals(_PROPOSED)
    if not proposed:
        return
    labels = {c.id: c.label for c in store.concepts({id for one, other, _ in proposed for id in (one, other)})}
    heading(say("command.review_proposals"))
    for one, other, score in proposed:
        line(f"{round(score * 100)} %  {labels.get(one, one)}", indent=2)
        line(labels.get(other, other), indent=8)
        line(f"{one} {other}", indent=8, dim=True)


def _conflict(winner: Judgement, loser: Judgement) -> None:
    from search_app.judging import wording

    line(
        say(
            "command.review_conflict",
            quote=winner.about[0].quote,
            winner=winner.by,
            said=wording(winner),
            loser=loser.by,
            other=wording(loser),
        ),
        indent=2,
    )


def _export(store: Store, output: str | None) -> None:
    from graph.ledger.lines import as_lines

    text = as_lines(store.ledger())
    if output is None:
        click.echo(text, nl=False)
    else:
        Path(output).write_text(text, encoding="utf-8")
        line(say("command.review_exported", number=text.count("\n"), file=output))


def _import(store: Store, path: Path) -> None:
    from graph.ledger.judgement import conflicts
    from graph.ledger.lines import read_lines

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KluwenError("ledger.unreadable", file=path) from error
    read = read_lines(text, str(path))
    new = store.judge(read)
    line(say("command.review_imported", number=len(new), known=len(read) - len(new)))
    ids = {j.id for j in new}
    for conflict in conflicts(store.ledger()):
        if conflict.winner.id in ids or conflict.loser.id in ids:
            _conflict(conflict.winner, conflict.loser)


def _exactly(words: tuple[str, ...], number: int) -> tuple[str, ...]:
    if len(words) != number:
        raise click.UsageError(say("command.review_words", number=number), click.get_current_context())
    return words
