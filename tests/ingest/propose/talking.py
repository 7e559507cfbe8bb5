"""A small HTTP server that answers as servers of language models do, well and badly. It says what it was sent."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Sent:
    """One request that came in."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def question(self) -> str:
        said: str = self.body["messages"][-1]["content"]
        return said


@dataclass
class Talking:
    """A server on this machine; ``answer(handler, sent)`` writes what it says. ``over`` is set when the test is done."""

    answer: Callable[[Reply, Sent], None]
    base: str = ""
    sent: list[Sent] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


class Reply(BaseHTTPRequestHandler):
    """Ways to answer."""

    talking: Talking

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        sent = Sent(self.path, dict(self.headers), body)
        self.talking.sent.append(sent)
        try:
            self.talking.answer(self, sent)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_GET(self) -> None:
        self.talking.sent.append(Sent(self.path, dict(self.headers), {}))
        self.raw(b"{}")

    def raw(self, body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Length": str(len(body)), **given}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def says(self, text: object) -> None:
        """Answer as a model that says this text."""
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
        self.raw(json.dumps({"id": "x", "object": "chat.completion", "choices": [choice]}).encode())

    def proposes(self, *items: dict[str, Any]) -> None:
        self.says(json.dumps({"statements": items}, ensure_ascii=False))

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def talking(answer: Callable[[Reply, Sent], None]) -> Iterator[Talking]:
    """A server that answers so, at ``.base``."""
    state = Talking(answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Reply,), {"talking": state}))
    state.base = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield state
    finally:
        state.over.set()
        server.shutdown()
        server.server_close()


def item(quote: str, kind: str = "bottleneck", **more: Any) -> dict[str, Any]:
    """A statement as a model proposes it."""
    return {"passage": 0, "kind": kind, "quote": quote, "level": None, "theme": None, "actors": [], **more}
