"""Whether judging and undoing in any order converges: ``python tests/bench/bench_judgements.py [sequences] [neo4j]``.

Runs the random sequences of the contract suite, a thousand instead of a hundred, on a file or on a Neo4j server.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "contract"), str(HERE.parent / "neo4j")]

import made  # noqa: E402
import server as tools  # noqa: E402
import test_judgements as suite  # noqa: E402
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

import graph  # noqa: E402


def main(sequences: int = 1000, store: str = "sqlite") -> None:
    """Prints how many sequences converged and in how many seconds; the first that does not is raised, made small."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory()))
        server: Any = None
        numbers, done = itertools.count(), ExitStack()
        if store == "neo4j":
            server = tools.Server()
            opened.callback(server.remove)
            os.environ |= {"NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": tools.PASSWORD}

        def empty() -> list[Any]:
            if server is None:
                path = str(folder / f"{next(numbers)}.db")
            else:
                path = server.uri
                tools.wipe(path)
            opened_now = [graph.open(path, create=True), graph.open(path, public=True)]
            for store in opened_now:
                done.callback(store.close)
            return opened_now

        @settings(max_examples=sequences, deadline=None, database=None, derandomize=False)
        @given(steps=st.lists(suite.step, min_size=1, max_size=12))
        def run(steps: list[Any]) -> None:
            with done:
                suite.converges(made.make, made.MODEL, steps, empty)

        start = time.perf_counter()
        run()
        print(f"{sequences} sequences on {store}: all converge, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(*(int(a) if a.isdigit() else a for a in sys.argv[1:]))  # type: ignore[arg-type]
