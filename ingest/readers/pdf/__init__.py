"""PDF: reports and slides, by the place and type of their text."""

import logging
from typing import TYPE_CHECKING, ClassVar

from corpus.errors import KluwenError
from ingest.document import ReadDocument
from ingest.readers.base import Reader

if TYPE_CHECKING:
    from pypdf import PdfReader as PypdfReader


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
        if not any(each.rows or each.tables for each in pages):
            raise KluwenError("reader.scanned" if any(each.images for each in pages) else "reader.no_text", name=name)
        blocks = outline.blocks(flow.parts(page.in_order(pages)))
        if not blocks:
            raise KluwenError("reader.no_text", name=name)
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
