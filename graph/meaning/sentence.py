"""Any sentence-transformers model that is on this computer, by folder or by its name on a hub.

Importing torch takes 5–15 s, so nothing here is imported while the bundled model is in use.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from graph.model import ModelInfo

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_SAMPLE = 65_536
_BATCH = 64


class SentenceEncoder:
    """Encodes with a sentence-transformers model, looked up on this computer only.

    E5 models get the prompts that they were trained with (``query: `` and ``passage: ``; Wang et al. 2022,
    arXiv:2212.03533); of other models the prompts that they declare themselves are used. Raises KluwenError when the
    model is not here (``model.missing``) or can't be loaded (``model.broken``).
    """

    def __init__(self, name: str) -> None:
        # an unreachable hub hangs for a minute or more: never ask it
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        folder = Path(name) if Path(name).is_dir() else _snapshot(name)
        try:
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(1)
            self._model = SentenceTransformer(str(folder), local_files_only=True)
        except Exception as error:  # whatever a foreign folder makes these libraries raise
            raise KluwenError("model.broken", name=name, folder=folder, reason=_first_line(error)) from error
        self._e5 = "e5" in Path(name).name.lower().replace("_", "-").split("-")
        dimension = self._model.encode(["x"], show_progress_bar=False).shape[1]
        self.info = ModelInfo(name, _revision(folder, hub=str(folder) != name), int(dimension))

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """``(n, d)`` float32, rows of unit length; a zero row for a text without a letter or digit."""
        return self._encode(texts, "query: " if self._e5 else None, query=True)

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """``(n, d)`` float32, rows of unit length; a zero row for a text without a letter or digit."""
        return self._encode(texts, "passage: " if self._e5 else None, query=False)

    def _encode(self, texts: Sequence[str], prompt: str | None, *, query: bool) -> npt.NDArray[np.float32]:
        import numpy as np

        out = np.zeros((len(texts), self.info.dimension), dtype=np.float32)
        rows = [i for i, text in enumerate(texts) if any(c.isalnum() for c in text)]
        if not rows:
            return out
        encode = self._model.encode_query if query else self._model.encode_document
        # a prompt given here goes before the model's own; None leaves the model's own in place
        vectors = encode(
            [texts[i] for i in rows],
            prompt=prompt,
            batch_size=_BATCH,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        out[rows] = np.asarray(vectors, dtype=np.float32)
        lengths = np.linalg.norm(out, axis=1, keepdims=True)
        out /= np.where(lengths > 0, lengths, 1)
        return out


def _snapshot(name: str) -> Path:
    """The folder in the hub's cache on this computer that holds the model. Raises KluwenError (``model.missing``)."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for candidate in (name, f"sentence-transformers/{name}") if "/" not in name else (name,):
        try:
            return Path(snapshot_download(candidate, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    raise KluwenError("model.missing", name=name)


def _revision(folder: Path, *, hub: bool) -> str:
    """A hub model's commit, which names its folder in the cache; of another folder a hash of its files' samples."""
    if hub:
        return folder.name[:12]
    sample = blake2b(digest_size=6)
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".json", ".safetensors", ".bin", ".txt", ".model")):
        size = path.stat().st_size
        with path.open("rb") as file:
            sample.update(f"{path.relative_to(folder).as_posix()} {size}".encode() + file.read(_SAMPLE))
            file.seek(max(0, size - _SAMPLE))
            sample.update(file.read())
    return sample.hexdigest()


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
