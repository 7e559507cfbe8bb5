"""What a board's colours and tags say about its notes."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from graph.model import Kind
from ingest.document import Block, BlockKind, ReadDocument
from ingest.extract.found import Span
from ingest.extract.legend import settled


def note(text: str, colour: str, frame: str = "Werksessie", tag: str = "") -> Block:
    marks = {"type": "sticky_note", "colour": colour} | ({"tag": tag} if tag else {})
    return Block(text, BlockKind.PARAGRAPH, headings=(frame,), marks=marks)


def board(*blocks: Block) -> ReadDocument:
    return ReadDocument("bord.json", "application/json", blocks)


def kinds(document: ReadDocument, found: tuple[Span, ...] = ()) -> list[tuple[str, Kind]]:
    return [(document.blocks[span.block].text[span.start : span.end], span.kind) for span in settled(document, found)]


def test_a_legend_gives_each_note_of_its_colours_a_kind_and_is_none_itself() -> None:
    found = kinds(
        board(
            note("knelpunt", "light_pink", "Legenda"),
            note("oorzaak", "orange", "Legenda"),
            note("De telefoon is 's nachts bezet.", "light_pink"),
            note("Eén lijn voor de hele streek", "orange"),
            note("Hoe zit dat elders?", "gray"),
        )
    )
    assert found == [
        ("De telefoon is 's nachts bezet", Kind.BOTTLENECK),
        ("Eén lijn voor de hele streek", Kind.CAUSE),
    ]


def test_a_line_that_names_a_colour_is_a_legend_wherever_it_stands_and_whatever_its_own_colour() -> None:
    document = board(note("Groen: oplossingen", "white"), note("Een extra lijn", "light_green"))
    assert kinds(document) == [("Een extra lijn", Kind.SOLUTION)]


def test_a_tag_that_names_a_kind_goes_before_the_colour() -> None:
    document = board(note("roze = knelpunt", "gray", "Legenda"), note("Een extra lijn", "pink", tag="oplossing"))
    assert kinds(document) == [("Een extra lijn", Kind.SOLUTION)]


def test_each_sentence_of_a_note_is_a_statement() -> None:
    document = board(note("roze = knelpunt", "gray", "Legenda"), note("De lijn is bezet. Niemand belt terug.", "pink"))
    assert [text for text, _ in kinds(document)] == ["De lijn is bezet", "Niemand belt terug"]


def test_without_a_legend_what_was_found_stands() -> None:
    document = board(note("De telefoon is bezet", "light_pink"), note("Een tweede lijn", "orange"))
    found = (Span(1, 0, 15, Kind.SOLUTION, 0.7, "words"),)
    assert settled(document, found) == list(found)


def test_a_colour_that_the_legend_gives_to_something_else_settles_nothing() -> None:
    document = board(note("blauw = zorgverzekeraar", "blue", "Legenda"), note("De telefoon is bezet", "blue"))
    found = (Span(1, 0, 20, Kind.BOTTLENECK, 0.7, "words"),)
    assert settled(document, found) == list(found)


def test_a_long_note_with_a_colour_word_is_no_legend() -> None:
    long = note("De rode lijst met problemen hangt al twee jaar ongelezen op de gang", "gray")
    document = board(long, note("Mooi weer vandaag", "red"))
    assert kinds(document) == []


def test_the_colour_words_are_lower_case_and_name_colours_of_boards() -> None:
    data = tomllib.loads(files("corpus").joinpath("vocabulary", "boards.toml").read_text(encoding="utf-8"))
    known = {"gray", "light_yellow", "yellow", "orange", "light_green", "green", "dark_green", "cyan", "light_pink"}
    known |= {"pink", "violet", "red", "light_blue", "blue", "dark_blue", "black", "white"}
    assert all(word == word.casefold() and set(names) <= known for word, names in data["colours"].items())
