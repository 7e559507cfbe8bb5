"""What a person does, in a real browser on a real server: search, open a tangle, look behind a point, add a document."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

import graph

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
Settle = Callable[[Page], None]

NOTE = """Notitie nachtdienst

Knelpunten

- Er is te weinig personeel in de nacht, waardoor mantelzorgers er alleen voor staan.
- De apotheek levert na tien uur geen medicatie meer.

Oplossingen

- Spreek met de apotheken in de regio een vaste nachtdienst af.
"""


@pytest.fixture(scope="module")
def knot(samples: Path) -> str:
    """The id of the concept with most relations."""
    with graph.open(str(samples)) as store:
        ties: dict[str, int] = {}
        for edge in store.claims():
            for end in (edge.source, edge.target):
                ties[end] = ties.get(end, 0) + 1
    return max(ties, key=lambda id: (ties[id], id))


def net(page: Page) -> Locator:
    """The network, once it is laid out."""
    found = page.locator(".net[data-ready='1']")
    expect(found).to_be_visible()
    return found


def places(network: Locator) -> dict[str, dict[str, float]]:
    """Where each node stands, in the picture's own units."""
    return network.evaluate("el => Object.fromEntries(el.view.cy.nodes().map(n => [n.id(), n.position()]))")


def label(network: Locator, id: str) -> str:
    return str(network.evaluate("(el, id) => el.view.cy.getElementById(id).data('label')", id))


def press(page: Page, network: Locator, id: str, *, double: bool = False) -> None:
    """Click on a node of the canvas."""
    at = network.evaluate("(el, id) => el.view.cy.getElementById(id).renderedPosition()", id)
    canvas = network.locator(".net-canvas")
    (canvas.dblclick if double else canvas.click)(position=at)


def neighbour(network: Locator, *, of: str) -> str:
    """A node in the middle of the canvas that is tied to this one."""
    return str(
        network.evaluate(
            """(el, id) => el.view.cy.getElementById(id).neighborhood('node:visible').filter(n => {
                const p = n.renderedPosition(), cy = n.cy();
                return p.x > 20 && p.y > 20 && p.x < cy.width() - 20 && p.y < cy.height() - 20;
            })[0].id()""",
            of,
        )
    )


def panel(page: Page) -> Locator:
    return page.locator(".kl-panel-title")


def test_from_a_question_to_the_words_behind_a_point(server: Any, visit: Open, settle: Settle) -> None:
    page = visit(server)
    box = page.get_by_role("searchbox").or_(page.get_by_label("Uw vraag of trefwoorden")).first
    box.fill("medicijnen in de nacht")
    box.press("Enter")
    first = page.locator("[class*=st-key-card-con] [data-testid=stPageLink-NavLink]").first
    expect(first).to_be_visible()
    assert page.locator(".kl-quote mark").count() > 0
    title = first.inner_text()
    first.click()
    network = net(page)
    expect(page.locator("h1")).to_have_text(title)
    expect(panel(page)).to_have_text(title)
    expect(page.locator(".st-key-card-panel .kl-quote").first).to_be_visible()
    assert any("/bidi-components/kluwen.network/net-" in url for url in page.watch.answers), (
        "not the packaged component"
    )  # type: ignore[attr-defined]
    assert network.locator(".net-canvas canvas").count() > 0


def test_a_click_shows_what_is_behind_a_point_and_the_address_follows(server: Any, visit: Open, knot: str) -> None:
    page = visit(server, f"/kluwen?knoop={knot}")
    network = net(page)
    other = neighbour(network, of=knot)
    before = places(network)
    press(page, network, other)
    expect(panel(page)).to_have_text(label(network, other))
    assert parse_qs(urlsplit(page.url).query)["punt"] == [other]
    assert places(network) == before, "a click must move nothing"


@pytest.mark.parametrize("way", ["double click", "key", "button"])
def test_a_point_unfolds_and_nothing_moves(server: Any, samples: Path, visit: Open, knot: str, way: str) -> None:
    page = visit(server, f"/kluwen?knoop={knot}&stappen=1")
    network = net(page)
    before = places(network)
    other = unfoldable(samples, set(before), knot)
    if way == "double click":
        press(page, network, other, double=True)
    elif way == "key":
        network.locator(".net-canvas").focus()
        network.evaluate("(el, id) => el.view.focus(el.view.cy.getElementById(id))", other)
        page.keyboard.press("u")
    else:
        press(page, network, other)
        expect(panel(page)).to_have_text(label(network, other))
        page.get_by_role("button", name="Toon alle verbindingen").click()
    expect(network).not_to_have_attribute("data-nodes", str(len(before)))
    after = places(network)
    assert {id: after[id] for id in before} == before
    assert parse_qs(urlsplit(page.url).query)["erbij"] == [other]


def unfoldable(file: Path, shown: set[str], start: str) -> str:
    """A point in the picture that is tied to one that is not."""
    with graph.open(str(file)) as store:
        for edge in sorted(store.edges(shown - {start}), key=lambda edge: (edge.source, edge.target)):
            if not edge.target.startswith("theme-") and (edge.source in shown) != (edge.target in shown):
                inside = edge.source if edge.source in shown else edge.target
                if inside != start and not inside.startswith("actor-"):
                    return inside
    raise AssertionError("the samples hold no tangle that goes on")


def test_the_network_works_by_keyboard(server: Any, visit: Open, knot: str) -> None:
    page = visit(server, f"/kluwen?knoop={knot}")
    network = net(page)
    canvas = network.locator(".net-canvas")
    network.locator(".net-fit").focus()
    page.keyboard.press("Tab")
    expect(canvas).to_be_focused()
    expect(network).to_have_attribute("data-focus", knot)
    for key in ("ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
        if network.get_attribute("data-focus") != knot:
            break
    other = network.get_attribute("data-focus")
    assert other and other != knot, "the arrows lead nowhere"
    expect(network.locator(".net-live")).to_contain_text(label(network, other))
    page.keyboard.press("Enter")
    expect(panel(page)).to_have_text(label(network, other))
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_text(label(network, knot))


def test_the_legend_hides_a_kind_and_the_layout_changes(server: Any, visit: Open, knot: str) -> None:
    page = visit(server, f"/kluwen?knoop={knot}")
    network = net(page)
    count = "(el, kind) => el.view.cy.nodes(`[kind='${kind}']:visible`).length"
    kind = next(kind for kind in ("actor", "solution", "cause") if network.evaluate(count, kind))
    name = {"actor": "Actoren", "solution": "Oplossingen", "cause": "Oorzaken"}[kind]
    network.get_by_role("button", name=name).click()
    assert network.evaluate(count, kind) == 0
    network.get_by_role("button", name=name).click()
    organic = places(network)
    network.locator("select").select_option("flow")
    flow = places(network)
    assert flow != organic
    network.locator("select").select_option("organic")
    again = places(network)
    for id, at in organic.items():
        assert again[id] == pytest.approx(at, abs=0.5), "the same tangle must give the same picture"


def test_the_picture_can_be_saved_and_the_table_downloaded(server: Any, visit: Open, knot: str) -> None:
    page = visit(server, f"/kluwen?knoop={knot}")
    network = net(page)
    with page.expect_download() as picture:
        network.get_by_role("button", name="Opslaan als afbeelding").click()
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
    page.get_by_text("punten als lijst").click()
    with page.expect_download() as table:
        page.get_by_role("button", name="Download als tabel").click()
    data = table.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbfsoort;aard;")
    assert label(network, knot) in data.decode("utf-8-sig")


def test_the_link_can_be_copied_and_leads_back(server: Any, visit: Open, knot: str) -> None:
    page = visit(server, f"/kluwen?knoop={knot}")
    network = net(page)
    other = neighbour(network, of=knot)
    press(page, network, other)
    title = label(network, other)
    expect(panel(page)).to_have_text(title)
    page.get_by_role("button", name="Kopieer link").click()
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    copied = urlsplit(str(page.evaluate("navigator.clipboard.readText()")))
    again = visit(server, f"{copied.path}?{copied.query}")
    net(again)
    expect(panel(again)).to_have_text(title)


def test_another_start_can_be_chosen(server: Any, visit: Open, knot: str) -> None:
    page = visit(server, f"/kluwen?knoop={knot}")
    net(page)
    page.get_by_role("button", name="Ander punt").click()
    expect(page.get_by_role("heading", name="Rond welk punt wilt u de kluwen zien?")).to_be_visible()
    link = page.locator("[class*=st-key-row-] a").first
    title = link.inner_text()
    link.click()
    net(page)
    expect(panel(page)).to_contain_text(title[:20])


def test_back_and_forward_keep_the_search(server: Any, visit: Open, settle: Settle) -> None:
    page = visit(server)
    box = page.get_by_label("Uw vraag of trefwoorden")
    for question in ("medicijnen in de nacht", "naasten uitgeput"):
        box.fill(question)
        box.press("Enter")
        expect(page.locator("[class*=st-key-title-] a").first).to_be_visible()
        page.wait_for_url(lambda url, question=question: parse_qs(urlsplit(url).query).get("q") == [question])
        settle(page)
    page.locator("[class*=st-key-title-] a").first.click()
    net(page)
    page.go_back()
    expect(box).to_have_value("naasten uitgeput")
    page.go_back()
    expect(box).to_have_value("medicijnen in de nacht")
    page.go_forward()
    expect(box).to_have_value("naasten uitgeput")
    page.go_forward()
    net(page)
    page.get_by_role("link", name="Zoeken", exact=True).first.click()
    expect(box).to_have_value("naasten uitgeput")


def test_a_source_has_an_address_of_its_own(server: Any, visit: Open, settle: Settle) -> None:
    page = visit(server, "/bronnen")
    link = page.locator("[class*=st-key-source-doc] a").first
    title = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(title)
    page.wait_for_url(lambda url: "bron" in parse_qs(urlsplit(url).query))
    page.locator("[data-testid=stButtonGroup] button").last.click()
    settle(page)
    expect(page.locator("h1")).to_have_text(title)
    page.reload()
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    expect(page.get_by_role("heading", name="Bronnen", level=1)).to_be_visible()


def test_a_document_is_added_found_and_taken_out_again(
    kluwen: Path, browser: Any, visit: Open, settle: Settle, tmp_path: Path, running: Callable[..., Any]
) -> None:
    own = running(tmp_path / "own.db")
    note = tmp_path / "notitie.txt"
    note.write_text(NOTE, encoding="utf-8")
    empty = tmp_path / "leeg.txt"
    empty.write_text("  ", encoding="utf-8")
    page = visit(own)
    expect(page.get_by_role("heading", name="Begin met een document")).to_be_visible()
    page.locator("input[type=file]").set_input_files([note, empty])
    page.get_by_role("button", name="Voeg deze 2 documenten toe").click()
    report = page.locator(".kl-upload")
    expect(report).to_contain_text("1 van de 2 documenten is gelezen")
    expect(report).to_contain_text("knelpunten")
    expect(report.locator(".kl-bad")).to_have_count(1)
    assert [file.name for file in (tmp_path / "own-bestanden").iterdir()] == ["notitie.txt"]
    page.get_by_role("link", name="Bekijk wat erin staat").click()
    expect(page.locator(".kl-quote mark", has_text="apotheek").first).to_be_visible()
    page.get_by_role("link", name="Zoeken", exact=True).first.click()
    box = page.get_by_label("Uw vraag of trefwoorden")
    box.fill("apotheek nacht")
    box.press("Enter")
    expect(page.locator(".kl-quote mark", has_text="apotheek").first).to_be_visible()
    page.get_by_role("link", name="Bronnen", exact=True).first.click()
    page.locator("[class*=st-key-source-doc] a").first.click()
    page.get_by_role("button", name="Haal deze bron eruit").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("die alleen hier staan")
    dialog.get_by_role("button", name="Haal eruit").click()
    expect(page.get_by_role("heading", name="Begin met een document")).to_be_visible()
    assert not (tmp_path / "own-bestanden" / "notitie.txt").exists()


def test_the_samples_open_apart(visit: Open, tmp_path: Path, running: Callable[..., Any]) -> None:
    page = visit(running(tmp_path / "nothing.db"))
    page.get_by_role("button", name="Open de voorbeelden").click()
    expect(page.get_by_text("U kijkt naar de voorbeelden")).to_be_visible()
    expect(page.get_by_role("heading", name="Wat wilt u weten?")).to_be_visible()
    page.get_by_role("link", name="Bronnen", exact=True).first.click()
    expect(page.get_by_text("Dit zijn voorbeelden.")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    page.get_by_role("button", name="Naar uw eigen bronnen").click()
    expect(page.get_by_role("heading", name="Begin met een document")).to_be_visible()
    assert not (tmp_path / "nothing.db").exists()


def test_the_page_says_that_it_is_dutch_before_any_script_runs(server: Any, visit: Open) -> None:
    page = visit(server)
    assert '<html lang="nl">' in page.request.get(server.url, headers={"accept": "text/html"}).text()
    assert page.evaluate("document.documentElement.lang") == "nl"
