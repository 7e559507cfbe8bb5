"""A report in two columns, justified and hyphenated, made by WeasyPrint."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from markup import Item, Part, Source

HERE = Path(__file__).parent
_WIDE = re.compile(r'((?:<h1>[^<]*</h1>)?(?:<p class="caption">[^<]*</p>)?)</div>(<table>)')
LATE_LETTERS = (("zelfde dag", 22), ("1-3 dagen", 9), ("4-7 dagen", 11), ("8-14 dagen", 7), ("later", 11))
"""The numbers of the report's one figure."""


def make(source: Source, target: Path) -> None:
    """Write the report as PDF."""
    from weasyprint import HTML

    meta = {key: escape(value) for key, value in source.meta.items()}
    body = _WIDE.sub(r"</div>\1\2", "".join(_part(part) for part in source.parts))
    style = (HERE / "paper.css").read_text(encoding="utf-8").replace("@header@", meta["header"])
    page = (
        f'<html lang="nl"><head><title>{meta["title"]}</title><meta name="author" content="{meta["publisher"]}">'
        f'<meta name="dcterms.created" content="{meta["date"]}"><style>{style}</style></head><body>'
        f'<div class="front"><p class="publisher">{meta["publisher"]}</p><p class="title">{meta["title"]}</p>'
        f'<p class="subtitle">{meta["subtitle"]}</p><p class="shown">{meta["shown"]}</p></div>'
        f'<div class="columns">{body}</div></body></html>'
    )
    HTML(string=page).write_pdf(target, pdf_identifier=source.meta["title"].encode())


def _part(part: Part) -> str:
    if part.kind == "list":
        return _list(part.items)
    if part.kind == "table":
        head, *rows = (
            "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row)
            for tag, row in [("th", part.rows[0]), *(("td", row) for row in part.rows[1:])]
        )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f'</div>{table}<div class="columns">'
    if part.kind == "caption":
        picture = _bars() if part.text.startswith("Figuur") else ""
        return f'{picture}<p class="caption">{escape(part.text)}</p>'
    tag = "blockquote" if part.kind == "quote" else part.kind
    return f"<{tag}>{escape(part.text)}</{tag}>"


def _list(items: tuple[Item, ...]) -> str:
    lines = "".join(f"<li>{escape(item.text)}</li>" for item in items)
    first = items[0].number
    return f'<ol style="counter-reset: list-item {first - 1}">{lines}</ol>' if first else f"<ul>{lines}</ul>"


def _bars() -> str:
    height, gap = 12, 17
    bars = "".join(
        f'<text x="58" y="{y + 9}" text-anchor="end">{label}</text>'
        f'<rect x="62" y="{y}" width="{number * 5}" height="{height}" fill="#8a5a44"/>'
        f'<text x="{66 + number * 5}" y="{y + 9}">{number}</text>'
        for y, (label, number) in zip(range(4, 400, gap), LATE_LETTERS, strict=False)
    )
    return f'<svg width="210" height="{gap * len(LATE_LETTERS) + 6}" font-size="8" font-family="Liberation Sans">{bars}</svg>'
