"""How well the same claim is recognised, and what it costs: ``python tests/bench/score_resolution.py``.

SAME_AS on the statements that people marked (given, so that extraction's mistakes don't count), over transitive pairs, and
without clusters; the annotated documents stand in ``shared`` beside the checkout. Then how many pairs are compared among
made-up wordings, and how long one new document takes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

from shaped import documents  # noqa: E402

from graph.model import Kind  # noqa: E402
from graph.resolve.alike import PROPOSED, alike  # noqa: E402
from graph.resolve.blocks import blocks  # noqa: E402
from graph.resolve.clusters import MERGED, clusters  # noqa: E402
from graph.resolve.comparing import Worded, nearest  # noqa: E402
from graph.resolve.wording import wording  # noqa: E402

GOLD = ROOT.parent / "shared" / "eval" / "gold"
NEW = 100
Said = tuple[Kind, str]


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines() if line.strip()]


def gold() -> tuple[dict[str, Said], set[tuple[str, str]]]:
    """What each statement of the gold says, and the pairs that say the same, also by way of others."""
    said: dict[str, Said] = {}
    for row in (*lines("statements.jsonl"), *lines("other-statements.jsonl")):
        lead_in = f"{row['lead_in']} " if row.get("lead_in") else ""
        said[row["id"]] = (Kind(row["type"]), lead_in + row["quote"])
    rows = (*lines("links.jsonl"), *lines("other-links.jsonl"))
    return said, chained((row["from"], row["to"]) for row in rows if row["rel"] == "SAME_AS")


def chained(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """All pairs of what the pairs tie together, directly or by way of others."""
    group: dict[str, set[str]] = {}
    for a, b in pairs:
        both = group.get(a, {a}) | group.get(b, {b})
        for one in both:
            group[one] = both
    return within(group.values())


def within(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def compared(said: dict[str, Said]) -> set[tuple[str, str]]:
    """The pairs that are compared when one statement comes after the other."""
    members: dict[str, list[Worded]] = defaultdict(list)
    pairs = set()
    for name, (kind, text) in said.items():
        own = blocks(kind, text)
        pairs |= {(min(name, w.key), max(name, w.key)) for w in nearest(name, [members[block] for block in own])}
        for block in own:
            members[block].append(Worded(name, kind, text))
    return pairs


def row(name: str, found: set[tuple[str, str]], wanted: set[tuple[str, str]]) -> str:
    right = len(found & wanted)
    precision, recall = right / max(1, len(found)), right / max(1, len(wanted))
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{name:<28} P {precision:.2f}  R {recall:.2f}  F1 {f1:.2f}  ({len(found)} found)"


def truth() -> None:
    said, wanted = gold()
    pairs = compared(said)
    print(f"{len(said)} statements, {len(wanted)} pairs that say the same; compared {len(pairs)} pairs")
    print(f"of the pairs that say the same {len(pairs & wanted) / len(wanted):.2f} share a block")
    scores = {(a, b): alike(wording(*said[a]), wording(*said[b])) for a, b in sorted(pairs)}
    for bar in sorted({PROPOSED, 0.3, 0.4, MERGED, 0.6, 0.7, 0.8, 0.9}):
        print(row(f"pairs from {bar:.2f}", {p for p, s in scores.items() if s >= bar}, wanted))
        print(row(f"clusters from {bar:.2f}", within(clusters(list(said), [], scores, least=bar)), wanted))


def made(count: int) -> list[Said]:
    """Made-up wordings, each once."""
    found: dict[Said, None] = {}
    for contents in documents(count * 2):
        for statement in contents.statements:
            found.setdefault((statement.kind, statement.text))
            if len(found) == count:
                return list(found)
    return list(found)


def worded(one: Said) -> Worded:
    return Worded(f"{one[0].value}/{one[1]}", *one)


def _nearest(one: Said, own: Sequence[str], index: dict[str, list[Worded]]) -> list[Worded]:
    return nearest(worded(one).key, [index.get(block, []) for block in own])


def cost(sizes: Sequence[int]) -> None:
    everything = made(max(sizes) + NEW)
    random.Random(1).shuffle(everything)
    fresh, rest = everything[:NEW], everything[NEW:]
    for size in sizes:
        index: dict[str, list[Worded]] = defaultdict(list)
        pairs = 0
        for one in rest[:size]:
            own = blocks(*one)
            pairs += len(_nearest(one, own, index))
            for block in own:
                index[block].append(worded(one))
        wording.cache_clear()
        start = perf_counter()
        scored = 0
        for one in fresh:
            others = _nearest(one, blocks(*one), index)
            mine = wording(*one)
            for other in others:
                alike(mine, wording(other.kind, other.text))
            scored += len(others)
        took = perf_counter() - start
        largest = max(map(len, index.values()), default=0)
        print(
            f"{size:>8} wordings: {pairs:>10} pairs compared ({pairs / size:.1f} each), largest block {largest}; "
            f"a document of {NEW}: {scored} pairs, {took:.2f} s"
        )


def speed() -> None:
    said = [wording(*one) for one in made(300)]
    start = perf_counter()
    for a in said:
        for b in said:
            alike(a, b)
    print(f"{len(said) ** 2 / (perf_counter() - start):,.0f} pairs a second, wordings known (kinds mixed)")


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    sizes = options.parse_args().sizes
    if GOLD.is_dir():
        truth()
    else:
        print(f"no gold at {GOLD}")
    if sizes:
        speed()
        cost(sizes)


if __name__ == "__main__":
    main()
