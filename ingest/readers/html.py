"""Web pages: the article without what stands around it."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from corpus.errors import KluwenError
from ingest.document import BlockKind, ReadDocument
from ingest.readers.base import Reader
from ingest.readers.decode import decode
from ingest.structure import facts, outline
from ingest.structure.reading import words
from ingest.structure.words import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—·»-]\s+")


class HtmlReader(Reader):
    """HTML of any age."""

    name = "html"
    suffixes: ClassVar[tuple[str, ...]] = (".html", ".htm", ".xhtml")
    media_types: ClassVar[tuple[str, ...]] = ("text/html", "application/xhtml+xml")

    def read(self, data: bytes, name: str) -> ReadDocument:
        from lxml import html

        from ingest.readers import markup
        from ingest.readers.article import article

        text = _text(data)
        if text is None:
            raise KluwenError("reader.not_text", name=name)
        page = _tree(html, text)
        if page is None:
            raise KluwenError("reader.empty", name=name)
        about = _About(page)
        scripts = page.find(".//script") is not None
        wants = any(sentence in " ".join(page.text_content().lower().split()) for sentence in words("needs_script"))
        blocks = outline.blocks(markup.parts(article(page)))
        said = sum(len(block.text) for block in blocks)
        if said < 20 or (said < 250 and wants):
            raise KluwenError("reader.only_script" if scripts or wants else "reader.empty", name=name)
        heading = next((block.text for block in blocks if block.kind is BlockKind.HEADING), None)
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=blocks,
            title=about.title or heading,
            date=about.date or facts.date_near_top(blocks),
            publisher=about.publisher,
        )


def _text(data: bytes) -> str | None:
    """The page as text, in the encoding that it names itself."""
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        encoding = named[1].decode("ascii").lower()
        try:
            return data.decode("cp1252" if encoding in ("iso-8859-1", "latin1", "us-ascii") else encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _tree(html: Any, text: str) -> "HtmlElement | None":
    from lxml import etree

    # A declaration of encoding would contradict text that is decoded already.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).replace("\x00", "")
    try:
        return html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


class _About:
    """What a page says of itself in its head."""

    def __init__(self, page: "HtmlElement") -> None:
        self._meta = {
            (each.get("property") or each.get("name") or "").lower(): fold(each.get("content") or "")
            for each in page.iter("meta")
        }
        self._data = list(_structured(page))
        told = page.findtext(".//title") or ""
        sides = [side for side in _SITE.split(fold(told)) if side]
        h1 = page.find(".//h1")
        first = fold(h1.text_content()) if h1 is not None else None
        self.title = facts.worth(first) or facts.worth(self._first("og:title", "dc.title", "dcterms.title"))
        self.title = self.title or facts.worth(sides[0] if sides else None)
        site = sides[-1] if len(sides) > 1 and sides[-1] != self.title else None
        self.publisher = facts.worth(
            self._named("publisher") or self._first("og:site_name", "dc.publisher", "dcterms.publisher") or site,
            "publisher_junk",
        )
        times = [each.get("datetime") for each in page.iter("time") if each.get("datetime")]
        keys = ("article:published_time", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.issued", "date")
        told_dates = [self._plain("datePublished"), self._first(*keys, "article:modified_time", "dcterms.modified")]
        found = (facts.date_in(date[:10]) for date in [*told_dates, *times[:1]] if date)
        self.date = next((date for date in found if date), None)

    def _first(self, *names: str) -> str | None:
        return next((self._meta[name] for name in names if self._meta.get(name)), None)

    def _plain(self, key: str) -> str | None:
        return next((str(each[key]) for each in self._data if isinstance(each.get(key), str)), None)

    def _named(self, key: str) -> str | None:
        for each in self._data:
            value = each.get(key)
            if isinstance(value, dict) and isinstance(value.get("name"), str):
                return fold(value["name"])
        return None


def _structured(page: "HtmlElement") -> Iterator[dict[str, Any]]:
    """The objects that a page gives in JSON-LD."""
    for script in page.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text_content())
        except (ValueError, RecursionError):
            continue
        waiting = data if isinstance(data, list) else [data]
        for each in waiting:
            if isinstance(each, dict):
                yield each
                graph = each.get("@graph")
                yield from (entry for entry in graph if isinstance(entry, dict)) if isinstance(graph, list) else ()
