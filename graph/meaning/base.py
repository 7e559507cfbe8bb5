"""The one interface of all models of meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from graph.model import ModelInfo

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class Encoder(Protocol):
    """Turns texts into ``(n, d)`` float32 rows of unit length; a text without anything known gives a zero row."""

    info: ModelInfo

    def encode_queries(self, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...
    def encode_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...
