"""The model of meaning that travels inside Kluwen: no network, no torch, in a blink.

A static sentence model in the layout of model2vec: each word or word part has one vector (int8) and one weight; a text is
their weighted sum. What it is made of and how good it is: kluwen_nl_static/README.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.meaning import BUNDLED
from graph.model import ModelInfo

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FOLDER = Path(__file__).parent / "kluwen_nl_static"
_TYPES = {"I8": "<i1", "F32": "<f4"}
_SAMPLE = 65_536
_BATCH = 512
"""How many texts at a time, so that a book needs no more memory than a page."""


class BundledEncoder:
    """Encodes with the bundled model. Gives the same vectors as ``SentenceTransformer(FOLDER)``, to 1e-5."""

    def __init__(self, folder: Path = FOLDER) -> None:
        from graph.meaning.pieces import Pieces

        self._pieces = Pieces(folder / "tokenizer.json")
        tensors = _tensors(folder / "model.safetensors")
        self._rows: npt.NDArray[np.int8] = tensors["embeddings"]
        self._weights: npt.NDArray[np.float32] = tensors["weights"]
        self.info = ModelInfo(BUNDLED, revision(folder), int(self._rows.shape[1]))

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """``(n, d)`` float32, rows of unit length; a zero row for a text without a known word part."""
        import numpy as np

        out = self.sums(texts)
        lengths = np.linalg.norm(out, axis=1, keepdims=True)
        out /= np.where(lengths > 0, lengths, 1)
        return out

    def sums(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """``(n, d)`` float32, the weighted sums of the word parts: the longer a row, the more it tells."""
        import numpy as np

        out = np.zeros((len(texts), self.info.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            cut = [self._pieces.of(text) for text in texts[start : start + _BATCH]]
            filled = [start + i for i, pieces in enumerate(cut) if pieces]
            if not filled:
                continue
            pieces = np.fromiter((piece for of in cut for piece in of), dtype=np.intp)
            sizes = [len(of) for of in cut if of]
            weighted = self._rows[pieces] * self._weights[pieces, None]
            out[filled] = np.add.reduceat(weighted, np.cumsum([0, *sizes[:-1]]), axis=0)
        return out

    def knows(self, word: str) -> bool:
        """Whether a word (lower case) has a vector of its own."""
        return word in self._pieces

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """The same as :meth:`encode_queries`: the model makes no difference between the two."""
        return self.encode_queries(texts)


@cache
def bundled() -> BundledEncoder:
    """The one instance that a process needs."""
    return BundledEncoder()


def _tensors(path: Path) -> dict[str, np.memmap[Any, Any]]:
    """The tensors of a safetensors file, mapped: only the rows that a text needs are read from disk.

    The format: the length of a JSON header in eight bytes, little-endian, the header, the data
    (https://github.com/huggingface/safetensors#format).
    """
    import numpy as np

    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    return {
        name: np.memmap(path, _TYPES[entry["dtype"]], "r", 8 + length + entry["data_offsets"][0], tuple(entry["shape"]))
        for name, entry in header.items()
        if name != "__metadata__"
    }


def revision(folder: Path = FOLDER) -> str:
    """What tells two builds of the model apart: a hash of its two files' sizes, first and last bytes (all of it costs
    a command some 20 ms at each start)."""
    sample = blake2b(digest_size=6)
    for name in ("model.safetensors", "tokenizer.json"):
        size = (folder / name).stat().st_size
        with (folder / name).open("rb") as file:
            sample.update(str(size).encode() + file.read(_SAMPLE))
            file.seek(max(0, size - _SAMPLE))
            sample.update(file.read())
    return sample.hexdigest()
