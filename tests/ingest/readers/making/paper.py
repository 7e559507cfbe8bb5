"""The report set by ReportLab: two page templates, a running head that names the chapter, drawn footnotes."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from content import CONTENT, DATE, NOTES, PUBLISHER, TITLE, Columns, H, L, P, T
from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    Frame,
    ListFlowable,
    ListItem,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

_FOLDER = Path("/usr/share/fonts/truetype/dejavu")
_BODY = ParagraphStyle("body", fontName="Serif", fontSize=10, leading=14, alignment=TA_JUSTIFY, spaceAfter=7)
_ITEM = ParagraphStyle("item", parent=_BODY, spaceAfter=2)
_NOTE = ParagraphStyle("note", fontName="Serif", fontSize=7.5, leading=9)
_CELL = ParagraphStyle("cell", fontName="Serif", fontSize=9, leading=11)
_HEAD = ParagraphStyle("head", parent=_CELL, fontName="Serif-Bold")
_H = {
    0: ParagraphStyle("h0", fontName="Serif-Bold", fontSize=20, leading=25, spaceAfter=6),
    1: ParagraphStyle(
        "h1", fontName="Serif-Bold", fontSize=14, leading=18, spaceBefore=12, spaceAfter=5, keepWithNext=1
    ),
    2: ParagraphStyle(
        "h2", fontName="Serif-Bold", fontSize=11.5, leading=15, spaceBefore=9, spaceAfter=4, keepWithNext=1
    ),
}


class _Report(BaseDocTemplate):  # type: ignore[misc]
    """Remembers the chapter and the notes of the page it is on."""

    chapter = ""
    notes: tuple[int, ...] = ()

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802 (ReportLab's name)
        self.chapter = getattr(flowable, "chapter", self.chapter)


def _text(text: str) -> str:
    out = escape(text)
    for number in NOTES:
        out = out.replace(f"{{{number}}}", f"<super size=7>{number}</super>")
    return out


def _list(part: L, *, inner: bool = False) -> ListFlowable:
    items = []
    for item in part.items:
        told = item if isinstance(item, str) else item[0]
        content: list[Any] = [Paragraph(_text(told), _ITEM)]
        if not isinstance(item, str):
            content.append(_list(item[1], inner=True))
        items.append(ListItem(content))
    kinds = {
        "bullet": {"bulletType": "bullet", "start": "–" if inner else "•"},
        "number": {"bulletType": "1", "bulletFormat": "%s."},
        "letter": {"bulletType": "a", "bulletFormat": "%s)"},
    }
    return ListFlowable(items, leftIndent=16, bulletFontName="Serif", bulletFontSize=10, **kinds[part.style])


def _parts(part: H | P | L | T | Columns) -> list[Any]:
    if isinstance(part, H):
        made = Paragraph(escape(part.text), _H[part.level])
        if part.level == 1:
            made.chapter = part.text
        return [made]
    if isinstance(part, P):
        return [Paragraph(_text(part.text), _BODY)]
    if isinstance(part, L):
        return [_list(part)]
    if isinstance(part, T):
        rows = [[Paragraph(escape(cell), _CELL if i else _HEAD) for cell in row] for i, row in enumerate(part.rows)]
        table = Table(rows, colWidths=[150, 150, 150], spaceAfter=8)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
        return [Paragraph(part.caption, _CELL), table]
    return [BalancedColumns([each for inner in part.parts for each in _parts(inner)], nCols=2, innerPadding=16)]


def _dress(canvas: Any, report: Any) -> None:
    """Running head, foot and footnotes of a page."""
    canvas.setFont("Serif", 8)
    even = report.page % 2 == 0
    canvas.drawString(64, A4[1] - 40, TITLE if even else (report.chapter or PUBLISHER))
    canvas.drawRightString(A4[0] - 64, 30, f"pagina {report.page}")
    if report.page == 1:
        canvas.line(64, 100, 200, 100)
        at = 88
        for number, note in NOTES.items():
            made = Paragraph(f"<super size=5>{number}</super> {escape(note)}", _NOTE)
            _, height = made.wrap(460, 100)
            made.drawOn(canvas, 64, at - height)
            at -= height + 2


def write(path: Path) -> None:
    """Set the report in the file ``path``."""
    for name, file in (("Serif", "DejaVuSerif.ttf"), ("Serif-Bold", "DejaVuSerif-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(_FOLDER / file)))
    report = _Report(str(path), pagesize=A4, title=TITLE, author=PUBLISHER, invariant=1)
    frame = Frame(64, 110, A4[0] - 128, A4[1] - 170, leftPadding=0, rightPadding=0, id="main")
    report.addPageTemplates([PageTemplate("all", [frame], onPageEnd=_dress)])
    story: list[Any] = [Paragraph(TITLE, _H[0]), Paragraph(f"{PUBLISHER}, {DATE}", _BODY)]
    report.build(story + [each for part in CONTENT for each in _parts(part)])
