"""The vectors of a Neo4j graph: one block of bytes for each document, read fast into one matrix, and beside it the vector
of each statement's quote as a list on its node, for Neo4j's own vector index.

A zero vector is no vector: the index refuses it, so that the node has none; in the block it is a row of zeros.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn

from corpus.errors import KluwenError
from graph.model import Contents, ModelInfo, Statement, Vectors
from graph.store.neo4j_rows import Row, batches, by_size
from graph.store.neo4j_server import Ask, revision
from graph.store.vector_cache import Block, blob, matrix

if TYPE_CHECKING:
    from graph.store.vector_cache import Matrix

_BATCH = 500
_BLOCKS = 8_000_000
"""Bytes of blocks that are sent together."""


def model(ask: Ask) -> ModelInfo | None:
    """The model that made the graph's vectors; None while it has none."""
    found = ask("MATCH (g:KluwenGraph) RETURN g.model_name, g.model_revision, g.model_dimension")
    return ModelInfo(*found[0]) if found and found[0][0] is not None else None


class Source:
    """A :class:`graph.store.vector_cache.Source` inside a reading transaction."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def revision(self) -> int:
        return revision(self._ask)

    def model(self) -> ModelInfo | None:
        return model(self._ask)

    def stamps(self) -> dict[int, int]:
        query = (
            "MATCH (v:KluwenVectors) MATCH (d:Document {n: v.id}) WHERE d.access IN $seen"
            " RETURN v.id AS id, v.stamp ORDER BY id"
        )
        return {row[0]: row[1] for row in self._ask(query)}

    def blocks(self, documents: Sequence[int]) -> Iterator[Block]:
        query = (
            "UNWIND $ids AS id MATCH (v:KluwenVectors {id: id}) MATCH (d:Document {n: id}) WHERE d.access IN $seen"
            " RETURN id, v.stamp, v.statements, v.texts, v.leads"
        )
        for some in batches(documents, _BATCH):
            for row in self._ask(query, ids=list(some)):
                yield Block(*row)


Spare = dict[str, tuple["Matrix", "Matrix"]]
"""Vectors of statements, of the quote and of the quote with its lead-in, by id."""


def of_quotes(vectors: Vectors | None) -> dict[str, list[float]]:
    """The vectors of quotes by the id of their statement, but for zeros."""
    if vectors is None:
        return {}
    return {id: row.tolist() for id, row in zip(vectors.ids, vectors.texts, strict=True) if row.any()}


def with_leads(vectors: Vectors | None) -> dict[str, bytes]:
    """The vectors of quotes with their lead-ins, as nodes keep them, by the id of their statement."""
    if vectors is None:
        return {}
    found = ((id, lead_vector(*both)) for id, *both in zip(vectors.ids, vectors.texts, vectors.leads, strict=True))
    return {id: lead for id, lead in found if lead is not None}


def add(ask: Ask, documents: Iterable[tuple[int, int, Contents]]) -> None:
    """Keep the blocks of new documents, each given with its number and its stamp."""
    blocks: list[Row] = []
    for n, stamp, contents in documents:
        made = contents.vectors
        if made is not None and made.ids:
            place = {id: i for i, id in enumerate(made.ids)}
            ids = [s.id for s in contents.statements if s.id in place]
            at = [place[id] for id in ids]
            blocks.append(_block(n, stamp, ids, made.texts[at], made.leads[at]))
    for run in by_size(blocks, lambda row: len(row["texts"]) + len(row["leads"]), _BLOCKS):
        ask("UNWIND $rows AS row CREATE (v:KluwenVectors) SET v = row", rows=run)


def would_add(ask: Ask, document: int, vectors: Vectors | None) -> bool:
    """Whether these vectors of an unchanged document bring what the graph has not; raises for another model's."""
    if vectors is None or not vectors.ids:
        return False
    agree(ask, vectors.model)
    found = ask("MATCH (v:KluwenVectors {id: $n}) RETURN v.statements", n=document)
    return not found or not set(vectors.ids) <= set(found[0][0])


def put(ask: Ask, document: int, document_id: str, statements: Sequence[Statement], new: Vectors | None) -> Spare:
    """Keep the vectors of a document's statements: the new ones, and those it had of statements that stay. Those that
    are left come back, by statement."""
    import numpy as np

    if new is not None and new.ids:
        agree(ask, new.model)
    info = new.model if new is not None and new.ids else model(ask)
    if info is None:
        return {}
    have: Spare = {}
    spare = ask("MATCH (x:KluwenExtraction {id: $id}) RETURN x.statements, x.texts, x.leads", id=document_id)
    block = ask("MATCH (v:KluwenVectors {id: $n}) RETURN v.statements, v.texts, v.leads", n=document)
    for ids, texts_, leads_ in (*spare, *block):
        texts, leads = matrix(texts_, info.dimension), matrix(leads_, info.dimension)
        have |= {id: (texts[i], leads[i]) for i, id in enumerate(ids)}
    back = [id for row in spare for id in row[0]]
    if new is not None:
        have |= {id: (new.texts[i], new.leads[i]) for i, id in enumerate(new.ids)}
    known = [s.id for s in statements if s.id in have]
    if not known:
        ask("MATCH (v:KluwenVectors {id: $n}) DELETE v", n=document)
        return have
    _write(ask, document, known, np.stack([have[id][0] for id in known]), np.stack([have[id][1] for id in known]))
    fresh = [id for id in known if id in {*back, *(new.ids if new is not None else ())}]
    if fresh:
        _on_nodes(ask, fresh, np.stack([have[id][0] for id in fresh]), np.stack([have[id][1] for id in fresh]))
    return {id: pair for id, pair in have.items() if id not in known}


def replace_all(ask: Ask, vectors: Vectors) -> None:
    """Give every statement the vectors of another model; raises KluwenError where some are missing."""
    rows = ask(
        "MATCH (d:Document) MATCH (s:Statement {document_id: d.id}) RETURN d.n AS document, s.id ORDER BY document, s.place"
    )
    place = {id: i for i, id in enumerate(vectors.ids)}
    if missing := [id for _, id in rows if id not in place]:
        raise KluwenError("store.vectors_incomplete", missing=len(missing), all=len(rows))
    _remember(ask, vectors.model)
    ask("MATCH (v:KluwenVectors) DELETE v")
    ask("MATCH (x:KluwenExtraction) SET x.statements = [], x.texts = $none, x.leads = $none", none=b"")
    of: dict[int, list[str]] = {}
    for document, id in rows:
        of.setdefault(document, []).append(id)
    for document, ids in of.items():
        at = [place[id] for id in ids]
        _write(ask, document, ids, vectors.texts[at], vectors.leads[at])
        _on_nodes(ask, ids, vectors.texts[at], vectors.leads[at])


def _write(ask: Ask, document: int, ids: Sequence[str], texts: Matrix, leads: Matrix) -> None:
    row = _block(document, revision(ask) + 1, ids, texts, leads)
    ask("MERGE (v:KluwenVectors {id: $row.id}) SET v = $row", row=row)


def _block(document: int, stamp: int, ids: Sequence[str], texts: Matrix, leads: Matrix) -> Row:
    row: Row = {"id": document, "name": f"vectors {document}", "stamp": stamp, "statements": list(ids)}
    return row | {"texts": blob(texts), "leads": blob(leads)}


def _on_nodes(ask: Ask, ids: Sequence[str], texts: Matrix, leads: Matrix) -> None:
    rows = [
        {"id": id, "vector": text.tolist() if text.any() else None, "lead_vector": lead_vector(text, lead)}
        for id, text, lead in zip(ids, texts, leads, strict=True)
    ]
    query = "UNWIND $rows AS row MATCH (s:Statement {id: row.id}) SET s.vector = row.vector, s.lead_vector = row.lead_vector"
    for some in batches(rows, _BATCH):
        ask(query, rows=list(some))


def lead_vector(text: Matrix, lead: Matrix) -> bytes | None:
    """The vector of a quote with its lead-in as a statement's node keeps it; None where it is that of the quote."""
    return None if (text == lead).all() else blob(lead)


def fill_leads(ask: Ask, documents: Sequence[int]) -> None:
    """Give the statements of these documents (by number), which may have none, the vectors with their lead-ins."""
    info = model(ask)
    if info is None:
        return
    for block in Source(ask).blocks(documents):
        texts, leads = (matrix(data, info.dimension) for data in (block.texts, block.leads))
        found = with_leads(Vectors(info, tuple(block.ids), texts, leads))
        rows = [{"id": id, "vector": lead} for id, lead in found.items()]
        query = "UNWIND $rows AS row MATCH (s:Statement {id: row.id}) SET s.lead_vector = row.vector"
        ask(query, rows=rows)


def agree(ask: Ask, new: ModelInfo) -> None:
    """Remember the first vectors' model, and refuse those of another while there are any."""
    known = model(ask)
    if known is None or not ask("MATCH (v:KluwenVectors) RETURN 1 LIMIT 1"):
        if known != new:
            _remember(ask, new)
    elif known != new:
        refuse(known, new)


def refuse(known: ModelInfo, new: ModelInfo) -> NoReturn:
    """Raise KluwenError for vectors of another model than the graph's."""
    raise KluwenError("store.other_model", graph=f"{known.name} ({known.revision})", new=f"{new.name} ({new.revision})")


def _remember(ask: Ask, info: ModelInfo) -> None:
    ask(
        "MATCH (g:KluwenGraph) SET g.model_name = $name, g.model_revision = $revision, g.model_dimension = $dimension",
        name=info.name,
        revision=info.revision,
        dimension=info.dimension,
    )
