"""What extraction finds in the ten documents that were kept aside: ``python tests/bench/score_aside.py``.

Makes the texts and the gold out of ``tests/aside`` with ``shared/eval/mark.py``, extracts from the texts through the
readers and lets ``shared/eval/score.py`` judge each document and all together. To be run at the end, not to tune on.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from score_extraction import ROOT, SHARED, extracted, judge, lines, reliability, scored, show

ASIDE = ROOT / "tests" / "aside"
GENRES = {
    "01": "report chapter",
    "02": "advice",
    "03": "slides",
    "04": "web page",
    "05": "column",
    "06": "interview",
    "07": "council letter",
    "08": "minutes",
    "09": "party programme",
    "10": "research summary",
}


@dataclass(frozen=True)
class Gold:
    """The texts to extract from, and files of what stands in them."""

    texts: tuple[Path, ...]
    statements: Path
    links: Path
    apart: tuple[tuple[str, str], ...]
    """Pairs of statement ids that look alike and are not the same."""


def gold(to: Path) -> Gold:
    """Writes the texts and the gold into a folder; raises CalledProcessError when a mark is wrong.

    A text with Markdown headings becomes a ``.md``. The links hold the SAME_AS pairs of ``same_as.jsonl`` too.
    """
    command = [sys.executable, str(SHARED / "eval" / "mark.py"), str(ASIDE), "--out", str(to)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    texts = []
    for text in sorted((to / "texts").glob("*.txt")):
        markdown = any(line.startswith("# ") for line in text.read_text(encoding="utf-8").splitlines())
        texts.append(text.rename(text.with_suffix(".md")) if markdown else text)
    pairs = lines(ASIDE / "same_as.jsonl")
    with (to / "links.jsonl").open("a", encoding="utf-8") as rows:
        write(rows, (pair for pair in pairs if pair["rel"] == "SAME_AS"))
    apart = tuple((pair["from"], pair["to"]) for pair in pairs if pair["rel"] == "DIFFERENT")
    return Gold(tuple(texts), to / "statements.jsonl", to / "links.jsonl", apart)


def write(file: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Adds objects to an open file of lines."""
    file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def results(found: Path, wanted: Gold) -> dict[str, dict[str, Any]]:
    """What ``score.py`` says of ``statements.jsonl`` and ``links.jsonl`` in a folder: by genre, and of all ten."""
    everything = lines(wanted.statements)
    judged = {}
    for text in wanted.texts:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as one:
            write(one, (row for row in everything if Path(row["doc"]).stem == text.stem))
            one.flush()
            judged[GENRES[text.stem[:2]]] = scored(found, one.name, str(wanted.links), [text.name])
    names = [text.name for text in wanted.texts]
    judged["all ten"] = scored(found, str(wanted.statements), str(wanted.links), names)
    return judged


def calibration_error(found: Path, wanted: Gold) -> float:
    """How far the mean confidence of a tenth is from the share that is right, weighed by the statements in it."""
    bands = reliability(found, [str(wanted.statements)], judge())
    count = sum(n for _, n, _, _ in bands)
    return sum(n * abs(mean - share) for _, n, mean, share in bands) / count if count else 0.0


def merged(found: Path, wanted: Gold) -> tuple[int, int]:
    """Of the pairs that look alike and are not the same: how many share a concept, and how many were found whole."""
    score = judge()
    mine = score.by_document(lines(found / "statements.jsonl"), "document")
    concepts = {}
    for document, rows in score.by_document(lines(wanted.statements), "doc").items():
        for kind in score.TYPES:
            own = [row for row in mine.get(document, []) if row["type"] == kind]
            for a, b in score.pairs(own, [row for row in rows if row["type"] == kind]):
                concepts[b["id"]] = a["concept"]
    whole = [(a, b) for a, b in wanted.apart if a in concepts and b in concepts]
    return sum(concepts[a] == concepts[b] for a, b in whole), len(whole)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, help="keep the files in this folder")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"nothing to judge with: {SHARED} is not there")
        return 0
    to = options.to or Path(tempfile.mkdtemp(prefix="kluwen-aside-"))
    found = to / "found"
    found.mkdir(parents=True, exist_ok=True)
    wanted = gold(to)
    extracted(wanted.texts, found)
    judged = results(found, wanted)
    for name, result in judged.items():
        show(name, result)
    same = judged["all ten"]["SAME_AS"]
    print(f"\nSAME_AS precision {same['precision']} recall {same['recall']} F1 {same['f1']} of {same['gold']} pairs")
    wrongly, whole = merged(found, wanted)
    print(f"alike but not the same: {wrongly} of {whole} merged")
    print(f"confidence: mean absolute calibration error {calibration_error(found, wanted):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
