"""Plain text of many shapes: wrapped, unwrapped, double-spaced, with and without markers, in every encoding."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Block, BlockKind, ReadDocument
from ingest.readers import read_bytes


def read(text: str, encoding: str = "utf-8") -> ReadDocument:
    """The document in ``text``."""
    return read_bytes(text.encode(encoding), "notitie.txt")


def told(document: ReadDocument) -> list[tuple[str, int, str]]:
    """Kind, level and text of each block."""
    return [(str(block.kind), block.level, block.text) for block in document.blocks]


def texts(document: ReadDocument, kind: BlockKind) -> list[str]:
    """The texts of the blocks of one kind."""
    return [block.text for block in document.blocks if block.kind is kind]


def named(document: ReadDocument, start: str) -> Block:
    """The block that begins with ``start``."""
    return next(block for block in document.blocks if block.text.startswith(start))


WRAPPED = """\
Wat er misgaat

In de avond is er vaak niemand bereikbaar, en wie belt krijgt een bandje te
horen. Dat komt doordat de diensten niet op elkaar aansluiten. De thuis-
zorg en de huisarts hebben ieder een eigen rooster, en bijna-
thuis-huizen doen het weer anders.

Er zijn drie knelpunten:
- geen overdracht aan de avonddienst, zodat de verpleegkundige bij de voordeur
  nog moet uitzoeken wat er speelt;
- te weinig kennis:
  o over pompen;
  o over het gesprek;
- medicatie is niet te krijgen.

2 Wat helpt

1. Een vast nummer.
2. Een kwartier overlap
   in alle roosters.
"""


def test_wrapped_lines_become_paragraphs_and_items() -> None:
    document = read(WRAPPED)
    assert told(document)[:2] == [
        ("heading", 1, "Wat er misgaat"),
        (
            "paragraph",
            0,
            "In de avond is er vaak niemand bereikbaar, en wie belt krijgt een bandje te horen. Dat komt doordat de "
            "diensten niet op elkaar aansluiten. De thuiszorg en de huisarts hebben ieder een eigen rooster, en "
            "bijna-thuis-huizen doen het weer anders.",
        ),
    ]
    assert [(block.level, block.text) for block in document.blocks if block.kind is BlockKind.LIST_ITEM] == [
        (
            1,
            "geen overdracht aan de avonddienst, zodat de verpleegkundige bij de voordeur nog moet uitzoeken wat er speelt;",
        ),
        (1, "te weinig kennis:"),
        (2, "over pompen;"),
        (2, "over het gesprek;"),
        (1, "medicatie is niet te krijgen."),
        (1, "Een vast nummer."),
        (1, "Een kwartier overlap in alle roosters."),
    ]


def test_items_know_what_introduces_them() -> None:
    document = read(WRAPPED)
    assert named(document, "over pompen").lead_in == ("Er zijn drie knelpunten:", "te weinig kennis:")
    assert named(document, "medicatie").lead_in == ("Er zijn drie knelpunten:",)
    assert named(document, "Een vast").lead_in == ()
    assert named(document, "Een vast").headings == ("Wat er misgaat", "2 Wat helpt")


def test_double_spaced_text_with_raised_note_marks_reads_as_single_spaced() -> None:
    raw = (
        "In Nederland overlijden veel mensen thuis\n1\n. Van hen wil de helft geen ziekenhuis meer zien, en dat is \n\n"
        "voor de huisarts niet altijd mogelijk omdat er in de nacht niemand beschikbaar is die de zorg \n\n"
        "van de collega’s die overdag werken en die dan naar huis zijn gegaan zonder iets te zeggen, goed \n\n"
        "kan overnemen.\n2\n Wie alleen woont heeft het moeilijker, want er moet dan steeds iemand komen die \n\n"
        "de nacht doet en de ochtend daarna ook nog.\n \n\n \n\nDaarom is er meer nodig dan alleen geld.\n"
    )
    assert texts(read(raw), BlockKind.PARAGRAPH) == [
        "In Nederland overlijden veel mensen thuis. Van hen wil de helft geen ziekenhuis meer zien, en dat is voor de "
        "huisarts niet altijd mogelijk omdat er in de nacht niemand beschikbaar is die de zorg van de "
        "collega’s die overdag werken en die dan naar huis zijn gegaan zonder iets te zeggen, goed kan overnemen. Wie alleen "
        "woont heeft het moeilijker, want er moet dan steeds iemand komen die de nacht doet en de ochtend daarna ook nog.",
        "Daarom is er meer nodig dan alleen geld.",
    ]


def test_lines_of_their_own_stay_apart() -> None:
    notes = "koffie graag\ntolk? vergeet het maar\nniemand die terugbelt\nformulier van zes kantjes\nhuisarts weet van niets\n"
    assert texts(read(notes), BlockKind.PARAGRAPH) == notes.splitlines()


def test_lines_without_markers_under_a_colon_are_items() -> None:
    document = read(
        "Wij willen het volgende:\neen vast nummer\nminder formulieren\ntijd voor overleg\n\nEn dat was het dan weer."
    )
    assert texts(document, BlockKind.LIST_ITEM) == ["een vast nummer", "minder formulieren", "tijd voor overleg"]
    assert named(document, "minder").lead_in == ("Wij willen het volgende:",)
    assert named(document, "En dat").kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize("mark", ["•", "-", "–", "*", "▪", "►", "\uf0b7", "\u007f", "\ue000", "·", "✓"])
def test_bullets_of_all_kinds_are_markers(mark: str) -> None:
    document = read(f"Wat knelt:\n{mark} te weinig tijd\n{mark} te veel regels\n")
    assert texts(document, BlockKind.LIST_ITEM) == ["te weinig tijd", "te veel regels"]


@pytest.mark.parametrize("marks", [("1.", "2."), ("a)", "b)"), ("(1)", "(2)"), ("i.", "ii."), ("A.", "B.")])
def test_numbers_and_letters_are_markers(marks: tuple[str, str]) -> None:
    document = read(f"Wat knelt:\n{marks[0]} te weinig tijd\n{marks[1]} te veel regels\n")
    assert texts(document, BlockKind.LIST_ITEM) == ["te weinig tijd", "te veel regels"]


def test_what_only_looks_like_a_marker_is_none() -> None:
    line = (
        "De afdeling sloot in 2019. In dat jaar waren er nog twaalf bedden over, en sinds\n1998. Dat is lang geleden."
    )
    assert not texts(read(line), BlockKind.LIST_ITEM)


def test_a_table_with_bars_gives_cells_with_titles() -> None:
    document = read(
        "Knelpunt | Oorzaak | Idee\nNiemand neemt op in de nacht | elk een eigen nummer | één nummer voor allen\n"
        "Geen overdracht aan de post | te druk aan het eind van de dag | \n"
    )
    last = named(document, "te druk")
    assert last.cell is not None
    assert (last.cell.row, last.cell.column, last.cell.column_title, last.cell.row_title) == (
        2,
        1,
        "Oorzaak",
        "Geen overdracht aan de post",
    )
    assert [block.cell.header for block in document.blocks if block.cell] == [True] * 3 + [False] * 5


def test_page_numbers_and_page_lines_go() -> None:
    pages = "".join(
        f"Onderwerp {letter}\n• eerste punt van {letter}\n• tweede punt van {letter}\n\n{number}\n"
        for number, letter in enumerate("abcd", start=1)
    )
    document = read(pages + "Pagina 5 van 5\n")
    assert not [block for block in document.blocks if block.text.strip().isdigit() or "Pagina" in block.text]
    assert len(texts(document, BlockKind.LIST_ITEM)) == 8


def test_headings_with_hashes_numbers_and_capitals() -> None:
    document = read(
        "# Rapport\n\n## Vraag\nDe gemeente vroeg ons om hulp bij het kiezen.\n\nAANPAK\nWij spraken met dertig mensen in de wijk.\n\n"
        "4.2 Wachttijd\n\nDe wachttijd is opgelopen tot boven de dertig weken.\n"
    )
    assert texts(document, BlockKind.HEADING) == ["Rapport", "Vraag", "AANPAK", "4.2 Wachttijd"]
    assert named(document, "De gemeente").headings == ("Rapport", "Vraag")
    assert document.title == "Rapport"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_encoding_is_read(encoding: str) -> None:
    text = "Eén patiënt in vijf wacht – te lang – op zorg.\r\n\r\nDat is ‘niet’ nodig: het kost € 3 per dag.\r\n"
    assert texts(read(text, encoding), BlockKind.PARAGRAPH) == [
        "Eén patiënt in vijf wacht – te lang – op zorg.",
        "Dat is ‘niet’ nodig: het kost € 3 per dag.",
    ]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Datum 14 maart 2025", "2025-03-14"),
        ("Versie 03-11-2022", "2022-11-03"),
        ("mei 2021", "2021-05"),
        ("2020-01-31", "2020-01-31"),
    ],
)
def test_the_date_near_the_top_is_found(line: str, date: str) -> None:
    assert read(f"Verslag van het overleg\n{line}\n\nEr waren zeven mensen aanwezig bij dit overleg.").date == date


def test_a_source_line_and_a_note_have_their_kind() -> None:
    document = read(
        "Er zijn te weinig bedden in de regio.[3]\n\nBron: eigen telling\n\n[3] Peildatum is de eerste van juli.\n"
    )
    assert [str(block.kind) for block in document.blocks] == ["paragraph", "caption", "footnote"]


def solid(text: str) -> str:
    """``text`` without white space."""
    return "".join(text.split())


WORDS = st.text(alphabet=string.ascii_letters + "éëïóü,;'’", min_size=1, max_size=12).filter(
    lambda word: any(map(str.isalpha, word)) and len(word) > 1
)
LINES = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(lines=st.lists(st.one_of(LINES, st.just("")), min_size=1, max_size=30).filter(any))
def test_no_letter_of_running_text_is_lost_or_moved(lines: list[str]) -> None:
    text = "\n".join(lines)
    document = read(text)
    assert solid(document.text) == solid(text)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=600).filter(lambda text: bool(text.strip())))
def test_whatever_the_text_offsets_hold_and_nothing_is_invented(text: str) -> None:
    from corpus.errors import KluwenError

    try:
        document = read(text, "utf-8")
    except KluwenError as error:
        assert error.key in ("reader.empty", "reader.not_text")
        return
    for block in document.blocks:
        assert document.text[block.offset : block.offset + len(block.text)] == block.text
        assert block.text == " ".join(block.text.split(" ")) == block.text.strip()
    ligatures = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
    arrows = dict.fromkeys(map(ord, "\uf0e0\uf0e8\uf0f0"), "→")
    source = iter(solid(text.lstrip("\ufeff").translate(ligatures | arrows)))
    assert all(character in source for character in solid(document.text))
