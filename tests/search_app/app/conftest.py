"""A small graph in a real store, and the app on it."""

import tomllib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import graph
from graph.meaning import open_encoder
from graph.model import (
    Access,
    Contents,
    Document,
    Effort,
    Kind,
    Level,
    Link,
    Origin,
    Passage,
    Relation,
    Statement,
    Term,
    Theme,
    document_id,
    passage_id,
    statement_ids,
)
from search_app import server
from search_app.intake import vectors

NIGHTS = Path(__file__).parent / "nights.toml"
MEDIA = {".pdf": "application/pdf", ".html": "text/html", ".docx": "text/plain"}


def build(file: Path, *, only: str | None = None) -> dict[str, str]:
    """Put the graph of ``nights.toml`` in a file; the concept ids by the keys of the statements. ``only`` keeps the
    documents of one access."""
    told = tomllib.loads(NIGHTS.read_text(encoding="utf-8"))
    encoder = open_encoder()
    with graph.open(str(file), create=True) as store:
        keys: dict[str, str] = {}
        for number, each in enumerate(told["document"]):
            if only in (None, each["access"]):
                contents, named = _contents(each, told["link"], number, keys)
                store.put(
                    Contents(
                        contents.document,
                        contents.passages,
                        contents.statements,
                        contents.links,
                        vectors(encoder, contents.statements),
                    )
                )
                keys = named
        found = {statement.id: statement.concept_id for statement in store.statements()}
    return {key: found[id] for key, id in keys.items()}


def _contents(
    told: dict[str, Any], links: list[dict[str, str]], number: int, known: dict[str, str]
) -> tuple[Contents, dict[str, str]]:
    id = document_id(told["name"])
    rows = told["statements"]
    marked = [row["text"].partition("[[")[2].partition("]]")[0] for row in rows]
    keys = dict(zip((row["key"] for row in rows), statement_ids(id, marked), strict=True))
    passages, statements = [], []
    for order, (row, quote) in enumerate(zip(rows, marked, strict=True)):
        text = row["text"].replace("[[", "").replace("]]", "")
        start = row["text"].index("[[")
        passages.append(Passage(passage_id(id, order), id, order, text, page=row.get("page")))
        statements.append(
            Statement(
                id=keys[row["key"]],
                document_id=id,
                passage_id=passage_id(id, order),
                start=start,
                end=start + len(quote),
                kind=Kind(row["kind"]),
                quote=quote,
                page=row.get("page"),
                level=Level(row["level"]) if "level" in row else None,
                theme=Theme(row["theme"]),
                actors=tuple(row.get("actors", ())),
                experienced_by=tuple(row.get("experienced_by", ())),
                effort=Effort(row["effort"]) if "effort" in row else None,
                term=Term(row["term"]) if "term" in row else None,
                confidence=0.8,
            )
        )
    # A link goes in with the later of the two documents that it ties.
    every = known | keys
    stated = [
        Link(every[link["from"]], Relation(link["relation"]), every[link["to"]], Origin(link["origin"]))
        for link in links
        if link["from"] in every and link["to"] in every and {link["from"], link["to"]} & keys.keys()
    ]
    document = Document(
        id=id,
        name=told["name"],
        title=told["title"],
        access=Access(told["access"]),
        publisher=told.get("publisher"),
        date=told["date"],
        media_type=MEDIA[Path(told["name"]).suffix],
        sha256=sha256(repr(told).encode()).hexdigest(),
        pages=told.get("pages"),
        added=f"2025-07-0{number + 1}T10:00:00+00:00",
    )
    return Contents(document, tuple(passages), tuple(statements), tuple(stated)), every


@pytest.fixture(scope="session")
def nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The file of the graph, and its concept ids by key."""
    file = tmp_path_factory.mktemp("nights") / "nights.db"
    return file, build(file)


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., AppTest]:
    """The app on a graph, run once: ``open_app(file, page="kluwen", q="…")``."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def run(file: Path, *, page: str = "", public: bool = False, **query: str) -> AppTest:
        monkeypatch.setenv("KLUWEN_GRAPH", str(file))
        monkeypatch.setenv("KLUWEN_PUBLIC", "1" if public else "")
        app = AppTest.from_file(str(server.SCRIPT), default_timeout=30)
        for name, value in query.items():
            app.query_params[name] = value
        if page:
            # AppTest's own switch_page knows only pages that are files
            app._page_hash = calc_hash(page)
        return app.run()

    return run


@pytest.fixture
def make_nights() -> Callable[[Path], dict[str, str]]:
    """Makes the graph in a file of the test's own."""
    return build
