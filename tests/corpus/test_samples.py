"""The samples that come with Kluwen: catalogued, readable, ours alone, and what their sources make."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from corpus.catalogue import Source, load

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpus" / "samples"
SOURCES = ROOT / "corpus" / "samples-src"
OTHERS = ROOT.parent / "shared" / "corpus"
MADE = sorted(path for path in SOURCES.iterdir() if path.suffix in {".md", ".toml"})
KINDS = {"report", "slides", "advice", "webpage", "note", "board", "memo", "letter"}
WORDS_IN_A_ROW = 9


def samples() -> tuple[Source, ...]:
    return load(SAMPLES / "sources.toml").sources


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def text_of(path: Path) -> str:
    """All text of a file, with words that a line breaks joined, without the help of Kluwen's own readers."""
    if path.suffix == ".pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        return re.sub(r"(?<=\w)[-\u2010]\n(?=[a-zë])", "", text)
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def test_the_catalogue_names_each_sample_and_each_sample_stands_in_it() -> None:
    named = {source.file for source in samples()}
    assert named == {path.name for path in SAMPLES.iterdir() if path.name != "sources.toml"}
    assert len(named) >= 8


@pytest.mark.parametrize("source", samples(), ids=lambda source: source.id)
def test_a_sample_says_what_it_is_and_who_may_see_it(source: Source) -> None:
    assert source.id and source.title and source.publisher and source.date
    assert "2021" <= source.date < "2026"
    assert source.kind in KINDS
    assert source.access in {"public", "internal"}


def test_some_samples_are_internal_and_most_are_public() -> None:
    access = [source.access for source in samples()]
    assert 1 <= access.count("internal") < access.count("public")


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.stem)
def test_a_pdf_is_small_and_names_its_title(path: Path) -> None:
    assert path.stat().st_size < 150_000
    metadata = PdfReader(path).metadata
    assert metadata is not None
    assert metadata.title in {source.title for source in samples()}


def test_the_pdfs_come_from_different_programs() -> None:
    producers = {str(PdfReader(path).metadata.producer).split()[0] for path in SAMPLES.glob("*.pdf")}  # type: ignore[union-attr]
    assert len(producers) == len(list(SAMPLES.glob("*.pdf")))


@pytest.mark.parametrize("path", [path for path in MADE if path.suffix == ".md"], ids=lambda path: path.stem)
def test_every_sentence_of_a_source_stands_in_the_pdf_made_from_it(path: Path) -> None:
    made = "".join(words(text_of(SAMPLES / f"{path.stem}.pdf")))
    source = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    pieces = [piece for line in source.splitlines() for piece in re.split(r"\||\[\^\d+\]:?|(?<=[.!?])\s", line)]
    missing = [piece for piece in pieces if "".join(words(re.sub(r"^\s*\d+\. ", "", piece))) not in made]
    # A page break or the foot of a page may stand in the middle of a sentence, so a few are allowed to be missing.
    assert len(missing) <= len(pieces) * 0.05, missing


def test_a_board_and_a_deck_made_again_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SOURCES))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    import make  # type: ignore[import-not-found]

    try:
        for stem in ("bord-kluwen-nachtzorg.toml", "wat-de-laatste-fase-kost.md"):
            made = make.make(SOURCES / stem, tmp_path)
            assert text_of(made) == text_of(SAMPLES / made.name)
    finally:
        for name in ("make", "markup", "board", "slides"):
            sys.modules.pop(name, None)


def test_the_board_has_frames_a_legend_and_arrows_between_its_notes() -> None:
    board = json.loads((SAMPLES / "bord-kluwen-nachtzorg.json").read_text(encoding="utf-8"))
    items = {item["id"]: item for item in board["items"]["data"]}
    assert {item["type"] for item in items.values()} == {"frame", "sticky_note"}
    assert "Legenda" in {item["data"].get("title") for item in items.values()}
    ends = [(link["startItem"]["id"], link["endItem"]["id"]) for link in board["connectors"]["data"]]
    assert len(ends) >= 40
    assert all(items[end]["type"] == "sticky_note" for pair in ends for end in pair)


@pytest.mark.skipif(not OTHERS.is_dir(), reason="the real documents do not stand beside this checkout")
def test_no_sample_repeats_a_sentence_of_the_real_documents() -> None:
    theirs = {
        tuple(run)
        for path in OTHERS.rglob("*.txt")
        for text in [words(path.read_text(encoding="utf-8"))]
        for run in zip(*(text[n:] for n in range(WORDS_IN_A_ROW)), strict=False)
    }
    for path in [*SAMPLES.iterdir(), *MADE]:
        ours = words(text_of(path))
        runs = zip(*(ours[n:] for n in range(WORDS_IN_A_ROW)), strict=False)
        assert not [" ".join(run) for run in runs if run in theirs], path.name


def test_the_catalogue_of_real_documents_gives_for_each_an_address_or_how_to_get_it() -> None:
    sources = load(ROOT / "corpus" / "sources.toml").sources
    assert len(sources) >= 5
    for source in sources:
        assert source.id and source.title and source.publisher
        assert source.file is None, "the documents themselves are not ours to ship"
        assert source.url or source.note
