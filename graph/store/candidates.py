"""What a search weighs, nominated without an index of vectors: every vector is compared. The same for every store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from corpus.errors import KluwenError
from graph.model import Concept, ModelInfo, Statement, Vectors
from graph.store.base import Asked, Candidate, Candidates, Filters, Under

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
    def vectors(self, filters: Filters = Filters()) -> Vectors | None: ...
    def concepts(self, ids: Collection[str] | None = None) -> list[Concept]: ...


def nominated(store: Graph, asked: Asked, compared: Compare) -> Candidates:
    """The candidates by words, by expansion and by meaning, in that order."""
    ids = [
        *store.nominate(asked.terms, asked.filters, asked.limit),
        *store.nominate(asked.expansion, asked.filters, asked.limit),
    ]
    vectors = store.vectors(asked.filters) if asked.vector is not None else None
    by_meaning = vectors is not None and bool(vectors.ids)
    if vectors is not None and vectors.ids:
        agree(vectors.model, asked)
        ids += [vectors.ids[i] for i in _nearest(cosines(asked, vectors.texts, vectors.leads), asked.limit)]
    return Candidates(tuple(weighed(store, store.statements(list(dict.fromkeys(ids))), compared)), by_meaning)


def under(store: Graph, concept_ids: Sequence[str], compared: Compare) -> Under:
    """All statements of these concepts, and what the concepts are called."""
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


def compare(asked: Asked, vectors: Vectors | None, places: Mapping[str, int], ids: Collection[str]) -> dict[str, float]:
    """The cosine of each of these statements that has a vector. ``places`` are the rows of the statements."""
    at = [(id, places[id]) for id in ids if id in places] if vectors is not None and asked.vector is not None else []
    if vectors is None or not at:
        return {}
    rows = [row for _, row in at]
    values = cosines(asked, vectors.texts[rows], vectors.leads[rows])
    return {id: float(value) for (id, _), value in zip(at, values, strict=True)}


def cosines(asked: Asked, texts: npt.NDArray[np.float32], leads: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """``(n,)`` float32: how near the question lies to statements, their lead-ins counted in; 0 without a vector."""
    import numpy as np

    query: Any = asked.vector
    # einsum stays on one thread: on a busy computer BLAS's threads wait for each other thirty times as long as they work
    of_texts, of_leads = (np.einsum("ij,j->i", matrix, query) for matrix in (texts, leads))
    mixed: npt.NDArray[np.float32] = (1 - asked.lead_in) * of_texts + asked.lead_in * of_leads
    return mixed


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
