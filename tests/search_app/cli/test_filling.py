"""``kluwen ingest``, ``forget`` and ``access``: what goes in, what goes out, and who may see it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

Kluwen = Callable[..., Any]
LINE = "Knelpunten:\n- Er is te weinig {what}.\n- De {what} komt te laat.\n"


def write(path: Path, what: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(LINE.format(what=what), encoding="utf-8")
    return path


def quotes(kluwen: Kluwen, *first: str) -> str:
    found: str = kluwen(*first, "export", "--what", "statements").out
    return found


def test_a_folder_is_read_in_order_and_what_is_not_read_is_said(kluwen: Kluwen, folder: Path) -> None:
    write(folder / "bronnen" / "b.txt", "nachtzorg")
    write(folder / "bronnen" / "map" / "a.txt", "scholing")
    write(folder / "bronnen" / ".verborgen.txt", "stilte")
    (folder / "bronnen" / "foto.jpg").write_bytes(b"\xff\xd8")
    (folder / "bronnen" / "sources.toml").write_text("", encoding="utf-8")
    result = kluwen("ingest", "bronnen")
    assert result.code == 0
    assert [line.split(":")[0] for line in result.out.splitlines() if line.startswith("+")] == [
        "+ b.txt",
        "+ map/a.txt",
    ]
    for skipped in ("foto.jpg", ".verborgen.txt", "sources.toml"):
        assert skipped in result.err
    assert "2 bestanden: 2 nieuw" in result.out


def test_one_bad_file_does_not_stop_the_rest(kluwen: Kluwen, folder: Path) -> None:
    for name in "abc":
        write(folder / "bronnen" / f"{name}.txt", f"hulp {name}")
    (folder / "bronnen" / "b.txt").write_bytes(b"")
    (folder / "bronnen" / "d.pdf").write_bytes(b"%PDF-1.7 afgebroken")
    result = kluwen("ingest", "bronnen")
    assert result.code == 1
    assert [line.split(":")[1].strip() for line in result.err.splitlines()] == ["b.txt", "d.pdf"]
    assert "2 nieuw, 2 niet gelukt" in result.out
    assert "hulp a" in quotes(kluwen)
    assert "hulp c" in quotes(kluwen)


def test_a_file_that_is_not_there_is_said(kluwen: Kluwen, folder: Path) -> None:
    result = kluwen("ingest", "weg.pdf")
    assert result.code == 1
    assert "'weg.pdf' is er niet" in result.err
    assert list(folder.iterdir()) == []


def test_reading_again_does_nothing_until_the_file_changes_and_then_shows_what(kluwen: Kluwen, folder: Path) -> None:
    path = write(folder / "a.txt", "nachtzorg")
    kluwen("ingest", "a.txt")
    assert "a.txt: niet veranderd" in kluwen("ingest", "a.txt").out
    path.write_text(path.read_text(encoding="utf-8").replace("weinig nachtzorg", "weinig dagzorg"), encoding="utf-8")
    result = kluwen("ingest", "a.txt")
    assert "1 erbij, 1 weg, 1 gebleven" in result.out
    assert "+ ■ knelpunt: “Er is te weinig dagzorg”" in result.out
    assert "- ■ knelpunt: “Er is te weinig nachtzorg”" in result.out
    assert "weinig nachtzorg" not in quotes(kluwen)


def test_a_dry_run_shows_and_keeps_nothing(kluwen: Kluwen, folder: Path) -> None:
    write(folder / "a.txt", "nachtzorg")
    result = kluwen("ingest", "a.txt", "--dry-run")
    assert result.code == 0
    assert "+ ■ knelpunt: “Er is te weinig nachtzorg”" in result.out
    assert "niets bewaard" in result.out
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_a_dry_run_shows_the_difference_with_what_is_there(kluwen: Kluwen, folder: Path) -> None:
    path = write(folder / "a.txt", "nachtzorg")
    kluwen("ingest", "a.txt")
    before = quotes(kluwen)
    path.write_text("Knelpunten:\n- De nachtzorg komt te laat.\n", encoding="utf-8")
    assert "0 erbij, 1 weg, 1 gebleven" in kluwen("ingest", "a.txt", "--dry-run").out
    assert quotes(kluwen) == before


def test_what_is_said_on_the_command_goes_before_the_catalogue(kluwen: Kluwen, folder: Path) -> None:
    write(folder / "a.txt", "nachtzorg")
    (folder / "sources.toml").write_text(
        '[[source]]\nfile = "a.txt"\ntitle = "Uit de catalogus"\npublisher = "Netwerk"\ndate = "2021"\naccess = "public"\n',
        encoding="utf-8",
    )
    kluwen("ingest", "a.txt", "--title", "Van de opdracht")
    shown = kluwen("show", "a.txt").out
    assert "Van de opdracht" in shown
    assert "Netwerk" in shown
    assert "2021" in shown
    assert "openbaar" in shown


def test_a_mistake_in_the_catalogue_is_said_with_its_line(kluwen: Kluwen, folder: Path) -> None:
    write(folder / "a.txt", "nachtzorg")
    (folder / "sources.toml").write_text('[[source]]\nfile = "a.txt"\naccess = "iedereen"\n', encoding="utf-8")
    result = kluwen("ingest", "a.txt")
    assert result.code == 1
    assert "Regel 3" in result.err
    assert "geheime plan" not in quotes(kluwen)


def test_two_files_with_one_name_are_not_one_document(kluwen: Kluwen, folder: Path) -> None:
    one, two = write(folder / "een" / "a.txt", "nachtzorg"), write(folder / "twee" / "a.txt", "scholing")
    result = kluwen("ingest", str(one), str(two))
    assert result.code == 1
    assert "heet net als" in result.err
    assert "nachtzorg" in quotes(kluwen)
    assert kluwen("--graph", "samen.db", "ingest", ".").code == 0
    assert "nachtzorg" in quotes(kluwen, "--graph", "samen.db")
    assert "scholing" in quotes(kluwen, "--graph", "samen.db")


def test_a_title_belongs_to_one_file(kluwen: Kluwen, folder: Path) -> None:
    write(folder / "a.txt", "nachtzorg")
    write(folder / "b.txt", "scholing")
    assert kluwen("ingest", "a.txt", "b.txt", "--title", "Samen").code == 2


def test_internal_stays_out_of_sight_until_someone_says_otherwise(kluwen: Kluwen, graph: Path) -> None:
    assert "geheime plan" in quotes(kluwen)
    assert "geheime plan" not in quotes(kluwen, "--public")
    assert kluwen("access", "notitie.txt", "openbaar").code == 0
    assert "geheime plan" in quotes(kluwen, "--public")


def test_reading_again_does_not_undo_who_may_see_it(kluwen: Kluwen, graph: Path) -> None:
    kluwen("access", "De nacht", "internal")
    report = graph.with_name("rapport.txt")
    report.write_text(report.read_text(encoding="utf-8") + "- Regel een nachtdienst.\n", encoding="utf-8")
    result = kluwen("ingest", "rapport.txt", "--access", "public")
    assert "blijft intern" in result.out
    assert quotes(kluwen, "--public") == ""


def test_forgetting_says_what_goes_and_how_to_put_it_back(kluwen: Kluwen, graph: Path) -> None:
    before = quotes(kluwen)
    assert kluwen("forget", "notitie.txt").code == 1
    assert quotes(kluwen) == before
    result = kluwen("forget", "notitie.txt", "--yes")
    assert "Alleen hierin staat: 2 knelpunten" in result.out
    assert "geheime plan" not in quotes(kluwen)
    again = result.out.rpartition('kluwen ingest "')[2].partition('"')[0]
    kluwen("ingest", again)
    assert quotes(kluwen) == before


def test_forgetting_several_keeps_the_graph_as_it_was_in_a_file_beside_it(
    kluwen: Kluwen, folder: Path, graph: Path
) -> None:
    write(folder / "bronnen" / "a.txt", "scholing")
    kluwen("ingest", "bronnen/a.txt")
    before = quotes(kluwen)
    assert kluwen("forget", "notitie.txt", "niets.txt", "--yes").code == 1
    assert quotes(kluwen) == before
    result = kluwen("forget", "notitie.txt", "a.txt", "--yes")
    assert "geheime plan" not in quotes(kluwen)
    [kept] = folder.glob("kluwen.db.*.bak")
    assert kept.name in result.out
    assert quotes(kluwen, "--graph", kept.name) == before


def test_a_document_of_a_folder_is_put_back_from_that_folder(kluwen: Kluwen, folder: Path) -> None:
    write(folder / "bronnen" / "map" / "a.txt", "scholing")
    kluwen("ingest", "bronnen")
    before = quotes(kluwen)
    result = kluwen("forget", "a.txt", "--yes")
    kluwen("ingest", result.out.rpartition('kluwen ingest "')[2].partition('"')[0])
    assert quotes(kluwen) == before


def test_an_address_is_fetched_and_stays_its_source(kluwen: Kluwen, folder: Path, tmp_path: Path) -> None:
    page = "<html><head><title>Advies</title></head><body><article><h1>Knelpunten</h1><p>Er is te weinig nachtzorg voor mensen die thuis willen sterven.</p><p>De overdracht komt vaak te laat.</p></article></body></html>"
    site = tmp_path / "site"
    site.mkdir()
    (site / "advies.html").write_text(page, encoding="utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/advies.html"
    try:
        assert kluwen("ingest", url).code == 0
        shown = kluwen("show", "advies.html").out
        assert url in shown
        assert "te weinig nachtzorg" in shown
        assert "niet veranderd" in kluwen("ingest", url).out
        gone = kluwen("ingest", url.replace("advies", "weg"))
        assert gone.code == 1
        assert "404" in gone.err
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("word", ["geheim", ""])
def test_access_takes_the_words_that_it_knows(kluwen: Kluwen, graph: Path, word: str) -> None:
    result = kluwen("access", "notitie.txt", word)
    assert result.code == 1
    assert "openbaar" in result.err
