"""Another model for a graph: all vectors anew, beside the old ones, and then in one step in their place.

Until that step every search answers from the old vectors. What was computed is kept in a file, so that work that was
stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from graph.model import Vectors

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from graph.meaning.base import Encoder
    from graph.model import ModelInfo
    from graph.store.base import Store

_TOGETHER = 64
"""Texts that are encoded and kept together: what is lost when the work is stopped."""
_MOST_ROUNDS = 5


class Kept:
    """Vectors of texts by one model, in a folder: a file of hashes, and one of rows of float32 in the same order."""

    def __init__(self, folder: Path, model: ModelInfo) -> None:
        name = blake2b(f"{model.name}\0{model.revision}".encode(), digest_size=8).hexdigest()
        folder.mkdir(parents=True, exist_ok=True)
        self._dimension = model.dimension
        self._keys, self._rows = folder / f"{name}.txt", folder / f"{name}.f32"
        whole = self._rows.stat().st_size // (4 * model.dimension) if self._rows.is_file() else 0
        keys = self._keys.read_text("ascii").split("\n")[:-1][:whole] if self._keys.is_file() else []
        # what was half written when the work was stopped
        self._keys.write_text("".join(f"{key}\n" for key in keys), "ascii")
        with self._rows.open("ab") as file:
            file.truncate(4 * model.dimension * len(keys))
        self._place = {key: place for place, key in enumerate(keys)}

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Those of the texts that it has no vector of, each once."""
        return [text for text in dict.fromkeys(texts) if _key(text) not in self._place]

    def add(self, texts: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
        """Keep the vectors of texts, on disk at once."""
        with self._rows.open("ab") as rows:
            rows.write(vectors.astype("<f4").tobytes())
        with self._keys.open("a", encoding="ascii") as keys:
            keys.writelines(f"{_key(text)}\n" for text in texts)
        for text in texts:
            self._place[_key(text)] = len(self._place)

    def of(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """``(n, d)`` float32; each text must have been added."""
        import numpy as np

        if not texts:
            return np.zeros((0, self._dimension), np.float32)
        rows = np.fromfile(self._rows, "<f4").reshape(-1, self._dimension)
        return rows[[self._place[_key(text)] for text in texts]]

    def drop(self) -> None:
        """Remove the files."""
        self._keys.unlink(missing_ok=True)
        self._rows.unlink(missing_ok=True)


def use(
    store: Store, encoder: Encoder, folder: Path, progress: Callable[[int, int], None] = lambda done, whole: None
) -> int:
    """Give every statement of the graph a vector of this model, and make it the graph's model; how many statements.

    ``folder`` keeps what is done until all is. ``progress`` is told how many texts are encoded, and of how many. Statements
    that come while it is at work are taken along. Raises KluwenError (``store.vectors_incomplete``) when they keep coming.
    """
    from corpus.errors import KluwenError

    kept = Kept(folder, encoder.info)
    for left in reversed(range(_MOST_ROUNDS)):
        statements = store.statements()
        texts = [text for statement in statements for text in (statement.quote, statement.text)]
        missing, whole = kept.missing(texts), len(dict.fromkeys(texts))
        progress(whole - len(missing), whole)
        for start in range(0, len(missing), _TOGETHER):
            some = missing[start : start + _TOGETHER]
            kept.add(some, encoder.encode_passages(some))
            progress(whole - len(missing) + start + len(some), whole)
        vectors = Vectors(
            encoder.info,
            tuple(statement.id for statement in statements),
            kept.of([statement.quote for statement in statements]),
            kept.of([statement.text for statement in statements]),
        )
        try:
            store.replace_vectors(vectors)
        except KluwenError as error:
            # a statement came meanwhile
            if error.key != "store.vectors_incomplete" or not left:
                raise
        else:
            break
    kept.drop()
    return len(statements)


def _key(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
