"""Where a language model stands: an address that a person named, and whether it is on this machine."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

from corpus.errors import KluwenError

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """The base of an OpenAI-compatible server, such as ``http://127.0.0.1:11434/v1``; ``local`` when it is this machine."""

    base: str
    local: bool


def address(said: str) -> Address:
    """The address that a person said, in one spelling: lower case, no slash behind it, no port that goes without saying.

    Raises KluwenError for what is no http(s) address, or holds a name, a password, a question or a fragment: those would
    end up in messages.
    """
    try:
        parts = urlsplit(said.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise KluwenError("propose.not_address") from error
    if parts.scheme not in _PORTS or not host or not said.isascii():
        raise KluwenError("propose.not_address")
    if "@" in parts.netloc or parts.query or parts.fragment or any(ord(sign) < 33 for sign in parts.path):
        raise KluwenError("propose.secret_in_address")
    name = f"[{host}]" if ":" in host else host
    place = name if port in (None, _PORTS[parts.scheme]) else f"{name}:{port}"
    return Address(urlunsplit((parts.scheme, place, parts.path.rstrip("/"), "", "")), _local(host))


def _local(host: str) -> bool:
    """Whether a host is this machine: a loopback address, or ``localhost`` where all that it stands for is one."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        pass
    if host != "localhost":
        return False
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return bool(found) and all(ip_address(str(place[4][0]).split("%")[0]).is_loopback for place in found)
