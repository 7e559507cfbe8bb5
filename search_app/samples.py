"""The samples that travel with Kluwen, as a graph of their own: opened apart, never mixed with a person's own sources."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path


def graph_file() -> Path:
    """Where the graph of the samples is kept, whether or not it is there yet: in the cache folder of this computer's user."""
    folder = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or str(Path.home() / ".cache")
    return Path(folder) / "kluwen" / f"voorbeelden-{version('kluwen')}-{_made_by()}.db"


@cache
def _made_by() -> str:
    """What tells the extraction and the model of meaning that are here from earlier ones."""
    from graph.meaning.bundled import bundled
    from ingest.extract.edition import edition

    return f"{edition()[:8]}-{bundled().info.revision[:8]}"


def build(progress: Callable[[str, int, int], None]) -> Path:
    """Make the graph of the samples, unless it is there. ``progress`` is told each file's name, its number from 1, and of how many.

    It is made beside its place and moved there when it is whole.
    """
    import graph
    from graph.meaning import open_encoder
    from search_app import intake

    target = graph_file()
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(f".{os.getpid()}.half")
    half.unlink(missing_ok=True)
    with as_file(files("corpus") / "samples") as folder, graph.open(str(half), create=True) as store:
        items = intake.plan([folder]).items
        encoder = open_encoder()
        for number, item in enumerate(items, 1):
            progress(item.path.name, number, len(items))
            intake.add(store, encoder, item.path, root=item.root)
    half.replace(target)
    return target
