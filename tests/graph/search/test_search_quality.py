"""Search stays as good as it was on hand-made questions, where those stand beside the checkout."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import graph
from graph.meaning import Encoder

ROOT = Path(__file__).resolve().parents[3]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_search", ROOT / "tests" / "bench" / "score_search.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not SHARED.is_dir(), reason="the hand-made questions are not beside this checkout")
@pytest.mark.parametrize(("documents", "least"), [("hand", 0.50), ("pdf", 0.40), ("txt", 0.40)])
def test_the_first_ten_statements_answer_the_questions(
    tmp_path: Path, encoder: Encoder, bench: ModuleType, documents: str, least: float
) -> None:
    with graph.open(str(tmp_path / "gold.db"), create=True) as store:
        bench.fill(store, encoder, documents)
        scored = bench.score(store, encoder, tmp_path / "hits.jsonl")
    assert scored["ndcg@10"] >= least
    assert scored["wrongly_weak"] <= 2
