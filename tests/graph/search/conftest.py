"""A small graph about care, with vectors of the bundled model, in a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import graph
from graph.meaning import Encoder, open_encoder
from graph.model import (
    Access,
    Contents,
    Document,
    Kind,
    Level,
    Passage,
    Statement,
    Theme,
    Vectors,
    document_id,
    passage_id,
    statement_ids,
)
from graph.store.base import Store


@dataclass(frozen=True)
class Said:
    """One statement of a document as a test writes it: it is a passage of its own."""

    kind: Kind
    quote: str
    lead_in: str | None = None
    level: Level | None = None
    theme: Theme | None = None
    actors: tuple[str, ...] = ()


B, C, S = Kind.BOTTLENECK, Kind.CAUSE, Kind.SOLUTION

REPORT = [
    Said(B, "Mantelzorgers zijn vaak overbelast", theme=Theme.SUPPORT, actors=("mantelzorger",)),
    Said(B, "naar de huisartsenpost", "Geen of onvolledige overdracht", Level.ORGANISATIONAL, Theme.COMMUNICATION),
    Said(B, "naar de wijkverpleging", "Geen of onvolledige overdracht", Level.ORGANISATIONAL, Theme.COMMUNICATION),
    Said(B, "Er is een tekort aan wijkverpleegkundigen", None, Level.SYSTEM, Theme.CAPACITY, ("wijkverpleging",)),
    Said(B, "Dossiers van ziekenhuis en huisarts zijn niet gekoppeld", None, Level.SYSTEM, Theme.DATA),
    Said(C, "De vergoeding voor huisbezoeken is te laag", None, Level.SYSTEM, Theme.FUNDING, ("huisarts",)),
    Said(B, "Het gesprek over het levenseinde wordt te laat gevoerd", theme=Theme.PLANNING),
    Said(B, "Patiënten moeten steeds opnieuw hun verhaal vertellen"),
    Said(S, "Spreek per regio één vast telefoonnummer af voor vragen in de nacht", theme=Theme.COORDINATION),
    Said(S, "Geef nieuwe artsen in hun opleiding les over sterven", theme=Theme.EXPERTISE),
]
ADVICE = [
    Said(B, "Mantelzorgers zijn vaak overbelast", theme=Theme.SUPPORT, actors=("mantelzorger",)),
    Said(S, "Bied respijtzorg aan zodat naasten op adem komen", theme=Theme.SUPPORT),
    Said(S, "Schrap formulieren die niemand leest", theme=Theme.REGULATION),
    Said(B, "Zorgverleners zijn veel tijd kwijt aan administratie", theme=Theme.REGULATION),
    Said(C, "Elke financier stelt eigen eisen aan de verantwoording", theme=Theme.REGULATION),
    Said(S, "Laat de apotheek de medicatie na ontslag thuis bezorgen"),
]
INTERNAL = [
    Said(B, "Vrijwilligers voelen zich niet gezien door het management"),
    Said(B, "De directie stelt de verbouwing van het hospice al drie jaar uit"),
]
ASIDE = "De werkgroep vergaderde in het provinciehuis te Assen over de planning van het symposium."
"""A passage of the report without any statement."""


def contents(name: str, said: list[Said], encoder: Encoder | None, access: Access, aside: str = "") -> Contents:
    """A document of these statements, each in a passage of its own, and perhaps one passage more."""
    document = document_id(name)
    texts = [one.quote for one in said]
    passages = [
        Passage(passage_id(document, i), document, i, text, page=i // 4 + 1)
        for i, text in enumerate([*texts, *([aside] if aside else [])])
    ]
    statements = tuple(
        Statement(
            id=id,
            document_id=document,
            passage_id=passages[i].id,
            start=0,
            end=len(one.quote),
            kind=one.kind,
            quote=one.quote,
            lead_in=one.lead_in,
            page=passages[i].page,
            level=one.level,
            theme=one.theme,
            actors=one.actors,
        )
        for i, (one, id) in enumerate(zip(said, statement_ids(document, texts), strict=True))
    )
    vectors = None
    if encoder is not None:
        leads = encoder.encode_passages([s.text for s in statements])
        vectors = Vectors(encoder.info, tuple(s.id for s in statements), encoder.encode_passages(texts), leads)
    return Contents(Document(document, name, name, access, sha256=name), tuple(passages), statements, (), vectors)


def fill(store: Store, encoder: Encoder | None) -> None:
    """Put the three documents in a store."""
    store.put(contents("rapport.pdf", REPORT, encoder, Access.PUBLIC, ASIDE))
    store.put(contents("advies.html", ADVICE, encoder, Access.PUBLIC))
    store.put(contents("notulen.txt", INTERNAL, encoder, Access.INTERNAL))


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    path = tmp_path_factory.mktemp("search") / "zorg.db"
    with graph.open(str(path), create=True) as store:
        fill(store, encoder)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with graph.open(str(path)) as store:
        yield store


@pytest.fixture(scope="session")
def fill_store() -> Callable[[Store, Encoder | None], None]:
    return fill


@pytest.fixture(scope="session")
def make_contents() -> Callable[[str, list[str], Encoder], Contents]:
    """Makes a public document of bottlenecks with these quotes."""
    return lambda name, quotes, encoder: contents(name, [Said(B, quote) for quote in quotes], encoder, Access.PUBLIC)
