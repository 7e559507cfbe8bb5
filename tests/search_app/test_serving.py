"""``kluwen app`` as a process: where it listens, what it says about that, and whose requests it takes."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import KluwenError
from search_app import guard, server

ROOT = Path(server.__file__).resolve().parents[1]


class App:
    """A served app: the port that it took, what it said before it was ready, and how it answers."""

    def __init__(self, folder: Path, *options: str, before: tuple[str, ...] = (), **environment: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        words = [*before, "app", "--no-browser", "--port", str(self.port), *options]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "search_app.cli", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if re.search(rf"http://\S+:{self.port}", line):
                return
        raise AssertionError(self.said)

    def status(self, path: str = "/_stcore/health", **headers: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=headers)
            return connection.getresponse().status

    def handshake(self, host: str, origin: str) -> int:
        """What a browser gets that opens a page's connection: 101 where it is welcome."""
        more = {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
        return self.status(
            "/_stcore/stream", Host=host, Origin=origin, Connection="Upgrade", Upgrade="websocket", **more
        )


@contextlib.contextmanager
def served(folder: Path, *options: str, **how) -> Iterator[App]:
    app = App(folder, *options, **how)
    try:
        yield app
    finally:
        app.process.terminate()
        app.process.communicate()


def test_left_alone_it_listens_to_this_computer_and_its_own_pages_only(tmp_path) -> None:
    # what asks the internet for this computer's address would come by here
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        way_out = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        ways = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), way_out)
        loosened = {"STREAMLIT_SERVER_ENABLE_CORS": "false", "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "false"}
        with served(tmp_path, NO_PROXY="", no_proxy="", **ways, **loosened) as app:
            assert "Er gaat niets naar buiten" in app.said
            assert app.status() == 200
            own = f"localhost:{app.port}"
            assert app.status("/", Host=own) == 200
            assert app.status("/", Host="kwaad.example") == 403
            assert app.handshake(own, f"http://{own}") == 101
            assert app.handshake(own, "http://kwaad.example") == 403
            assert app.handshake(own, "null") == 403
            assert app.handshake(f"kwaad.example:{app.port}", f"http://kwaad.example:{app.port}") == 403
            assert listens_at(app.port) == {"127.0.0.1"}
        with pytest.raises(BlockingIOError):
            proxy.accept()


def listens_at(port: int) -> set[str]:
    """At which IPv4 addresses this computer listens on a port."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    found = [row[1].split(":") for row in rows if row[3] == "0A"]
    return {socket.inet_ntoa(bytes.fromhex(address)[::-1]) for address, at in found if int(at, 16) == port}


def test_opened_to_the_network_it_warns_and_takes_the_names_that_it_was_given(tmp_path) -> None:
    with served(tmp_path, "--address", "0.0.0.0", KLUWEN_HOSTS="kluwen.example, localhost") as app:
        said = " ".join(app.said.split())
        assert "ziet alles in deze graaf, ook de interne bronnen" in said
        assert "kluwen --public app" in said and "Er gaat niets naar buiten" not in said
        assert f"http://localhost:{app.port}" in said
        assert app.status("/", Host="kluwen.example") == 200
        assert app.status("/", Host="kwaad.example") == 403
        assert app.handshake("kluwen.example", "https://kluwen.example") == 101
        assert app.handshake("kluwen.example", "https://kwaad.example") == 403


def test_a_public_session_on_the_network_warns_of_public_sources_only(tmp_path) -> None:
    with served(tmp_path, "--address", "0.0.0.0", before=("--public",)) as app:
        said = " ".join(app.said.split())
        assert "ziet de openbare bronnen" in said and "intern" not in said
        assert app.handshake("kluwen.example", "https://kluwen.example") == 101


@pytest.mark.parametrize("address", ["192.0.2.1", "geen adres"])
def test_an_address_that_is_not_of_this_computer_is_told_of(address) -> None:
    with pytest.raises(KluwenError, match=address) as error:
        server.serve("nothing.db", address=address, open_browser=False)
    assert error.value.key == "app.address_unknown"


@pytest.mark.parametrize(
    ("address", "local"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.0.0.2", True), ("0.0.0.0", False), ("::", False)],
)
def test_what_only_this_computer_reaches_is_known(address, local) -> None:
    assert guard.is_local(address) == local
    assert bool(guard.names(address)) == local
