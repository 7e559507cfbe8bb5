"""What all sub-commands share: the group that finds them, help in both languages, and the graph that they work on."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import KluwenError
from corpus.messages import LANGUAGES, say

if TYPE_CHECKING:
    from graph.meaning.base import Encoder
    from graph.store.base import Store

SECTIONS = {
    "fill": ("ingest", "review", "forget", "access"),
    "ask": ("search", "solutions", "show", "tangle", "path", "stats"),
    "take": ("export",),
    "run": ("app", "copy", "model", "extraction", "vocabulary", "doctor"),
}
"""The sub-commands, as ``kluwen --help`` groups them. Each is the ``command`` of the module of its name in this package."""

FIRST = ("--graph", "--public", "--lang")
"""Options that stand before the sub-command."""


@dataclass(slots=True)
class State:
    """Which graph the command works on, and as whom."""

    graph: str = "kluwen.db"
    public: bool = False

    @property
    def is_file(self) -> bool:
        return "://" not in self.graph

    @property
    def exists(self) -> bool:
        """Whether there is a graph; of a server, that is not known before it is opened."""
        return not self.is_file or Path(self.graph).is_file()

    def open(self) -> Store:
        """The graph, to read. Raises KluwenError when there is none; creates nothing."""
        import graph

        if not self.exists:
            raise KluwenError("command.no_graph", graph=self.graph)
        return graph.open(self.graph, public=self.public)

    def open_to_write(self, *, create: bool = False) -> Store:
        """The graph, to change. Raises KluwenError when there is none and ``create`` is false, and with ``--public``."""
        import graph

        if self.public:
            raise KluwenError("command.public_reads")
        if not create and not self.exists:
            raise KluwenError("command.no_graph", graph=self.graph)
        return graph.open(self.graph, create=create)


def encoder(store: Store | None) -> Encoder:
    """The model of meaning that fits the graph's vectors, else the bundled one."""
    from graph.meaning import open_encoder

    return open_encoder(None, store.model() if store is not None else None)


class Whole(click.ParamType[int]):
    """A whole number from ``least`` to ``most``, refused in our own words."""

    name = "number"

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if str(value).isdecimal() and self.least <= int(value) <= (self.most or int(value)):
            return int(value)
        wrong = "command.not_number" if self.most is None else "command.not_between"
        raise click.BadParameter(say(wrong, least=self.least, most=self.most), ctx, param)


class Option(click.Option):
    """An option whose help is the sentence ``command.<sub-command>_<option>``."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = say(f"command.{ctx.command.name}_{self.name}")
        return super().get_help_record(ctx)


class Command(click.Command):
    """A sub-command whose help is ``command.<name>_help``, with the examples of ``command.<name>_examples`` under it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name in FIRST:
                raise click.UsageError(say("command.goes_first", option=error.option_name), ctx) from error
            raise

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.options_metavar = say("command.options")
        return super().collect_usage_pieces(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("command.help")
        return option

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.help = say(f"command.{self.name}_help")
        super().format_help_text(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write_heading(say("command.examples"))
        for line in say(f"command.{self.name}_examples").strip().splitlines():
            formatter.write(f"  {line}\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        return say(f"command.{self.name}_short")


class Kluwen(Command, click.Group):
    """The group. Its sub-commands are found by name, so that ``kluwen --help`` imports none of them."""

    def __init__(self) -> None:
        super().__init__(name="kluwen", callback=_choose, params=_options())

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for names in SECTIONS.values() for name in names]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"search_app.cli.{name}").command
        return command

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.subcommand_metavar = say("command.subcommand")
        return super().collect_usage_pieces(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            with formatter.section(say(f"command.section_{section}")):
                formatter.write_dl([(name, say(f"command.{name}_short")) for name in names])


def _options() -> list[click.Parameter]:
    def version(ctx: click.Context, option: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            from importlib.metadata import version as installed

            click.echo(f"kluwen {installed('kluwen')}")
            ctx.exit()

    return [
        Option(["--graph"], metavar="FILE|URL", envvar="KLUWEN_GRAPH", default="kluwen.db"),
        Option(["--public"], is_flag=True),
        Option(["--lang"], type=click.Choice(LANGUAGES), expose_value=False),
        Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=version),
    ]


@click.pass_context
def _choose(ctx: click.Context, graph: str, public: bool) -> None:
    ctx.obj = State(graph or "kluwen.db", public)
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def option(*names: str, **settings: Any) -> Callable[[Any], Any]:
    """``click.option`` whose help stands with the messages."""
    return click.option(*names, cls=Option, **settings)
