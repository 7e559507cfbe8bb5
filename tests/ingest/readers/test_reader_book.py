"""Books: the chapters in the order in which they are read, without their contents and with nothing locked."""

import io
import zipfile

import pytest

from corpus.errors import KluwenError
from ingest.readers import read_bytes

CONTAINER = """<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="OEBPS/boek.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
BOOK = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Nachtboek</dc:title><dc:publisher>Uitgeverij Nacht</dc:publisher>
<dc:date>2023-04-05T00:00:00Z</dc:date></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="b" href="twee%20delen.xhtml" media-type="application/xhtml+xml"/><item id="a" href="een.xhtml" media-type="application/xhtml+xml"/>
<item id="foto" href="foto.jpg" media-type="image/jpeg"/></manifest>
<spine><itemref idref="nav"/><itemref idref="a"/><itemref idref="b"/></spine></package>"""
PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html>"""
TABLE = "<table><tr><th>Knelpunt</th><th>Oplossing</th></tr><tr><td>Geen zorg</td><td>Wel zorg</td></tr></table>"
FILES = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/boek.opf": BOOK,
    "OEBPS/nav.xhtml": PAGE.format("<nav><ol><li>Eén</li></ol></nav><p>Inhoud</p>"),
    "OEBPS/een.xhtml": PAGE.format(f"<h1>Eén</h1><p>Er is te weinig zorg.</p>{TABLE}<script>alert(1)</script>"),
    "OEBPS/twee delen.xhtml": PAGE.format(f"<h1>Twee</h1><ul><li>één nummer</li></ul>{TABLE}"),
}


def book(**changes: str | None) -> bytes:
    """A book; ``changes`` are what its parts hold instead, None for a part that is not there."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**FILES, **changes}.items():
            if content is not None:
                archive.writestr(name, content)
    return file.getvalue()


def test_chapters_are_read_in_order_with_what_the_book_says_of_itself() -> None:
    found = read_bytes(book(), "boek.epub")
    assert (found.title, found.publisher, found.date) == ("Nachtboek", "Uitgeverij Nacht", "2023-04-05")
    assert [block.text for block in found.blocks if block.cell is None] == [
        "Eén",
        "Er is te weinig zorg.",
        "Twee",
        "één nummer",
    ]
    assert found.blocks[-1].headings == ("Twee",)
    assert found.blocks[-1].cell is not None
    assert (found.blocks[-1].cell.table, found.blocks[-1].cell.column_title) == (1, "Oplossing")


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"OEBPS/een.xhtml": None}, "reader.damaged"),
        ({"OEBPS/boek.opf": None}, "reader.damaged"),
        ({"META-INF/container.xml": "<geen"}, "reader.damaged"),
        ({"META-INF/encryption.xml": '<a><CipherReference URI="OEBPS/een.xhtml"/></a>'}, "reader.encrypted"),
    ],
)
def test_a_book_that_is_broken_or_locked_is_refused(changes: dict[str, str | None], key: str) -> None:
    with pytest.raises(KluwenError) as caught:
        read_bytes(book(**changes), "boek.epub")
    assert caught.value.key == key


def test_locked_fonts_lock_no_text() -> None:
    locks = '<a><CipherReference URI="OEBPS/letter.otf"/></a>'
    assert read_bytes(book(**{"META-INF/encryption.xml": locks}), "boek.epub").blocks
