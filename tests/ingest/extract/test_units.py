"""Which spans of a document are statements, and of which kind."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from graph.model import Kind
from ingest.document import ReadDocument
from ingest.extract.examples import MATCH, bag, overlap
from ingest.extract.found import Span
from ingest.extract.judge import f1
from ingest.extract.units import spans
from ingest.readers import read, read_bytes

SHARED = Path(__file__).resolve().parents[3] / ".." / "shared"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the documents to compare with are not beside the checkout"
)

REPORT = """# Zorg in de nacht

# Inleiding
De stichting is opgericht in 1998 en telt 240 medewerkers. Dit rapport is te downloaden via de website.

# Knelpunten
- te weinig verpleegkundigen in de nacht
- lange aanrijtijden
- De overdracht komt te laat, doordat de systemen niet op elkaar aansluiten.

# Oplossingen
- één telefoonnummer voor de hele regio
- Investeer in scholing van nieuwe medewerkers.
"""


def document(text: str) -> ReadDocument:
    return read_bytes(text.encode(), "stuk.txt")


def quotes(text: str, *, learned: bool = True) -> dict[str, Kind]:
    read_document = document(text)
    found = spans(read_document, learned=learned)
    return {read_document.blocks[s.block].text[s.start : s.end]: s.kind for s in found}


@pytest.mark.parametrize("learned", [True, False])
def test_what_stands_under_a_telling_heading_is_of_its_kind(learned: bool) -> None:
    found = quotes(REPORT, learned=learned)
    assert found["te weinig verpleegkundigen in de nacht"] is Kind.BOTTLENECK
    assert found["lange aanrijtijden"] is Kind.BOTTLENECK
    assert found["één telefoonnummer voor de hele regio"] is Kind.SOLUTION
    assert found["Investeer in scholing van nieuwe medewerkers"] is Kind.SOLUTION


def test_a_cause_stands_within_the_bottleneck_that_it_explains() -> None:
    read_document = document(REPORT)
    found = spans(read_document)
    cause = next(s for s in found if s.kind is Kind.CAUSE)
    outer = next(s for s in found if s.block == cause.block and s.kind is Kind.BOTTLENECK)
    text = read_document.blocks[cause.block].text
    assert text[cause.start : cause.end] == "doordat de systemen niet op elkaar aansluiten"
    assert text[outer.start : outer.end].startswith("De overdracht komt te laat")
    assert outer.start <= cause.start < cause.end <= outer.end


def test_headings_and_background_are_no_statements() -> None:
    found = quotes(REPORT)
    assert not any("opgericht" in quote or "downloaden" in quote for quote in found)
    assert not {"Knelpunten", "Oplossingen", "Inleiding"} & set(found)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Er is een groot tekort aan wijkverpleegkundigen en de wachttijden lopen op.", Kind.BOTTLENECK),
        ("Gemeenten moeten meer geld vrijmaken voor de ondersteuning van mantelzorgers.", Kind.SOLUTION),
    ],
)
def test_plain_sentences_are_told_by_their_words(sentence: str, kind: Kind) -> None:
    assert kind in quotes(sentence).values()


def test_a_document_without_statements_gives_few() -> None:
    text = "Openingstijden\n\nDe balie is geopend van 9.00 tot 17.00 uur. U vindt ons in de hal naast de lift.\n"
    assert quotes(text) == {}


def test_each_statement_says_which_rule_and_cue_found_it() -> None:
    found = {s.rule: s.cue for s in spans(document(REPORT))}
    assert found["heading:bottleneck"] == "Knelpunten"
    assert found["connective:cause"] == "doordat"
    alone = spans(document("Er is een nijpend tekort aan huisartsen in deze regio."))
    assert alone[0].rule.startswith("cue:")
    assert alone[0].cue in ("nijpend", "tekort aan", "tekort")


def check_shape(read_document: ReadDocument, found: list[Span]) -> None:
    assert found == sorted(found, key=lambda s: (s.block, s.start, -s.end))
    for span in found:
        text = read_document.blocks[span.block].text
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        assert 0 < span.confidence < 1
        assert span.rule
    for a, b in pairwise(found):
        if a.block == b.block and b.start < a.end:
            assert b.end <= a.end
            assert (a.kind, b.kind) == (Kind.BOTTLENECK, Kind.CAUSE)


def test_spans_lie_in_order_and_only_causes_lie_within_another() -> None:
    read_document = document(REPORT)
    check_shape(read_document, spans(read_document))


def test_the_same_document_gives_the_same_spans() -> None:
    assert spans(document(REPORT)) == spans(document(REPORT))


def test_nothing_to_read_gives_nothing() -> None:
    assert spans(ReadDocument("leeg.txt", "text/plain", ())) == []


def typed_f1(paths: list[Path], gold: Path) -> float:
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    counts: Counter[str] = Counter()
    for path in paths:
        read_document = read(path)
        found = spans(read_document)
        check_shape(read_document, found)
        for kind in Kind:
            mine = [bag(read_document.blocks[s.block].text[s.start : s.end]) for s in found if s.kind is kind]
            theirs = [bag(r["quote"]) for r in rows if Path(r["doc"]).stem == path.stem and r["type"] == kind]
            fits = [(overlap(a, b), i, j) for i, a in enumerate(mine) for j, b in enumerate(theirs)]
            left, right = set(), set()
            for fit, i, j in sorted(fits, reverse=True):
                if fit >= MATCH and i not in left and j not in right:
                    left.add(i)
                    right.add(j)
            counts.update(hits=len(left), found=len(mine), wanted=len(theirs))
    return f1(counts["hits"], counts["found"], counts["wanted"])


@needs_shared
def test_three_real_documents_are_read_as_people_read_them() -> None:
    paths = sorted((SHARED / "corpus").glob("*.pdf"))
    assert typed_f1(paths, SHARED / "eval" / "gold" / "statements.jsonl") >= 0.75


@needs_shared
def test_ten_texts_of_other_fields_are_read_half_as_well_as_by_people() -> None:
    paths = sorted((SHARED / "corpus" / "other-fields").glob("*.txt"))
    assert typed_f1(paths, SHARED / "eval" / "gold" / "other-statements.jsonl") >= 0.50


def test_a_column_title_wins_over_the_words_of_its_cells() -> None:
    table = (
        "| Knelpunt | Oorzaak | Oplossing |\n|---|---|---|\n"
        "| Rolstoelen zijn in het weekend niet te krijgen | Medewerkers denken er pas laat aan | Voorraad op de afdeling |\n"
    )
    read_document = read_bytes(table.encode(), "tabel.md")
    found = [(read_document.blocks[s.block].text, s.kind) for s in spans(read_document)]
    assert found == [
        ("Rolstoelen zijn in het weekend niet te krijgen", Kind.BOTTLENECK),
        ("Medewerkers denken er pas laat aan", Kind.CAUSE),
        ("Voorraad op de afdeling", Kind.SOLUTION),
    ]
