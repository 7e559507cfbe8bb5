"""What holds on every page: nothing leaves the machine, nothing scrolls sideways, everyone can use it, and a public session sees only what is public."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import graph
import search_app

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PLACES = ("start", "search", "weak", "choose", "tangle", "sources", "source", "review")


@pytest.fixture(scope="module")
def paths(samples: Path) -> dict[str, str]:
    """An address for each kind of page."""
    with graph.open(str(samples)) as store:
        edge = max(store.claims(), key=lambda edge: (edge.support, edge.source, edge.target))
        document = store.documents()[0]
    return {
        "start": "/",
        "search": "/?q=medicijnen+in+de+nacht",
        "weak": "/?q=parkeervergunning+zwembad",
        "choose": "/kluwen",
        "tangle": f"/kluwen?knoop={edge.source}",
        "sources": "/bronnen",
        "source": f"/bronnen?bron={document.id}",
        "review": "/beoordelen",
    }


def ready(page: Page, place: str) -> None:
    if place == "tangle":
        expect(page.locator(".net[data-ready='1']")).to_be_visible()


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing(server: Any, visit: Open, paths: dict[str, str], place: str, look: str) -> None:
    width, scheme = (390, "light") if look == "phone" else (1440, look)
    page = visit(server, paths[place], width=width, scheme=scheme)
    ready(page, place)
    page.evaluate(AXE)
    result = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    found = [(each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in result["violations"]]
    assert not found


@pytest.mark.parametrize("place", PLACES)
def test_nothing_scrolls_sideways_on_a_phone(server: Any, visit: Open, paths: dict[str, str], place: str) -> None:
    page = visit(server, paths[place], width=390, height=844)
    ready(page, place)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert (
        page.evaluate("document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth")
        <= 0
    )


def test_streamlits_own_words_are_dutch(server: Any, visit: Open, paths: dict[str, str]) -> None:
    english = re.compile(
        r"\b(the|files?|home|clear|close|open|dismiss|options?|select|sidebar|upload|browse|remove|search|skip|show)\b",
        re.I,
    )
    spoken = """() => [...document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')].flatMap(element =>
        ['aria-label', 'title', 'alt', 'placeholder'].map(name => element.getAttribute(name)).filter(Boolean))"""
    for place in PLACES:
        for width in (1440, 390):
            page = visit(server, paths[place], width=width)
            ready(page, place)
            expect(
                page.get_by_label("Pagina’s").first.or_(page.get_by_label("Naar het begin").first).first
            ).to_be_attached()
            found = [text for text in page.evaluate(spoken) if english.search(text)]
            assert not found, f"{place} at {width}"
            page.context.close()


def drawn(page: Page) -> set[str]:
    return set(page.evaluate("[...document.querySelectorAll('[data-testid]')].map(e => e.dataset.testid)"))


def test_the_stylesheet_still_meets_what_streamlit_draws(server: Any, visit: Open, paths: dict[str, str]) -> None:
    rules = "".join(
        file.read_text(encoding="utf-8") for file in (Path(search_app.__file__).parent / "look" / "css").glob("*.css")
    )
    wanted = set(re.findall(r'\[data-testid="(st\w+)"\]', rules)) - {"stStatusWidget"}
    seen: set[str] = set()
    for place in PLACES:
        for width in (1440, 390):
            page = visit(server, paths[place], width=width)
            ready(page, place)
            seen |= drawn(page)
            if width == 390:
                page.locator("[data-testid=stExpandSidebarButton]").click()
                expect(page.locator("[data-testid=stSidebarNavLink]").first).to_be_visible()
                seen |= drawn(page)
            page.context.close()
    assert wanted <= seen, f"no longer drawn: {wanted - seen}"


def test_light_and_dark_follow_the_computer(server: Any, visit: Open, paths: dict[str, str]) -> None:
    page = visit(server, paths["tangle"])
    ready(page, "tangle")
    ground = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    light, ink = page.evaluate(ground), page.locator(".net").get_attribute("data-ink")
    assert ink
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"before => {ground} !== before", arg=light)
    expect(page.locator(".net")).to_have_attribute("data-ink", re.compile(".+"))
    expect(page.locator(".net")).not_to_have_attribute("data-ink", ink)


def test_a_public_session_sees_neither_lock_nor_gap(
    samples: Path, visit: Open, running: Callable[..., Any], paths: dict[str, str]
) -> None:
    public = running(samples, "--public")
    with graph.open(str(samples)) as store:
        internal = [document.title for document in store.documents() if document.access == "internal"]
    assert internal
    for place in ("start", "search", "sources"):
        page = visit(public, paths[place])
        text = page.locator("body").inner_text()
        assert page.locator(".kl-internal").count() == 0
        assert "ntern" not in text
        assert not [title for title in internal if title in text]
        assert page.locator("input[type=file]").count() == 0
