"""Asking a language model at an OpenAI-compatible address: ``POST {base}/chat/completions``, one question at a time.

Nothing is sent anywhere else: redirects are refused, and for an address on this machine the proxies of the environment are
not used. The key comes from the environment alone and is in no message, log or ``repr``; neither is anything that the server
says in words, since servers repeat keys.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from typing import IO, Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from corpus.errors import KluwenError
from ingest.propose.address import Address

MOST_BYTES = 2_000_000
MOST_SECONDS = 300.0
TRIES = 3
_PAUSE = 1.0
_AGAIN = frozenset({408, 429, 500, 502, 503, 504})
"""Answers that may be better a moment later."""
_NO_SCHEMA = frozenset({400, 404, 415, 422, 500, 501})
"""What servers answer that do not know ``response_format``."""


@dataclass(slots=True)
class Model:
    """A language model by its name at an address. ``seconds`` is how long one answer may take, ``pause`` how many seconds it
    waits before the first of ``TRIES`` - 1 further tries (twice as long before each next one)."""

    address: Address
    name: str
    key: str = field(default="", repr=False)
    seconds: float = MOST_SECONDS
    pause: float = _PAUSE
    most_bytes: int = MOST_BYTES
    _takes_schema: bool = True

    def __post_init__(self) -> None:
        if not all("!" <= sign <= "~" for sign in self.key):
            raise KluwenError("propose.bad_key")

    def ask(self, instruction: str, question: str, schema: Mapping[str, object]) -> str:
        """What the model answers to a question, as text.

        ``schema`` is the JSON schema of the answer, sent where the server takes one. Raises KluwenError when the server does
        not answer, answers too slowly, too much, or not as a language model does.
        """
        body: dict[str, Any] = {
            "model": self.name,
            "messages": [{"role": "system", "content": instruction}, {"role": "user", "content": question}],
            "temperature": 0,
            "stream": False,
        }
        if self._takes_schema:
            shape = {"name": "statements", "strict": True, "schema": schema}
            try:
                return self._asked({**body, "response_format": {"type": "json_schema", "json_schema": shape}})
            except _Refused as error:
                if error.status not in _NO_SCHEMA:
                    raise
            answer = self._asked(body)
            self._takes_schema = False
            return answer
        return self._asked(body)

    def _asked(self, body: Mapping[str, object]) -> str:
        """The answer to one body, tried again when that may help."""
        data = json.dumps(body, ensure_ascii=False).encode("utf-8")
        for tried in range(TRIES):
            if tried:
                time.sleep(self.pause * 2 ** (tried - 1))
            try:
                return content_of(*self._in_time(data), self.address.base)
            except _Refused as error:
                if error.status not in _AGAIN or tried == TRIES - 1:
                    raise
            except KluwenError as error:
                if error.key != "propose.cut_off" or tried == TRIES - 1:
                    raise
        raise AssertionError("each way through the loop returns or raises at the last try")

    def _in_time(self, data: bytes) -> tuple[bytes, bool]:
        """What :meth:`_post` gives. In a thread of its own, because a server that sends letter by letter can hold a call for as
        long as it likes."""
        done: list[tuple[bytes, bool]] = []
        failed: list[BaseException] = []

        def run() -> None:
            try:
                done.append(self._post(data, time.monotonic() + self.seconds))
            except BaseException as error:
                failed.append(error)

        thread = threading.Thread(target=run, name="kluwen-propose", daemon=True)
        thread.start()
        thread.join(self.seconds)
        if failed:
            raise failed[0]
        if not done:
            raise KluwenError("propose.too_slow", address=self.address.base, seconds=round(self.seconds))
        return done[0]

    def _post(self, data: bytes, until: float) -> tuple[bytes, bool]:
        """What comes back, and whether it is a stream of events."""
        handlers = [_NoRedirects(self.address.base), *([ProxyHandler({})] if self.address.local else [])]
        opener = build_opener(*handlers)
        opener.addheaders = []
        headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "kluwen"}
        request = Request(f"{self.address.base}/chat/completions", data, headers, method="POST")
        if self.key:
            request.add_unredirected_header("Authorization", f"Bearer {self.key}")
        base = self.address.base
        try:
            with opener.open(request, timeout=self.seconds) as answer:
                length = answer.headers.get("Content-Length", "")
                content = bytearray()
                while piece := answer.read1(65_536):
                    content += piece
                    if len(content) > self.most_bytes:
                        raise KluwenError("propose.too_big", address=base)
                    if time.monotonic() > until:
                        raise KluwenError("propose.too_slow", address=base, seconds=round(self.seconds))
                if length.isdigit() and len(content) < int(length):
                    raise KluwenError("propose.cut_off", address=base)
                return bytes(content), answer.headers.get_content_type() == "text/event-stream"
        except HTTPError as error:
            error.close()
            raise _Refused(base, self.name, error.code) from None
        except TimeoutError:
            raise KluwenError("propose.too_slow", address=base, seconds=round(self.seconds)) from None
        except (HTTPException, ConnectionResetError, BrokenPipeError):
            raise KluwenError("propose.cut_off", address=base) from None
        except OSError as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, TimeoutError):
                raise KluwenError("propose.too_slow", address=base, seconds=round(self.seconds)) from None
            if isinstance(reason, (ConnectionResetError, BrokenPipeError)):
                raise KluwenError("propose.cut_off", address=base) from None
            words = getattr(reason, "strerror", None) or type(reason).__name__
            raise KluwenError("propose.no_answer", address=base, reason=words) from None


class _Refused(KluwenError):
    """The server answered with a status that is no answer. What it said beside it is not repeated."""

    def __init__(self, base: str, name: str, status: int) -> None:
        key = {401: "no_entry", 403: "no_entry", 404: "not_there"}.get(status, "status")
        known = status in HTTPStatus._value2member_map_
        words = HTTPStatus(status).phrase if known else "?"
        super().__init__(f"propose.{key}", address=base, model=name, status=status, reason=words)
        self.status = status


class _NoRedirects(HTTPRedirectHandler):
    """Refuses every redirect: what a document says goes to the address that a person named, and to no other."""

    def __init__(self, base: str) -> None:
        self._base = base

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> NoReturn:
        parts = urlsplit(newurl)
        host = (parts.hostname or "").encode("ascii", "replace").decode("ascii")
        raise KluwenError("propose.redirect", address=self._base, target=f"{parts.scheme}://{host}")


def content_of(body: bytes, events: bool, base: str) -> str:
    """The text of the first choice in an answer, also when it comes as a stream of events (``data: {…}``) unasked.

    ``base`` is the address that answered. Raises KluwenError when it is no such answer, or a stream that stops before its end.
    """
    text = body.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    try:
        found = (
            _streamed(text) if events or text.startswith("data:") else _text(json.loads(text)["choices"][0]["message"])
        )
    except (LookupError, RecursionError, TypeError, ValueError):
        raise KluwenError("propose.not_model", address=base) from None
    if found is None:
        raise KluwenError("propose.cut_off", address=base)
    return found


def _streamed(text: str) -> str | None:
    """The pieces of a stream as one text, or None when it stops before it says that it is done."""
    pieces: list[str] = []
    for line in text.splitlines():
        kind, _, value = line.partition(":")
        if kind != "data":
            continue
        if value.strip() == "[DONE]":
            return "".join(pieces)
        for choice in json.loads(value)["choices"][:1]:
            pieces.append(_text(choice.get("delta") or {}))
            if choice.get("finish_reason"):
                return "".join(pieces)
    return None


def _text(message: Any) -> str:
    """The words of a message or a piece of one, which some servers give in parts; empty where it has none.

    Raises TypeError when it is no message at all.
    """
    if not isinstance(message, dict):
        raise TypeError
    content = message.get("content")
    if isinstance(content, list):
        content = "".join(str(each.get("text") or "") for each in content if isinstance(each, dict))
    return content if isinstance(content, str) else ""
