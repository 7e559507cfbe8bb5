"""``kluwen ingest``: files, folders, boards and addresses into the graph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, encoder, option
from search_app.cli.screen import Progress, complain, line, shaped, style, told

if TYPE_CHECKING:
    from graph.meaning.base import Encoder
    from graph.model import Access, Statement
    from graph.store.base import Store
    from search_app.intake import Added

MOST_LINES = 20
"""How many statements of a difference are shown; a dry run shows them all."""


@dataclass(slots=True)
class Told:
    """What a person says about what they add."""

    access: Access | None
    title: str | None
    publisher: str | None
    date: str | None
    dry_run: bool


@dataclass(slots=True)
class Sum:
    """What went in, and what did not."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    found: Counter[str] = field(default_factory=Counter)

    @property
    def files(self) -> int:
        return self.new + self.changed + self.unchanged + self.failed


@click.command("ingest", cls=Command)
@click.argument("paths", metavar="PATH…", nargs=-1, required=True)
@option("--dry-run", is_flag=True)
@option("--access", metavar="public|internal")
@option("--title", metavar="TEXT")
@option("--publisher", metavar="TEXT")
@option("--date", metavar="YYYY[-MM[-DD]]")
@click.pass_obj
def command(
    state: State,
    paths: tuple[str, ...],
    dry_run: bool,
    access: str | None,
    title: str | None,
    publisher: str | None,
    date: str | None,
) -> int:
    from search_app.fetch import is_address
    from search_app.intake import plan
    from search_app.words import parse_access

    if date and not re.fullmatch(r"\d{4}(-\d\d){0,2}", date):
        raise click.UsageError(say("command.not_date", date=date))
    told_by_person = Told(parse_access(access) if access else None, title, publisher, date, dry_run)
    addresses = [path for path in paths if is_address(path)]
    planned = plan(Path(path) for path in paths if not is_address(path))
    if title and len(planned.items) + len(addresses) > 1:
        raise click.UsageError(say("command.one_title"))
    _skipped(planned.skipped)
    if not planned.items and not addresses:
        raise KluwenError("command.nothing_to_ingest")

    total, bar = Sum(), Progress()
    count = len(planned.items) + len(addresses)
    with _opened(state, dry_run) as store:
        model = None if dry_run else encoder(store)
        for i, item in enumerate(planned.items, 1):
            _one(store, model, item.path, item.root, None, told_by_person, total, bar, f"[{i}/{count}]")
        for i, url in enumerate(addresses, 1 + len(planned.items)):
            _address(store, model, url, told_by_person, total, bar, f"[{i}/{count}]")
        _summary(state, store, total, dry_run)
    return 1 if total.failed else 0


def _opened(state: State, dry_run: bool) -> Store | nullcontext[None]:
    """The graph to write in; in a dry run the graph to compare with, if there is one."""
    if not dry_run:
        return state.open_to_write(create=True)
    return state.open() if state.exists else nullcontext()


def _one(
    store: Store | None,
    model: Encoder | None,
    path: Path,
    root: Path | None,
    url: str | None,
    said: Told,
    total: Sum,
    bar: Progress,
    place: str,
) -> None:
    from search_app.intake import add

    name = url or (path.relative_to(root).as_posix() if root else path.name)
    try:
        added = add(
            store,
            model,
            path,
            root=root,
            url=url,
            access=said.access,
            title=said.title,
            publisher=said.publisher,
            date=said.date,
            dry_run=said.dry_run,
            progress=lambda step: bar.show(f"{place} {name}: {say(f'command.step_{step}')}"),
        )
    except KluwenError as error:
        bar.clear()
        total.failed += 1
        complain(f"{name}: {error}")
        return
    bar.clear()
    _report(added, name, said.dry_run, total)


def _address(
    store: Store | None, model: Encoder | None, url: str, said: Told, total: Sum, bar: Progress, place: str
) -> None:
    """Fetch what stands at an address, and add it; the copy on this computer goes away again."""
    from search_app.fetch import fetch

    with TemporaryDirectory(prefix="kluwen-") as folder:
        bar.show(f"{place} {url}: {say('command.step_fetch')}")
        try:
            path = fetch(url, Path(folder), told=lambda target: told(say("command.redirected", target=target)))
        except KluwenError as error:
            bar.clear()
            total.failed += 1
            complain(str(error))
            return
        _one(store, model, path, None, url, said, total, bar, place)


def _report(added: Added, name: str, dry_run: bool, total: Sum) -> None:
    from search_app.words import access_word

    if added.change.unchanged:
        total.unchanged += 1
        line(f"{style('=', dim=True)} {name}: {say('command.unchanged')}", hang=2)
    else:
        found = Counter(statement.kind.value for statement in added.statements)
        total.found += found
        mark = style("+", fg="green") if added.new else style("~", fg="yellow")
        parts = [_counted(found), access_word(added.document.access)]
        if added.new:
            total.new += 1
        else:
            total.changed += 1
            change = added.change
            parts.insert(
                1, say("command.difference", added=len(change.added), removed=len(change.removed), kept=change.kept)
            )
        line(f"{mark} {name}: {' · '.join(parts)}", hang=2)
        if dry_run or not added.new:
            most = len(added.statements) + len(added.change.removed) if dry_run else MOST_LINES
            _statements(added.change.added, "+", most)
            _statements(added.change.removed, "-", most)
    for note in added.notes:
        line(note, indent=2, hang=2, dim=True)


def _statements(statements: Sequence[Statement], mark: str, most: int) -> None:
    from search_app.words import kind_word

    for statement in statements[:most]:
        page = say("command.on_page", page=statement.page) if statement.page else ""
        line(f"{mark} {shaped(statement.kind, kind_word(statement.kind))}: {statement.text}{page}", indent=4, hang=6)
    if len(statements) > most:
        line(say("command.and_more", number=len(statements) - most), indent=4)


def _counted(found: Counter[str]) -> str:
    from search_app.words import counted

    return ", ".join(counted(found[kind], kind) for kind in ("bottleneck", "cause", "solution"))


def _skipped(skipped: Sequence[tuple[Path, str]]) -> None:
    """Say what is not read, the reasons each once."""
    by_reason: dict[str, list[str]] = {}
    for path, reason in skipped:
        by_reason.setdefault(reason, []).append(path.name)
    for reason, names in by_reason.items():
        shown = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
        told(say("command.skipped", number=len(names), reason=reason, names=shown))


def _summary(state: State, store: Store | None, total: Sum, dry_run: bool) -> None:
    files = total.files
    parts = [
        say(f"command.sum_{what}", number=number)
        for what in ("new", "changed", "unchanged", "failed")
        if (number := getattr(total, what))
    ]
    one = "one" if files == 1 else "more"
    line()
    line(say(f"command.sum_files_{one}", number=files, parts=", ".join(parts)), bold=True)
    if dry_run:
        line(say("command.dry_run_done", found=_counted(total.found)))
    elif store is not None:
        counts = store.counts()
        now = Counter({kind: counts.get(kind.capitalize(), 0) for kind in ("bottleneck", "cause", "solution")})
        line(say("command.now_holds", graph=state.graph, found=_counted(now), documents=counts.get("Document", 0)))
        if total.new:
            line(say("command.try_search"), dim=True)
