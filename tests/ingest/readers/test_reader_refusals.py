"""What can't be read is refused in one sentence, and what is named wrongly is read as what it is."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import KluwenError
from ingest.readers import read, read_bytes, supported

FILES = Path(__file__).resolve().parent / "files"
REPORT = (FILES / "rapport-weasyprint.pdf").read_bytes()
PAGE = b"<!DOCTYPE html><html><head><title>Nacht</title></head><body><h1>Nacht</h1><p>Er is te weinig zorg.</p></body></html>"


def refusal(data: bytes, name: str) -> KluwenError:
    """The error with which a file is refused."""
    with pytest.raises(KluwenError) as caught:
        read_bytes(data, name)
    return caught.value


@pytest.mark.parametrize(
    ("name", "key"), [("met-wachtwoord.pdf", "reader.encrypted"), ("gescand.pdf", "reader.scanned")]
)
def test_a_pdf_without_readable_text_says_what_to_do(name: str, key: str) -> None:
    error = refusal((FILES / name).read_bytes(), name)
    assert error.key == key
    assert name in str(error)


@pytest.mark.parametrize(
    ("data", "name", "key"),
    [
        (b"", "leeg.txt", "reader.empty"),
        (b" \n\n ", "leeg.pdf", "reader.empty"),
        (REPORT[:9000], "half.pdf", "reader.damaged"),
        (b"%PDF-1.7\n", "kop.pdf", "reader.damaged"),
        (b"\x00\x01\x02\x03" * 50, "ruis.pdf", "reader.damaged"),
        (b"\x00\x01\x02\x03" * 50, "ruis.txt", "reader.not_text"),
        (b"PK\x03\x04" + b"\x00" * 60, "stuk.docx", "reader.damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 60, "foto.pdf", "reader.picture"),
        (b"tekst", "boek.mobi", "reader.unsupported"),
        (b'{"a": 1}', "iets.json", "reader.not_board"),
        (b'{"a": ', "half.json", "reader.damaged"),
        (
            b'<!DOCTYPE html><html><body><div id="root"></div><script src="app.js"></script></body></html>',
            "app.html",
            "reader.only_script",
        ),
        (
            b"<html><body><noscript>You need to enable JavaScript to run this app.</noscript><script>1</script></body></html>",
            "app.html",
            "reader.only_script",
        ),
    ],
)
def test_each_kind_of_failure_has_its_own_sentence(data: bytes, name: str, key: str) -> None:
    error = refusal(data, name)
    assert error.key == key
    assert name in str(error)
    assert str(error).count("\n") == 0


def test_pictures_with_only_a_page_number_on_them_are_a_scan() -> None:
    from io import BytesIO

    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    for number in range(1, 5):
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 255 - number)), 0, 60, 590, 780)
        canvas.drawString(290, 30, f"pagina {number}")
        canvas.showPage()
    canvas.save()
    assert refusal(file.getvalue(), "scan.pdf").key == "reader.scanned"


def test_letters_without_meaning_are_not_taken_for_text() -> None:
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    for line in range(20):
        canvas.drawString(72, 700 - 14 * line, "\\001@#~ !%^& *()_+ {}|<> ?=- 0192 #@!~ ^&*( $%^&" * 1)
    canvas.save()
    assert refusal(file.getvalue(), "raadsel.pdf").key == "reader.garbled"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KluwenError) as caught:
        read(tmp_path / "weg.pdf")
    assert caught.value.key == "reader.unreadable"
    assert "weg.pdf" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (REPORT, "rapport.txt", "application/pdf"),
        (REPORT, "rapport.html", "application/pdf"),
        (PAGE, "pagina.pdf", "text/html"),
        (PAGE, "pagina.txt", "text/html"),
        (b"# Nacht\n\nEr is te weinig zorg.", "notitie.pdf", "text/plain"),
    ],
)
def test_a_file_with_a_wrong_name_is_read_as_what_it_is(data: bytes, name: str, media_type: str) -> None:
    document = read_bytes(data, name)
    assert document.media_type == media_type
    assert document.blocks
    assert len(document.notes) == 1
    assert name in document.notes[0]


def test_a_server_s_media_type_serves_where_the_name_tells_nothing() -> None:
    assert read_bytes(b"# Nacht\n\n- zorg", "nacht", media_type="text/markdown; charset=utf-8").title == "Nacht"
    assert read_bytes(REPORT, "download", media_type="application/pdf").notes == ()


def test_every_ending_has_one_reader() -> None:
    endings = [suffix for reader in set(supported().values()) for suffix in reader.suffixes]
    assert sorted(endings) == sorted(supported())


@settings(max_examples=150, deadline=None)
@given(data=st.binary(min_size=1, max_size=400), suffix=st.sampled_from(sorted(supported())))
def test_no_bytes_raise_anything_but_a_refusal(data: bytes, suffix: str) -> None:
    try:
        read_bytes(data, f"iets{suffix}")
    except KluwenError as error:
        assert error.key != "reader.unexpected", error


@settings(max_examples=60, deadline=None)
@given(
    cut=st.integers(min_value=1, max_value=len(REPORT) - 1),
    place=st.integers(min_value=0, max_value=len(REPORT) - 1),
    noise=st.binary(min_size=0, max_size=40),
)
def test_a_broken_pdf_is_read_as_far_as_it_goes_or_refused(cut: int, place: int, noise: bytes) -> None:
    for data in (REPORT[:cut], REPORT[:place] + noise + REPORT[place + len(noise) :]):
        try:
            read_bytes(data, "stuk.pdf")
        except KluwenError as error:
            assert error.key != "reader.unexpected", error


def test_the_registry_loads_no_library_before_it_reads() -> None:
    import subprocess
    import sys

    heavy = ("pypdf", "lxml", "markdown_it")
    code = f"import sys, ingest.readers; print([name for name in {heavy!r} if name in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"
