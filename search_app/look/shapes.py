"""The drawn shapes, each once. ``st.html`` drops ``<svg>``, so pages use them as CSS masks; the network draws its own polygons.

A mask has a hole for the level's letter, which so takes whatever colour lies behind.
"""

from urllib.parse import quote

from graph.model import Kind, Level

OUTLINE = {
    Kind.BOTTLENECK.value: "M6.2 1h7.6L19 6.2v7.6L13.8 19H6.2L1 13.8V6.2z",
    Kind.CAUSE.value: "M10 .2 19.8 10 10 19.8.2 10z",
    Kind.SOLUTION.value: "M7 1h6v6h6v6h-6v6H7v-6H1V7h6z",
    "actor": "M1 10a9 9 0 1 0 18 0a9 9 0 1 0-18 0zM4.6 10a5.4 5.4 0 1 0 10.8 0a5.4 5.4 0 1 0-10.8 0z",
}
LETTER = {
    Level.INTRINSIC: "M10 5.8v8.4",
    Level.ORGANISATIONAL: "M6.5 10a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0z",
    Level.SYSTEM: "M12.9 7.5C12.4 6.5 11.3 6 10.1 6 8.4 6 7.1 6.8 7.1 8.1c0 2.9 6 1.2 6 4 0 1.3-1.4 2.1-3 2.1"
    "-1.4 0-2.5-.6-3.1-1.7",
}
LETTERED = (Kind.BOTTLENECK.value, Kind.CAUSE.value)
"""The kinds that have a level."""

_LINE = 'fill="none" stroke="#000" stroke-linejoin="round" stroke-linecap="round"'
ICON = {
    "lock": f'<path d="M4 9h12v9H4z"/><path d="M6.5 9V6a3.5 3.5 0 0 1 7 0v3" {_LINE} stroke-width="2"/>',
    "page": f'<path d="M4 1.5h8l4.5 4.5v12.5H4z" {_LINE} stroke-width="1.7"/>'
    f'<path d="M7 9.5h6M7 13h6" {_LINE} stroke-width="1.7"/>',
    "check": f'<path d="m3.5 10.5 4.5 4.5 8.5-10" {_LINE} stroke-width="2.6"/>',
    "alert": f'<path d="M10 2 19 18H1z" {_LINE} stroke-width="2"/><path d="M10 8v4.5" {_LINE} stroke-width="2.2"/>'
    '<circle cx="10" cy="15.3" r="1.2"/>',
    "open": f'<circle cx="10" cy="10" r="7.6" {_LINE} stroke-width="2.2" stroke-dasharray="3.6 2.4"/>',
    "info": f'<circle cx="10" cy="10" r="8" {_LINE} stroke-width="2"/><path d="M10 9.2v5" {_LINE} stroke-width="2.2"/>'
    '<circle cx="10" cy="6" r="1.3"/>',
}


def css() -> str:
    """The rules that give each shape and icon its mask: ``.kl-s-KIND``, ``.kl-s-KIND-LEVEL`` and ``.kl-i-NAME``."""
    rules = [(f".kl-s-{kind}", _svg(_drawing(kind, None))) for kind in OUTLINE]
    rules += [(f".kl-s-{kind}-{level}", _svg(_drawing(kind, level))) for kind in LETTERED for level in Level]
    rules += [(f".kl-i-{name}", _svg(inner)) for name, inner in ICON.items()]
    return "".join(f'{name}{{--shape:url("data:image/svg+xml,{quote(text)}")}}' for name, text in rules)


def _svg(inner: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20">{inner}</svg>'


def _drawing(kind: str, level: Level | None) -> str:
    if not level:
        return f'<path fill-rule="evenodd" d="{OUTLINE[kind]}"/>'
    return (
        f'<mask id="m"><path fill="#fff" d="{OUTLINE[kind]}"/><path d="{LETTER[level]}" fill="none" stroke="#000" '
        'stroke-width="2.3" stroke-linecap="round"/></mask><path d="M-1-1h22v22H-1z" mask="url(#m)"/>'
    )
