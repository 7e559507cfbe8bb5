"""Stores to test on, and the Neo4j server that tests share: one for each run, started when the first test asks for it.

A test that takes ``address``, ``reopen`` or ``store`` is part of the contract of all stores: it runs on each of :data:`KINDS`.
"""

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from made import MODEL, make

import graph
from graph.model import Contents, ModelInfo
from graph.store.base import Store

KINDS = ("sqlite", "neo4j")

Make = Callable[..., Contents]
Reopen = Callable[..., Store]


def _load() -> ModuleType:
    path = Path(__file__).parent / "neo4j" / "server.py"
    spec = importlib.util.spec_from_file_location("kluwen_neo4j_server", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def neo4j_tools() -> ModuleType:
    return _load()


@pytest.fixture(scope="session")
def neo4j_server(neo4j_tools: ModuleType) -> Iterator[Any]:
    """The server that this run started; None when it uses that of NEO4J_TEST_URI."""
    try:
        uri = neo4j_tools.given()
    except neo4j_tools.NotEmpty as error:
        pytest.exit(str(error))
    if uri:
        yield None
        neo4j_tools.wipe(uri)
        return
    if reason := neo4j_tools.why_not():
        said = f"the Neo4j half did not run: {reason}"
        pytest.fail(said) if os.environ.get("CI") == "true" else pytest.skip(said)
    before = {name: os.environ.get(name) for name in ("NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")}
    server = neo4j_tools.Server()
    os.environ |= {"NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": neo4j_tools.PASSWORD}
    try:
        yield server
    finally:
        print(server.log())
        server.remove()
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@pytest.fixture
def neo4j_address(neo4j_server: Any, neo4j_tools: ModuleType) -> str:
    """The address of an empty Neo4j database."""
    uri = os.environ.get("NEO4J_TEST_URI") or neo4j_server.uri
    neo4j_tools.wipe(uri)
    return uri


@pytest.fixture(name="make")
def _make() -> Make:
    return make


@pytest.fixture
def model() -> ModelInfo:
    return MODEL


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new graph of one kind can be made."""
    return request.getfixturevalue("neo4j_address") if request.param == "neo4j" else str(tmp_path / "graph.db")


@pytest.fixture
def reopen(address: str) -> Iterator[Reopen]:
    """Opens the graph at ``address`` (once more), and closes what it opened."""
    opened: list[Store] = []

    def again(*, public: bool = False, create: bool = False) -> Store:
        opened.append(graph.open(address, public=public, create=create))
        return opened[-1]

    yield again
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Reopen) -> Store:
    """A new, empty graph."""
    return reopen(create=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where no server can be, leave out what needs one (CI fails instead), and say so in one line at the end."""
    reason = None if os.environ.get("NEO4J_TEST_URI") else _load().why_not()
    if reason is None or os.environ.get("CI") == "true":
        return
    needs = {item for item in items if "neo4j" in getattr(getattr(item, "callspec", None), "params", {}).values()}
    needs |= {item for item in items if {"neo4j_address", "neo4j_server"} & set(getattr(item, "fixturenames", ()))}
    config.stash[_LEFT_OUT] = f"the Neo4j half did not run ({len(needs)} tests): {reason}"
    config.hook.pytest_deselected(items=list(needs))
    items[:] = [item for item in items if item not in needs]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if said := config.stash.get(_LEFT_OUT, ""):
        terminalreporter.write_line(said)


_LEFT_OUT = pytest.StashKey[str]()
