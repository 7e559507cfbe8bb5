"""Imports run one way: search_app → ingest → graph.model, search_app → graph; all may import corpus, which imports nothing of ours."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"corpus", "graph", "ingest", "search_app"}
MAY = {
    "corpus": ("corpus",),
    "graph": ("corpus", "graph"),
    "ingest": ("corpus", "graph.model", "ingest"),
    "search_app": ("corpus", "graph", "ingest", "search_app"),
}


def imports(source: str) -> set[str]:
    """The dotted names of our own modules that a source imports, at any depth of the code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name.split(".")[0] in OURS}


def against_the_way(room: str, source: str) -> list[str]:
    return sorted(name for name in imports(source) if not any(f"{name}.".startswith(f"{way}.") for way in MAY[room]))


@pytest.mark.parametrize("room", sorted(OURS))
def test_every_import_goes_the_one_way_through_the_house(room: str) -> None:
    files = sorted((ROOT / room).rglob("*.py"))
    assert files
    wrong = {
        str(file.relative_to(ROOT)): bad
        for file in files
        if (bad := against_the_way(room, file.read_text(encoding="utf-8")))
    }
    assert wrong == {}


def test_an_import_against_the_way_is_seen() -> None:
    assert against_the_way("graph", "def f():\n    from ingest.readers import read\n") == ["ingest.readers.read"]
    assert against_the_way("ingest", "import graph.store.sqlite") == ["graph.store.sqlite"]
    assert against_the_way("ingest", "from graph.model import Kind") == []


def test_no_import_is_relative() -> None:
    relative = [
        str(file.relative_to(ROOT))
        for room in OURS
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
