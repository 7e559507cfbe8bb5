"""How well links are found, with the statements that Kluwen finds and with those of the gold: ``python tests/bench/score_links.py``.

With the gold's statements given, what is missed is the linker's own. The documents stand in ``shared`` beside the
checkout; the training texts in ``corpus/training`` (Kluwen's own statements there come from a decision that has seen
them, so that row flatters).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(Path(__file__).parent))

from score_extraction import OTHER, SHARED, judge, lines  # noqa: E402

from graph.model import Kind, Relation  # noqa: E402
from ingest.document import ReadDocument  # noqa: E402
from ingest.extract.columns import placed  # noqa: E402
from ingest.extract.found import Span  # noqa: E402
from ingest.extract.legend import settled  # noqa: E402
from ingest.extract.units import spans  # noqa: E402
from ingest.link import SpanLink, links, reasoned  # noqa: E402
from ingest.link.taught import taught  # noqa: E402
from ingest.readers import read  # noqa: E402

Pair = tuple[str, Any, Any]
RELATIONS = ("CAUSED_BY", "ADDRESSES")
Counts = Counter


def claim(source: Any, relation: Relation, target: Any) -> Pair:
    """A link as the score counts it: what leads to another is what the other is caused by."""
    if relation is Relation.LEADS_TO:
        return "CAUSED_BY", target, source
    return relation.value, source, target


def found_in(document: ReadDocument, rows: Sequence[dict[str, Any]]) -> tuple[list[Span], list[str]]:
    """The gold's statements in a document as its reader reads it, with their ids; one over two blocks keeps the longer part."""
    spots = [(i, k) for i, block in enumerate(document.blocks) for k, c in enumerate(block.text) if c.isalnum()]
    letters = "".join(document.blocks[i].text[k] for i, k in spots).lower()
    at, found, ids = 0, [], []
    for row in rows:
        quote = "".join(c for c in row["quote"] if c.isalnum()).lower()
        place = letters.find(quote, at)
        place = place if place >= 0 else letters.find(quote)
        if place < 0:
            continue
        at = place
        own = spots[place : place + len(quote)]
        block = Counter(i for i, _ in own).most_common(1)[0][0]
        inside = [k for i, k in own if i == block]
        found.append(Span(block, inside[0], inside[-1] + 1, Kind(row["type"]), 1.0, "gold"))
        ids.append(row["id"])
    order = sorted(range(len(found)), key=lambda i: (found[i].block, found[i].start, -found[i].end))
    return [found[i] for i in order], [ids[i] for i in order]


def own(document: ReadDocument) -> list[Span]:
    return reasoned(document, settled(document, spans(document)))


def matched(document: ReadDocument, mine: Sequence[Span], rows: Sequence[dict[str, Any]], score: Any) -> list[Any]:
    """For each span the id of the gold statement that it matches, else its own number."""
    ids: list[Any] = list(range(len(mine)))
    said = [
        {"n": i, "type": s.kind.value, "_w": score.words(document.blocks[s.block].text[s.start : s.end])}
        for i, s in enumerate(mine)
    ]
    gold = [dict(row, _w=score.words(row["quote"])) for row in rows]
    for kind in score.TYPES:
        for a, b in score.pairs([r for r in said if r["type"] == kind], [r for r in gold if r["type"] == kind]):
            ids[a["n"]] = b["id"]
    return ids


def count(counts: Counts, wanted: Iterable[Pair], made: Iterable[Pair]) -> None:
    want, have = set(wanted), set(made)
    for relation in RELATIONS:
        w, h = ({pair for pair in pairs if pair[0] == relation} for pairs in (want, have))
        counts["right", relation] += len(w & h)
        counts["gold", relation] += len(w)
        counts["found", relation] += len(h)


def told(title: str, counts: Counts) -> None:
    parts = []
    for name, relations in (*((r, (r,)) for r in RELATIONS), ("stated_links", RELATIONS)):
        right, gold, found = (sum(counts[key, r] for r in relations) for key in ("right", "gold", "found"))
        f1 = 2 * right / (gold + found) if gold + found else 0.0
        parts.append(f"{name} {f1:.3f} ({right}/{found} of {gold})")
    print(f"{title:36} " + "  ".join(parts))


def shown(
    title: str,
    document: ReadDocument,
    mine: Sequence[Span],
    made: Sequence[SpanLink],
    want: set[Pair],
    ids: Sequence[Any],
) -> None:
    def quote(i: int) -> str:
        return document.blocks[mine[i].block].text[mine[i].start : mine[i].end]

    have = {claim(ids[link.source], link.relation, ids[link.target]) for link in made}
    for link in made:
        good = claim(ids[link.source], link.relation, ids[link.target]) in want
        print(
            f"{'+' if good else '-'} {title} {link.rule} [{link.cue}] {link.confidence}\n    {quote(link.source)}\n    {link.relation} {quote(link.target)}"
        )
    place = {name: i for i, name in enumerate(ids)}
    for relation, a, b in sorted(want - have, key=str):
        print(
            f"? {title} {relation}\n    {quote(place[a]) if a in place else a}\n    {quote(place[b]) if b in place else b}"
        )


def documents(paths: Sequence[Path], prefix: str, score: Any, show: bool) -> dict[str, Counts]:
    gold = score.by_document(lines(SHARED / "eval" / "gold" / f"{prefix}statements.jsonl"), "doc")
    stated = [row for row in lines(SHARED / "eval" / "gold" / f"{prefix}links.jsonl") if row["rel"] != "SAME_AS"]
    out = {"own": Counts(), "gold": Counts()}
    for path in paths:
        rows = gold.get(score.stem(path.name), [])
        if not rows and prefix == "":
            continue
        known = {row["id"] for row in rows}
        want = {
            claim(r["from"], Relation(r["rel"]), r["to"]) for r in stated if r["from"] in known and r["to"] in known
        }
        document = placed(read(path))
        mine = own(document)
        ids = matched(document, mine, rows, score)
        count(out["own"], want, (claim(ids[k.source], k.relation, ids[k.target]) for k in links(document, mine)))
        given, ids = found_in(document, rows)
        made = links(document, given)
        count(out["gold"], want, (claim(ids[k.source], k.relation, ids[k.target]) for k in made))
        if show:
            shown(path.stem[:12], document, given, made, want, ids)
    return out


def training(score: Any, show: bool) -> dict[str, Counts]:
    out = {"own": Counts(), "gold": Counts()}
    for path in sorted((ROOT / "corpus" / "training").glob("*.mark")):
        text = taught(path)
        want = {claim(f"m{a}", relation, f"m{b}") for a, relation, b in text.links}
        made = links(text.document, text.spans)
        ids = [f"m{i}" for i in range(len(text.spans))]
        count(out["gold"], want, (claim(ids[k.source], k.relation, ids[k.target]) for k in made))
        if show:
            shown(text.name[:12], text.document, text.spans, made, want, ids)
        rows = [
            {"id": f"m{i}", "type": s.kind.value, "quote": text.document.blocks[s.block].text[s.start : s.end]}
            for i, s in enumerate(text.spans)
        ]
        document = placed(text.document)
        mine = own(document)
        ids = matched(document, mine, rows, score)
        count(out["own"], want, (claim(ids[k.source], k.relation, ids[k.target]) for k in links(document, mine)))
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", choices=("pdf", "txt", OTHER, "training"), help="print the links of this set too")
    options = parser.parse_args()
    score = judge()
    corpus = SHARED / "corpus"
    sets = (
        ("pdf", [p for p in sorted(corpus.iterdir()) if p.suffix in (".pdf", ".html")], ""),
        ("txt", sorted(corpus.glob("*.txt")), ""),
        (OTHER, sorted((corpus / OTHER).glob("*.txt")), "other-"),
    )
    every = {"own": Counts(), "gold": Counts()}
    for name, paths, prefix in sets:
        result = documents(paths, prefix, score, options.show == name)
        for which, counts in result.items():
            told(f"{name}, {which} statements", counts)
            if name != "txt":
                every[which] += counts
    for which, counts in every.items():
        told(f"all gold (pdf + other), {which}", counts)
    for which, counts in training(score, options.show == "training").items():
        told(f"training, {which} statements", counts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
