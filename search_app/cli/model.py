"""``kluwen model``: which model of meaning a graph uses, another one for it, and how well each does."""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, Whole, option
from search_app.cli.screen import Progress, line, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph.meaning.base import Encoder
    from graph.model import ModelInfo
    from graph.store.base import Store
    from search_app.scoring import Figures, Question

_WHAT = ("list", "use", "download", "build", "score")
_NAMED = {"use": "NAME|FOLDER", "download": "NAME", "build": "FOLDER", "score": "FILE"}


@click.command("model", cls=Command)
@click.argument("what", metavar="|".join(_WHAT), type=click.Choice(_WHAT))
@click.argument("name", metavar="[NAME|FOLDER|FILE]", required=False)
@option("--seconds", type=Whole(1, 86_400), default="600", metavar="NUMBER")
@option("--words", metavar="FILE")
@option("--english", metavar="FILE")
@option("--texts", metavar="FOLDER")
@option("--wordnet", metavar="FOLDER")
@option("--cache", metavar="FOLDER")
@click.pass_obj
def command(
    state: State,
    what: str,
    name: str | None,
    seconds: int,
    words: str | None,
    english: str | None,
    texts: str | None,
    wordnet: str | None,
    cache: str | None,
) -> None:
    if what != "list" and not name:
        raise click.UsageError(say("command.model_name", what=what, name=_NAMED[what]), click.get_current_context())
    if what == "list":
        _list(state)
    elif what == "use":
        _use(state, name or "")
    elif what == "download":
        from graph.meaning.present import download

        download(name or "", seconds)
        line(say("command.model_downloaded", name=name), bold=True)
    elif what == "score":
        _score(state, Path(name or ""))
    else:
        if not words or not english:
            raise click.UsageError(say("command.model_needs_words"), click.get_current_context())
        folders = [Path(folder) if folder else None for folder in (texts, wordnet, cache)]
        _build(Path(name or ""), Path(words), Path(english), *folders)


def _list(state: State) -> None:
    from graph.meaning import BUNDLED
    from graph.meaning.present import Where, present

    used = _used(state)
    found = present()
    for model in found:
        mark = "*" if model.name == (used.name if used else BUNDLED) else " "
        about = say(f"command.model_{model.where}" if model.ready else "command.model_not_installed")
        line(f"{mark} {model.name}  {about}", hang=4)
    if used and used.name not in {model.name for model in found}:
        line(f"* {used.name}  {say(f'command.model_{Where.FOLDER}')}", hang=4)
    line(say("command.model_used" if used else "command.model_none_yet", graph=state.graph))


def _used(state: State) -> ModelInfo | None:
    if not state.exists:
        return None
    with state.open() as store:
        return store.model()


def _use(state: State, name: str) -> None:
    from graph.meaning import open_encoder

    with state.open_to_write() as store:
        encoder = open_encoder(name)
        if store.model() == encoder.info:
            line(say("command.model_same", graph=state.graph, name=encoder.info.name))
            return
        number = _give(state, store, encoder)
    line(say("command.model_now", graph=state.graph, name=encoder.info.name, number=number), bold=True)


def renew(state: State, store: Store) -> None:
    """Give a graph the bundled model of today where an older one of it made its vectors; any other model is left alone."""
    from graph.meaning import BUNDLED

    made_with = store.model()
    if made_with is None or made_with.name != BUNDLED:
        return
    from graph.meaning import open_encoder

    encoder = open_encoder(BUNDLED)
    if encoder.info != made_with:
        told(say("command.model_renews", graph=state.graph))
        _give(state, store, encoder)


def _give(state: State, store: Store, encoder: Encoder) -> int:
    """Vectors of this model for the whole graph, with progress; how many statements."""
    from graph.switching import use

    place = state.graph if "://" in state.graph else str(Path(state.graph).resolve())
    kept = Path(click.get_app_dir("kluwen")) / "vectors" / blake2b(place.encode(), digest_size=8).hexdigest()
    with _Shown("command.model_progress") as progress:
        return use(store, encoder, kept, progress)


class _Shown:
    """Says how far the work is: a line that moves while a person looks, else a line for each tenth."""

    def __init__(self, key: str) -> None:
        self._key, self._line, self._tenth = key, Progress(), -1

    def __enter__(self) -> Callable[[int, int], None]:
        return self._show

    def __exit__(self, *exc: object) -> None:
        self._line.clear()

    def _show(self, done: int, whole: int) -> None:
        text = say(self._key, done=done, whole=whole)
        self._line.show(text)
        tenth = done * 10 // whole if whole else 10
        if not self._line.shows and tenth != self._tenth:
            told(text)
        self._tenth = tenth


def _score(state: State, path: Path) -> None:
    from graph.meaning.present import Where, present
    from search_app.scoring import questions

    if not path.is_file():
        raise KluwenError("model.no_file", file=path)
    asked = questions(path)
    used = _used(state)
    if used is None:
        raise KluwenError("model.graph_without", graph=state.graph)
    names = list(dict.fromkeys([used.name, *(m.name for m in present() if m.ready and m.where is not Where.FOLDER)]))
    line(say("command.model_scored", file=path, graph=state.graph, number=len(asked)), bold=True)
    line(f"{'':40}{'nDCG@10':>9}{'recall@10':>11}{say('command.model_milliseconds'):>10}")
    for name, figures in _each(state, names, asked):
        line(f"{name:40}{figures.ndcg:>9.3f}{figures.recall:>11.3f}{1000 * figures.seconds:>10.1f}")


def _each(state: State, names: list[str], asked: list[Question]) -> list[tuple[str, Figures]]:
    """What search gives on a copy of the graph, with each model in turn; the graph itself stays as it is."""
    import tempfile

    import graph
    from graph.copying import copy
    from graph.meaning import open_encoder
    from graph.switching import use
    from search_app.scoring import score

    found = []
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        state.open() as here,
        graph.open(str(Path(folder) / "copy.db"), create=True) as store,
    ):
        copy(here, store)
        for name in names:
            encoder = open_encoder(name)
            if store.model() != encoder.info:
                with _Shown("command.model_progress") as progress:
                    use(store, encoder, Path(folder) / "vectors", progress)
            found.append((name, score(store, encoder, asked)))
    return found


def _build(
    folder: Path, words: Path, english: Path, texts: Path | None, wordnet: Path | None, cache: Path | None
) -> None:
    from graph.meaning.making import Inputs, School, build
    from graph.meaning.making.teachers import e5, e5_file, minilm, minilm_vocabulary
    from graph.meaning.making.words import e5_unigrams

    corpus = Path(str(files("corpus")))
    if not (corpus / "model").is_dir():
        raise KluwenError("model.no_checkout")
    try:
        school = School(e5(), e5_unigrams(e5_file()).score, minilm_vocabulary(), minilm())
    except ImportError as error:
        raise KluwenError("model.no_teachers", package=error.name) from error
    build(folder, Inputs(words, english, corpus, texts, wordnet), school, cache=cache, tell=told)
    line(say("command.model_built", folder=folder), bold=True)
