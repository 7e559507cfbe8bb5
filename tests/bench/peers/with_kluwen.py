"""Kluwen itself, on a SQLite file or (with NEO4J_URI) on Neo4j; it takes quotes and lead-ins as they are, whatever wording is named."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from timed import TOP, Ask, run

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from own_questions import FIELDS, by_document, said

import graph
from graph.meaning import open_encoder
from graph.search import search

ON_NEO4J = os.environ.get("NEO4J_URI")


def build(texts: list[str]) -> Ask:
    encoder = open_encoder()
    statements = said(*FIELDS)
    place = {one.id: at for at, one in enumerate(statements)}
    of: dict[str, int] = {}
    store = graph.open(ON_NEO4J or str(Path(sys.argv[1]) / "kluwen.db"), create=True)
    for contents, gold in by_document(statements, encoder):
        store.put(contents)
        of |= {id: place[one] for id, one in gold.items()}
    assert len(of) == len(texts)

    def ask(question: str) -> Sequence[int]:
        hits = search(store, encoder, question, limit=TOP).hits
        return [of[s.id] for hit in hits for s in hit.statements]

    return ask


run("kluwen-neo4j" if ON_NEO4J else "kluwen", build)
