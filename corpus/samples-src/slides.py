"""A slide deck as PDF, made by ReportLab."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from markup import Part, Source
from reportlab.lib.colors import HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, ListFlowable, ListItem, Paragraph, Spacer, Table, TableStyle

WIDTH, HEIGHT, MARGIN = 842.0, 474.0, 46.0
BLUE, SAND = HexColor("#23395b"), HexColor("#f2ead9")
TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=17, leading=23)
CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=13, leading=16)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=13, leading=16, textColor=white)


def make(source: Source, target: Path) -> None:
    """Write the deck as PDF: one slide for each heading, after a title slide. The same bytes each time."""
    canvas = Canvas(str(target), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(source.meta["title"])
    canvas.setAuthor(source.meta["publisher"])
    _front(canvas, source.meta)
    slides: list[tuple[str, list[Part]]] = []
    for part in source.parts:
        if part.kind == "h1":
            slides.append((part.text, []))
        else:
            slides[-1][1].append(part)
    for number, (title, parts) in enumerate(slides, start=2):
        _slide(canvas, title, parts, source.meta["header"], number)
    canvas.save()


def _front(canvas: Canvas, meta: dict[str, str]) -> None:
    canvas.setFillColor(BLUE)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont("Helvetica-Bold", 38)
    canvas.drawString(MARGIN, HEIGHT / 2 + 30, meta["title"])
    canvas.setFont("Helvetica", 20)
    canvas.drawString(MARGIN, HEIGHT / 2 - 10, meta["subtitle"])
    canvas.setFont("Helvetica", 14)
    canvas.drawString(MARGIN, 64, meta["publisher"])
    canvas.drawString(MARGIN, 44, meta["shown"])
    canvas.showPage()


def _slide(canvas: Canvas, title: str, parts: list[Part], footer: str, number: int) -> None:
    canvas.setFillColor(SAND)
    canvas.rect(0, HEIGHT - 74, WIDTH, 74, stroke=0, fill=1)
    canvas.setFillColor(BLUE)
    canvas.setFont("Helvetica-Bold", 26)
    canvas.drawString(MARGIN, HEIGHT - 48, title)
    frame = Frame(MARGIN - 6, 40, WIDTH - 2 * MARGIN + 12, HEIGHT - 126)
    left = [flowable for part in parts for flowable in _flowables(part)]
    frame.addFromList(left, canvas)
    if left:
        raise ValueError(f"slide is too full: {title}")
    canvas.setFillColor(BLUE)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(MARGIN, 22, footer)
    canvas.drawRightString(WIDTH - MARGIN, 22, str(number))
    canvas.showPage()


def _flowables(part: Part) -> list[Flowable]:
    if part.kind == "list":
        numbered = bool(part.items[0].number)
        items = [ListItem(Paragraph(escape(item.text), TEXT), spaceAfter=5) for item in part.items]
        style = {"bulletType": "1", "bulletFormat": "%s."} if numbered else {"bulletType": "bullet", "start": "•"}
        return [ListFlowable(items, leftIndent=24, bulletFontSize=16, bulletColor=BLUE, **style)]
    if part.kind == "table":
        cells = [[Paragraph(escape(cell), HEAD if row is part.rows[0] else CELL) for cell in row] for row in part.rows]
        table = Table(cells, colWidths=[(WIDTH - 2 * MARGIN) / len(part.rows[0])] * len(part.rows[0]))
        table.setStyle(
            TableStyle(
                [
                    ("BACKGROUND", (0, 0), (-1, 0), BLUE),
                    ("LINEBELOW", (0, 1), (-1, -1), 0.6, BLUE),
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("TOPPADDING", (0, 0), (-1, -1), 6),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
                ]
            )
        )
        return [table]
    return [Paragraph(escape(part.text), TEXT), Spacer(1, 8)]
