"""Asking a server, on a real one: what goes over the line, and what is made of servers that answer badly."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from talking import Reply, Sent, Talking, talking

from corpus.errors import KluwenError
from ingest.propose.address import address
from ingest.propose.server import TRIES, Model

SECRET = "sk-zeer-geheim"
SCHEMA: dict[str, object] = {"type": "object"}


def ask(server: Talking, **more: object) -> str:
    return Model(address(server.base), "llama", SECRET, pause=0.0, **more).ask("Doe dit.", "[0] Tekst", SCHEMA)  # type: ignore[arg-type]


def refused(answer: Callable[[Reply, Sent], None], **more: object) -> tuple[KluwenError, Talking]:
    """What asking a server that answers so comes to; the key and the server's own words are never in it."""
    with talking(answer) as server:
        with pytest.raises(KluwenError) as caught:
            ask(server, **more)
        assert SECRET not in f"{caught.value} {caught.value.values}"
        assert "verklapt" not in str(caught.value)
        return caught.value, server


def test_it_asks_one_address_with_the_key_the_name_and_the_shape_of_the_answer() -> None:
    with talking(lambda reply, sent: reply.says("ja")) as server:
        assert ask(server) == "ja"
    (sent,) = server.sent
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["Authorization"] == f"Bearer {SECRET}"
    assert (sent.body["model"], sent.body["temperature"], sent.body["stream"]) == ("llama", 0, False)
    assert sent.body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert [message["content"] for message in sent.body["messages"]] == ["Doe dit.", "[0] Tekst"]


def test_a_server_that_knows_no_schema_is_asked_without_from_then_on() -> None:
    def answer(reply: Reply, sent: Sent) -> None:
        reply.raw(b"verklapt", 400) if "response_format" in sent.body else reply.says("ja")

    with talking(answer) as server:
        model = Model(address(server.base), "llama")
        assert [model.ask("a", "b", SCHEMA), model.ask("a", "b", SCHEMA)] == ["ja", "ja"]
    assert ["response_format" in sent.body for sent in server.sent] == [True, False, False]


def test_a_busy_server_is_tried_again_a_few_times() -> None:
    answers = iter([429, 503, 200])

    def answer(reply: Reply, sent: Sent) -> None:
        status = next(answers)
        reply.says("ja") if status == 200 else reply.raw(b"", status)

    with talking(answer) as server:
        assert ask(server) == "ja"
    assert len(server.sent) == 3
    error, server = refused(lambda reply, sent: reply.raw(b"verklapt", 503))
    assert error.key == "propose.status"
    assert len(server.sent) == TRIES


@pytest.mark.parametrize(
    ("status", "key"), [(401, "no_entry"), (403, "no_entry"), (404, "not_there"), (418, "status"), (599, "status")]
)
def test_a_wrong_status_is_said_without_what_the_server_says_beside_it(status: int, key: str) -> None:
    error, _ = refused(lambda reply, sent: reply.raw(f"verklapt {SECRET}".encode(), status))
    assert error.key == f"propose.{key}"
    assert str(status) in str(error)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with talking(lambda reply, sent: reply.says("elders")) as other:
        error, _ = refused(lambda reply, sent: reply.raw(b"", status, Location=f"{other.base}/verklapt"))
        assert error.key == "propose.redirect"
        assert other.sent == []


def test_a_slow_answer_is_given_up() -> None:
    def silent(reply: Reply, sent: Sent) -> None:
        reply.talking.over.wait(20)

    def drips(reply: Reply, sent: Sent) -> None:
        while not reply.talking.over.wait(0.02):
            reply.wfile.write(b"H")
            reply.wfile.flush()

    for answer in (silent, drips):
        error, server = refused(answer, seconds=0.3)
        assert error.key == "propose.too_slow"
        assert len(server.sent) == 1


def test_half_a_body_is_no_answer() -> None:
    def answer(reply: Reply, sent: Sent) -> None:
        reply.raw(b'{"choices": [', Content_Length="500")
        reply.close_connection = True

    error, server = refused(answer)
    assert error.key == "propose.cut_off"
    assert len(server.sent) == TRIES


def test_a_server_that_hangs_up_is_said() -> None:
    def answer(reply: Reply, sent: Sent) -> None:
        reply.close_connection = True

    error, _ = refused(answer)
    assert error.key in ("propose.cut_off", "propose.no_answer")


@pytest.mark.parametrize(
    "body",
    [
        b"<html>verklapt</html>",
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [7]}',
        b"\xff\xfe",
        b"[" * 9999,
    ],
)
def test_what_is_no_answer_of_a_model_is_said(body: bytes) -> None:
    error, _ = refused(lambda reply, sent: reply.raw(body))
    assert error.key == "propose.not_model"


def test_an_answer_without_end_is_given_up() -> None:
    def answer(reply: Reply, sent: Sent) -> None:
        reply.send_response(200)
        reply.end_headers()
        while not reply.talking.over.is_set():
            reply.wfile.write(b"x" * 65_536)

    error, _ = refused(answer, most_bytes=1_000_000)
    assert error.key == "propose.too_big"


def events(*pieces: str, end: str = "data: [DONE]\n\n") -> bytes:
    lines = (f"data: {json.dumps({'choices': [{'delta': {'content': piece}}]})}\n\n" for piece in pieces)
    return (": hallo\n\n" + "".join(lines) + 'data: {"choices": [], "usage": {}}\n\n' + end).encode()


def test_a_stream_that_nobody_asked_for_is_read() -> None:
    with talking(lambda reply, sent: reply.raw(events("j", "a"), kind="text/event-stream; charset=utf-8")) as server:
        assert ask(server) == "ja"
    error, _ = refused(lambda reply, sent: reply.raw(events("j", end=""), kind="text/event-stream"))
    assert error.key == "propose.cut_off"


def test_words_in_parts_are_joined_and_no_words_are_an_empty_answer() -> None:
    said: list[object] = [[{"type": "text", "text": "j"}, {"type": "text", "text": "a"}], None]
    with talking(lambda reply, sent: reply.says(said[len(server.sent) - 1])) as server:
        assert [ask(server), ask(server)] == ["ja", ""]


def test_proxies_are_not_used_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        talking(lambda reply, sent: reply.says("proxy")) as proxy,
        talking(lambda reply, sent: reply.says("ja")) as server,
    ):
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.base.removesuffix("/v1"))
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        assert ask(server) == "ja"
        assert proxy.sent == []


def test_nobody_there_is_said() -> None:
    with talking(lambda reply, sent: reply.says("ja")) as server:
        pass
    with pytest.raises(KluwenError) as caught:
        ask(server)
    assert caught.value.key == "propose.no_answer"


def test_the_key_shows_nowhere_even_when_it_can_not_be_sent() -> None:
    assert SECRET not in repr(Model(address("http://localhost/v1"), "llama", SECRET))
    for wrong in (f"{SECRET}\nX-Anders: 1", f"{SECRET} é"):
        with pytest.raises(KluwenError) as caught:
            Model(address("http://localhost/v1"), "llama", wrong)
        assert caught.value.key == "propose.bad_key"
        assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "base", "local"),
    [
        ("http://127.0.0.1:11434/v1/", "http://127.0.0.1:11434/v1", True),
        ("HTTP://LocalHost:80/v1", "http://localhost/v1", True),
        ("http://[::1]:8000", "http://[::1]:8000", True),
        ("https://models.example.org:443/v1", "https://models.example.org/v1", False),
        ("http://10.0.0.7:8000/v1", "http://10.0.0.7:8000/v1", False),
        ("http://127.0.0.1.example.org/v1", "http://127.0.0.1.example.org/v1", False),
        ("http://localhost.example.org/v1", "http://localhost.example.org/v1", False),
        ("http://0.0.0.0/v1", "http://0.0.0.0/v1", False),
    ],
)
def test_an_address_has_one_spelling_and_only_loopback_is_this_machine(said: str, base: str, local: bool) -> None:
    found = address(said)
    assert (found.base, found.local) == (base, local)


@pytest.mark.parametrize(
    "said", ["", "localhost:11434", "ftp://a/v1", "http://", "http://a:x/v1", "http://[::1", "http://é.nl/v1"]
)
def test_what_is_no_address_is_refused(said: str) -> None:
    with pytest.raises(KluwenError) as caught:
        address(said)
    assert caught.value.key == "propose.not_address"


@pytest.mark.parametrize(
    "said", ["http://ik:geheim@a/v1", "http://a/v1?key=geheim", "http://a/v1#geheim", "http://geheim@a"]
)
def test_a_secret_in_an_address_is_refused_and_not_repeated(said: str) -> None:
    with pytest.raises(KluwenError) as caught:
        address(said)
    assert caught.value.key == "propose.secret_in_address"
    assert "geheim" not in f"{caught.value}{caught.value.values}"
