"""``kluwen ingest --propose``: only when asked, only where it may go, and whole whatever the server does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from talking import Reply, Sent, Talking, item, talking

Kluwen = Callable[..., Any]
TEXT = "De wachtkamer is geel geverfd.\n\nKnelpunten:\n- Er is te weinig nachtzorg.\n"
KEY = "sk-zeer-geheim"


@pytest.fixture
def server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talking]:
    """A model that proposes a new statement, one that rules find too, and an invented one; and a text to read."""
    proxies = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
    for name in ("KLUWEN_MODEL_URL", "KLUWEN_MODEL_NAME", "KLUWEN_MODEL_KEY", *proxies):
        monkeypatch.delenv(name, raising=False)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")

    def answer(reply: Reply, sent: Sent) -> None:
        reply.proposes(
            item("De wachtkamer is geel geverfd"), item("Er is te weinig nachtzorg"), item("Niemand neemt op")
        )

    with talking(answer) as made:
        yield made


def origins(kluwen: Kluwen) -> dict[str, str]:
    rows = kluwen("export", "--what", "statements", "--format", "jsonl").out.splitlines()
    return {row["quote"]: row["origin"] for row in map(json.loads, rows)}


def test_what_the_model_adds_is_in_the_graph_and_said(kluwen: Kluwen, server: Talking) -> None:
    result = kluwen("ingest", "a.txt", "--model-url", server.base, "--model-name", "llama")
    assert result.code == 0, result.err
    assert f"naar het taalmodel llama op {server.base}" in result.err
    assert "1 erbij, 1 had Kluwen al, 1 weggelaten die niet letterlijk in de bron staan" in result.out
    assert "Bij 0 van de 1 bronnen" in result.out
    assert origins(kluwen) == {"De wachtkamer is geel geverfd": "model", "Er is te weinig nachtzorg": "rule"}
    found = kluwen("search", "wachtkamer", "--json").json["hits"][0]
    assert "model llama" in kluwen("show", found["statements"][0]["id"]).out


def test_the_environment_alone_turns_nothing_on(
    kluwen: Kluwen, server: Talking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLUWEN_MODEL_URL", server.base)
    monkeypatch.setenv("KLUWEN_MODEL_NAME", "llama")
    assert kluwen("ingest", "a.txt").code == 0
    assert server.sent == []
    assert kluwen("ingest", "a.txt", "--propose", "--dry-run").code == 0
    assert len(server.sent) == 1


def test_a_known_file_is_asked_about_once(kluwen: Kluwen, server: Talking) -> None:
    asked = ("ingest", "a.txt", "--model-url", server.base, "--model-name", "llama")
    kluwen("ingest", "a.txt")
    assert "1 erbij, 0 weg, 1 gebleven" in kluwen(*asked).out
    assert "niet veranderd" in kluwen(*asked).out
    assert len(server.sent) == 1
    assert "niet veranderd" in kluwen("ingest", "a.txt").out
    assert "model" in origins(kluwen).values()


def test_a_dead_server_takes_nothing_away_and_the_document_goes_in(kluwen: Kluwen, server: Talking) -> None:
    kluwen("ingest", "a.txt", "--model-url", server.base, "--model-name", "llama")
    before = origins(kluwen)
    server.answer = lambda reply, sent: reply.raw(b"", 404)
    result = kluwen("ingest", "a.txt", "--model-url", server.base, "--model-name", "anders")
    assert result.code == 0
    assert "Alleen de regels van Kluwen zijn gebruikt: op " in result.out
    assert origins(kluwen) == before
    Path("b.txt").write_text(TEXT, encoding="utf-8")
    result = kluwen("ingest", "b.txt", "--model-url", server.base, "--model-name", "anders")
    assert "1 nieuw" in result.out
    assert "Bij 1 van de 1 bronnen lukte het vragen niet" in result.out


def test_the_key_comes_from_the_environment_and_is_never_shown(
    kluwen: Kluwen, server: Talking, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KLUWEN_MODEL_KEY", KEY)
    server.answer = lambda reply, sent: reply.raw(f"wrong key {sent.headers['Authorization']}".encode(), 401)
    result = kluwen("ingest", "a.txt", "--model-url", server.base, "--model-name", "llama")
    assert server.sent[0].headers["Authorization"] == f"Bearer {KEY}"
    assert "KLUWEN_MODEL_KEY" in result.out
    assert KEY not in result.out + result.err
    written = [path for path in folder.parent.rglob("*") if path.is_file()]
    assert not [path for path in written if KEY.encode() in path.read_bytes()]


ELSEWHERE = "http://model.invalid/v1"


def test_an_internal_source_goes_nowhere_else_without_a_word(kluwen: Kluwen, server: Talking) -> None:
    asked = ("ingest", "a.txt", "--dry-run", "--model-url", ELSEWHERE, "--model-name", "llama")
    assert "deze bron is intern" in kluwen(*asked).out
    for more in (("--access", "public"), ("--send-internal", ELSEWHERE + "/")):
        said = kluwen(*asked, *more).out
        assert "deze bron is intern" not in said
        assert "antwoordt niet" in said
    wrong = kluwen(*asked, "--send-internal", "http://anders.invalid/v1")
    assert wrong.code == 2
    assert ELSEWHERE in wrong.err


@pytest.mark.parametrize(("said", "goes"), [("j\n", True), ("\n", False)])
def test_a_person_at_the_terminal_is_asked(
    kluwen: Kluwen, server: Talking, monkeypatch: pytest.MonkeyPatch, said: str, goes: bool
) -> None:
    from search_app.cli import proposing

    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(proposing, "sys", type("Sys", (), {"stdin": Terminal()}))
    result = kluwen("ingest", "a.txt", "--dry-run", "--model-url", ELSEWHERE, "--model-name", "llama", given=said)
    assert "Mag de tekst van interne bronnen daarheen?" in result.err
    assert ("antwoordt niet" in result.out) is goes
    assert ("deze bron is intern" in result.out) is not goes


@pytest.mark.parametrize(
    "words", [("--propose",), ("--model-name", "llama"), ("--send-internal", ELSEWHERE), ("--model-url", ELSEWHERE)]
)
def test_what_is_missing_is_said(kluwen: Kluwen, server: Talking, words: tuple[str, ...]) -> None:
    result = kluwen("ingest", "a.txt", *words)
    assert result.code == 2
    assert "--" in result.err
    assert server.sent == []
