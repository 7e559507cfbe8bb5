"""Reading and extracting PDFs of 200 pages beside pypdf's own ``extract_text`` over them, each in a process of its own, in
turns: prints seconds of the processor (they do not depend on what else the machine does), the ratio, and the most memory that was used.

Two files: a sample report as a word processor makes it, its pages repeated; and one that is easy to read and hard to
extract, with bare drawing commands and nearly every sentence a statement. Bars: at most 3× the time, at most 500 MB.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from made_up import paragraphs

PAGES = 200
TURNS = 3
OURS = """
from ingest.extract import extract
from ingest.readers import read
from pathlib import Path
def work(path):
    document = read(Path(path))
    return document.pages, len(extract(document, "doc-bench").statements)
"""
THEIRS = """
from pypdf import PdfReader
def work(path):
    pages = PdfReader(path).pages
    return len(pages), sum(len(page.extract_text()) for page in pages)
"""
MEASURED = """
import json, resource, sys, time
start = time.process_time()
found = work(sys.argv[1])
spent = time.process_time() - start
print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, *found]))
"""


def make(path: Path) -> None:
    """Reports as they look: headings, paragraphs, bullets and a table, with a running head and page numbers."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, ListItem, PageBreak, Paragraph, SimpleDocTemplate, Table

    style = getSampleStyleSheet()

    def furniture(canvas: object, document: object) -> None:
        canvas.drawString(60, 810, "Zorg in de laatste fase")  # type: ignore[attr-defined]
        canvas.drawString(520, 30, str(document.page))  # type: ignore[attr-defined]

    story: list[object] = []
    for page in range(PAGES):
        for heading, sentences in paragraphs(page, 4):
            story.append(Paragraph(heading, style["Heading2"]))
            story.append(Paragraph(" ".join(sentences), style["BodyText"]))
            items = [ListItem(Paragraph(each, style["BodyText"])) for each in sentences[:3]]
            story.append(ListFlowable(items, bulletType="bullet"))
        story.append(PageBreak())
        if page % 20 == 0:
            cells = [["Knelpunt", "Oplossing"], *([a, b] for _, (a, b, *_) in paragraphs(page + 1000, 3))]
            story.append(
                Table([[Paragraph(cell, style["BodyText"]) for cell in row] for row in cells], colWidths=[220, 220])
            )
    SimpleDocTemplate(str(path), pagesize=A4, topMargin=50, bottomMargin=50).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )


def measure(code: str, path: Path) -> tuple[float, float, list[int], float]:
    """Seconds of the work, MB at most, what it found, and seconds of the whole process."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code + MEASURED, str(path)], check=True, capture_output=True, text=True
    )
    whole = time.perf_counter() - start
    spent, memory, *found = json.loads(done.stdout.splitlines()[-1])
    return spent, memory, found, whole


def repeat(path: Path) -> None:
    """The pages of a sample report, again and again."""
    from pypdf import PdfReader, PdfWriter

    sample = Path(__file__).resolve().parents[2] / "corpus" / "samples" / "als-de-nacht-valt.pdf"
    writer = PdfWriter()
    for _ in range(PAGES // len(PdfReader(sample).pages)):
        writer.append(sample)
    writer.write(path)


def report(title: str, path: Path) -> None:
    """Measure one file in turns, and print what came out."""
    runs = [(measure(THEIRS, path), measure(OURS, path)) for _ in range(TURNS)]
    theirs, ours = (statistics.median(run[side][0] for run in runs) for side in (0, 1))
    pages, statements = runs[0][1][2]
    print(f"{title}: {pages} pages, {statements} statements")
    print(f"  pypdf extract_text        {theirs:.2f} s  {runs[0][0][1]:.0f} MB")
    print(f"  kluwen read and extract   {ours:.2f} s  {max(run[1][1] for run in runs):.0f} MB")
    whole = statistics.median(run[1][3] / run[0][3] for run in runs)
    print(f"  {statistics.median(run[1][0] / run[0][0] for run in runs):.2f}×, whole process {whole:.2f}×")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rapport.pdf"
        for title, fill in (("a report from a word processor", repeat), ("bare and dense", make)):
            fill(path)
            report(title, path)


if __name__ == "__main__":
    main()
