"""``kluwen vocabulary``: the words that Kluwen knows, checked, tried, and to and from other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, option
from search_app.cli.screen import heading, line

if TYPE_CHECKING:
    from search_app.tried import Seen, Tried

_WHAT = ("check", "try", "export", "import")


@click.command("vocabulary", cls=Command)
@click.argument("what", metavar="|".join(_WHAT), type=click.Choice(_WHAT))
@click.argument("given", metavar="[FILE|SENTENCE]", required=False)
@option("--format", "-f", "form", type=click.Choice(("skos",)), default="skos")
@option("--to", metavar="TABLE")
@option("--json", "as_json", is_flag=True)
@click.pass_obj
def command(state: State, what: str, given: str | None, form: str, to: str | None, as_json: bool) -> int:
    match what:
        case "check":
            return _check(Path(given) if given else None, as_json)
        case "try":
            _try(_needed(given), as_json)
        case "export":
            _export(given)
        case "import":
            _import(Path(_needed(given)), Path(to) if to else None)
    return 0


def _needed(given: str | None) -> str:
    if not given or not given.strip():
        raise click.UsageError(say("command.vocabulary_needs"), click.get_current_context())
    return given


def _check(path: Path | None, as_json: bool) -> int:
    """Every mistake of the files, and 1 if there is one."""
    from corpus.vocabulary import FOLDER, check

    path = path or FOLDER
    if not path.exists():
        raise KluwenError("vocabulary.no_file", file=path)
    problems = check(path)
    if as_json:
        import json

        rows = [{"file": p.file, "line": p.line, "key": p.key, "message": str(p)} for p in problems]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for problem in problems:
            line(str(problem))
        line(say("command.vocabulary_wrong", number=len(problems)) if problems else say("command.vocabulary_right"))
    return 1 if problems else 0


def _try(text: str, as_json: bool) -> None:
    from search_app.tried import tried

    found = tried(text)
    if as_json:
        import json

        click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        _tell(found)


def _tell(found: Tried) -> None:
    from search_app.words import kind_word, level_word, theme_word

    def shown(title: str, rows: tuple[Seen, ...], words: list[str]) -> None:
        if rows:
            heading(say(f"command.vocabulary_{title}"))
            for seen, told in zip(rows, words, strict=True):
                line(f"{told}: “{seen.words}”", indent=2, hang=4)

    concepts = []
    for seen in found.concepts:
        wider = f" < {seen.broader}" if seen.broader else ""
        concepts.append(f"{seen.what}{wider} ({say(f'command.vocabulary_{seen.how}')})")
    shown("concepts", found.concepts, concepts)
    shown("actors", found.actors, [seen.what for seen in found.actors])
    shown("themes", found.themes, [f"{theme_word(seen.what)} ({seen.how})" for seen in found.themes])
    shown("levels", found.levels, [f"{level_word(seen.what)} ({seen.how})" for seen in found.levels])
    kinds = [say("command.vocabulary_none") if seen.how == "none" else kind_word(seen.how) for seen in found.cues]
    shown("cues", found.cues, [f"{seen.what} ({kind})" for seen, kind in zip(found.cues, kinds, strict=True)])
    shown("matter", found.matter, [seen.what for seen in found.matter])
    if found.unknown:
        heading(say("command.vocabulary_unknown"))
        line(", ".join(found.unknown), indent=2)


def _export(to: str | None) -> None:
    from corpus.vocabulary import concepts
    from corpus.vocabulary.skos import to_skos

    text = to_skos(concepts())
    if to is None:
        click.echo(text, nl=False)
        return
    try:
        Path(to).write_text(text, encoding="utf-8")
    except OSError as error:
        raise KluwenError("export.cannot_write", file=to, reason=error.strerror) from error
    line(say("command.vocabulary_exported", number=len(concepts()), file=to))


def _import(path: Path, to: Path | None) -> None:
    """Bring the concepts of a file into the table in use, or into a copy of it."""
    from corpus.vocabulary import FOLDER, concepts
    from corpus.vocabulary.joining import joined, remarks, write_table
    from corpus.vocabulary.skos import from_skos

    table = FOLDER / "concepts.tsv"
    found = joined(concepts(), from_skos(path))
    target = to or table
    try:
        write_table(found.concepts, target, remarks(table))
    except OSError as error:
        raise KluwenError("export.cannot_write", file=target, reason=error.strerror) from error
    for term, owner in found.left_out:
        line(say("command.vocabulary_left_out", term=term, owner=owner))
    line(say("command.vocabulary_imported", new=found.new, terms=found.terms, file=target))
