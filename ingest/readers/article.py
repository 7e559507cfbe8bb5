"""The article of a web page: without menus, cookie bars, side columns and footers."""

import re
from typing import TYPE_CHECKING

from ingest.readers.markup import opens
from ingest.structure.reading import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = re.compile(r"[^a-z]+")
_ALWAYS = ("script", "style", "noscript", "template", "iframe", "svg", "nav", "form", "dialog", "menu")
_ENOUGH = 200


def article(page: "HtmlElement") -> "HtmlElement":
    """The element of ``page`` that holds its article, what isn't part of it taken out.

    The page's own landmarks decide (``main``, ``article``); where it has none, its body does, without the parts whose
    names or many links show that they are for finding one's way. Changes ``page``.
    """
    body = page.find("body")
    root = body if body is not None else page
    whole = _length(root)
    for element in list(root.iter()):
        if isinstance(element.tag, str) and element is not root and _foreign(element, whole):
            _drop(element)
    chosen = _landmark(root)
    for element in list(chosen.iter("ul", "ol", "div", "section", "p", "td")):
        if element is not chosen and element.getparent() is not None and _signposts(element, chosen is not root):
            _drop(element)
    return chosen


def _length(element: "HtmlElement") -> int:
    return len(" ".join(element.text_content().split()))


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _foreign(element: "HtmlElement", whole: int) -> bool:
    """Whether an element belongs to the site and not to the article."""
    tag = element.tag
    if tag in ("form",) and _length(element) > 0.4 * whole:
        return False  # some systems wrap the whole page in one form
    if tag == "button":
        return not opens(element)
    if tag in _ALWAYS:
        return True
    inside = any(parent.tag in ("main", "article") for parent in element.iterancestors())
    if tag in ("header", "footer", "aside") and not inside:
        return element.find(".//main") is None and element.find(".//article") is None
    if tag == "footer":
        return True
    if tag in ("main", "article", "html", "body", "h1", "h2", "h3", "h4", "p", "li", "td", "tr", "table", "span", "a"):
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower()
    if not named.strip() or not set(_NAMES.split(named)) & set(words("boilerplate")):
        return False
    holds = element.find(".//main") is not None or element.find(".//article") is not None
    return not holds and element.find(".//h1") is None and _length(element) < 0.4 * max(whole, 1)


def _landmark(root: "HtmlElement") -> "HtmlElement":
    mains = [*root.iter("main"), *root.xpath(".//*[@role='main']")]
    best = max(mains, key=_length, default=None)
    if best is not None and _length(best) >= min(_ENOUGH, 0.3 * _length(root)):
        root = best
    articles = [each for each in root.iter("article") if each is not root]
    longest = max(articles, key=_length, default=None)
    if longest is not None and _length(longest) >= max(_ENOUGH, 0.6 * _length(root)):
        return longest
    return root


def _signposts(element: "HtmlElement", certain: bool) -> bool:
    """Whether an element is only links to elsewhere: to places on this page, or, outside a landmark, to anywhere."""
    links = list(element.iter("a"))
    if len(links) < 3:
        return False
    linked = sum(_length(link) for link in links)
    if linked < 0.8 * _length(element):
        return False
    if all((link.get("href") or "").startswith("#") for link in links):
        return True
    return not certain and linked / len(links) < 45
