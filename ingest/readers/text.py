"""Plain text: notes, exports, and the text layers of other files."""

from typing import ClassVar

from corpus.errors import KluwenError
from ingest.document import ReadDocument
from ingest.readers.base import Reader
from ingest.readers.decode import decode
from ingest.structure import facts, flow, outline, plain


class TextReader(Reader):
    """UTF-8, UTF-16 or cp1252; headings, lists and tables by their shape."""

    name = "text"
    suffixes: ClassVar[tuple[str, ...]] = (".txt", ".text")
    media_types: ClassVar[tuple[str, ...]] = ("text/plain",)

    def read(self, data: bytes, name: str) -> ReadDocument:
        text = decode(data)
        if text is None:
            raise KluwenError("reader.not_text", name=name)
        blocks = outline.blocks(flow.parts(plain.flow(text)))
        if not blocks:
            raise KluwenError("reader.empty", name=name)
        return ReadDocument(
            name=name,
            media_type=self.media_types[0],
            blocks=blocks,
            title=facts.title_at_top(blocks),
            date=facts.date_near_top(blocks),
        )
