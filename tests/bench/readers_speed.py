"""Time and memory of reading a PDF, beside pypdf's own ``extract_text`` over the same file.

    python tests/bench/readers_speed.py FILE.pdf...

Each is measured in a process of its own; prints seconds, their ratio, and the largest resident memory in MB.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path


def own(path: str) -> int:
    """Blocks that our reader makes."""
    from ingest.readers import read

    return len(read(Path(path)).blocks)


def theirs(path: str) -> int:
    """Characters that pypdf gives."""
    from pypdf import PdfReader

    return sum(len(page.extract_text()) for page in PdfReader(path).pages)


def measure(which: str, path: str) -> tuple[float, float]:
    """Seconds and MB of one of the two, best of two runs."""
    found = []
    for _ in range(2):
        out = subprocess.run([sys.executable, __file__, f"--{which}", path], capture_output=True, text=True, check=True)
        seconds, memory = map(float, out.stdout.split()[-2:])
        found.append((seconds, memory))
    return min(found)


def main() -> None:
    """Compare for each file named."""
    if sys.argv[1].startswith("--"):
        run = own if sys.argv[1] == "--own" else theirs
        start = time.perf_counter()
        run(sys.argv[2])
        print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    for path in sys.argv[1:]:
        (mine, memory), (their, their_memory) = measure("own", path), measure("theirs", path)
        print(
            f"{Path(path).name}: {mine:.2f} s, pypdf {their:.2f} s, ratio {mine / their:.2f}; "
            f"{memory:.0f} MB, pypdf {their_memory:.0f} MB"
        )


if __name__ == "__main__":
    main()
