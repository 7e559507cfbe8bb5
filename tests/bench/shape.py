"""The shape of a graph of real documents, in numbers: ``python tests/bench/shape.py FOLDER [HAND]`` prints it as JSON.

FOLDER is ingested by Kluwen itself into a graph that is thrown away (or is the file of a graph that is there). Of a
source that came in several files the first counts. Lists of 21 are quantiles, from the least to the most by steps of 5
per cent; shares count from 0 or from the most frequent. HAND is a folder with hand-made ``*statements.jsonl`` and
``*links.jsonl``: what people find that sources link and say again.

``shape.json`` beside this file is what came out for five documents on palliative care at home and ten of other fields
(``python tests/bench/shape.py ../shared/corpus ../shared/eval/gold``). It holds no word of theirs.
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import graph
from corpus.dutch import is_stop_word, words
from corpus.mentions import mentions
from graph.model import Kind
from graph.store.base import Store

Shape = Mapping[str, Any]
MEASURED = Path(__file__).with_name("shape.json")
CATALOGUE = Path(graph.__file__).parents[1] / "corpus" / "sources.toml"


def shape(store: Store) -> dict[str, Any]:
    """What stands in a graph, in numbers."""
    import numpy as np

    all_documents = store.document_order()
    twins: set[str] = set()
    for id in all_documents:
        if id not in twins:
            twins |= {d.id for d in store.same_source(id)}
    documents = [id for id in all_documents if id not in twins]
    contents = [store.contents(id) for id in documents]
    statements = [s for c in contents for s in c.statements]
    passages = [p for c in contents for p in c.passages]
    links = [x for c in contents for x in c.links]
    place = {s.id: i for c in contents for i, s in enumerate(c.statements)}
    plain = [word for p in passages for word in words(p.text)]
    content = Counter(word for word in plain if not is_stop_word(word))
    frequent = np.array(sorted(content.values(), reverse=True)[5:300], float)
    ranks = np.arange(6, 6 + len(frequent))
    themes = Counter(s.theme for s in statements if s.theme)
    actors = Counter(actor for s in statements for actor in s.actors)
    concepts = Counter(s.concept_id for s in store.statements() if s.document_id not in twins)
    return {
        "documents": len(documents),
        "files_per_source": round(len(all_documents) / len(documents), 3),
        "statements": quantiles(len(c.statements) for c in contents),
        "passages_per_statement": quantiles(len(c.passages) / len(c.statements) for c in contents if c.statements),
        "statements_of_passage": shares(Counter(s.passage_id for s in statements).values(), 1),
        "passage_words": quantiles(len(p.text.split()) for p in passages),
        "passage_letters": quantiles(len(p.text) for p in passages),
        "quote_words": quantiles(len(s.quote.split()) for s in statements),
        "quote_letters": quantiles(len(s.quote) for s in statements),
        "lead_in": share(s.lead_in is not None for s in statements),
        "lead_words": quantiles(len(s.lead_in.split()) for s in statements if s.lead_in),
        "kinds": {kind.value: share(s.kind == kind for s in statements) for kind in Kind},
        "levels": ranked(Counter(s.level for s in statements if s.level)),
        "with_level": share(s.level is not None for s in statements if s.kind != Kind.SOLUTION),
        "themes": ranked(themes),
        "with_theme": share(s.theme is not None for s in statements),
        "actors": shares((len(s.actors) for s in statements), 0),
        "actor_ranks": ranked(actors),
        "experienced_by": shares((len(s.experienced_by) for s in statements if s.kind == Kind.BOTTLENECK), 0),
        "confidence": quantiles(s.confidence for s in statements),
        "function_words": share(is_stop_word(word) for word in plain),
        "zipf": round(-float(np.polyfit(np.log(ranks), np.log(frequent), 1)[0]), 2),
        "different_words": len(content),
        "words": len(plain),
        "mentions": quantiles(len(mentions(s.quote)) for s in statements),
        "links_per_statement": round(len(links) / len(statements), 3),
        "link_distance": quantiles(abs(place[x.source] - place[x.target]) for x in links),
        "said_again": share(concepts[s.concept_id] > 1 for s in store.statements() if s.document_id not in twins),
        "concept_statements": shares(concepts.values(), 1),
        "concept_degree": quantiles(degrees(store, concepts)),
    }


def degrees(store: Store, concepts: Iterable[str]) -> list[int]:
    """With how many other concepts each is linked."""
    found = dict.fromkeys(concepts, 0)
    for edge in store.claims():
        for end in (edge.source, edge.target):
            if end in found:
                found[end] += 1
    return list(found.values())


def by_hand(folder: Path) -> dict[str, Any]:
    """What hand-made statements and links say of what sources link, and of how often the same is said."""
    statements: dict[str, str] = {}
    links: list[tuple[str, str, str]] = []
    with_same: set[str] = set()
    for path in sorted(folder.glob("*links.jsonl")):
        prefix = path.name.removesuffix("links.jsonl")
        rows = read_lines(path.with_name(f"{prefix}statements.jsonl"))
        statements |= {prefix + row["id"]: row["doc"] for row in rows}
        found = [(prefix + x["from"], x["rel"], prefix + x["to"]) for x in read_lines(path)]
        links += found
        if any(relation == "SAME_AS" for _, relation, _ in found):
            with_same |= {prefix + row["id"] for row in rows}
    same = [(a, b) for a, relation, b in links if relation == "SAME_AS"]
    claims = [x for x in links if x[1] != "SAME_AS"]
    groups = components(same)
    return {
        "statements": len(statements),
        "links_per_statement": round(len(claims) / len(statements), 3),
        "links_from": shares(Counter(a for a, _, _ in claims).values(), 1),
        "links_to": shares(Counter(b for _, _, b in claims).values(), 1),
        "relations": {name: share(r == name for _, r, _ in claims) for name in sorted({r for _, r, _ in claims})},
        "said_again": round(sum(map(len, groups)) / len(with_same), 3) if with_same else 0.0,
        "said_again_times": shares(map(len, groups), 2),
        "said_again_elsewhere": share(statements[a] != statements[b] for a, b in same),
    }


def components(pairs: Iterable[tuple[str, str]]) -> list[set[str]]:
    """The groups that pairs make."""
    groups: dict[str, set[str]] = {}
    for a, b in pairs:
        whole = groups.get(a, {a}) | groups.get(b, {b})
        groups |= dict.fromkeys(whole, whole)
    return list({id(group): group for group in groups.values()}.values())


def quantiles(values: Iterable[float]) -> list[float]:
    """The 21 quantiles of the values, from the least to the most by steps of 5 per cent; empty for none."""
    import numpy as np

    there = list(values)
    return [round(float(q), 3) for q in np.quantile(there, np.linspace(0, 1, 21))] if there else []


def shares(values: Iterable[int], first: int) -> list[float]:
    """Which share of the values is ``first``, ``first + 1``, … up to the highest."""
    counted = Counter(values)
    return [round(counted[i] / counted.total(), 4) for i in range(first, max(counted, default=first - 1) + 1)]


def ranked(counted: Counter[Any]) -> list[float]:
    """Which share each value has, without its name, most frequent first."""
    return [round(n / counted.total(), 4) for _, n in counted.most_common()]


def share(values: Iterable[bool]) -> float:
    """Which share of the values is true; 0 for none."""
    there = list(values)
    return round(sum(there) / len(there), 4) if there else 0.0


def read_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def internal() -> float:
    """The share of internal documents among those that the catalogue knows."""
    sources = tomllib.loads(CATALOGUE.read_text("utf-8"))["source"]
    return share(source.get("access", "internal") == "internal" for source in sources)


def ingested(folder: Path, file: Path) -> Path:
    """A graph of all that stands in a folder."""
    from graph.meaning import open_encoder
    from search_app.intake import add, plan

    with graph.open(str(file), create=True) as store:
        for item in plan([folder]).items:
            add(store, open_encoder(), item.path, root=item.root)
    return file


def main(source: Path, *hand: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = ingested(source, Path(folder, "shape.db")) if source.is_dir() else source
        with graph.open(str(file)) as store:
            measured = shape(store)
    measured["internal"] = internal()
    if hand:
        measured["by_hand"] = by_hand(hand[0])
    lines = (f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in measured.items())
    print("{\n" + ",\n".join(lines) + "\n}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
