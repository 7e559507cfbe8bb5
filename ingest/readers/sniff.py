"""What a file is by its first bytes, whatever its name says."""

import re

_PAGE = re.compile(
    rb"^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.I | re.S
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")


def kind(data: bytes) -> str | None:
    """``pdf``, ``html``, ``picture``, ``office``, ``binary``; None for text that can be anything.

    A PDF may begin with a few bytes of something else, as ISO 32000 allows.
    """
    head = data[:2048]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "picture"
    if head.startswith(_OFFICE):
        return "office"
    if _PAGE.match(_readable(head)):
        return "html"
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and not _wide(head):
        return "binary"
    return None


def _readable(head: bytes) -> bytes:
    """The start of the file in single bytes, also where it is UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _wide(head):
        return head.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    return head.removeprefix(b"\xef\xbb\xbf")


def _wide(head: bytes) -> bool:
    """Whether every other byte is zero, as in UTF-16 without a mark."""
    return len(head) > 3 and any(head[i::2].count(0) > 0.6 * len(head[i::2]) for i in (0, 1))
