"""Makes the PDFs in ``files/`` out of one report, with the programs that people make PDFs with.

    python tests/ingest/readers/make_files.py

Needs LibreOffice (``soffice``), a Chromium, the fonts DejaVu and Liberation, and the packages ``typst``, ``weasyprint``,
``reportlab`` and ``playwright``. The tests need none of these: the files are kept with them.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "making"))

import deck  # noqa: E402
import office  # noqa: E402
import pages  # noqa: E402
import paper  # noqa: E402
import typeset  # noqa: E402

FILES = HERE / "files"

_PRINTED = """
body { font: 10.5pt/1.45 'Liberation Sans'; } h1 { font-size: 21pt; } h2 { font-size: 15pt; } h3 { font-size: 12pt; }
p, li { text-align: justify; } .columns { columns: 2; column-gap: 22px; } .note { font-size: 8pt; }
table { border-collapse: collapse; } th, td { border: 1px solid #333; padding: 4px 6px; text-align: left; vertical-align: top; }
caption { text-align: left; font-size: 9pt; } sup { font-size: 7pt; } ul ul { list-style: circle; }
"""
_PAGED = """
@page { size: A4; margin: 2.3cm; @top-left { content: string(chapter); font: 8pt 'DejaVu Serif'; }
  @bottom-right { content: 'pagina ' counter(page) ' van ' counter(pages); font: 8pt 'DejaVu Serif'; }
  @footnote { border-top: 0.5pt solid black; padding-top: 4pt; } }
html { hyphens: auto; } body { font: 10pt/1.4 'DejaVu Serif'; } h1 { font-size: 20pt; } h2 { font-size: 14pt; string-set: chapter content(); }
h3 { font-size: 11.5pt; } p, li { text-align: justify; } .columns { columns: 2; column-gap: 20pt; }
.fn { float: footnote; font-size: 7.5pt; } ::footnote-call { font-size: 7pt; vertical-align: super; line-height: 1; }
th, td { border-bottom: 0.5pt solid #555; padding: 4pt 8pt 4pt 0; text-align: left; vertical-align: top; } table { border-collapse: collapse; }
th { border-top: 0.5pt solid #555; } caption { text-align: left; font-size: 9pt; } ul { list-style: '\\25BA  '; } ul ul { list-style: '-  '; }
"""


def libreoffice(target: Path) -> None:
    """A word processor's: symbol-font bullets, real footnotes, hyphenation."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rapport.fodt"
        source.write_text(office.document(), encoding="utf-8")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)],
            check=True,
            capture_output=True,
        )
        shutil.copy(source.with_suffix(".pdf"), target)


def chromium(target: Path) -> None:
    """A browser's print, with its running head and foot."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(pages.page(_PRINTED))
        page.pdf(
            path=str(target),
            format="A4",
            display_header_footer=True,
            header_template='<div style="font-size:8px;width:100%;padding:0 40px">14-03-2024 <span class="title"></span></div>',
            footer_template='<div style="font-size:8px;width:100%;text-align:right;padding:0 40px">'
            '<span class="pageNumber"></span>/<span class="totalPages"></span></div>',
            margin={"top": "60px", "bottom": "60px", "left": "60px", "right": "60px"},
        )
        browser.close()


def weasyprint(target: Path) -> None:
    """CSS for paged media: running chapter titles, floated footnotes, rules across a table only."""
    from weasyprint import HTML

    HTML(string=pages.page(_PAGED, notes="float")).write_pdf(target)


def decks() -> None:
    """The slides, by a browser and by WeasyPrint."""
    from playwright.sync_api import sync_playwright
    from weasyprint import HTML

    HTML(string=deck.page()).write_pdf(FILES / "dias-weasyprint.pdf")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(deck.page())
        page.pdf(path=str(FILES / "dias-chromium.pdf"), prefer_css_page_size=True)
        browser.close()


def refused() -> None:
    """Files that can't be read: one with a password, one that is only pictures."""
    from PIL import Image
    from pypdf import PdfReader, PdfWriter
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    writer = PdfWriter(clone_from=PdfReader(FILES / "rapport-weasyprint.pdf"))
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(FILES / "met-wachtwoord.pdf")
    scan = Canvas(str(FILES / "gescand.pdf"), invariant=1)
    for shade in (250, 240):
        scan.drawImage(ImageReader(Image.new("L", (80, 110), shade)), 0, 0, 595, 842)
        scan.showPage()
    scan.save()


def typst(target: Path) -> None:
    """Typst: justified and hyphenated, square bullets."""
    import typst as compiler

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "rapport.typ"
        source.write_text(typeset.source(), encoding="utf-8")
        compiler.compile(str(source), output=str(target))


def main() -> None:
    """Make all files anew."""
    FILES.mkdir(exist_ok=True)
    for maker in (libreoffice, chromium, weasyprint, typst):
        maker(FILES / f"rapport-{maker.__name__}.pdf")
    paper.write(FILES / "rapport-reportlab.pdf")
    decks()
    refused()


if __name__ == "__main__":
    main()
