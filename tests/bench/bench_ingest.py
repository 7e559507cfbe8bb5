"""Whether ingest stays linear: 100 documents of a sample's size in one graph; prints what the last ten took of the first ten.

Bar: at most 1.5×.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import graph
from graph.meaning import open_encoder
from search_app.intake import add

sys.path.insert(0, str(Path(__file__).parent))
from made_up import document

DOCUMENTS = 100
SECTIONS = 24


def main() -> None:
    encoder = open_encoder()
    took: list[float] = []
    statements = 0
    with tempfile.TemporaryDirectory() as name, graph.open(str(Path(name) / "kluwen.db"), create=True) as store:
        for number in range(-1, DOCUMENTS):
            path = Path(name) / f"rapport-{number}.txt"
            path.write_text(document(number + 1, SECTIONS), encoding="utf-8")
            start = time.perf_counter()
            added = add(store, encoder, path)
            if number >= 0:  # the one before them loads the vocabulary and the models
                took.append(time.perf_counter() - start)
                statements += len(added.statements)
        size = (Path(name) / "kluwen.db").stat().st_size
    first, last = sum(took[:10]), sum(took[-10:])
    print(f"{DOCUMENTS} documents, {statements} statements, {size / 1e6:.1f} MB: {sum(took):.2f} s")
    print(f"first ten {first:.3f} s, last ten {last:.3f} s: {last / first:.2f}×")


if __name__ == "__main__":
    main()
