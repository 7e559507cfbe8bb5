"""One JSON object a line, UTF-8."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from graph.export.records import Value

_BREAKS = re.compile("[\x85\u2028\u2029]")


def pieces(records: Iterable[dict[str, Value]]) -> Iterator[str]:
    """The records as lines."""
    for record in records:
        # what JSON leaves as it is but some readers take for the end of a line
        yield _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(record, ensure_ascii=False)) + "\n"
