"""What extraction finds in the real documents, scored against what people found: ``python tests/bench/score_extraction.py``.

Reads the documents that stand in ``shared/corpus`` beside the checkout, once from the PDF and web page and once from
the text, extracts, writes ``statements.jsonl`` and ``links.jsonl`` and lets ``shared/eval/score.py`` judge them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from graph.model import document_id  # noqa: E402
from graph.resolve import concept_id  # noqa: E402
from ingest.extract import Extraction, extract  # noqa: E402
from ingest.readers import read  # noqa: E402

SHARED = ROOT.parent / "shared"
OTHER = "other-fields"


def statements(name: str, extraction: Extraction) -> Iterable[dict[str, Any]]:
    for s in extraction.statements:
        yield {
            "id": s.id,
            "document": name,
            "type": s.kind,
            "quote": s.quote,
            "text": s.text,
            "page": s.page,
            "section": s.section,
            "level": s.level,
            "theme": s.theme,
            "actors": s.actors,
            "experienced_by": s.experienced_by,
            "effort": s.effort,
            "term": s.term,
            "confidence": s.confidence,
            "concept": s.concept_id or concept_id(s.kind, s.text),
        }


def extracted(paths: Sequence[Path], to: Path) -> None:
    """Writes ``statements.jsonl`` and ``links.jsonl`` of the documents into a folder."""
    with (to / "statements.jsonl").open("w") as rows, (to / "links.jsonl").open("w") as links:
        for path in paths:
            extraction = extract(read(path), document_id(path.name))
            for row in statements(path.name, extraction):
                rows.write(json.dumps(row, ensure_ascii=False) + "\n")
            for link in extraction.links:
                row = {"source": link.source, "type": link.relation, "target": link.target, "origin": link.origin}
                links.write(json.dumps(row, ensure_ascii=False) + "\n")


def scored(folder: Path, gold: str, links: str, extra: Sequence[str] = ()) -> dict[str, Any]:
    command = [sys.executable, str(SHARED / "eval" / "score.py"), "extraction", str(folder / "statements.jsonl")]
    command += [str(SHARED / "eval" / "gold" / gold), "--links", str(folder / "links.jsonl")]
    command += ["--gold-links", str(SHARED / "eval" / "gold" / links)]
    if extra:
        command += ["--documents", *extra]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result


def judge() -> Any:
    """The scoring script as a module, for how it matches quotes."""
    spec = spec_from_file_location("kluwen_score", SHARED / "eval" / "score.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def reliability(folder: Path, golds: Sequence[str], score: Any) -> list[tuple[str, int, float, float]]:
    """Of statements with about one confidence, how many are right: ``(range, number, mean confidence, share right)``."""
    gold = score.by_document([row for name in golds for row in lines(SHARED / "eval" / "gold" / name)], "doc")
    mine = score.by_document(lines(folder / "statements.jsonl"), "document")
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for document, rows in gold.items():
        hits = set()
        for kind in score.TYPES:
            own = [row for row in mine.get(document, []) if row["type"] == kind]
            hits |= {a["id"] for a, _ in score.pairs(own, [row for row in rows if row["type"] == kind])}
        for row in mine.get(document, []):
            bins[min(9, int(row["confidence"] * 10))].append((row["confidence"], row["id"] in hits))
    return [
        (f"{b / 10:.1f}–{b / 10 + 0.1:.1f}", len(v), sum(c for c, _ in v) / len(v), sum(h for _, h in v) / len(v))
        for b, v in sorted(bins.items())
    ]


def reachable(folder: Path, score: Any) -> dict[str, tuple[int, int]]:
    """For each document how many of the quotes that answer a query are found as a statement, and how many there are."""
    mine = score.by_document(lines(folder / "statements.jsonl"), "document")
    wanted: dict[str, set[str]] = defaultdict(set)
    for query in lines(SHARED / "eval" / "gold" / "queries.jsonl"):
        for row in query["relevant"]:
            wanted[score.stem(row["doc"])].add(row["quote"])
    return {
        name: (
            sum(any(score.overlap(score.words(q), r["_w"]) >= score.MATCH for r in mine.get(name, [])) for q in quotes),
            len(quotes),
        )
        for name, quotes in sorted(wanted.items())
    }


def show(title: str, result: dict[str, Any]) -> None:
    kinds = " ".join(f"{kind[0]} {result[kind]['f1']:.2f}" for kind in ("bottleneck", "solution", "cause"))
    every = result["all"]
    rest = " ".join(
        f"{name} {value}"
        for name, value in (
            ("level", result["level_accuracy"]),
            ("theme", result["theme_accuracy"]),
            ("actors", result["actors_f1"]),
            *(
                (rel, result[rel]["f1"])
                for rel in ("CAUSED_BY", "ADDRESSES", "stated_links", "SAME_AS")
                if rel in result
            ),
        )
    )
    print(f"{title:22} F1 {every['f1']:.3f} (p {every['precision']:.2f} r {every['recall']:.2f}) {kinds} | {rest}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="keep the files in this folder")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"no documents to score: {SHARED} is not there")
        return 0
    to = options.to or Path(tempfile.mkdtemp(prefix="kluwen-score-"))
    corpus = SHARED / "corpus"
    others = sorted((corpus / OTHER).glob("*.txt"))
    sets = {
        "pdf": [p for p in sorted(corpus.iterdir()) if p.suffix in (".pdf", ".html")],
        "txt": sorted(corpus.glob("*.txt")),
        OTHER: others,
    }
    for name, paths in sets.items():
        (to / name).mkdir(parents=True, exist_ok=True)
        extracted(paths, to / name)
    show("three documents, PDF", scored(to / "pdf", "statements.jsonl", "links.jsonl"))
    show("three documents, text", scored(to / "txt", "statements.jsonl", "links.jsonl"))
    show(
        "ten other fields", scored(to / OTHER, "other-statements.jsonl", "other-links.jsonl", [p.name for p in others])
    )
    score = judge()
    print("\nconfidence    n   mean  right")
    for name, golds in (("pdf", ["statements.jsonl"]), (OTHER, ["other-statements.jsonl"])):
        print(name)
        for band, count, mean, share in reliability(to / name, golds, score):
            print(f"  {band}  {count:4}   {mean:.2f}   {share:.2f}")
    print("\nquotes that answer a query and are found as a statement")
    for name, (found, all_) in reachable(to / "pdf", score).items():
        print(f"  {name:45} {found} of {all_}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
