"""The catalogue: what it says about files and addresses, and how it names the line of a mistake."""

from pathlib import Path

import pytest

from corpus import catalogue
from corpus.errors import KluwenError

GOOD = """\
# Wat er over deze bronnen bekend is.
[[source]]
file = "rapport.pdf"
title = "Knelpunten in beeld"
publisher = "Netwerk Noord"
date = 2023-05-17
kind = "report"
access = "public"
id = "knelpunten"

[[source]]
file = "map/notitie.txt"
date = 2021

[[source]]
url = "https://example.nl/advies/"
access = "openbaar"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_entry_gives_all_that_is_known(tmp_path: Path) -> None:
    source = catalogue.load(written(tmp_path, GOOD)).of_file(tmp_path / "rapport.pdf")
    assert source == catalogue.Source(
        id="knelpunten",
        file="rapport.pdf",
        title="Knelpunten in beeld",
        publisher="Netwerk Noord",
        date="2023-05-17",
        kind="report",
        access="public",
    )


def test_a_file_is_looked_up_from_its_own_folder_and_those_above(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    note = tmp_path / "map" / "notitie.txt"
    note.parent.mkdir()
    note.write_text("tekst", encoding="utf-8")
    found = catalogue.of_file(note)
    assert found is not None
    assert found.date == "2021"
    assert catalogue.of_file(tmp_path / "ander.txt") is None


def test_the_nearest_catalogue_that_names_a_file_speaks(tmp_path: Path) -> None:
    (tmp_path / "map").mkdir()
    written(
        tmp_path,
        '[[source]]\nfile = "map/a.txt"\ntitle = "Ver"\n[[source]]\nfile = "map/b.txt"\ntitle = "Alleen hier"\n',
    )
    written(tmp_path / "map", '[[source]]\nfile = "a.txt"\ntitle = "Dichtbij"\n')
    titles = [found.title for name in ("a.txt", "b.txt") if (found := catalogue.of_file(tmp_path / "map" / name))]
    assert titles == ["Dichtbij", "Alleen hier"]


def test_a_catalogue_far_above_speaks_only_within_the_folder_that_a_person_named(tmp_path: Path) -> None:
    written(tmp_path, '[[source]]\nfile = "een/twee/drie/a.txt"\naccess = "public"\n')
    deep = tmp_path / "een" / "twee" / "drie" / "a.txt"
    assert catalogue.of_file(deep, deep.parent) is None
    assert catalogue.of_file(deep, tmp_path) is not None


def test_an_address_is_found_whatever_its_last_slash(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    found = catalogue.of_url("https://example.nl/advies#kop", tmp_path)
    assert found is not None
    assert found.access == "public"
    assert catalogue.of_url("https://example.nl/anders", tmp_path) is None


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ('[[source]]\nfile = "a.txt"\ntitle = Zonder aanhaling\n', "not_toml", 3),
        ('title = "Los"\n', "unknown_table", 1),
        ('[[source]]\nfile = "a"\n\n[[bron]]\nfile = "b"\n', "unknown_table", 4),
        ('[[source]]\nfile = "a"\n[[source]]\nfile = "b"\ntitel = "c"\n', "unknown_key", 5),
        ('[[source]]\nfile = "a"\ntitle = ["b"]\n', "not_text", 3),
        ('[[source]]\npublisher = "b"\n', "no_place", 1),
        ('\n[[source]]\nfile = "../elders.pdf"\n', "outside", 3),
        ('[[source]]\nfile = "/etc/passwd"\n', "outside", 2),
        ('[[source]]\nfile = "C:\\\\geheim.txt"\n', "outside", 2),
        ('[[source]]\nurl = "www.example.nl"\n', "not_address", 2),
        ('[[source]]\nfile = "a"\ndate = "17 mei 2023"\n', "not_date", 3),
        ('[[source]]\nfile = "a"\naccess = "geheim"\n', "not_access", 3),
        ('[[source]]\nfile = "a"\n[[source]]\nfile = "a"\n', "double", 4),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, key: str, line: int) -> None:
    path = written(tmp_path, text)
    with pytest.raises(KluwenError) as error:
        catalogue.load(path)
    assert (error.value.key, error.value.values["line"]) == (f"catalogue.{key}", line)
    assert str(path) in str(error.value)


def test_a_catalogue_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KluwenError, match=r"sources\.toml"):
        catalogue.load(path)


def test_the_catalogue_that_comes_with_kluwen_is_in_order() -> None:
    shipped = Path(catalogue.__file__).with_name("sources.toml")
    assert catalogue.load(shipped).sources
