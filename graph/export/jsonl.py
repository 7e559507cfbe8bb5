"""One JSON object a line, UTF-8."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from graph.export.records import Value


def pieces(records: Iterable[dict[str, Value]]) -> Iterator[str]:
    """The records as lines."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"
