"""Made-up Dutch for the benchmarks: sentences of the field from parts, the same for the same number."""

from __future__ import annotations

import random
from collections.abc import Iterator

WHO = (
    "mantelzorgers",
    "huisartsen",
    "wijkverpleegkundigen",
    "naasten",
    "vrijwilligers",
    "specialisten",
    "gemeenten",
    "teams",
)
WHAT = (
    "de overdracht",
    "nachtzorg",
    "rouwzorg",
    "scholing",
    "medicatie",
    "het zorgplan",
    "de indicatie",
    "vervoer",
    "huishoudelijke hulp",
    "het dossier",
    "proactieve zorgplanning",
    "respijtzorg",
    "tolken",
    "de bereikbaarheid",
)
WHERE = (
    "thuis",
    "in het hospice",
    "in het weekend",
    "op het platteland",
    "in de laatste weken",
    "buiten kantooruren",
    "in de wijk",
)
PROBLEMS = (
    "Er is te weinig {what} {where} voor {who}.",
    "Voor {who} komt {what} {where} vaak te laat.",
    "{who} weten {where} niet wie er over {what} gaat.",
    "Door gebrek aan tijd schiet {what} {where} erbij in, waardoor {who} overbelast raken.",
)
REMEDIES = (
    "Spreek {where} een vast moment af voor {what} met {who}.",
    "Maak {where} één aanspreekpunt voor {what} en betrek {who}.",
    "Bied {who} scholing over {what} {where}.",
)
PLAIN = "In {year} spraken wij {number} {who} over {what} {where}; hun verhalen staan in dit hoofdstuk."


def sentence(chance: random.Random, forms: tuple[str, ...]) -> str:
    """One sentence of one of the forms, with a name in it that makes it unlike most others."""
    text = chance.choice(forms).format(
        who=chance.choice(WHO),
        what=chance.choice(WHAT),
        where=chance.choice(WHERE),
        year=chance.randint(2010, 2024),
        number=chance.randint(5, 90),
    )
    return text[0].upper() + text[1:]


def paragraphs(seed: int, count: int) -> Iterator[tuple[str, list[str]]]:
    """``count`` times a heading with five sentences: problems, remedies and plain ones in turn."""
    chance = random.Random(seed)
    for number in range(count):
        kind = ("Knelpunten", "Oplossingen", "Werkwijze")[number % 3]
        forms = (PROBLEMS, REMEDIES, (PLAIN,))[number % 3]
        yield f"{kind} rond {chance.choice(WHAT)}", [sentence(chance, forms) for _ in range(5)]


def document(seed: int, count: int) -> str:
    """A plain text of ``count`` sections."""
    parts = [f"Rapport {seed}: zorg in de laatste fase"]
    for heading, sentences in paragraphs(seed, count):
        parts += [heading, "\n".join(f"- {each}" for each in sentences)]
    return "\n\n".join(parts) + "\n"
