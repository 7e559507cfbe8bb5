"""Texts to rows of words while the model is being built: the same cut as graph/meaning/pieces.py makes with the model made."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from graph.meaning.pieces import Pieces


def pieces_of(words: Sequence[str], scores: Sequence[float]) -> Pieces:
    """What cuts texts into the given words, numbered from 0."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tokenizer.json"
        path.write_text(json.dumps({"model": {"vocab": list(zip(words, map(float, scores), strict=True))}}), "utf-8")
        return Pieces(path)
