"""A deck of slides as HTML: bullets, a table without rules, two lists side by side, four lists in a square.

Written for these tests; what a reader should find in it stands in ``SLIDES``.
"""

from html import escape

TITLE = "Nachtzorg in beeld"
BULLETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Er is geen nachtzorg in de dorpen langs de rivier, en wie daar woont moet zelf een oplossing zoeken", ()),
    ("Mantelzorgers raken uitgeput:", ("zij slapen te weinig", "zij durven niet weg te gaan")),
    ("De huisartsenpost krijgt geen overdracht", ()),
)
PAIRS = (
    ("Probleem", "Idee"),
    ("Niemand weet wie er ’s nachts gebeld kan worden wanneer het misgaat", "Eén nummer voor de hele regio"),
    ("Te weinig handen in de nacht", "Laat drie organisaties samen één nachtploeg vormen, met een gedeeld rooster"),
    ("De apotheek is dicht", "Een noodset in huis"),
)
SIDES = (
    ("Wat helpt", ("korte lijnen met de huisarts", "een vast gezicht aan de deur", "vrijwilligers die waken")),
    ("Wat hindert", ("drie dossiers naast elkaar", "een tarief dat niet dekt", "lange reistijden in de nacht")),
)
SQUARE = (
    ("Eenvoudig en snel", ("papieren overdracht in huis", "één telefoonkaart op de koelkast")),
    ("Eenvoudig, maar later", ("scholing voor invalkrachten", "een gezamenlijk rooster")),
    ("Lastig, toch snel", ("een noodset bij elke patiënt", "tijdelijk geld voor reistijd")),
    ("Lastig en later", ("een tarief voor de nacht", "één dossier voor iedereen")),
)

STYLE = """
@page { size: 297mm 167mm; margin: 12mm 16mm; } body { font: 15pt/1.35 'Liberation Sans'; margin: 0; }
section { break-after: page; } h1 { font-size: 28pt; margin: 0 0 10pt; } h2 { font-size: 17pt; margin: 0 0 6pt; }
.open td, .open th { padding: 0 30pt 12pt 0; text-align: left; vertical-align: top; width: 340pt; }
.sides { display: flex; gap: 60pt; } .sides div { width: 320pt; } li { margin-bottom: 4pt; }
.square td { border: 1pt solid #444; padding: 6pt 12pt; width: 360pt; vertical-align: top; } .square { border-collapse: collapse; }
.square p { margin: 0 0 4pt; }
"""


def _list(items: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in items) + "</ul>"


def page() -> str:
    """The deck."""
    bullets = "".join(f"<li>{escape(text)}{_list(inner) if inner else ''}</li>" for text, inner in BULLETS)
    pairs = "".join(
        "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
        for row, tag in zip(PAIRS, ("th", "td", "td", "td"), strict=True)
    )
    sides = "".join(f"<div><h2>{title}</h2>{_list(items)}</div>" for title, items in SIDES)
    cells = [f"<td><p>{title}</p>{_list(items)}</td>" for title, items in SQUARE]
    square = f"<tr>{cells[0]}{cells[1]}</tr><tr>{cells[2]}{cells[3]}</tr>"
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>dia</title><style>{STYLE}</style></head><body>'
        f"<section><h1>{TITLE}</h1><p>Regiobijeenkomst 6 juni 2024</p></section>"
        f"<section><h1>Wat knelt er in de nacht</h1><ul>{bullets}</ul></section>"
        f'<section><h1>Problemen en ideeën</h1><table class="open">{pairs}</table></section>'
        f'<section><h1>Twee kanten</h1><div class="sides">{sides}</div></section>'
        f'<section><h1>Vier vakken</h1><table class="square">{square}</table></section></body></html>'
    )
