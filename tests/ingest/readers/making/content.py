"""The report that every program in :mod:`make_files` sets: what a reader should find in each of the files.

Written for these tests. ``{1}`` is where a footnote is referred to; a word with ``­`` may be broken there.
"""

from dataclasses import dataclass, field

TITLE = "Zorg in de avond: wat er misgaat en wat helpt"
PUBLISHER = "Werkgroep Avondzorg"
DATE = "14 maart 2024"


@dataclass(frozen=True)
class H:
    """A heading."""

    level: int
    text: str


@dataclass(frozen=True)
class P:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class L:
    """A list; an item may hold another list. ``style`` is ``bullet``, ``number`` or ``letter``."""

    items: tuple["str | tuple[str, L]", ...]
    style: str = "bullet"


@dataclass(frozen=True)
class T:
    """A table with a header row and a caption above it."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Columns:
    """Set in two columns."""

    parts: tuple[P | L | H, ...] = field(default=())


NOTES = {
    1: "Eigen telling over 2023, op basis van de roosters van negen organisaties.",
    2: "Zie de bijlage voor de vragenlijst; de respons was 61 procent.",
}

CONTENT: tuple[H | P | L | T | Columns, ...] = (
    H(1, "1 Aanleiding"),
    P(
        "In de avond valt de zorg thuis te vaak stil. De werkgroep sprak met veertig officiële vertegenwoordigers van "
        "thuiszorgorganisaties, bijna-thuis-huizen en huisartsenposten.{1} Zij beschrijven steeds hetzelfde: overdag is "
        "er een efficiënte afstemming, maar na zes uur weet niemand meer wie waarvoor verantwoordelijk is. Fijnmazige "
        "afspraken over bereikbaarheid ontbreken, en wie een vraag heeft, belt een nummer dat niet wordt opgenomen."
    ),
    P(
        "Dit rapport ordent wat wij hoorden.{2} Het is geen onderzoek naar de kwaliteit van afzonderlijke organisaties, "
        "en het noemt daarom geen namen. Wel laat het zien welke knelpunten elkaar versterken, en welke oplossingen in "
        "andere regio’s al hun waarde hebben bewezen. De meeste daarvan kosten weinig, maar vragen om een flinke dosis "
        "vasthoudendheid van bestuurders, zorgverzekeraars en gemeenten samen."
    ),
    H(1, "2 Knelpunten"),
    P("Uit de gesprekken komen de volgende knelpunten naar voren:"),
    L(
        (
            "de avonddienst begint zonder overdracht van de dagdienst, zodat de verpleegkundige bij de voordeur nog moet "
            "uitzoeken wat er speelt;",
            (
                "onvoldoende kennis bij invalkrachten, vooral over:",
                L(("pompen en infusen;", "het gesprek over het levenseinde;", "wie er ’s nachts gebeld mag worden;")),
            ),
            "medicatie is na sluitingstijd van de apotheek niet meer te krijgen;",
            "mantelzorgers slapen slecht en melden zich ziek op hun eigen werk.",
        )
    ),
    H(2, "2.1 Oorzaken"),
    P(
        "De meeste knelpunten hangen samen. Doordat roosters per organisatie worden gemaakt, rijden er op één avond vijf "
        "auto’s door dezelfde straat. Als gevolg daarvan is er nergens iemand over die een acute vraag kan opvangen. De "
        "geïnterviewden noemen twee achterliggende oorzaken:"
    ),
    L(
        (
            "het tarief voor de avond is even hoog als dat voor de dag;",
            "elke organisatie heeft een eigen dossier, dat voor de andere gesloten blijft.",
        ),
        "letter",
    ),
    H(1, "3 Wat helpt"),
    P("De tabel zet bij elk knelpunt een oplossing die elders werkt."),
    T(
        "Tabel 1. Knelpunten en oplossingen",
        (
            ("Knelpunt", "Oorzaak", "Oplossing"),
            (
                "Geen overdracht aan de avonddienst",
                "Diensten sluiten niet op elkaar aan",
                "Een kwartier overlap in alle roosters",
            ),
            (
                "Medicatie is ’s avonds niet te krijgen",
                "Apotheken sluiten om zes uur",
                "Een noodset in huis zodra iemand achteruitgaat",
            ),
            (
                "Niemand neemt de telefoon op",
                "Elke organisatie heeft een eigen nummer",
                "Eén regionaal nummer dat altijd wordt beantwoord",
            ),
        ),
    ),
    P("Daarnaast adviseert de werkgroep om dit jaar nog drie stappen te zetten:"),
    L(
        (
            "spreek per wijk af wie de avond coördineert;",
            "betaal een avond als een avond en niet als losse kwartieren;",
            "geef alle verpleegkundigen inzage in elkaars dossier.",
        ),
        "number",
    ),
    H(1, "4 Stemmen uit de praktijk"),
    Columns(
        (
            P(
                "Een wijkverpleegkundige vertelt dat zij op een gewone dinsdag elf adressen bezoekt. Bij drie daarvan "
                "is de sleutel niet in het kluisje teruggelegd. Zij belt dan met de planning, die na zes uur uit één "
                "persoon bestaat. Die persoon bedient het hele gebied tussen de rivier en de snelweg. Vaak duurt het een "
                "half uur voordat er iemand komt, en dat half uur wordt nergens vergoed."
            ),
            P(
                "Een huisarts ziet het van de andere kant. Hij wordt gebeld door families die niet weten dat er een "
                "avonddienst is. Volgens hem ontbreekt het aan een eenvoudige kaart op de koelkast, met daarop één naam "
                "en één nummer. Hij heeft die kaart nu zelf gemaakt, maar zijn collega’s gebruiken hem nog niet."
            ),
            P("Beiden vragen om hetzelfde:"),
            L(
                (
                    "een vaste plek voor de sleutel en het dossier;",
                    "een telefoonnummer dat dag en nacht hetzelfde is;",
                    "tijd om met elkaar te praten voordat het misgaat.",
                )
            ),
            P(
                "Een coördinator van vrijwilligers besluit het gesprek met een waarschuwing. Als er niets verandert, zegt "
                "zij, dan haken de mensen af die nu de gaten opvullen. Zij heeft dit jaar al vier ervaren vrijwilligers "
                "zien vertrekken, omdat zij te vaak alleen voor een moeilijke nacht stonden."
            ),
        )
    ),
    H(1, "5 Tot slot"),
    P(
        "De werkgroep komt over een jaar terug op wat er met deze aanbevelingen is gedaan. Tot die tijd houdt zij een "
        "eenvoudige lijst bij van avonden waarop het niet lukte. Wie iets wil melden, kan dat doen bij de eigen "
        "organisatie; de meldingen worden elk kwartaal gebundeld en besproken."
    ),
)
