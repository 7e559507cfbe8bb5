"""Texts to vectors: one interface, a bundled model that needs no network and no torch, and any sentence-transformers model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from graph.meaning.base import Encoder

if TYPE_CHECKING:
    from graph.model import ModelInfo

__all__ = ["BUNDLED", "E5", "Encoder", "open_encoder"]

BUNDLED = "kluwen-nl-static"
"""The name of the model that travels inside Kluwen."""

E5 = "multilingual-e5-small"
"""The name of the model of the extra ``e5``; ``e5`` for short."""


def open_encoder(name: str | None = None, graph_model: ModelInfo | None = None) -> Encoder:
    """The model that a graph was made with, else the one of that name or folder, else the bundled one.

    Raises KluwenError when the model is not on this computer (``model.missing``, ``model.broken``), when another one is
    asked for than made the graph's vectors (``model.mixed``), or when that model has changed since (``model.changed``).
    """
    wanted = _canonical(name)
    if graph_model is not None and wanted not in (None, graph_model.name):
        raise KluwenError("model.mixed", graph=graph_model.name, asked=wanted)
    encoder = _open(graph_model.name if graph_model is not None else wanted or BUNDLED)
    if graph_model is not None and encoder.info != graph_model:
        raise KluwenError("model.changed", name=graph_model.name, graph=graph_model.revision, now=encoder.info.revision)
    return encoder


def _canonical(name: str | None) -> str | None:
    """The name that the graph remembers: a folder by its whole path, so that it is found from any other folder."""
    if not name or name in (BUNDLED, "e5"):
        return {"e5": E5}.get(name or "", name or None)
    from pathlib import Path

    folder = Path(name).expanduser()
    return str(folder.resolve()) if folder.is_dir() else name


def _open(name: str) -> Encoder:
    if name == BUNDLED:
        from graph.meaning.bundled import bundled

        return bundled()
    if name == E5:
        from graph.meaning.packaged import packaged_e5

        return packaged_e5()
    from graph.meaning.sentence import SentenceEncoder

    return SentenceEncoder(name)
