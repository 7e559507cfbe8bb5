"""What stays of a model's proposals: letter for letter, where it stands, beside what rules found."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from talking import Reply, Sent, item, talking

from graph.model import Found, Kind, Level, Link, Relation, Statement, Theme, passage_id, statement_ids
from ingest.document import Block, BlockKind, ReadDocument
from ingest.extract import Extraction, extract
from ingest.propose import CONFIDENCE, GIVE_UP, Proposed, Proposer
from ingest.propose.address import address
from ingest.propose.answer import proposals
from ingest.propose.chunks import chunks, question
from ingest.propose.server import Model
from ingest.readers import read_bytes

TEXT = (
    "Verslag van het overleg\n\n"
    "De wachtkamer was die middag leeg. Wie belt, krijgt een bandje te horen en hangt op.\n\n"
    "Knelpunten:\n- Er is te weinig nachtzorg.\n- De overdracht komt te laat.\n"
)
DOCUMENT = read_bytes(TEXT.encode(), "verslag.txt")
LISTED = ("Er is te weinig nachtzorg", "De overdracht komt te laat")
RULES = Extraction(tuple(each for each in extract(DOCUMENT, "doc-1").statements if each.quote.startswith(LISTED)), ())
"""What rules find in the list; a model is to find the rest."""


def propose(*items: dict[str, Any], document: ReadDocument = DOCUMENT, rules: Extraction = RULES) -> Proposed:
    with talking(lambda reply, sent: reply.proposes(*items)) as server:
        proposer = Proposer(Model(address(server.base), "llama", pause=0.0))
        return proposer.propose(document, "doc-1", rules)


def new(proposed: Proposed) -> list[Statement]:
    return [each for each in proposed.extraction.statements if each.origin is Found.MODEL]


def test_what_only_the_model_found_is_added_with_its_place_and_where_it_comes_from() -> None:
    proposed = propose(
        item(
            "Wie belt, krijgt een  bandje\nte horen",
            level="organisational",
            theme="communication",
            actors=["huisartsen", "een ruimtevaarder"],
            experienced_by=["patiënten"],
        )
    )
    (found,) = new(proposed)
    assert found.quote == "Wie belt, krijgt een bandje te horen"
    number = next(n for n, block in enumerate(DOCUMENT.blocks) if "bandje" in block.text)
    assert found.passage_id == passage_id("doc-1", number)
    assert DOCUMENT.blocks[number].text[found.start : found.end] == found.quote
    assert (found.kind, found.level, found.theme) == (Kind.BOTTLENECK, Level.ORGANISATIONAL, Theme.COMMUNICATION)
    assert (found.actors, found.experienced_by) == (("huisarts",), ("patiënt",))
    assert (found.confidence, found.rule) == (CONFIDENCE, "model llama")
    assert (proposed.added, proposed.known, proposed.invented, proposed.unusable) == (1, 0, 0, 0)


def test_what_rules_found_stays_as_it_is_with_its_ids_and_links() -> None:
    assert len(RULES.statements) == 2
    linked = replace(RULES, links=(Link(RULES.statements[0].id, Relation.LEADS_TO, RULES.statements[1].id),))
    proposed = propose(
        item("Er is te weinig nachtzorg", "solution"),
        item("te weinig nachtzorg"),
        item("hangt op"),
        rules=linked,
    )
    assert [each for each in proposed.extraction.statements if each.origin is Found.RULE] == list(RULES.statements)
    assert proposed.extraction.links == linked.links
    assert (proposed.added, proposed.known) == (1, 2)
    assert proposed.extraction.statements[0].quote == "hangt op"  # in the order of the source


def test_invented_quotes_are_counted_and_left_out() -> None:
    proposed = propose(
        item("De nachtzorg is al jaren onvoldoende"),
        item("wie belt, krijgt een bandje te horen"),  # another letter
        item("dracht komt te laat"),  # from the middle of a word
        item("De wachtkamer was die middag leeg. Verslag"),
    )
    assert proposed.extraction == RULES
    assert proposed.invented == 4
    assert "4 weggelaten die niet letterlijk in de bron staan" in proposed.sentence


def test_items_that_are_no_statement_are_counted_and_values_that_do_not_exist_dropped() -> None:
    proposed = propose(
        item("hangt op", "gedachte"),
        item(""),
        {"kind": "cause"},
        item("hangt op", level="kosmisch", theme=7, actors="huisarts", experienced_by=[3, None]),
    )
    assert (proposed.added, proposed.unusable) == (1, 3)
    assert isinstance(new(proposed)[0].level, Level)  # what Kluwen itself makes of it
    assert new(proposed)[0].actors == ("huisarts",)


def test_a_passage_is_no_quote() -> None:
    text = "Het is hier " + "heel erg " * 80 + "druk."
    document = read_bytes(text.encode(), "lang.txt")
    assert propose(item(text), document=document, rules=Extraction((), ())).unusable == 1


def test_a_repeated_quote_goes_to_the_passage_that_is_named_and_each_place_once() -> None:
    blocks = tuple(Block("Niemand weet wie er komt.", BlockKind.PARAGRAPH) for _ in range(3))
    document = ReadDocument("a.txt", "text/plain", blocks)
    said = item("Niemand weet wie er komt")
    proposed = propose({**said, "passage": 1}, *[said] * 3, document=document, rules=Extraction((), ()))
    assert (proposed.added, proposed.known) == (3, 1)
    assert [each.id for each in new(proposed)] == statement_ids("doc-1", ["Niemand weet wie er komt"] * 3)


def test_a_quote_that_rules_found_elsewhere_gets_an_id_of_its_own() -> None:
    document = read_bytes((TEXT + "\nTot slot: Er is te weinig nachtzorg in de week.\n").encode(), "verslag.txt")
    rules = replace(RULES, statements=RULES.statements[:1])
    quote = rules.statements[0].quote
    last = len(document.blocks) - 1
    proposed = propose({**item(quote), "passage": last}, document=document, rules=rules)
    assert [each.id for each in proposed.extraction.statements] == statement_ids("doc-1", [quote, quote])


def test_the_same_answers_give_the_same_statements() -> None:
    said = (item("hangt op"), item("De wachtkamer was die middag leeg", "cause"))
    assert propose(*said).extraction == propose(*reversed(said)).extraction


@pytest.mark.parametrize("document", [ReadDocument("a.txt", "text/plain", ())])
def test_a_document_without_text_asks_nothing(document: ReadDocument) -> None:
    proposed = propose(item("hangt op"), document=document, rules=Extraction((), ()))
    assert (proposed.asked, proposed.added, proposed.failed) == (0, 0, None)


def long_document() -> ReadDocument:
    blocks = tuple(
        Block(f"Op plek {n} hangt men op. " + "Verder niets. " * 300, BlockKind.PARAGRAPH, (f"Deel {n}",))
        for n in range(4)
    )
    return ReadDocument("lang.txt", "text/plain", blocks)


def test_when_the_server_dies_on_the_way_only_the_rules_are_used() -> None:
    def answer(reply: Reply, sent: Sent) -> None:
        if len(server.sent) == 1:
            reply.proposes(item("Op plek 0 hangt men op"))
        else:
            reply.raw(b"", 500)

    with talking(answer) as server:
        proposer = Proposer(Model(address(server.base), "llama", pause=0.0))
        proposed = proposer.propose(long_document(), "doc-1", Extraction((), ()))
    assert proposed.extraction == Extraction((), ())
    assert proposed.sentence.startswith("Alleen de regels van Kluwen zijn gebruikt: de server op ")


def test_a_question_without_a_usable_answer_does_not_stop_the_others() -> None:
    def answer(reply: Reply, sent: Sent) -> None:
        reply.says("Sorry, dat kan ik niet.") if "plek 2" in sent.question else reply.proposes(item("hangt men op"))

    with talking(answer) as server:
        proposer = Proposer(Model(address(server.base), "llama"))
        proposed = proposer.propose(long_document(), "doc-1", Extraction((), ()))
    assert (proposed.added, proposed.unread, proposed.asked) == (3, 1, 4)
    assert proposed.sentence.endswith("Op 1 van de 4 vragen kwam geen bruikbaar antwoord.")


def test_no_usable_answer_at_all_is_a_failure() -> None:
    with talking(lambda reply, sent: reply.says("Sorry.")) as server:
        proposed = Proposer(Model(address(server.base), "llama")).propose(DOCUMENT, "doc-1", RULES)
    assert proposed.failed is not None
    assert proposed.failed.key == "propose.unreadable"
    assert proposed.extraction == RULES


def test_a_server_that_fails_document_after_document_is_left_alone() -> None:
    with talking(lambda reply, sent: reply.raw(b"", 401)) as server:
        proposer = Proposer(Model(address(server.base), "llama"))
        failed = [proposer.propose(DOCUMENT, "doc-1", RULES).failed for _ in range(4)]
    assert all(failed)
    assert len(server.sent) == GIVE_UP


def test_an_internal_document_stays_here_unless_a_person_says_so_once() -> None:
    elsewhere = address("http://model.invalid/v1")
    closed = Proposer(Model(elsewhere, "llama")).propose(DOCUMENT, "doc-1", RULES)
    assert closed.failed is not None
    assert closed.failed.key == "propose.stays"
    assert "--send-internal http://model.invalid/v1" in closed.sentence
    asked: list[str] = []
    proposer = Proposer(Model(elsewhere, "llama"), lambda place: bool(asked.append(place.base)))
    for _ in range(2):
        proposer.propose(DOCUMENT, "doc-1", RULES)
    assert asked == ["http://model.invalid/v1"]


@pytest.mark.parametrize(
    "answer",
    [
        '{"statements": [{"kind": "cause", "quote": "hangt op"}]}',
        '```json\n{"statements": [{"kind": "cause", "quote": "hangt op"}]}\n```',
        'Hier is de lijst {met zorg}: [1]\n[{"kind": "cause", "quote": "hangt op"}]\nVeel succes!',
        '<think>{"statements": []} of toch niet</think>{"statements": [{"kind": "CAUSE ", "quote": "hangt  op"}]}',
        '{"kind": "cause", "quote": "hangt op"}',
        '{"statements": [{"kind": "cause", "quote": "hangt op", "actors": []}, {"kind": "cau',
    ],
)
def test_json_is_found_in_what_models_say_around_it(answer: str) -> None:
    found = proposals(answer)
    assert found is not None
    assert [(each.kind, each.quote) for each in found[0]] == [(Kind.CAUSE, "hangt op")]


@pytest.mark.parametrize("answer", ["", "Niets.", "{}", "[1, 2]", "[" * 100_000, '{"a":' * 100_000, "{" * 1_000_000])
def test_an_answer_without_a_list_is_none(answer: str) -> None:
    assert proposals(answer) is None


def test_an_empty_list_is_an_answer() -> None:
    assert proposals(json.dumps({"statements": []})) == ([], 0)


def test_questions_are_bounded_hold_every_word_once_and_begin_at_sections() -> None:
    document = long_document()
    groups = chunks(document, 3_000)
    assert all(sum(len(piece.text) for piece in group) <= 3_000 for group in groups)
    for n, block in enumerate(document.blocks):
        pieces = [piece.text for group in groups for piece in group if piece.block == n]
        assert " ".join(pieces) == block.text.strip()
    starts = [group[0].block for group in chunks(document, 5_000)]
    assert starts == [0, 1, 2, 3]
    assert len(chunks(document, 100_000)) == 1
    assert [
        piece.text
        for group in chunks(ReadDocument("a", "text/plain", (Block("x" * 25, BlockKind.PARAGRAPH),)), 10)
        for piece in group
    ] == ["x" * 10, "x" * 10, "x" * 5]


def test_a_question_shows_number_heading_and_lead_in() -> None:
    (group,) = chunks(DOCUMENT)
    asked = question(DOCUMENT, group)
    assert "\n(Knelpunten:)\n" in asked
    assert all(f"[{n}] {block.text}" in asked for n, block in enumerate(DOCUMENT.blocks))
