"""What every reader is: a name, the endings and media types it answers to, and ``read``."""

from abc import ABC, abstractmethod
from typing import ClassVar

from ingest.document import ReadDocument


class Reader(ABC):
    """Reads one format. ``suffixes`` are lower case with their dot; the first media type is the one it gives."""

    name: ClassVar[str]
    suffixes: ClassVar[tuple[str, ...]]
    media_types: ClassVar[tuple[str, ...]]

    @abstractmethod
    def read(self, data: bytes, name: str) -> ReadDocument:
        """The document in ``data``; ``name`` is its file's name, for messages.

        Raises KluwenError (``reader.*``) when it can't be read: encrypted, without text, damaged.
        """
