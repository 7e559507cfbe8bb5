"""Fetching one page or PDF: what comes in, and everything that is refused. Against a real server on this machine."""

import gzip
import io
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request

import pytest

from corpus.errors import KluwenError
from search_app import fetch as module
from search_app.fetch import fetch, is_address

PAGE = b"<html><body><h1>Knelpunten</h1><p>De overdracht komt te laat.</p></body></html>"
ASKED: list[Message] = []


class Site(BaseHTTPRequestHandler):
    """Answers that a page has no business to give, by path."""

    stop = threading.Event()

    def do_GET(self) -> None:
        ASKED.append(self.headers)
        name = (
            self.path.partition("?")[0]
            .strip("/")
            .replace("/", "_")
            .replace("-", "_")
            .replace(".", "_")
            .replace("%20", "_")
        )
        getattr(self, name, self.missing)()

    def answer(self, content: bytes, kind: str | None = "text/html", status: int = 200, **headers: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for key, value in {
            "Content-Length": str(len(content)),
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(content)

    def redirect(self, target: str) -> None:
        self.answer(b"", status=302, Location=target)

    def missing(self) -> None:
        self.answer(b"weg", status=404)

    def advies_html(self) -> None:
        self.answer(PAGE, Set_Cookie="spoor=1")

    def een_advies(self) -> None:
        self.answer(PAGE)

    def rapport_pdf(self) -> None:
        self.answer(b"%PDF-1.7\n", "application/pdf")

    def download(self) -> None:
        self.answer(b"%PDF-1.7\n", "application/octet-stream")

    def programma(self) -> None:
        self.answer(b"MZ\x90\x00", "application/octet-stream")

    def plaatje_png(self) -> None:
        self.answer(b"\x89PNG", "image/png")

    def zonder_soort(self) -> None:
        self.answer(b"wat is dit", None)

    def leeg(self) -> None:
        self.answer(b" \n")

    def ingepakt(self) -> None:
        self.answer(gzip.compress(PAGE), Content_Encoding="gzip")

    def bom(self) -> None:
        self.answer(gzip.compress(b"0" * 3_000_000), "text/plain", Content_Encoding="gzip")

    def oud(self) -> None:
        self.answer("<p>coördinatie</p>".encode("latin-1"), "text/html; charset=iso-8859-1")

    def groot(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        try:
            while not self.stop.is_set():
                self.wfile.write(b"tekst " * 10_000)
        except OSError:
            pass

    def groot_gezegd(self) -> None:
        self.answer(b"", Content_Length="999999999999")

    def afgebroken(self) -> None:
        self.answer(PAGE, Content_Length=str(len(PAGE) + 100))

    def zwijgt(self) -> None:
        self.stop.wait(30)

    def druppelt(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        try:
            while not self.stop.wait(0.02):
                self.wfile.write(b".")
        except OSError:
            pass

    def druppelt_koppen(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        try:
            while not self.stop.wait(0.02):
                self.wfile.write(b"X-Koud: ja\r\nX"[:1])
        except OSError:
            pass

    def verhuisd(self) -> None:
        self.redirect("/verhuisd-nog-eens")

    def verhuisd_nog_eens(self) -> None:
        self.redirect("/advies.html")

    def rondje(self) -> None:
        self.redirect(f"/rondje?{len(ASKED)}")

    def naar_schijf(self) -> None:
        self.redirect("file:///etc/hostname")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Site.stop.set()
    server.shutdown()
    server.server_close()
    thread.join()


def refused(url: str, folder: Path, **limits: float) -> str:
    with pytest.raises(KluwenError) as error:
        fetch(url, folder, **limits)  # type: ignore[arg-type]
    assert str(error.value)
    assert list(folder.iterdir()) == []
    return error.value.key


def test_a_page_is_fetched_as_it_stands(site: str, tmp_path: Path) -> None:
    path = fetch(f"{site}/advies.html", tmp_path)
    assert path.name == "advies.html"
    assert path.read_bytes() == PAGE


def test_kluwen_says_who_it_is_and_carries_no_cookies(site: str, tmp_path: Path) -> None:
    fetch(f"{site}/advies.html", tmp_path)
    fetch(f"{site}/advies.html", tmp_path)
    assert ASKED[-1]["User-Agent"].startswith("kluwen/")
    assert ASKED[-1]["Cookie"] is None
    assert ASKED[-1]["Referer"] is None


def test_a_pdf_keeps_its_name(site: str, tmp_path: Path) -> None:
    assert fetch(f"{site}/rapport.pdf?versie=2", tmp_path).name == "rapport.pdf"


def test_a_pdf_that_is_only_called_a_download_is_known_by_its_first_bytes(site: str, tmp_path: Path) -> None:
    assert fetch(f"{site}/download", tmp_path).name == "download.pdf"


def test_an_address_with_a_space_and_a_fragment_works(site: str, tmp_path: Path) -> None:
    assert fetch(f"{site}/een advies#kop", tmp_path).read_bytes() == PAGE


def test_a_packed_answer_is_unpacked(site: str, tmp_path: Path) -> None:
    assert fetch(f"{site}/ingepakt", tmp_path).read_bytes() == PAGE


def test_an_encoding_that_only_the_server_names_is_kept(site: str, tmp_path: Path) -> None:
    assert fetch(f"{site}/oud", tmp_path).read_text(encoding="utf-8-sig") == "<p>coördinatie</p>"


def test_redirects_are_followed_and_told(site: str, tmp_path: Path) -> None:
    told: list[str] = []
    assert fetch(f"{site}/verhuisd", tmp_path, told=told.append).read_bytes() == PAGE
    assert told == [f"{site}/verhuisd-nog-eens", f"{site}/advies.html"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/bestaat-niet", "fetch.status"),
        ("/plaatje.png", "fetch.wrong_kind"),
        ("/programma", "fetch.wrong_kind"),
        ("/zonder-soort", "fetch.wrong_kind"),
        ("/leeg", "fetch.empty"),
        ("/groot-gezegd", "fetch.too_big"),
        ("/afgebroken", "fetch.cut_off"),
        ("/rondje", "fetch.redirects"),
        ("/naar-schijf", "fetch.status"),
    ],
)
def test_what_is_no_page_is_refused(site: str, tmp_path: Path, path: str, why: str) -> None:
    assert refused(site + path, tmp_path) == why


def test_an_endless_answer_stops_at_the_limit(site: str, tmp_path: Path) -> None:
    assert refused(f"{site}/groot", tmp_path, most_bytes=1_000_000) == "fetch.too_big"


def test_a_packed_bomb_stops_at_the_limit(site: str, tmp_path: Path) -> None:
    assert refused(f"{site}/bom", tmp_path, most_bytes=1_000_000) == "fetch.too_big"


@pytest.mark.parametrize("path", ["/zwijgt", "/druppelt", "/druppelt-koppen"])
def test_a_server_that_is_too_slow_is_given_up(site: str, tmp_path: Path, path: str) -> None:
    assert refused(site + path, tmp_path, most_seconds=0.3) == "fetch.too_slow"


def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert refused("http://127.0.0.1:9/", tmp_path) == "fetch.no_answer"


@pytest.mark.parametrize("url", ["ftp://example.nl/a", "file:///etc/passwd", "https://", "kluwen.db"])
def test_what_is_no_web_address_is_refused(tmp_path: Path, url: str) -> None:
    assert refused(url, tmp_path) == "fetch.not_address"


def test_a_password_in_an_address_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(KluwenError) as error:
        fetch("https://jan:geheim@example.nl/a", tmp_path)
    assert error.value.key == "fetch.password"
    assert "geheim" not in str(error.value)


def redirected(first: str, target: str) -> str | None:
    handler = module._Redirects(first, lambda address: None)
    try:
        handler.redirect_request(Request(first), io.BytesIO(), 302, "Found", Message(), target)  # type: ignore[arg-type]
    except KluwenError as error:
        return error.key
    return None


def test_the_open_web_may_not_send_us_into_a_private_network() -> None:
    for target in (
        "http://127.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/",
        "http://[::1]/",
        "http://10.0.0.8/",
    ):
        assert redirected("http://93.184.216.34/", target) == "fetch.private_redirect"
    assert redirected("http://93.184.216.34/", "http://93.184.216.35/") is None
    assert redirected("http://127.0.0.1/", "http://127.0.0.1/elders") is None


def test_a_secure_address_may_not_become_an_open_one() -> None:
    assert redirected("https://93.184.216.34/", "http://93.184.216.34/") == "fetch.unsafe_redirect"


def test_an_address_is_told_from_a_path() -> None:
    assert is_address("https://example.nl")
    assert is_address("HTTP://example.nl")
    assert not is_address("https.pdf")
    assert not is_address("map/rapport.pdf")
