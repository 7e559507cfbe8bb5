"""How long a whole ``kluwen`` process takes beside ``python -c "import numpy"``, in turns: prints seconds and ratios.

Bars: ``kluwen --help`` ≤ 2×, ``kluwen search …`` in 10⁴ statements ≤ 4×.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import graph
from graph.meaning import open_encoder
from graph.model import Contents, Document, Kind, Passage, Statement, document_id, passage_id, statement_ids
from search_app.intake import vectors

sys.path.insert(0, str(Path(__file__).parent))
from made_up import PROBLEMS, sentence

TURNS = 15
DOCUMENTS = 100
EACH = 100
KLUWEN = [sys.executable, "-m", "search_app.cli"]


def fill(path: Path) -> None:
    """A graph of DOCUMENTS × EACH statements, with vectors of the bundled model."""
    encoder = open_encoder()
    chance = random.Random(1)
    with graph.open(str(path), create=True) as store:
        for number in range(DOCUMENTS):
            id = document_id(f"{number}.txt")
            quotes = [f"{sentence(chance, PROBLEMS)} ({number}.{i})" for i in range(EACH)]
            passages = tuple(Passage(passage_id(id, i), id, i, quote) for i, quote in enumerate(quotes))
            statements = tuple(
                Statement(own, id, passage.id, 0, len(passage.text), Kind.BOTTLENECK, passage.text)
                for own, passage in zip(statement_ids(id, quotes), passages, strict=True)
            )
            document = Document(id, f"{number}.txt", f"Rapport {number}", sha256=str(number))
            store.put(Contents(document, passages, statements, (), vectors(encoder, statements)))


def seconds(command: list[str], folder: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "kluwen.db")
        commands = {
            "python -c 'import numpy'": [sys.executable, "-c", "import numpy"],
            "kluwen --help": [*KLUWEN, "--help"],
            "kluwen search (10⁴)": [*KLUWEN, "search", "naasten raken uitgeput in de nacht"],
            "kluwen search --json (10⁴)": [*KLUWEN, "search", "te weinig nachtzorg thuis", "--json"],
        }
        took: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(TURNS + 1):
            for name, command in commands.items():
                spent = seconds(command, folder)
                if turn:  # the first turn fills the disk's cache
                    took[name].append(spent)
    base = statistics.median(took["python -c 'import numpy'"])
    for name, times in took.items():
        median = statistics.median(times)
        print(f"{name:<28} median {median:.3f} s  least {min(times):.3f} s  {median / base:.2f}×")


if __name__ == "__main__":
    main()
