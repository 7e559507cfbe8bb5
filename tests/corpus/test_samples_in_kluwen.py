"""The samples, read and put in a graph: each gives statements, and together they tell one tangled story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

import graph
from corpus.catalogue import Source, load
from graph.meaning import open_encoder
from graph.model import Relation
from graph.store.base import Store
from graph.tangle import loops, unanswered
from ingest.extract import extract
from ingest.readers import read
from search_app import intake

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
SOURCES = load(SAMPLES / "sources.toml").sources
LEAST = {
    "als-de-nacht-valt.pdf": 80,
    "tussen-ziekenhuis-en-voordeur.pdf": 80,
    "wat-de-laatste-fase-kost.pdf": 25,
    "advies-een-regio-een-nacht.html": 20,
    "interview-om-drie-uur-s-nachts.html": 10,
    "notulen-werkoverleg-nachtzorg.txt": 15,
    "bord-kluwen-nachtzorg.json": 40,
    "Miro board - Retro wijkteam Noord.csv": 5,
    "memo-indicaties-en-terminaalverklaring.md": 20,
    "brief-van-een-huisarts.txt": 10,
}
"""Well below what a person who reads with care finds in each; a CSV of a board has lost what its frames say."""
SHARED = (
    "Mantelzorgers raken overbelast",
    "Ontslagbrieven komen te laat",
    "De huisartsenpost kent de patiënt niet",
    "Vrijwilligers uitnodigen in de PaTz-groep",
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("samples") / "samples.db"
    with graph.open(str(target), create=True) as store:
        encoder = open_encoder()
        for item in intake.plan([SAMPLES]).items:
            intake.add(store, encoder, item.path, root=item.root)
    return target


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with graph.open(str(database)) as opened:
        yield opened


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_a_sample_is_read_whole_and_gives_statements(source: Source) -> None:
    assert source.file
    document = read(SAMPLES / source.file)
    assert document.title
    assert len(document.blocks) >= 10
    found = extract(document, "doc-0").statements
    assert len(found) >= LEAST[source.file]


def test_a_column_of_a_report_does_not_run_into_its_neighbour() -> None:
    blocks = [block.text for block in read(SAMPLES / "tussen-ziekenhuis-en-voordeur.pdf").blocks]
    assert "De dossiers zijn niet willekeurig gekozen." in " ".join(blocks)
    assert any(
        block.startswith("In het voorjaar van 2022 deden twee leden onafhankelijk van elkaar") for block in blocks
    )
    assert not any("Ketenberaad Palliatief Lindermark" in block for block in blocks[5:])


def test_what_several_sources_say_in_the_same_words_is_one_point(store: Store) -> None:
    support = Counter({concept.label.rstrip("."): concept.support for concept in store.concepts()})
    assert [label for label in SHARED if support[label] < 2] == []


def test_one_tangle_runs_through_at_least_four_documents(store: Store) -> None:
    of_statement = {statement.id: statement.document_id for statement in store.statements()}
    net = nx.Graph((edge.source, edge.target) for edge in store.claims())
    largest = max(nx.connected_components(net), key=len)
    documents = {
        of_statement[id] for edge in store.claims() if edge.source in largest for pair in edge.evidence for id in pair
    }
    assert len(documents) >= 4


def test_a_problem_that_one_document_tells_is_answered_by_another(store: Store) -> None:
    tellers: dict[str, set[str]] = {}
    for statement in store.statements():
        tellers.setdefault(statement.concept_id, set()).add(statement.document_id)
    of_statement = {statement.id: statement.document_id for statement in store.statements()}
    answers = [edge for edge in store.claims() if edge.relation == Relation.ADDRESSES]
    assert any(tellers[edge.target] - {of_statement[id] for pair in edge.evidence for id in pair} for edge in answers)


def test_there_are_loops_and_problems_without_an_answer(store: Store) -> None:
    assert loops(store)
    assert unanswered(store)


def test_who_may_see_public_sources_only_sees_nothing_of_the_minutes(database: Path) -> None:
    with graph.open(str(database), public=True) as store:
        names = {document.name for document in store.documents()}
        quotes = " ".join(statement.quote for statement in store.statements())
    assert names == {source.file for source in SOURCES if source.access == "public"}
    assert "leesrechten" not in quotes
