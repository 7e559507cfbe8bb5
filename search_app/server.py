"""Serves the app: Streamlit as one ASGI application, with what it can't do by itself (the page's language, errors that name a way out)."""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = Path(__file__).parent / "app.py"
LOCAL = "127.0.0.1"
FIXED = {
    "browser.gatherUsageStats": False,
    "logger.hideWelcomeMessage": True,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
}
"""Settings that no environment and no file of the user's changes: nothing is sent away, and other sites are kept out."""
log = logging.getLogger("kluwen.app")


class Dutch:
    """Middleware that says in the page itself that it is Dutch: Streamlit writes ``<html lang="en">`` (WCAG 3.1.1)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _wants_page(scope):
            await self.app(scope, receive, send)
            return
        scope = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]}
        start: Message = {}
        body = b""

        async def mend(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            page = body.replace(b'<html lang="en">', b'<html lang="nl">', 1)
            await send({**start, "headers": [*headers, (b"content-length", str(len(page)).encode())]})
            await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, mend)


def _wants_page(scope: Scope) -> bool:
    accepted = next((value for name, value in scope["headers"] if name == b"accept"), b"")
    return scope["method"] == "GET" and b"text/html" in accepted


def serve(
    graph: str, *, public: bool = False, port: int | None = None, address: str = LOCAL, open_browser: bool = True
) -> None:
    """Serve the app on a graph until it is stopped. ``graph`` is a path or a Neo4j URL; it need not exist yet.

    ``port`` None takes 8501, or the next that is free. ``address`` is where it listens: on this computer only, unless
    it is another. Raises KluwenError when a port that was asked for is taken, or the address is none of this computer.
    """
    import streamlit as st
    from starlette.middleware import Middleware

    from corpus.messages import say
    from search_app import guard
    from search_app.failure import on_error

    chosen = _port(port, address)
    os.environ["KLUWEN_LANG"] = "nl"  # fragments rerun without the entry script, which says so too
    os.environ["KLUWEN_GRAPH"] = graph
    os.environ["KLUWEN_PUBLIC"] = "1" if public else ""
    here = _from_here(address)
    url = f"http://{here}:{chosen}"
    threading.Thread(
        target=_when_ready, args=(here.strip("[]"), chosen, say("app.ready", url=url), url, open_browser), daemon=True
    ).start()
    # Streamlit looks for its settings beside the script that it thinks was started.
    sys.argv = [str(SCRIPT)]
    middleware = [Middleware(guard.Guard, names=guard.names(address)), Middleware(Dutch)]
    st.App(SCRIPT, middleware=middleware, on_script_error=on_error).run(
        config={"server.port": chosen, "server.address": address, **FIXED}
    )


def _when_ready(address: str, port: int, sentence: str, url: str, open_browser: bool) -> None:
    """Say where the app is once it answers, and open it in the browser where asked: run this way, Streamlit does neither."""
    import socket
    import webbrowser
    from time import monotonic, sleep

    until = monotonic() + 60
    while monotonic() < until:
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            sleep(0.05)
            continue
        print(sentence, flush=True)
        if open_browser:
            webbrowser.open(url)
        return


def _from_here(address: str) -> str:
    """How a browser on this computer calls what listens there."""
    if address in (LOCAL, "0.0.0.0", "::"):
        return "localhost"
    return f"[{address}]" if ":" in address else address


def _port(asked: int | None, address: str) -> int:
    """The port to take. Raises KluwenError when the one asked for is taken, none of the usual ones is free, or the
    address is none of this computer."""
    import errno
    import socket

    from corpus.errors import KluwenError

    try:
        family, *_, place = socket.getaddrinfo(address, 0, type=socket.SOCK_STREAM)[0]
    except OSError:
        raise KluwenError("app.address_unknown", address=address) from None
    for port in [asked] if asked is not None else range(8501, 8521):
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((place[0], port))
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    raise KluwenError("app.address_unknown", address=address) from None
                continue
            return int(trial.getsockname()[1])
    raise KluwenError("app.port_taken", port=asked or "8501–8520")
