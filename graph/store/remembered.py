"""What was worked out from the whole graph, kept as long as the graph stays as it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class Remembered:
    """Lists by name, of one revision of the graph; several threads may ask at once."""

    def __init__(self) -> None:
        self._revision = -1
        self._values: dict[str, object] = {}
        self._lock = threading.Lock()

    def once(self, name: str, revision: int, make: Callable[[], list[_T]]) -> list[_T]:
        """What ``make`` gives, made again only when the graph has changed."""
        with self._lock:
            if self._revision != revision:
                self._revision, self._values = revision, {}
            values = self._values
        if name not in values:
            values[name] = make()
        return values[name]  # type: ignore[return-value]
