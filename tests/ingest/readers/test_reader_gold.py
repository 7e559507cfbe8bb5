"""What annotators quoted from real documents stands inside one block, read from the file and from its text."""

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

from ingest.readers import read

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT / ".." / "shared"
SETS = [
    ("eval/gold/statements.jsonl", "corpus", ".pdf"),
    ("eval/gold/statements.jsonl", "corpus", ".txt"),
    ("eval/gold/other-statements.jsonl", "corpus/other-fields", ".txt"),
    ("eval/training/statements.jsonl", "eval/training/texts", ".txt"),
]

pytestmark = pytest.mark.skipif(
    not (SHARED / "eval").exists(), reason="the annotated documents don't stand beside the checkout"
)


def bench() -> ModuleType:
    """The benchmark that prints the same shares."""
    spec = importlib.util.spec_from_file_location("readers_gold", ROOT / "tests" / "bench" / "readers_gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("gold", "folder", "ending"), SETS)
def test_quotes_stand_letter_for_letter_inside_one_block(gold: str, folder: str, ending: str) -> None:
    rows = [json.loads(line) for line in (SHARED / gold).read_text(encoding="utf-8").splitlines() if line.strip()]
    by_document: dict[Path, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_document[SHARED / folder / (Path(row["doc"]).stem + ending)].append(row)
    measure = bench().measure
    counts = [measure(read(path), wanted, False) for path, wanted in by_document.items() if path.exists()]
    assert counts
    assert sum(found for found, _, _ in counts) >= 0.97 * len(rows)
    assert sum(held for _, held, _ in counts) >= 0.8 * sum(asked for _, _, asked in counts)
