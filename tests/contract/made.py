"""Small documents to put in a store; tests, and the processes that they start, import this by its bare name."""

from typing import Any

import numpy as np

from graph.model import (
    Access,
    Contents,
    Document,
    Effort,
    Found,
    Kind,
    Level,
    Link,
    ModelInfo,
    Passage,
    Relation,
    Statement,
    Term,
    Theme,
    Vectors,
    document_id,
    passage_id,
    statement_ids,
)

MODEL = ModelInfo("test", "1", 4)

TYPES = {"level": Level, "theme": Theme, "effort": Effort, "term": Term, "origin": Found}

Line = str | tuple[str, dict[str, Any]]


def make(
    name: str,
    *lines: Line,
    access: str = "public",
    links: tuple[tuple[int, str, int], ...] = (),
    vectors: ModelInfo | None = None,
    **about: Any,
) -> Contents:
    """A document of which each line (``kind: words``, with further attributes of the statement) is a passage and a
    statement; a line of another kind (``text: words``) is a passage alone. ``links`` count the lines."""
    id = document_id(name)
    passages, found = [], []
    for order, line in enumerate(lines):
        said, more = line if isinstance(line, tuple) else (line, {})
        more = {key: TYPES.get(key, lambda value: value)(value) for key, value in more.items()}
        kind, words = said.split(": ", 1)
        passages.append(
            Passage(passage_id(id, order), id, order, words, lead_in=more.get("lead_in"), page=more.get("page"))
        )
        if kind in list(Kind):
            found.append((order, Kind(kind), words, more))
    ids = statement_ids(id, [words for _, _, words, _ in found])
    statements = {
        order: Statement(sid, id, passages[order].id, 0, len(words), kind, words, **more)
        for sid, (order, kind, words, more) in zip(ids, found, strict=True)
    }
    ties = tuple(Link(statements[a].id, Relation(r), statements[b].id) for a, r, b in links)
    made = None
    if vectors:
        rows = np.array([direction(words, vectors.dimension) for _, _, words, _ in found], dtype=np.float32)
        rows = rows.reshape(len(found), vectors.dimension)
        made = Vectors(vectors, tuple(ids), rows, rows[:, ::-1].copy())
    about.setdefault("title", name.rsplit(".")[0])
    about.setdefault("sha256", repr((lines, links)))
    document = Document(id, name, access=Access(access), **about)
    return Contents(document, tuple(passages), tuple(statements.values()), ties, made)


def direction(words: str, dimension: int) -> list[float]:
    """A vector of unit length that only these words have."""
    seed = int.from_bytes(words.encode()[:8].ljust(8), "big")
    row = np.random.default_rng(seed).normal(size=dimension)
    return list(row / np.linalg.norm(row))
