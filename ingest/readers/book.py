"""Books (EPUB): the web pages in the zip, in the order in which they are read."""

import posixpath
from typing import Any, ClassVar
from urllib.parse import unquote

from corpus.errors import KluwenError
from ingest.document import ReadDocument
from ingest.readers.base import Reader
from ingest.readers.office.package import Package
from ingest.structure import facts, outline
from ingest.structure.outline import Part
from ingest.structure.tables import Tables

_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html")
_FONTS = (".otf", ".ttf", ".woff", ".woff2")


class BookReader(Reader):
    """EPUB 2 and 3; the table of contents is left out, and nothing that a page refers to is fetched."""

    name = "book"
    suffixes: ClassVar[tuple[str, ...]] = (".epub",)
    media_types: ClassVar[tuple[str, ...]] = ("application/epub+zip",)

    def read(self, data: bytes, name: str) -> ReadDocument:
        package = Package(data, name)
        if _locked(package):
            raise KluwenError("reader.encrypted", name=name)
        place = next(package.xml(_CONTAINER).iter("{*}rootfile"), None)
        main = (place.get("full-path") if place is not None else None) or ""
        book = package.xml(main)
        told = {
            each.tag.rpartition("}")[2]: each.text or ""
            for each in reversed(list(book.iterfind("{*}metadata/*")))
            if isinstance(each.tag, str)
        }
        blocks = outline.blocks(_parts(package, book, posixpath.dirname(main)))
        if not blocks:
            raise KluwenError("reader.no_text", name=name)
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=blocks,
            title=facts.worth(told.get("title")) or facts.title_at_top(blocks),
            date=facts.date_near_top(blocks) or facts.date_in(told.get("date", "")[:10]),
            publisher=facts.worth(told.get("publisher"), "publisher_junk") or facts.organisation(told.get("creator")),
        )


def _locked(package: Package) -> bool:
    """Whether more than the fonts is locked."""
    locks = package.xml_or_none(_LOCKS)
    names = (each.get("URI", "") for each in locks.iter("{*}CipherReference")) if locks is not None else ()
    return any(not name.lower().endswith(_FONTS) for name in names)


def _parts(package: Package, book: Any, folder: str) -> list[Part]:
    from lxml import html

    from ingest.readers import markup
    from ingest.readers.decode import decode

    items = {each.get("id"): each for each in book.iterfind("{*}manifest/{*}item")}
    tables, parts = Tables(), list[Part]()
    for each in book.iterfind("{*}spine/{*}itemref"):
        item = items.get(each.get("idref"))
        if item is None or item.get("media-type") not in _PAGES or "nav" in item.get("properties", "").split():
            continue
        content = package.content(posixpath.normpath(posixpath.join(folder, unquote(item.get("href", "")))))
        text = decode(content) if content is not None else None
        if text is None:
            raise KluwenError("reader.damaged", name=package.name)
        page = html.document_fromstring(text.replace("\x00", "").encode(), parser=html.HTMLParser(encoding="utf-8"))
        parts += markup.parts(page.body, tables) if page.find("body") is not None else []
    return parts
