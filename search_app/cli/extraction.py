"""``kluwen extraction``: how well statements are found, and teaching it with texts of one's own."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import KluwenError
from corpus.messages import say
from search_app.cli.base import Command, State, option
from search_app.cli.screen import line

if TYPE_CHECKING:
    from ingest.extract.examples import Example

OWN = Path(str(files("corpus"))) / "training"
"""The texts that Kluwen's own decision learned from; a package goes without them."""


@click.command("extraction", cls=Command)
@click.argument("what", metavar="score|train", type=click.Choice(("score", "train")))
@click.argument("folder", metavar="[FOLDER]", required=False)
@option("--to", metavar="FOLDER")
@option("--review", is_flag=True)
@click.pass_obj
def command(state: State, what: str, folder: str | None, to: str | None, review: bool) -> None:
    examples = _examples(Path(folder)) if folder else []
    if review:
        examples += _reviewed(state)
    if what == "train":
        if not to:
            raise click.UsageError(say("command.extraction_where"), click.get_current_context())
        _train(examples, Path(to))
    elif examples:
        figures, error = _measured(examples)
        _show(say("command.extraction_on", folder=folder or state.graph), figures, error)
    else:
        import json

        from ingest.extract import decide

        card = json.loads(decide.stands_in(decide.chosen_folder()).joinpath(decide.CARD).read_text(encoding="utf-8"))
        line(say("command.extraction_card", texts=card["texts"], statements=sum(card["statements"].values())))
        _show(say("command.extraction_held_out"), card["held_out"], card["held_out"].get("calibration_error"))


def _examples(folder: Path) -> list[Example]:
    """The annotated texts of a folder. Raises KluwenError when there are none, or at a mistake in one."""
    from ingest.extract.examples import read_marked

    found: list[Example] = []
    for path in sorted(folder.glob("*.mark"), key=lambda path: path.name):
        try:
            found.append(read_marked(path))
        except ValueError as error:
            raise KluwenError("extraction.bad_marks", file=path, reason=error) from error
    if not found:
        raise KluwenError("extraction.no_texts", folder=folder)
    return found


def _reviewed(state: State) -> list[Example]:
    """What people decided in review of the graph. Raises KluwenError when they decided nothing."""
    from search_app.reviewed import examples

    with state.open() as store:
        found = examples(store)
    if not found:
        raise KluwenError("extraction.no_review", graph=state.graph)
    sentences = sum(len(example.document.blocks) for example in found)
    line(say("command.extraction_review_found", sentences=sentences, documents=len(found)))
    return found


def _measured(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """What the decision in use gets right in texts, and its calibration error."""
    from ingest.extract import decide, judge
    from ingest.extract.examples import text_of

    model = decide.model()
    texts = [text_of(example, model.names.get) for example in examples]
    found = {text.name: judge.probabilities(text, model) for text in texts}
    return judge.figures(texts, found, model.least), judge.off(judge.surely(texts, found, model.least), model.steps)


def _train(examples: list[Example], to: Path) -> None:
    from graph.meaning.bundled import bundled
    from ingest.extract import judge
    from ingest.extract.train import made, write

    own = _examples(OWN) if OWN.is_dir() else []
    if not own:
        line(say("command.extraction_alone"))
    try:
        trained = made([*own, *examples], bundled().encode_passages)
    except ValueError as error:
        raise KluwenError("extraction.too_few", number=len(own) + len(examples)) from error
    to.mkdir(parents=True, exist_ok=True)
    write(trained, to)
    _show(say("command.extraction_held_out"), trained.card["held_out"], trained.card["held_out"]["calibration_error"])
    if examples:
        names = {example.name for example in examples}
        texts = [text for text in trained.texts if text.name in names]
        _show(say("command.extraction_before"), *_measured(examples))
        after = judge.surely(texts, trained.held_out, trained.model.least)
        _show(
            say("command.extraction_after"),
            judge.figures(texts, trained.held_out, trained.model.least),
            judge.off(after, trained.model.steps),
        )
    line(say("command.extraction_use", folder=to.resolve()))


def _show(title: str, figures: dict[str, Any], error: float | None) -> None:
    from search_app.words import kind_word

    line(title, bold=True)
    kinds = " · ".join(
        f"{kind_word(kind, plural=True)} {figures[kind]:.2f}" for kind in ("bottleneck", "solution", "cause")
    )
    line(f"F1 {figures['f1']:.3f} ({kinds})", indent=2)
    if error is not None:
        line(say("command.extraction_error", error=f"{error:.3f}"), indent=2)
