"""Output for people: coloured and wrapped on a terminal, plain lines when piped, errors in one sentence."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import click

from corpus.messages import say

if TYPE_CHECKING:
    from graph.model import Document, Statement

SHAPES = {"bottleneck": "■", "cause": "◆", "solution": "✚", "actor": "○", "theme": "#", "passage": "¶", "document": "▤"}
COLOURS = {"bottleneck": "red", "cause": "magenta", "solution": "green", "actor": "bright_black", "theme": "blue"}
"""A kind is told by its shape, its colour and its word, as in the app."""


def on_terminal() -> bool:
    """Whether a person is looking at the output."""
    return sys.stdout.isatty()


def width() -> int:
    """The columns that text may take: those of the terminal, at most 100."""
    return min(shutil.get_terminal_size((100, 24)).columns, 100)


def style(text: str, **how: bool | str) -> str:
    """The text in a style; ``NO_COLOR`` leaves it plain, and so does a pipe."""
    return text if os.environ.get("NO_COLOR") else click.style(text, **how)  # type: ignore[arg-type]


def shaped(kind: str, word: str) -> str:
    """A kind's word with its shape, in its colour."""
    return style(f"{SHAPES.get(kind, '·')} {word}", fg=COLOURS.get(kind, "blue"), bold=True)


def line(text: str = "", *, indent: int = 0, hang: int | None = None, **how: bool | str) -> None:
    """Print a text: on a terminal wrapped to its width (``hang`` columns in from the second line on), else as one line."""
    start, rest = " " * indent, " " * (indent if hang is None else hang)
    lines = wrapped(text, width(), start, rest) if on_terminal() else [start + text]
    click.echo("\n".join(style(each, **how) if how else each for each in lines))


def wrapped(text: str, columns: int, start: str = "", rest: str = "") -> list[str]:
    """The lines of a text, broken between words only. Colours take no place; ``start`` and ``rest`` stand before its lines."""
    lines, current, used = [], start, len(start)
    for word in text.split(" "):
        size = len(click.unstyle(word))
        if used + 1 + size > columns and click.unstyle(current).strip():
            lines.append(current)
            current, used = rest + word, len(rest) + size
        elif click.unstyle(current).strip():
            current, used = f"{current} {word}", used + 1 + size
        else:
            current, used = current + word, used + size
    return [*lines, current]


def heading(text: str) -> None:
    """Print a heading, with a white line above it."""
    click.echo("\n" + style(text, bold=True))


def source(document: Document, page: int | None, section: str = "") -> str:
    """Where words stand, as in ``Title (report.pdf), blz. 3 · Heading > Heading``."""
    where = f"{document.title} ({document.name})" + (say("command.comma_page", page=page) if page else "")
    return f"{where} · {section}" if section else where


def said(statement: Statement) -> str:
    """A statement's quote between quotation marks, after the lead-in that it needs."""
    quote = f"“{statement.quote}”"
    return f"{statement.lead_in.rstrip(' :')}: {quote}" if statement.lead_in else quote


def quoted(words: str, where: str, *, indent: int = 2) -> None:
    """Print a source's words, and under them where they stand."""
    line(words, indent=indent, hang=indent + 1)
    line(where, indent=indent + 1, dim=True)


def quotes(number: int) -> str:
    """A number of quotes, as in ``1 citaat`` and ``3 citaten``."""
    return say("command.quotes_one" if number == 1 else "command.quotes_more", number=number)


def told(text: str) -> None:
    """Say something about the work, on stderr, so that what is piped stays clean."""
    click.echo(text, err=True)


def complain(sentence: str | None, *, see: str = "") -> None:
    """Say on stderr what went wrong, in one sentence; None when a person stopped it."""
    if sentence is None:
        text = say("command.stopped")
    else:
        text = say("command.wrong", sentence=" ".join(sentence.split()))
        if see:
            text += " " + say("command.see", command=see)
    click.echo(style(text, fg="red") if sys.stderr.isatty() else text, err=True)


def ask(question: str) -> bool:
    """Whether a person says yes (``j``, ``ja``, ``y``, ``yes``). Anything else is no."""
    answer: str = click.prompt(
        question + say("command.yes_no"), prompt_suffix=" ", default="", show_default=False, err=True
    )
    return answer.strip().casefold() in ("j", "ja", "y", "yes")


class Progress:
    """One line on stderr that says how far it is, while a person looks; nothing when piped."""

    def __init__(self) -> None:
        self.shows = sys.stderr.isatty()

    def show(self, text: str) -> None:
        if self.shows:
            click.echo("\r\x1b[2K" + text[: shutil.get_terminal_size().columns - 1], err=True, nl=False)

    def clear(self) -> None:
        if self.shows:
            click.echo("\r\x1b[2K", err=True, nl=False)
