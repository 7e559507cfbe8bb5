"""The gold of the documents kept aside holds together, and the scorer gives full marks to who finds exactly that."""

import importlib.util
import itertools
import json
import sys
from collections import defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [
    json.loads(line) for line in (Path(__file__).parent / "same_as.jsonl").read_text(encoding="utf-8").splitlines()
]

pytestmark = pytest.mark.skipif(
    not (ROOT.parent / "shared" / "eval" / "mark.py").is_file(), reason="shared/eval is not beside the checkout"
)


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_aside", ROOT / "tests" / "bench" / "score_aside.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold(bench: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return bench.gold(tmp_path_factory.mktemp("gold"))


@pytest.fixture
def statements(bench: ModuleType, gold: Any) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in bench.lines(gold.statements)}


def clusters() -> dict[str, str]:
    """For each statement that says the same as another: the name of their cluster."""
    name: dict[str, str] = {}
    for pair in PAIRS:
        if pair["rel"] == "SAME_AS":
            old, new = name.get(pair["to"], pair["to"]), name.get(pair["from"], pair["from"])
            name |= {key: new for key, value in name.items() if value == old}
            name[pair["from"]] = name[pair["to"]] = new
    return name


def find(folder: Path, gold: Any, bench: ModuleType, confidence: float = 1.0) -> Path:
    """Writes what someone finds who finds all that is in the gold and nothing else."""
    same = clusters()
    with (folder / "statements.jsonl").open("w", encoding="utf-8") as file:
        for row in bench.lines(gold.statements):
            extra = {"document": row["doc"], "concept": same.get(row["id"], row["id"]), "confidence": confidence}
            bench.write(file, [row | extra])
    with (folder / "links.jsonl").open("w", encoding="utf-8") as file:
        links = [row for row in bench.lines(gold.links) if row["rel"] != "SAME_AS"]
        bench.write(file, ({"source": row["from"], "type": row["rel"], "target": row["to"]} for row in links))
    return folder


def test_there_are_ten_texts_of_which_some_are_markdown(gold: Any, bench: ModuleType) -> None:
    assert [text.stem[:2] for text in gold.texts] == sorted(bench.GENRES)
    assert {text.suffix for text in gold.texts} == {".txt", ".md"}
    assert all(400 <= len(text.read_text(encoding="utf-8").split()) <= 900 for text in gold.texts)


def test_pairs_name_statements_of_the_gold(statements: dict[str, dict[str, Any]]) -> None:
    for pair in PAIRS:
        ends = [statements[pair["from"]], statements[pair["to"]]]
        assert [end["quote"] for end in ends] == pair["quotes"]
        if pair["rel"] == "SAME_AS":
            assert ends[0]["type"] == ends[1]["type"]


def test_same_as_is_closed_and_meets_no_pair_that_differs() -> None:
    pairs = {frozenset((pair["from"], pair["to"])) for pair in PAIRS if pair["rel"] == "SAME_AS"}
    members = defaultdict(list)
    for statement, cluster in clusters().items():
        members[cluster].append(statement)
    assert pairs == {frozenset(two) for group in members.values() for two in itertools.combinations(group, 2)}
    assert pairs.isdisjoint(frozenset((pair["from"], pair["to"])) for pair in PAIRS if pair["rel"] == "DIFFERENT")


def test_full_marks_for_the_gold_itself(bench: ModuleType, gold: Any, tmp_path: Path) -> None:
    found = find(tmp_path, gold, bench)
    results = bench.results(found, gold)
    assert list(results) == [*bench.GENRES.values(), "all ten"]
    for result in results.values():
        assert result["all"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
        assert (result["level_accuracy"], result["theme_accuracy"], result["actors_f1"]) == (1.0, 1.0, 1.0)
        assert result["stated_links"]["f1"] == 1.0
    assert results["all ten"]["SAME_AS"]["f1"] == 1.0
    assert bench.merged(found, gold) == (0, len(gold.apart))
    assert bench.calibration_error(found, gold) == pytest.approx(0.0)


def test_low_confidence_in_what_is_right_is_an_error(bench: ModuleType, gold: Any, tmp_path: Path) -> None:
    assert bench.calibration_error(find(tmp_path, gold, bench, confidence=0.4), gold) == pytest.approx(0.6)


def test_what_is_missed_or_merged_wrongly_costs(bench: ModuleType, gold: Any, tmp_path: Path) -> None:
    found = find(tmp_path, gold, bench)
    rows = bench.lines(found / "statements.jsonl")
    kept = [row | {"concept": "one"} for row in rows if row["type"] != "cause"]
    (found / "statements.jsonl").write_text("".join(json.dumps(row) + "\n" for row in kept), encoding="utf-8")
    result = bench.results(found, gold)["all ten"]
    assert result["cause"]["recall"] == 0.0
    assert result["all"]["precision"] == 1.0 > result["all"]["recall"]
    assert result["SAME_AS"]["precision"] < 0.1
    assert bench.merged(found, gold)[0] == len(gold.apart)
