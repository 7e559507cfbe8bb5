"""Word files: what a reader sees on the page becomes blocks, and nothing of what is hidden or deleted."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import KluwenError
from graph.model import document_id
from ingest.document import BlockKind, ReadDocument
from ingest.extract import extract
from ingest.readers import read_bytes

REPORT = [
    ("h1", "Nachtzorg in de regio"),
    ("p", "Het netwerk sprak in 2024 met verpleegkundigen en naasten."),
    ("h2", "Knelpunten"),
    ("p", "Wij zien het volgende:"),
    ("li1", "Er zijn te weinig verpleegkundigen in de nacht."),
    ("li1", "De overdracht tussen huisarts en wijkverpleging ontbreekt vaak."),
    ("li2", "Het dossier is niet gedeeld."),
    ("h2", "Oorzaken"),
    ("p", "Doordat de roosters laat klaar zijn, vinden diensten geen vervanging."),
    ("h2", "Oplossingen"),
    ("li1", "Organiseer één regionaal telefoonnummer voor de nacht."),
    ("li1", "Richt een gezamenlijk nachtteam in."),
]
TABLE = [["Knelpunt", "Oplossing"], ["Er is geen overdracht in de nacht", "Voer een vaste overdracht in om elf uur"]]


def saved(document: Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def report() -> Document:
    document = docx.Document()
    styles = {"li1": "List Bullet", "li2": "List Bullet 2", "p": "Normal"}
    for kind, text in REPORT:
        if kind.startswith("h"):
            document.add_heading(text, int(kind[1:]))
        else:
            document.add_paragraph(text, style=styles[kind])
    table = document.add_table(rows=0, cols=2)
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return document


def markdown() -> bytes:
    signs = {"h1": "\n# {}\n", "h2": "\n## {}\n", "p": "{}\n", "li1": "- {}", "li2": "  - {}"}
    lines = [signs[kind].format(text) for kind, text in REPORT]
    rows = ["| " + " | ".join(row) + " |" for row in TABLE]
    return "\n".join([*lines, "", rows[0], "|---|---|", *rows[1:]]).encode()


def pdf() -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Table

    sheet, story = getSampleStyleSheet(), []
    for kind, text in REPORT:
        if kind.startswith("li"):
            item = ListItem(Paragraph(text, sheet["Normal"]), leftIndent=18 * int(kind[2:]))
            story.append(ListFlowable([item], bulletType="bullet", start="•", leftIndent=18 * int(kind[2:])))
        else:
            story.append(Paragraph(text, sheet[{"h1": "Heading1", "h2": "Heading2", "p": "Normal"}[kind]]))
    cells = [[Paragraph(cell, sheet["Normal"]) for cell in row] for row in TABLE]
    story.append(Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    file = io.BytesIO()
    SimpleDocTemplate(file).build(story)
    return file.getvalue()


def blocks(document: ReadDocument) -> list[tuple[Any, ...]]:
    return [(b.kind, b.level, b.text, b.headings, b.lead_in, b.cell) for b in document.blocks]


def statements(document: ReadDocument) -> set[tuple[str, str]]:
    return {(s.kind, s.quote) for s in extract(document, document_id(document.name)).statements}


def kinds(document: Document) -> list[tuple[str, int, str]]:
    return [(str(b.kind), b.level, b.text) for b in read_bytes(saved(document), "x.docx").blocks]


def run_of(text: str) -> str:
    return f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{text}</w:t></w:r>'


def changed(data: bytes, part: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """The same file with one part changed, or left out where ``change`` gives None."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            kept = change(content) if name == part else content
            if kept is not None:
                new.writestr(name, kept)
    return out.getvalue()


def test_a_report_in_word_reads_as_the_same_report_in_markdown() -> None:
    assert blocks(read_bytes(saved(report()), "rapport.docx")) == blocks(read_bytes(markdown(), "rapport.md"))


def test_a_report_says_the_same_in_word_markdown_and_pdf() -> None:
    found = statements(read_bytes(saved(report()), "rapport.docx"))
    assert len(found) >= 6
    assert found == statements(read_bytes(markdown(), "rapport.md")) == statements(read_bytes(pdf(), "rapport.pdf"))


def test_quotes_stand_in_the_text_and_there_are_no_pages() -> None:
    document = read_bytes(saved(report()), "rapport.docx")
    assert all(document.text[b.offset : b.offset + len(b.text)] == b.text for b in document.blocks)
    assert all(s.quote in document.text for s in extract(document, document_id(document.name)).statements)
    assert (document.pages, {block.page for block in document.blocks}) == (None, {None})


def test_bold_lines_are_headings_and_a_title_stands_above_all() -> None:
    document = docx.Document()
    document.add_paragraph("Nachtzorg", style="Title")
    document.add_heading("Knelpunten", 1)
    document.add_paragraph().add_run("In de nacht").bold = True
    document.add_paragraph("Er is te weinig zorg.").add_run(" Dat is erg.").bold = True
    last = read_bytes(saved(document), "x.docx").blocks[-1]
    assert last.kind is BlockKind.PARAGRAPH
    assert last.headings == ("Nachtzorg", "Knelpunten", "In de nacht")


def test_what_was_inserted_is_text_and_what_was_deleted_or_hidden_is_not() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Er is ")
    inserted = parse_xml(f"<w:ins {nsdecls('w')} w:id='1' w:author='a'>{run_of('weinig ')}</w:ins>")
    gone = run_of("veel ").replace("w:t>", "w:delText>").replace("w:t ", "w:delText ")
    deleted = parse_xml(f"<w:del {nsdecls('w')} w:id='2' w:author='a'>{gone}</w:del>")
    moved = parse_xml(f"<w:moveFrom {nsdecls('w')} w:id='3' w:author='a'>{run_of('elders ')}</w:moveFrom>")
    for each in (inserted, deleted, moved, parse_xml(run_of("zorg."))):
        paragraph._p.append(each)
    paragraph.add_run(" Geheim.").font.hidden = True
    document.add_comment(paragraph.runs, text="Klopt dit wel?", author="Jan")
    document.sections[0].header.paragraphs[0].text = "Vertrouwelijk"
    document.sections[0].footer.paragraphs[0].text = "pagina 1"
    assert kinds(document) == [("paragraph", 0, "Er is weinig zorg.")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    document = docx.Document()
    first = document.add_paragraph("Er is te ")
    mark = first._p.get_or_add_pPr()
    mark.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del w:id='1' w:author='a'/></w:rPr>"))
    document.add_paragraph("weinig zorg.")
    assert kinds(document) == [("paragraph", 0, "Er is te weinig zorg.")]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    document = docx.Document()
    inner = f"<w:txbxContent><w:p>{run_of('Familie is overbelast.')}</w:p></w:txbxContent>"
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    box = (
        f"<w:r {nsdecls('w')} {names}><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph("Voor het kader.")._p.append(parse_xml(box))
    document.add_paragraph("Na het kader.")
    assert [text for _, _, text in kinds(document)] == ["Voor het kader.", "Familie is overbelast.", "Na het kader."]


def test_merged_cells_give_what_they_say_to_every_row_beside_them() -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    texts = [["Thema", "Knelpunt"], ["Nacht", "Er is geen overdracht"], ["", "Er is te weinig zorg"]]
    for row, line in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    last = read_bytes(saved(document), "x.docx").blocks[-1]
    assert last.cell is not None
    assert (last.cell.row, last.cell.column_title, last.cell.row_title) == (2, "Knelpunt", "Nacht")


def test_a_footnote_stands_under_the_headings_of_its_text() -> None:
    document = docx.Document()
    document.add_heading("Knelpunten", 1)
    paragraph = document.add_paragraph("Er is te weinig zorg")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="1"/></w:r>'))
    document.add_heading("Oplossingen", 1)
    notes = f'<w:footnotes {nsdecls("w")}><w:footnote w:id="1"><w:p>{run_of("Eigen telling.")}</w:p></w:footnote></w:footnotes>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    type_ = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    document.part.relate_to(Part(PackURI("/word/footnotes.xml"), type_, notes.encode()), kind)
    note = next(b for b in read_bytes(saved(document), "x.docx").blocks if b.kind is BlockKind.FOOTNOTE)
    assert (note.text, note.headings) == ("Eigen telling.", ("Knelpunten",))


def test_what_the_file_says_of_itself_serves_where_its_text_says_nothing() -> None:
    from datetime import datetime

    document = docx.Document()
    document.add_paragraph("Er is te weinig zorg in de nacht.")
    about = document.core_properties
    about.title, about.author, about.modified = "Zorg in de nacht", "Stichting Nachtlicht", datetime(2024, 5, 6)
    found = read_bytes(saved(document), "x.docx")
    assert (found.title, found.date, found.publisher) == ("Zorg in de nacht", "2024-05-06", "Stichting Nachtlicht")
    document.add_paragraph("3 februari 2023")
    assert read_bytes(saved(document), "x.docx").date == "2023-02-03"


@pytest.mark.parametrize(
    ("part", "change", "key"),
    [
        ("word/document.xml", lambda old: None, "reader.damaged"),
        ("word/document.xml", lambda old: old[: len(old) // 2], "reader.damaged"),
        ("_rels/.rels", lambda old: None, "reader.damaged"),
        (
            "word/document.xml",
            lambda old: b'<!DOCTYPE a [<!ENTITY b "bb">]>' + old[old.index(b"<w:doc") :],
            "reader.bomb",
        ),
        ("word/document.xml", lambda old: b"<w>" + b" " * 65_000_000 + b"</w>", "reader.bomb"),
        ("word/document.xml", lambda old: old[: old.index(b"<w:body>")] + b"<w:body/></w:document>", "reader.no_text"),
    ],
)
def test_a_file_that_is_broken_or_hostile_is_refused(
    part: str, change: Callable[[bytes], bytes | None], key: str
) -> None:
    with pytest.raises(KluwenError) as caught:
        read_bytes(changed(saved(report()), part, change), "rapport.docx")
    assert caught.value.key == key
    assert "rapport.docx" in str(caught.value)


def test_a_file_without_its_styles_is_still_read() -> None:
    data = changed(saved(report()), "word/styles.xml", lambda old: None)
    assert len(read_bytes(data, "rapport.docx").blocks) == len(REPORT) + 4


def test_a_file_with_a_password_or_of_an_old_word_is_told_apart() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
    for data, key in ((ole + "EncryptedPackage".encode("utf-16-le"), "encrypted"), (ole, "office")):
        with pytest.raises(KluwenError) as caught:
            read_bytes(data, "rapport.docx")
        assert caught.value.key == f"reader.{key}"


def test_a_word_file_with_another_name_is_read_with_a_note() -> None:
    found = read_bytes(saved(report()), "rapport.pdf")
    assert found.blocks[0].text == "Nachtzorg in de regio"
    assert len(found.notes) == 1


WHOLE = saved(report())


@settings(max_examples=60, deadline=None)
@given(
    place=st.integers(0, 10**6),
    noise=st.binary(max_size=40),
    part=st.sampled_from(["word/document.xml", "word/numbering.xml", ""]),
)
def test_a_broken_file_is_read_as_far_as_it_goes_or_refused(place: int, noise: bytes, part: str) -> None:
    def broken(old: bytes) -> bytes:
        at = place % len(old)
        return old[:at] + noise + old[at + len(noise) :]

    try:
        read_bytes(changed(WHOLE, part, broken) if part else broken(WHOLE), "rapport.docx")
    except KluwenError as error:
        assert error.key != "reader.unexpected", error
