"""Markdown: as CommonMark with tables says it."""

import re
from typing import ClassVar

from corpus.errors import KluwenError
from ingest.document import ReadDocument
from ingest.readers.base import Reader
from ingest.readers.decode import decode
from ingest.structure import facts, outline

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FIELD = re.compile(r"^(\w+):\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_FOOTNOTE_REF = re.compile(r"\[\^[^\]\s]+\](?!:)")
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:\s*", re.MULTILINE)


class MarkdownReader(Reader):
    """CommonMark with tables and footnotes; the fields of a front matter give title, date and publisher."""

    name = "markdown"
    suffixes: ClassVar[tuple[str, ...]] = (".md", ".markdown", ".mdown")
    media_types: ClassVar[tuple[str, ...]] = ("text/markdown", "text/x-markdown")

    def read(self, data: bytes, name: str) -> ReadDocument:
        from lxml import html
        from markdown_it import MarkdownIt

        from ingest.readers import markup

        text = decode(data)
        if text is None:
            raise KluwenError("reader.not_text", name=name)
        front = _FRONT.match(text)
        fields = {key.lower(): value for key, value in _FIELD.findall(front[1])} if front else {}
        text = text[front.end() :] if front else text
        text = _FOOTNOTE_REF.sub("", text)
        text = _FOOTNOTE.sub(r"\n\1. ", text)
        rendered = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).render(text)
        if not rendered.strip():
            raise KluwenError("reader.empty", name=name)
        root = html.fragment_fromstring(rendered.replace("\x00", ""), create_parent="div")
        blocks = outline.blocks(markup.parts(root))
        if not blocks:
            raise KluwenError("reader.empty", name=name)
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=blocks,
            title=facts.worth(fields.get("title") or fields.get("titel")) or facts.title_at_top(blocks),
            date=facts.date_in(fields.get("date") or fields.get("datum") or "") or facts.date_near_top(blocks),
            publisher=fields.get("publisher") or fields.get("uitgever"),
        )
