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
from search_app.cli.screen import Progress, complain, line, said, shaped, style, told

if TYPE_CHECKING:
    from graph.ledger.touching import Touched
    from graph.meaning.base import Encoder
    from graph.model import Access, Statement
    from graph.store.base import Store
    from ingest.propose import Proposer
    from search_app.intake import Added

MOST_LINES = 20
"""How many statements of a difference are shown; a dry run shows them all."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says about what they add."""

    access: Access | None
    title: str | None
    publisher: str | None
    date: str | None


@dataclass(slots=True)
class Sum:
    """What went in, and what did not."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    found: Counter[str] = field(default_factory=Counter)
    proposed: Counter[str] = field(default_factory=Counter)

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
@option("--propose", is_flag=True)
@option("--model-url", metavar="ADDRESS")
@option("--model-name", metavar="NAME")
@option("--send-internal", metavar="ADDRESS")
@click.pass_obj
def command(
    state: State,
    paths: tuple[str, ...],
    dry_run: bool,
    access: str | None,
    title: str | None,
    publisher: str | None,
    date: str | None,
    propose: bool,
    model_url: str | None,
    model_name: str | None,
    send_internal: str | None,
) -> int:
    from search_app.cli.proposing import Asked, proposer
    from search_app.fetch import is_address
    from search_app.intake import plan
    from search_app.words import parse_access

    if date and not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", date):
        raise click.UsageError(say("command.not_date", date=date), click.get_current_context())
    given = Said(parse_access(access) if access else None, title, publisher, date)
    addresses = [path for path in paths if is_address(path)]
    planned = plan(Path(path) for path in paths if not is_address(path))
    if title and len(planned.items) + len(addresses) > 1:
        raise click.UsageError(say("command.one_title"), click.get_current_context())
    model = proposer(Asked(propose, model_url, model_name, send_internal))
    _skipped(planned.skipped)
    if not planned.items and not addresses:
        raise KluwenError("command.nothing_to_ingest")
    with _opened(state, dry_run) as store:
        if store is not None and not dry_run:
            from search_app.cli.model import renew

            renew(state, store)
        count = len(planned.items) + len(addresses)
        run = Run(store, None if dry_run else encoder(store), given, dry_run, count, model)
        for item in planned.items:
            run.file(item.path, item.root)
        for url in addresses:
            run.address(url)
        _summary(state, store, run.total, dry_run)
    return 1 if run.total.failed else 0


def _opened(state: State, dry_run: bool) -> Store | nullcontext[None]:
    """The graph to write in; in a dry run the graph to compare with, if there is one."""
    if not dry_run:
        return state.open_to_write(create=True)
    return state.open() if state.exists else nullcontext()


class Run:
    """Adds files one by one, says what each brought, and goes on after one that fails."""

    def __init__(
        self,
        store: Store | None,
        model: Encoder | None,
        given: Said,
        dry_run: bool,
        count: int,
        proposer: Proposer | None = None,
    ) -> None:
        self.total = Sum()
        self._store, self._model, self._given, self._dry_run, self._count = store, model, given, dry_run, count
        self._proposer = proposer
        self._bar = Progress()
        self._seen: dict[str, str] = {}

    def file(self, path: Path, root: Path | None = None, *, url: str | None = None) -> None:
        """Add a file; ``url`` is where it was fetched from."""
        from search_app.intake import add

        name = url or (path.relative_to(root).as_posix() if root else path.name)
        try:
            added = add(
                self._store,
                self._model,
                path,
                root=root,
                url=url,
                access=self._given.access,
                title=self._given.title,
                publisher=self._given.publisher,
                date=self._given.date,
                dry_run=self._dry_run,
                progress=lambda step: self._show(name, step),
                refuse=self._seen,
                proposer=self._proposer,
            )
        except KluwenError as error:
            self._failed(f"{name}: {error}")
            return
        self._bar.clear()
        self._seen[added.document.id] = name
        self._report(added, name)

    def address(self, url: str) -> None:
        """Fetch what stands at an address, and add it; the copy on this computer goes away again."""
        from search_app.fetch import fetch

        self._show(url, "fetch")
        with TemporaryDirectory(prefix="kluwen-") as folder:
            try:
                path = fetch(url, Path(folder), told=lambda target: told(say("command.redirected", target=target)))
            except KluwenError as error:
                self._failed(str(error))
                return
            self.file(path, url=url)

    def _show(self, name: str, step: str) -> None:
        self._bar.show(f"[{self.total.files + 1}/{self._count}] {name}: {say(f'command.step_{step}')}")

    def _failed(self, sentence: str) -> None:
        self._bar.clear()
        self.total.failed += 1
        complain(sentence)

    def _report(self, added: Added, name: str) -> None:
        from search_app.words import access_word

        if added.change.unchanged:
            self.total.unchanged += 1
            line(f"{style('=', dim=True)} {name}: {say('command.unchanged')}", hang=2)
        else:
            found = Counter(statement.kind.value for statement in added.statements)
            self.total.found += found
            self.total.new += added.new
            self.total.changed += not added.new
            parts = [_counted(found), access_word(added.document.access)]
            if not added.new:
                parts.insert(1, _difference(added))
            mark = style("+", fg="green") if added.new else style("~", fg="yellow")
            line(f"{mark} {name}: {' · '.join(parts)}", hang=2)
            if self._dry_run or not added.new:
                most = None if self._dry_run else MOST_LINES
                _statements(added.change.added, "+", most)
                _statements(added.change.removed, "-", most)
                if self._dry_run:
                    _statements([s for s in added.change.changed if s not in added.moved], "~", most)
                    _statements(added.moved, "→", most)
                    _touched(added.touched)
        if added.proposed is not None:
            counts = {name: getattr(added.proposed, name) for name in ("added", "known", "invented", "unusable")}
            self.total.proposed.update(counts, failed=added.proposed.failed is not None, documents=1)
        for note in added.notes:
            line(note, indent=2, dim=True)


def _difference(added: Added) -> str:
    change = added.change
    return say("command.difference", added=len(change.added), removed=len(change.removed), kept=change.kept)


def _statements(statements: Sequence[Statement], mark: str, most: int | None) -> None:
    from search_app.words import kind_word

    for statement in statements[:most]:
        page = say("command.on_page", page=statement.page) if statement.page else ""
        line(f"{mark} {shaped(statement.kind, kind_word(statement.kind))}: {said(statement)}{page}", indent=4, hang=6)
    if most is not None and len(statements) > most:
        line(say("command.and_more", number=len(statements) - most), indent=4)


def _touched(touched: Touched | None) -> None:
    """What becomes of what people decided about the document."""
    if touched is None or not (touched.carried or touched.orphaned):
        return
    line(say("command.touched", kept=touched.kept), indent=4)
    for j, at, to in touched.carried:
        line(
            say("command.touched_carried", said=say(f"ledger.said_{j.verdict}"), quote=at.quote, now=to.quote), indent=6
        )
    for j, at in touched.orphaned:
        line(say("command.touched_orphaned", said=say(f"ledger.said_{j.verdict}"), quote=at.quote), indent=6)


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
    from search_app.words import counted

    files = total.files
    parts = [
        say(f"command.sum_{what}", number=number)
        for what in ("new", "changed", "unchanged", "failed")
        if (number := getattr(total, what))
    ]
    one = "one" if files == 1 else "more"
    line()
    line(say(f"command.sum_files_{one}", number=files, parts=", ".join(parts)), bold=True)
    if total.proposed:
        line(say("propose.sum", **total.proposed))
    if dry_run:
        line(say("command.dry_run_done", found=_counted(total.found)))
    elif store is not None:
        counts = store.counts()
        now = Counter({kind: counts.get(kind.capitalize(), 0) for kind in ("bottleneck", "cause", "solution")})
        line(
            say(
                "command.now_holds",
                graph=state.graph,
                found=_counted(now),
                documents=counted(counts.get("Document", 0), "document"),
            )
        )
        if total.new:
            line(say("command.try_search"), dim=True)
