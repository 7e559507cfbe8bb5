"""Marking words that extraction missed: in the passage that is meant, once more after it was rejected, and whoever else is at it."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

import graph
from corpus.errors import KluwenError
from graph.ledger.judgement import Verdict
from graph.model import Contents, Document, Kind, Level, Passage, Theme
from graph.store.base import Store
from search_app.judging import found_in, judge, mark

DOCUMENT = Document("doc-1", "verslag.txt", "Verslag")
PASSAGES = (
    Passage("pas-0", "doc-1", 0, "De familie wacht te lang op hulp."),
    Passage("pas-1", "doc-1", 1, "In de nacht geldt:\nde familie  wacht te lang op hulp.", page=2),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    with graph.open(str(tmp_path / "own.db"), create=True) as store:
        store.put(Contents(DOCUMENT, PASSAGES))
    return tmp_path / "own.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with graph.open(str(file)) as opened:
        yield opened


def test_words_are_found_letter_for_letter_but_for_white_space() -> None:
    assert found_in(PASSAGES[1].text, "de familie wacht") == (19, 36)
    assert found_in(PASSAGES[1].text, "De familie wacht") is None
    assert found_in(PASSAGES[1].text, "  ") is None


def test_the_same_words_can_be_marked_in_two_places(store: Store) -> None:
    for passage in PASSAGES:
        mark(store, None, DOCUMENT, "te lang op hulp", Kind.BOTTLENECK, passage=passage, by="Eva")
    assert [s.passage_id for s in store.statements()] == ["pas-0", "pas-1"]
    assert store.statements()[1].page == 2


def test_level_theme_and_actors_come_with_it_and_all_hold(store: Store) -> None:
    made = mark(
        store,
        None,
        DOCUMENT,
        "wacht te lang",
        Kind.BOTTLENECK,
        level=Level.SYSTEM,
        theme=Theme.CAPACITY,
        actors=["naaste"],
        by="Eva",
        why="gemist",
    )
    [added] = store.statements()
    assert (added.level, added.theme, added.actors) == (Level.SYSTEM, Theme.CAPACITY, ("naaste",))
    assert [j.verdict for j in made] == [Verdict.ADDED, Verdict.RELEVELLED, Verdict.RETHEMED, Verdict.ACTORS]


def test_what_was_rejected_can_be_marked_again(store: Store) -> None:
    mark(store, None, DOCUMENT, "wacht te lang", Kind.BOTTLENECK, by="Eva")
    judge(store, Verdict.REJECTED, store.statements()[0].id, by="Jan")
    assert not store.statements()
    mark(store, None, DOCUMENT, "wacht te lang", Kind.CAUSE, by="Eva")
    assert [s.kind for s in store.statements()] == [Kind.CAUSE]


def test_words_that_stand_nowhere_are_refused(store: Store) -> None:
    with pytest.raises(KluwenError, match="niet letterlijk"):
        mark(store, None, DOCUMENT, "de familie wacht", Kind.BOTTLENECK, passage=PASSAGES[0])
    assert not store.ledger()


def test_two_people_at_once_lose_nothing(file: Path, store: Store) -> None:
    words = ["De familie", "wacht te", "lang op", "hulp", "In de", "nacht", "geldt", "familie  wacht"]

    def decide(part: list[str], name: str) -> None:
        with graph.open(str(file)) as own:
            for quote in part:
                mark(own, None, DOCUMENT, quote, Kind.BOTTLENECK, by=name)

    both = [Thread(target=decide, args=(words[k::2], name)) for k, name in enumerate(("Eva", "Jan"))]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(store.ledger()) == len(store.statements()) == len(words)
