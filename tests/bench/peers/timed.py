"""What every peer's program does alike: reads statements and questions, answers each question in turn, writes what it found.

``python with_PEER.py FOLDER quote|text`` reads ``statements.json`` (``id, quote, text``) and ``questions.json`` (``id, text``)
from the folder and writes ``PEER-quote.json`` there: ``found`` (ten statement ids by question id), ``p50`` (seconds for a
question, its encoding included) and ``memory`` (MiB the process took at most).
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

TOP = 10
WARM = 10
"""Questions asked before the clock runs."""
Ask = Callable[[str], Sequence[int]]
"""A question in; positions of the statements that answer it out, best first."""


def run(name: str, build: Callable[[list[str]], Ask]) -> None:
    """Answers all questions with what ``build`` makes of the statements' wordings."""
    folder, wording = Path(sys.argv[1]), sys.argv[2]
    statements = json.loads((folder / "statements.json").read_text("utf-8"))
    asked = json.loads((folder / "questions.json").read_text("utf-8"))
    ask = build([row[wording] for row in statements])
    for row in asked[:WARM]:
        ask(row["text"])
    found, seconds = {}, []
    for row in asked:
        start = time.perf_counter()
        best = ask(row["text"])
        seconds.append(time.perf_counter() - start)
        found[row["id"]] = [statements[at]["id"] for at in best[:TOP]]
    result = {"found": found, "p50": statistics.median(seconds), "memory": most_memory()}
    (folder / f"{name}-{wording}.json").write_text(json.dumps(result), encoding="utf-8")


def most_memory() -> float:
    """MiB of memory this process took at most: from Linux where that is, since ``ru_maxrss`` counts the parent's too."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line[:6] == "VmHWM:") / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
