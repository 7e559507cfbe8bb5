"""The real command in an empty folder, and texts for it to read."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from graph import open as store_at
from search_app.cli import main

REPORT = """\
Knelpunten in de nacht

Knelpunten:
- Mantelzorgers raken uitgeput doordat er te weinig nachtzorg is.
- De overdracht van ziekenhuis naar huisarts komt te laat.
- Er is een tekort aan wijkverpleegkundigen.

Oplossingen:
- Zet vrijwilligers in voor de nacht.
- Spreek een vaste dag af voor de overdracht.
"""
NOTE = """\
Notitie wijkteam

Knelpunten:
- Mantelzorgers raken overbelast.
- Het geheime plan van het wijkteam loopt vast.
"""


@dataclass(frozen=True)
class Result:
    """What a call gave: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Kluwen = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that the command runs in, with a home of its own and no settings."""
    for name in ("KLUWEN_GRAPH", "KLUWEN_LANG", "KLUWEN_DEBUG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    work = tmp_path / "werk"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def kluwen(folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Kluwen:
    """Calls the command in this process: ``kluwen("search", "vraag", given="input")``."""

    def call(*words: str, given: str = "") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
        capfd.readouterr()
        code = main(list(words))
        said = capfd.readouterr()
        return Result(code, said.out, said.err)

    return call


@pytest.fixture
def aged() -> Callable[[Path], None]:
    """Says that the vectors of a graph are of an older build of the bundled model."""

    def say(file: Path) -> None:
        with store_at(str(file)) as store:
            vectors = store.vectors()
            assert vectors is not None
            store.replace_vectors(replace(vectors, model=replace(vectors.model, revision="0" * 12)))

    return say


@pytest.fixture
def graph(kluwen: Kluwen, folder: Path) -> Path:
    """``kluwen.db`` in the folder, made of a public report and an internal note."""
    (folder / "rapport.txt").write_text(REPORT, encoding="utf-8")
    (folder / "notitie.txt").write_text(NOTE, encoding="utf-8")
    assert kluwen("ingest", "rapport.txt", "--access", "public", "--title", "De nacht").code == 0
    assert kluwen("ingest", "notitie.txt").code == 0
    return folder / "kluwen.db"
