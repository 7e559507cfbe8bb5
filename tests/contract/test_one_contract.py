"""What is asked of one store is asked of all: a file of tests of one store alone says why."""

import ast
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_a_file_of_tests_of_one_store_says_why() -> None:
    of_one = [*TESTS.glob("neo4j/**/test_*.py"), *TESTS.glob("**/store/test_sqlite_*.py")]
    silent = [path.name for path in of_one if "On one store only: " not in (_said(path) or "")]
    assert of_one
    assert silent == []


def _said(path: Path) -> str | None:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
