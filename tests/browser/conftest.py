"""A real server from the installed wheel, and a real browser that writes down what it should not have seen."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

KLUWEN = Path(sys.executable).parent / "kluwen"
SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START = 60.0
_FAILED = pytest.StashKey[bool]()


@dataclass
class Server:
    """``kluwen app`` on a graph, and what it logs."""

    graph: Path
    home: Path
    options: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)
    url: str = ""

    def __enter__(self) -> "Server":
        with socket.socket() as trial:
            trial.bind(("localhost", 0))
            port = trial.getsockname()[1]
        self.home.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [KLUWEN, "--graph", self.graph, *self.options, "app", "--no-browser", "--port", str(port)],
            cwd=self.home,
            env={**os.environ, "XDG_CACHE_HOME": str(self.home / "cache"), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        ready = threading.Event()
        self.reader = threading.Thread(target=self._read, args=(ready,), daemon=True)
        self.reader.start()
        self.url = f"http://localhost:{port}"
        if not ready.wait(START) or self.process.poll() is not None:
            self.__exit__()
            pytest.fail(f"The server did not start:\n{self.log}")
        return self

    def _read(self, ready: threading.Event) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if "http://localhost:" in line:
                ready.set()
        ready.set()

    def __exit__(self, *exc: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        self.reader.join(5)

    @property
    def log(self) -> str:
        return "".join(self.lines)


@dataclass
class Watch:
    """What a page must not do: ask for anything off this machine, or complain in its console."""

    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("websocket", lambda socket: self._leaves(socket.url))
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("response", self._response)

    def _leaves(self, url: str) -> None:
        if not url.startswith(("http://localhost:", "ws://localhost:", "data:", "blob:", "about:")):
            self.outside.append(url)

    def _request(self, request: Request) -> None:
        self._leaves(request.url)

    def _response(self, response: Response) -> None:
        self.answers.append(response.url)

    def _console(self, message: ConsoleMessage) -> None:
        # On a deep link Streamlit looks for itself under that path first, and finds itself at the second try.
        if message.type == "error" and "/_stcore/h" not in message.location.get("url", ""):
            self.complaints.append(f"{message.text} ({message.location.get('url')})")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def kluwen() -> Path:
    """The command of the installed wheel: the network view is found only in an installed package."""
    if not KLUWEN.exists():
        pytest.fail("Kluwen is not installed beside this Python: `make test` builds the wheel and installs it.")
    return KLUWEN


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    named = [os.environ.get("KLUWEN_CHROMIUM"), *(shutil.which(name) for name in NAMES)]
    chromium = next((path for path in named if path), None)
    if chromium is None:
        # `tests/chromium.sh` says the same before the tests run, and in CI does not go on without one
        pytest.skip("no Chromium on this machine: install one, or name one in KLUWEN_CHROMIUM")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def samples(kluwen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the samples, made by the command."""
    file = tmp_path_factory.mktemp("samples") / "samples.db"
    done = subprocess.run([kluwen, "--graph", file, "ingest", SAMPLES], capture_output=True, text=True, cwd=file.parent)
    assert file.exists(), done.stderr
    return file


@pytest.fixture(scope="session")
def server(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on the samples."""
    with Server(samples, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def running(kluwen: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Serves the app on a graph of the test's own: ``running(file, "--public")``."""
    servers: list[Server] = []

    def start(file: Path, *options: str) -> Server:
        servers.append(Server(file, tmp_path / f"home-{len(servers)}", options).__enter__())
        return servers[-1]

    yield start
    for each in servers:
        each.__exit__()


Open = Callable[..., Page]


@pytest.fixture
def visit(
    browser: Browser, running: Callable[..., Server], request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Open]:
    """Opens a page in a fresh context: ``visit(server, "/?q=nacht", width=390, scheme="dark")``. What it should not have
    done fails the test; a failure shows the server's log and leaves a picture. It takes ``running`` so that pages are
    closed before the server that they are on stops."""
    opened: list[tuple[Page, Watch, Server]] = []

    def go(server: Server, path: str = "/", *, width: int = 1440, height: int = 900, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale="nl-NL",
            permissions=["clipboard-read", "clipboard-write"],
            reduced_motion="reduce",
        )
        page = context.new_page()
        watch = Watch()
        watch.on(page)
        page.watch = watch  # type: ignore[attr-defined]
        opened.append((page, watch, server))
        page.goto(server.url + path)
        page.wait_for_selector(".kl-head, .kl-note")
        settled(page)
        return page

    yield go
    for page, _, server in opened:
        if request.node.stash.get(_FAILED, False) and not page.is_closed():
            print(f"--- {page.url}\n{server.log}")
            page.screenshot(path=tmp_path / "failed.png", full_page=True)
            print(f"picture: {tmp_path / 'failed.png'}")
        page.context.close()
    for _, watch, server in opened:
        assert not watch.outside, f"left this machine: {watch.outside}"
        assert not watch.complaints, watch.complaints
        assert "Traceback" not in server.log, server.log


def settled(page: Page) -> None:
    """Wait until no script runs."""
    page.wait_for_function("document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'")


@pytest.fixture
def settle() -> Callable[[Page], None]:
    return settled
