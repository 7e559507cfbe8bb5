"""Judging in a real browser: what opens in a dialog, by mouse and by keyboard; and a new version of a document before it goes in."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

import graph
from graph.ledger.judgement import Verdict, holding
from graph.model import Edge, Level, Statement
from search_app.judging import judge

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
Settle = Callable[[Page], None]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def own(samples: Path, tmp_path: Path) -> Path:
    """The samples in a graph of the test's own."""
    return Path(shutil.copy(samples, tmp_path / "own.db"))


def heavy(file: Path) -> tuple[Edge, Statement]:
    """A link that a source states, and the statement that its bottleneck rests on alone."""
    with graph.open(str(file)) as store:
        alone = {c.id for c in store.concepts() if c.statements == 1 and c.kind == "bottleneck"}
        edge = next(e for e in store.claims() if e.source in alone and e.relation == "CAUSED_BY")
        return edge, store.statements(concept_ids=[edge.source])[0]


def dialog(page: Page) -> Locator:
    found = page.get_by_role("dialog")
    expect(found).to_be_visible()
    return found


def answer(page: Page, settle: Settle) -> None:
    """Say who judges."""
    page.get_by_label("Uw naam").fill("Eva")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vastgelegd")).to_be_visible()
    settle(page)


def clean(page: Page) -> None:
    """Nothing that axe knows stands in anyone's way, and nothing scrolls sideways."""
    page.evaluate(AXE)
    result = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    assert not [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in result["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_a_statement_is_corrected_and_merged(
    own: Path, visit: Open, running: Callable[..., Any], settle: Settle, look: str
) -> None:
    edge, statement = heavy(own)
    width, scheme = (390, "dark") if look == "phone" else (1440, look)
    page = visit(running(own), f"/kluwen?knoop={edge.source}", width=width, scheme=scheme)
    page.get_by_role("button", name="Verbeter", exact=True).click()
    box = dialog(page)
    clean(page)
    box.get_by_label("Aard").click()
    page.get_by_role("option", name="Stelsel" if statement.level != Level.SYSTEM else "Intrinsiek").click()
    settle(page)
    box.get_by_role("button", name="Leg vast").click()
    answer(page, settle)
    with graph.open(str(own)) as store:
        assert store.statements([statement.id])[0].level not in (None, statement.level)
    page.get_by_role("button", name="Verbeter", exact=True).click()
    dialog(page).get_by_text("Samenvoegen").click()
    expect(page.get_by_role("radio").first).to_be_attached()
    clean(page)
    page.get_by_role("radiogroup").locator("label").first.click()
    settle(page)
    page.get_by_role("dialog").get_by_role("button", name="Leg vast").click()
    expect(page.get_by_text("Vastgelegd: hetzelfde.")).to_be_visible()
    with graph.open(str(own)) as store:
        assert store.concepts([store.resolve(edge.source)])[0].statements > 1


def test_a_link_is_called_wrong_and_another_drawn(
    own: Path, visit: Open, running: Callable[..., Any], settle: Settle
) -> None:
    edge, _ = heavy(own)
    page = visit(running(own), f"/kluwen?knoop={edge.source}")
    page.get_by_role("button", name="Beoordeel verbanden").click()
    dialog(page).locator(f"[class*='{edge.target}']").get_by_role("button", name="Klopt niet").first.click()
    answer(page, settle)
    with graph.open(str(own)) as store:
        assert edge.target not in {e.target for e in store.claims() if e.source == edge.source}
    page.get_by_role("button", name="Leg een verband").click()
    box = dialog(page)
    box.get_by_label("Zoek een ander punt").fill("mantelzorgers zijn uitgeput")
    page.keyboard.press("Enter")
    page.get_by_role("radiogroup").locator("label").first.click()
    settle(page)
    clean(page)
    box.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_text("Vastgelegd: verband gelegd")).to_be_visible()
    with graph.open(str(own)) as store:
        assert [e for e in store.claims() if e.source == edge.source and e.origin == "curated"]


def test_missed_words_are_marked_in_the_source(
    own: Path, visit: Open, running: Callable[..., Any], settle: Settle
) -> None:
    with graph.open(str(own)) as store:
        document = store.documents()[0]
        said = {s.passage_id for s in store.statements(document_id=document.id)}
        passage = next(
            p for p in store.passages(document_id=document.id) if p.id not in said and len(p.text.split()) > 12
        )
    words = " ".join(passage.text.split()[:6])
    page = visit(running(own), f"/bronnen?bron={document.id}", width=390, height=844)
    page.get_by_role("button", name="Voeg een gemist punt toe").click()
    box = dialog(page)
    field = box.get_by_label("Zoek de plek in de tekst")
    field.click()
    field.press_sequentially(words)
    page.keyboard.press("Enter")
    written = box.get_by_label("De woorden, letter voor letter zoals ze hierboven staan")
    written.fill(words + " iets anders")
    written.press("Tab")
    expect(box.get_by_text("Deze woorden staan niet zo in dit stuk tekst.")).to_be_visible()
    written.fill(words)
    written.press("Tab")
    expect(box.locator("mark")).to_have_text(words)
    settle(page)
    clean(page)
    box.get_by_role("button", name="Leg vast").click()
    answer(page, settle)
    with graph.open(str(own)) as store:
        [added] = [s for s in store.statements(document_id=document.id) if s.origin == "person"]
    assert (added.quote, added.passage_id) == (words, passage.id)


def test_pairs_are_judged_by_keyboard(own: Path, visit: Open, running: Callable[..., Any], settle: Settle) -> None:
    page = visit(running(own), "/beoordelen")
    question = page.locator(".st-key-card-review .kl-quote").first
    first = question.inner_text()
    page.keyboard.press("n")
    answer(page, settle)
    expect(question).not_to_have_text(first)
    with graph.open(str(own)) as store:
        [made] = holding(store.ledger())
    assert (made.verdict, made.by) == ("different", "Eva")
    page.keyboard.press("z")
    expect(page.get_by_text("Teruggedraaid: niet hetzelfde.")).to_be_visible()
    with graph.open(str(own)) as store:
        assert not holding(store.ledger())
    page.get_by_text("Eerder beslist").click()
    expect(page.locator(".kl-entry").first).to_be_visible()
    clean(page)


def test_a_new_version_shows_what_it_changes_and_asks(
    visit: Open, running: Callable[..., Any], tmp_path: Path, settle: Settle
) -> None:
    file = tmp_path / "notitie.txt"
    text = (
        "Notitie\n\nKnelpunten\n\n- De apotheek levert na tien uur geen medicatie meer.\n- Er is te weinig personeel.\n"
    )
    file.write_text(text, encoding="utf-8")
    page = visit(running(tmp_path / "own.db"), "/bronnen")

    def upload() -> None:
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Voeg dit document toe").click()

    upload()
    expect(page.get_by_role("heading", name="Het document is gelezen")).to_be_visible()
    settle(page)
    with graph.open(str(tmp_path / "own.db")) as store:
        old = next(s for s in store.statements() if "personeel" in s.quote)
        judge(store, Verdict.ACCEPTED, old.id, by="Jan")
    file.write_text(text.replace("Er is te weinig personeel", "De huisarts is niet bereikbaar"), encoding="utf-8")
    upload()
    card = page.locator("[class*=st-key-card-differs-]")
    expect(card).to_contain_text("De huisarts is niet bereikbaar")
    expect(card).to_contain_text("Er is te weinig personeel")
    expect(card).to_contain_text("staat er niet meer")
    settle(page)
    clean(page)
    with graph.open(str(tmp_path / "own.db")) as store:
        assert any("personeel" in s.quote for s in store.statements()), "nothing changes before the yes"
    card.get_by_role("button", name="Zet de nieuwe versie erin").click()
    expect(page.get_by_text("1 uit de vorige versie is weg")).to_be_visible()
    with graph.open(str(tmp_path / "own.db")) as store:
        assert not any("personeel" in s.quote for s in store.statements())
