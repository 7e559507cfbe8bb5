"""Who may talk to the app: its own pages, under a name that is its own. Another site's page in the same browser may not."""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

HOSTS = "KLUWEN_HOSTS"
"""The environment's names, with commas between, under which an app that listens to the network is reached."""
_OWN = frozenset({"localhost", "127.0.0.1", "::1"})


def is_local(address: str) -> bool:
    """Whether only this computer can reach what listens there."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"


def names(address: str) -> frozenset[str]:
    """The names by which an app that listens there may be called; none where any name will do.

    A name that is not its own is that of a site which had itself looked up as this computer (DNS rebinding).
    """
    if is_local(address):
        return _OWN | {address}
    return frozenset(name.strip().lower() for name in os.environ.get(HOSTS, "").split(",") if name.strip())


class Guard:
    """Middleware that refuses other names than ``names``, and connections that another site's page opens.

    Left to itself, Streamlit asks a server on the internet for this computer's address to judge such a page.
    """

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or self._welcome(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body"})

    def _welcome(self, scope: Scope) -> bool:
        from streamlit.web.server.server_util import is_allowed_origin

        headers = {name: value.decode("latin-1") for name, value in scope["headers"] if name in (b"host", b"origin")}
        host, origin = headers.get(b"host", ""), headers.get(b"origin")
        try:
            named = urlsplit(f"//{host}").hostname
            asking = urlsplit(origin or "").netloc
        except ValueError:
            return False
        if self.names and named not in self.names:
            return False
        return scope["type"] == "http" or origin is None or asking == host or is_allowed_origin(origin)
