"""PDF: reports and slides, by the place and type of their text."""

import logging
from typing import TYPE_CHECKING, ClassVar

from corpus.errors import KluwenError
from ingest.document import ReadDocument
from ingest.readers.base import Reader

if TYPE_CHECKING:
    from pypdf import PdfReader as PypdfReader


_PICTURE_TEXT = 25  # characters a page: less beside a picture is a stamp or a page's number
_LETTERS = 0.25  # the least share of letters in text whose signs are known


class PdfReader(Reader):
    """PDF with a text layer, read with pypdf."""

    name = "pdf"
    suffixes: ClassVar[tuple[str, ...]] = (".pdf",)
    media_types: ClassVar[tuple[str, ...]] = ("application/pdf", "application/x-pdf")

    def read(self, data: bytes, name: str) -> ReadDocument:
        from ingest.readers.pdf import about, page
        from ingest.structure import flow, outline

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        pdf = _opened(data, name)
        notes: list[str] = []
        pages = page.pages(pdf, name, notes)
        blocks = outline.blocks(flow.parts(page.in_order(pages)))
        said = "".join(block.text for block in blocks)
        pictures = sum(1 for each in pages if each.images)
        if not said or (pictures >= 0.8 * len(pages) and len(said) < _PICTURE_TEXT * len(pages)):
            raise KluwenError("reader.scanned" if pictures else "reader.no_text", name=name)
        if sum(map(str.isalpha, said)) < _LETTERS * len(said.replace(" ", "")):
            raise KluwenError("reader.garbled", name=name)
        told = about.metadata(pdf)
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=blocks,
            title=about.title(blocks, pages, told),
            date=about.date(blocks, told),
            publisher=told.publisher,
            pages=len(pages),
            notes=tuple(notes),
        )


def _opened(data: bytes, name: str) -> "PypdfReader":
    """The file, ready to give its pages. Raises KluwenError when it is damaged or needs a password."""
    from io import BytesIO

    from pypdf import PdfReader as PypdfReader

    try:
        pdf = PypdfReader(BytesIO(data), strict=False)
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise KluwenError("reader.encrypted", name=name)
        if len(pdf.pages) == 0:
            raise KluwenError("reader.damaged", name=name)
    except KluwenError:
        raise
    except MemoryError:
        raise
    except Exception as error:
        if "crypt" in f"{type(error).__name__} {error}".lower():
            raise KluwenError("reader.encrypted", name=name) from error
        raise KluwenError("reader.damaged", name=name) from error
    return pdf
