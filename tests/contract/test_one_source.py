"""The same report in two files counts once. Part of the contract of all stores."""

import random

import pytest

from graph.model import Access
from graph.sources import SAMPLE, contained, is_within, sketch

CLAIM = "bottleneck: Er is te weinig nachtzorg."


def prose(seed: int, sentences: int = 12) -> list[str]:
    """Passages of made-up words that no other seed has."""
    rng = random.Random(seed)
    words = ["".join(rng.choices("abcdefghijklmnoprstuvwz", k=6)) for _ in range(80)]
    return [f"text: {' '.join(rng.choices(words, k=12))}." for _ in range(sentences)]


def support(store) -> int:
    [concept] = store.concepts()
    assert concept.statements == len(store.statements())
    return concept.support


@pytest.fixture
def page_and_pdf(make):
    """One report, cut into other passages and with other punctuation and a page's extra line."""
    text = prose(1)
    page = [f"text: {a[6:-1].upper()}; {b[6:]}" for a, b in zip(text[::2], text[1::2], strict=True)]
    return make("rapport.pdf", *text, CLAIM), make("rapport.html", "text: Delen en afdrukken", *page, CLAIM)


def test_a_report_in_two_files_is_one_source(store, page_and_pdf) -> None:
    for contents in page_and_pdf:
        store.put(contents)
    assert support(store) == 1
    assert all(e.support == 1 for e in store.edges([store.concepts()[0].id]))


def test_a_document_knows_its_other_files(store, make, page_and_pdf) -> None:
    for contents in page_and_pdf:
        store.put(contents)
    store.put(make("ander.pdf", *prose(9), CLAIM))
    page, pdf, other = (store.document(name) for name in ("rapport.html", "rapport.pdf", "ander.pdf"))
    assert store.same_source(pdf.id) == [page]
    assert store.same_source(page.id) == [pdf]
    assert store.same_source(other.id) == store.same_source("doc-0") == []


def test_it_does_not_matter_which_comes_first(store, page_and_pdf) -> None:
    for contents in reversed(page_and_pdf):
        store.put(contents)
    assert support(store) == 1


def test_two_documents_that_share_a_claim_are_two_sources(store, make) -> None:
    store.put(make("a.pdf", *prose(1), CLAIM))
    store.put(make("b.pdf", *prose(2), CLAIM))
    assert support(store) == 2


def test_two_short_notes_with_the_same_words_are_two_sources(store, make) -> None:
    store.put(make("a.txt", CLAIM))
    store.put(make("b.txt", CLAIM))
    assert support(store) == 2


def test_two_documents_with_half_in_common_are_two_sources(store, make) -> None:
    store.put(make("a.pdf", *prose(1), *prose(2), CLAIM))
    store.put(make("b.pdf", *prose(1), *prose(3), CLAIM))
    assert support(store) == 2


def test_an_excerpt_is_no_source_of_its_own(store, make) -> None:
    store.put(make("deel.pdf", *prose(1, 10), CLAIM))
    store.put(make("geheel.pdf", *prose(1, 10), CLAIM, *prose(2, 60)))
    assert support(store) == 1


def test_an_excerpt_of_two_does_not_make_one_of_them(store, make) -> None:
    store.put(make("uittreksel.pdf", *prose(1), CLAIM))
    store.put(make("a.pdf", *prose(1), CLAIM, *prose(2, 30)))
    store.put(make("b.pdf", *prose(1), CLAIM, *prose(3, 30)))
    assert support(store) == 2


def test_a_source_falls_apart_when_a_file_changes_or_goes(store, make, page_and_pdf) -> None:
    for contents in page_and_pdf:
        store.put(contents)
    store.put(make("rapport.html", *prose(5), CLAIM))
    assert support(store) == 2
    store.put(page_and_pdf[1])
    assert support(store) == 1
    copy = make("kopie.pdf", *prose(1), CLAIM)
    store.put(copy)
    assert support(store) == 1
    # whoever led the three, two are left, of one source
    for name in ("rapport.html", "rapport.pdf"):
        store.forget(store.document(name).id)
        assert support(store) == 1


def test_the_public_count_rests_on_public_documents(store, reopen, make) -> None:
    public = reopen(public=True)
    store.put(make("geheel.pdf", *prose(1), *prose(2), CLAIM, access="internal"))
    store.put(make("deel1.pdf", *prose(1), CLAIM))
    store.put(make("deel2.pdf", *prose(2), CLAIM))
    assert support(store) == 1
    assert support(public) == 2
    assert public.same_source(public.document("deel1.pdf").id) == []
    store.set_access(store.document("geheel.pdf").id, Access.PUBLIC)
    assert support(public) == 1
    store.set_access(store.document("geheel.pdf").id, Access.INTERNAL)
    assert (support(store), support(public)) == (1, 2)


def test_a_link_that_a_report_states_in_two_files_counts_once(store, make) -> None:
    lines = (*prose(1), CLAIM, "cause: geen geld")
    store.put(make("a.pdf", *lines, links=((12, "CAUSED_BY", 13),)))
    store.put(make("a.html", *lines, links=((12, "CAUSED_BY", 13),)))
    [edge] = store.claims()
    assert (edge.support, len(edge.evidence)) == (1, 2)


def test_the_sample_of_a_large_document_measures_what_all_of_it_would() -> None:
    rng = random.Random(4)
    words = [f"w{rng.randrange(10**9)}" for _ in range(40_000)]
    whole, half = sketch([" ".join(words)]), sketch([" ".join(words[:20_000])])
    assert len(whole.hashes) == len(half.hashes) == SAMPLE
    assert contained(half, whole) > 0.99
    assert is_within(half, whole)
    assert contained(whole, half) == pytest.approx(0.5, abs=0.05)
    changed = [w if rng.random() < 0.9 else "anders" for w in words]
    assert contained(sketch([" ".join(changed)]), whole) == pytest.approx(0.9**5, abs=0.05)
