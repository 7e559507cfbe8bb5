"""What a search weighs, nominated without an index of vectors: every vector is compared. The same for every store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from corpus.errors import KluwenError
from graph.model import Concept, ModelInfo, Statement
from graph.store.base import Asked, Candidate, Candidates, Filters, Under
from graph.store.vector_cache import Mixed

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Terms = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
Compare = Callable[[Collection[str]], Mapping[str, float]]
"""The cosines of the statements with these ids; without those that have no vector."""


class Graph(Protocol):
    """What is asked of a store for this."""

    def nominate(self, terms: Sequence[str], filters: Filters, limit: int) -> list[str]: ...
    def statements(
        self, ids: Collection[str] | None = None, *, concept_ids: Collection[str] | None = None
    ) -> list[Statement]: ...
    def terms(self, statement_ids: Collection[str]) -> Terms: ...
    def concepts(self, ids: Collection[str] | None = None) -> list[Concept]: ...


def nominated(store: Graph, asked: Asked, mixed: Mixed | None, passing: Collection[str] | None) -> Candidates:
    """The candidates by words, by expansion and by meaning, in that order; ``passing`` are the ids of the statements that
    pass the filters, None when all do."""
    ids = [
        *store.nominate(asked.terms, asked.filters, asked.limit),
        *store.nominate(asked.expansion, asked.filters, asked.limit),
    ]
    by_meaning = mixed is not None and asked.vector is not None
    if mixed is not None and asked.vector is not None:
        agree(mixed.model, asked)
        at = None if passing is None else sorted(row for _, row in mixed.at(passing))
        near = cosines(asked, mixed.rows if at is None else mixed.rows[at])
        found = _nearest(near, asked.limit)
        ids += [mixed.ids[i if at is None else at[i]] for i in found]
        by_meaning = bool(len(near))
    compared = partial(compare, asked, mixed)
    return Candidates(tuple(weighed(store, store.statements(list(dict.fromkeys(ids))), compared)), by_meaning)


def under(store: Graph, concept_ids: Sequence[str], asked: Asked, mixed: Mixed | None) -> Under:
    """All statements of these concepts, and what the concepts are called."""
    compared = partial(compare, asked, mixed)
    found = store.statements(concept_ids=concept_ids)
    labels = {c.id: c.label for c in store.concepts(concept_ids)}
    return Under(tuple(found), tuple(weighed(store, found, compared)), labels)


def weighed(store: Graph, found: Sequence[Statement], compared: Compare) -> list[Candidate]:
    """What is weighed of these statements."""
    ids = [s.id for s in found]
    terms, near = store.terms(ids), compared(ids)
    return [
        Candidate(s.id, s.concept_id, s.quote, s.lead_in, s.confidence, *terms.get(s.id, ((), ())), near.get(s.id, 0.0))
        for s in found
    ]


def compare(asked: Asked, mixed: Mixed | None, ids: Collection[str]) -> dict[str, float]:
    """The cosine of each of these statements that has a vector."""
    at = mixed.at(ids) if mixed is not None and asked.vector is not None else []
    if mixed is None or not at:
        return {}
    values = cosines(asked, mixed.rows[[row for _, row in at]])
    return {id: float(value) for (id, _), value in zip(at, values, strict=True)}


def cosines(asked: Asked, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """``(n,)`` float32: how near the question lies to statements, their lead-ins counted in; 0 without a vector."""
    import numpy as np

    query: Any = asked.vector
    # einsum stays on one thread: on a busy computer BLAS's threads wait for each other thirty times as long as they work
    found: npt.NDArray[np.float32] = np.einsum("ij,j->i", rows, query)
    return found


def agree(known: ModelInfo, asked: Asked) -> None:
    """Raise KluwenError (``model.mixed``) for a question in the vectors of another model than the graph's."""
    if asked.model is not None and known != asked.model:
        raise KluwenError("model.mixed", graph=known.name, asked=asked.model.name)


def _nearest(values: npt.NDArray[np.float32], n: int) -> list[int]:
    import numpy as np

    n = min(n, len(values))
    if n < 1:
        return []
    top = np.argpartition(-values, n - 1)[:n]
    return [int(i) for i in top[np.argsort(-values[top], kind="stable")]]
