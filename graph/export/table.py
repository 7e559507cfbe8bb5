"""CSV as a Dutch spreadsheet opens it with a double click: ``;`` between cells, decimal commas, a byte order mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from graph.export.records import Value

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def pieces(keys: Sequence[str], records: Iterable[dict[str, Value]]) -> Iterator[str]:
    """The keys as header, then each record as a row."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow(keys)
    for record in records:
        writer.writerow(cell(record[key]) for key in keys)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def cell(value: Value) -> str:
    """A value as the text of a cell: lists joined with ``, ``; nothing for None.

    What a spreadsheet would run as a formula gets an apostrophe before it
    (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", ",")
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return "'" + text if text.startswith(_STARTS_FORMULA) else text
