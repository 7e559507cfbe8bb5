"""A report as a word processor makes it: OpenDocument text, turned into PDF by LibreOffice."""

from __future__ import annotations

import re
import subprocess
import tempfile
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path
from xml.sax.saxutils import escape

from markup import Item, Part, Source
from pypdf import PdfReader

HERE = Path(__file__).parent
_NOTE = re.compile(r"\[\^(\d+)\]")


def make(source: Source, target: Path, epoch: int) -> None:
    """Write the report as PDF. Twice over, since the contents' page numbers are known only after the first time."""
    headings = [part for part in source.parts if part.kind in {"h1", "h2"}]
    _convert(_document(source, [1] * len(headings)), target, epoch)
    _convert(_document(source, _pages(target, [part.text for part in headings])), target, epoch)


def _convert(text: str, target: Path, epoch: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"{target.stem}.fodt"
        place.write_text(text, encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless"]
        subprocess.run(
            [*command, "--convert-to", "pdf", "--outdir", folder, str(place)],
            check=True,
            capture_output=True,
        )
        target.write_bytes(_dated(place.with_suffix(".pdf").read_bytes(), epoch))


def _dated(pdf: bytes, epoch: int) -> bytes:
    """The file with a fixed date and fixed ids of the same length, since LibreOffice 7 takes them from the clock."""
    date = datetime.fromtimestamp(epoch, UTC).strftime("%Y%m%d%H%M%S").encode()
    pdf = re.sub(rb"(/CreationDate\(D:)\d{14}", rb"\g<1>" + date, pdf)
    fixed = md5(date).hexdigest().upper().encode()
    return re.sub(
        rb"(?<=<)[0-9A-F]{32}(?=>\s*(<[0-9A-F]{32}>\s*)?\]|>\s*\])|(?<=/DocChecksum /)[0-9A-F]{32}", fixed, pdf
    )


def _pages(pdf: Path, headings: list[str]) -> list[int]:
    pages = [" ".join((page.extract_text() or "").split()) for page in PdfReader(pdf).pages]
    found, start = [], 2
    for heading in headings:
        start = next((i for i in range(start, len(pages)) if " ".join(heading.split()) in pages[i]), start)
        found.append(start + 1)
    return found


def _document(source: Source, pages: list[int]) -> str:
    meta = {key: escape(value) for key, value in source.meta.items()}
    body = "".join(_part(part, source) for part in source.parts)
    headings = [part for part in source.parts if part.kind in {"h1", "h2"}]
    contents = "".join(
        f'<text:p text:style-name="Contents{part.kind[1]}">{escape(part.text)}<text:tab/>{page}</text:p>'
        for part, page in zip(headings, pages, strict=True)
    )
    frame = (HERE / "report.fodt").read_text(encoding="utf-8")
    for key, value in (meta | {"contents": contents, "body": body}).items():
        frame = frame.replace(f"@{key}@", value)
    return frame


def _part(part: Part, source: Source) -> str:
    if part.kind in {"h1", "h2"}:
        level = part.kind[1]
        return f'<text:h text:style-name="Heading{level}" text:outline-level="{level}">{_inline(part.text, source)}</text:h>'
    if part.kind == "list":
        return _list(part.items, source)
    if part.kind == "table":
        return _table(part, source)
    style = {"p": "Body", "quote": "Quote", "caption": "Caption"}[part.kind]
    return f'<text:p text:style-name="{style}">{_inline(part.text, source)}</text:p>'


def _list(items: tuple[Item, ...], source: Source) -> str:
    style = "Numbers" if items[0].number else "Bullets"
    out, depth = f'<text:list text:style-name="{style}">', 1
    for place, item in enumerate(items):
        if item.depth > depth:
            out += "<text:list>"
        elif place:
            out += "</text:list-item>" + "</text:list></text:list-item>" * (depth - item.depth)
        out += f'<text:list-item><text:p text:style-name="Item">{_inline(item.text, source)}</text:p>'
        depth = item.depth
    return out + "</text:list-item></text:list>" * depth


def _table(part: Part, source: Source) -> str:
    width = len(part.rows[0])

    def row(cells: tuple[str, ...], cell: str, text: str) -> str:
        inner = "".join(
            f'<table:table-cell table:style-name="{cell}"><text:p text:style-name="{text}">{_inline(value, source)}'
            "</text:p></table:table-cell>"
            for value in cells
        )
        return f'<table:table-row table:style-name="Row">{inner}</table:table-row>'

    body = "".join(row(cells, "Cell", "CellText") for cells in part.rows[1:])
    return (
        f'<table:table table:style-name="Table"><table:table-column table:style-name="Column{width}" table:number-columns-repeated="{width}"/>'
        f"<table:table-header-rows>{row(part.rows[0], 'HeadCell', 'HeadText')}</table:table-header-rows>"
        f'{body}</table:table><text:p text:style-name="Body"/>'
    )


def _inline(text: str, source: Source) -> str:
    def note(found: re.Match[str]) -> str:
        number = found[1]
        return (
            f'<text:note text:id="note{number}" text:note-class="footnote"><text:note-citation>{number}'
            f'</text:note-citation><text:note-body><text:p text:style-name="Footnote">{escape(source.notes[number])}'
            "</text:p></text:note-body></text:note>"
        )

    return _NOTE.sub(note, escape(text))
