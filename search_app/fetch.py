"""One page or PDF from the web, when a person names its address on the command line. Nothing else in Kluwen goes out,
but for the questions to a language model that a person asks for (``ingest.propose``).

No cookies, no scripts, nothing that the page refers to; limits on time, size and redirects.
"""

from __future__ import annotations

import re
import socket
import threading
import time
import zlib
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage
from ipaddress import ip_address
from pathlib import Path
from typing import IO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from corpus.errors import KluwenError

MOST_BYTES = 50_000_000
MOST_SECONDS = 60.0
MOST_REDIRECTS = 5
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "text/plain": ".txt",
    "text/markdown": ".md",
}
"""The kinds of content that are taken, and the suffix that each is kept under."""


class _Answer(Protocol):
    headers: HTTPMessage

    def read1(self, amount: int, /) -> bytes: ...


def is_address(word: str) -> bool:
    """Whether a word on the command line is a web address and not a path."""
    return re.match(r"https?://", word, re.IGNORECASE) is not None


def fetch(
    url: str,
    folder: Path,
    *,
    told: Callable[[str], None] = lambda address: None,
    most_bytes: int = MOST_BYTES,
    most_seconds: float = MOST_SECONDS,
) -> Path:
    """The file in ``folder`` that the content of an http(s) address was written to, with the suffix of its kind.

    ``told`` is called with each address that it was redirected to. Raises KluwenError for an address that is none, does not
    answer in ``most_seconds``, holds more than ``most_bytes`` or something else than a page, PDF or text, or redirects too
    often, out of https, or from the open web into a private network.
    """
    address = _ascii(url)
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise KluwenError("fetch.not_address", url=url)
    if parts.username or parts.password:
        raise KluwenError("fetch.password", url=urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))
    content, suffix = _in_time(lambda until: _get(address, told, most_bytes, until), url, most_seconds)
    name = unquote(parts.path.rstrip("/").rpartition("/")[2]) or parts.hostname
    path = folder / (re.sub(r"[^\w.-]+", "-", name.removesuffix(suffix)).strip(".-")[:80] + suffix)
    path.write_bytes(content)
    return path


def _get(address: str, told: Callable[[str], None], most_bytes: int, until: float) -> tuple[bytes, str]:
    """The content at an address and its suffix."""
    opener = build_opener(_Redirects(address, told))
    opener.addheaders = []
    request = Request(
        address,
        headers={
            "User-Agent": f"kluwen/{_version()}",
            "Accept": ", ".join(SUFFIXES),
            "Accept-Encoding": "identity",
            "Accept-Language": "nl, en;q=0.5",
        },
    )
    try:
        with opener.open(request, timeout=max(until - time.monotonic(), 0.01)) as answer:
            suffix = _suffix(address, answer.headers)
            content = _content(address, answer, most_bytes, until)
    except HTTPError as error:
        with error:
            raise KluwenError("fetch.status", url=address, status=error.code, reason=error.reason) from error
    except TimeoutError as error:
        raise KluwenError("fetch.too_slow", url=address) from error
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, URLError) and isinstance(error.reason, TimeoutError):
            raise KluwenError("fetch.too_slow", url=address) from error
        reason = getattr(error, "reason", None) or error
        raise KluwenError("fetch.no_answer", url=address, reason=getattr(reason, "strerror", None) or reason) from error
    if not content.strip():
        raise KluwenError("fetch.empty", url=address)
    if not suffix:
        if not content.startswith(b"%PDF-"):
            raise KluwenError("fetch.wrong_kind", url=address, kind=answer.headers.get_content_type())
        suffix = ".pdf"
    return _unambiguous(content, answer.headers, suffix), suffix


def _suffix(address: str, headers: HTTPMessage) -> str:
    """The suffix of what comes, or nothing when only its first bytes can tell."""
    kind = headers.get_content_type() if "Content-Type" in headers else ""
    if kind in ("", "application/octet-stream", "binary/octet-stream", "application/force-download"):
        return ""
    if kind not in SUFFIXES:
        raise KluwenError("fetch.wrong_kind", url=address, kind=kind)
    return SUFFIXES[kind]


def _content(address: str, answer: _Answer, most_bytes: int, until: float) -> bytes:
    """All that comes, unpacked. Stops at the first byte, or the first second, too many."""
    packing = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packing not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise KluwenError("fetch.wrong_kind", url=address, kind=packing)
    unpack = None if packing in ("", "identity") else zlib.decompressobj(zlib.MAX_WBITS | 32)
    if (length := answer.headers.get("Content-Length", "")).isdigit() and int(length) > most_bytes:
        raise KluwenError("fetch.too_big", url=address, most=most_bytes // 1_000_000)
    content = bytearray()
    while piece := answer.read1(65_536):
        try:
            content += unpack.decompress(piece, most_bytes + 1) if unpack else piece
        except zlib.error as error:
            raise KluwenError("fetch.no_answer", url=address, reason=error) from error
        if len(content) > most_bytes:
            raise KluwenError("fetch.too_big", url=address, most=most_bytes // 1_000_000)
        if time.monotonic() > until:
            raise KluwenError("fetch.too_slow", url=address)
    if length.isdigit() and unpack is None and len(content) < int(length):
        raise KluwenError("fetch.cut_off", url=address)
    return bytes(content)


def _unambiguous(content: bytes, headers: HTTPMessage, suffix: str) -> bytes:
    """Text in an encoding that only the server names becomes UTF-8, so that the file can be read without it."""
    charset = headers.get_content_charset() or "utf-8"
    if suffix == ".pdf" or charset in ("utf-8", "utf8") or b"charset" in content[:2048].lower():
        return content
    try:
        return content.decode(charset).encode("utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return content


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects, tells each, and refuses those that a page has no business to make."""

    max_repeats = MOST_REDIRECTS + 1
    max_redirections = 10 * MOST_REDIRECTS

    def __init__(self, address: str, told: Callable[[str], None]) -> None:
        self._first, self._told, self._count = address, told, 0

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        target = _ascii(urljoin(req.full_url, newurl))
        self._count += 1
        if self._count > MOST_REDIRECTS:
            raise KluwenError("fetch.redirects", url=self._first, most=MOST_REDIRECTS)
        if req.full_url.startswith("https:") and target.startswith("http:"):
            raise KluwenError("fetch.unsafe_redirect", url=self._first, target=target)
        if _private(target) and not _private(self._first):
            raise KluwenError("fetch.private_redirect", url=self._first, target=target)
        self._told(target)
        return super().redirect_request(req, fp, code, msg, headers, target)


def _private(address: str) -> bool:
    """Whether an address leads to this machine or a private network."""
    parts = urlsplit(address)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        return False
    return any(not ip_address(str(place[4][0]).split("%")[0]).is_global for place in found)


def _in_time(work: Callable[[float], tuple[bytes, str]], url: str, seconds: float) -> tuple[bytes, str]:
    """What ``work`` gives within so many seconds. In a thread of its own, because a name server, or a server that sends its
    headers letter by letter, can hold a call for as long as it likes."""
    done: list[tuple[bytes, str]] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work(time.monotonic() + seconds))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="kluwen-fetch", daemon=True)
    thread.start()
    thread.join(seconds + 1)
    if failed:
        raise failed[0]
    if not done:
        raise KluwenError("fetch.too_slow", url=url)
    return done[0]


def _ascii(url: str) -> str:
    """An address as it goes over the line: spaces and letters outside ASCII escaped, the host in IDNA, no fragment."""
    parts = urlsplit(url.strip())
    try:
        host = parts.netloc.encode("ascii" if parts.netloc.isascii() else "idna").decode("ascii")
    except UnicodeError as error:
        raise KluwenError("fetch.not_address", url=url) from error
    safe = "/%:@!$&'()*+,;=~-._?"
    return urlunsplit((parts.scheme.lower(), host, quote(parts.path, safe), quote(parts.query, safe), ""))


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("kluwen")
    except PackageNotFoundError:
        return "0"
