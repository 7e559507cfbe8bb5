"""What else to search for when a question found little."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus.vocabulary import concepts
from graph.meaning.bundled import bundled
from graph.search.lexical import wording_terms

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from graph.store.base import Store

_SHOWN = 3
_CONSIDERED = 24
_NEAR = 0.25
"""The cosine from which a concept lies near enough to be worth trying."""


def suggestions(store: Store, question: str) -> tuple[str, ...]:
    """The concepts of the vocabulary that the graph has something about and that lie nearest to the question, nearest
    first; few, and none for a question without a known word."""
    query = bundled().encode_queries([question])[0]
    if not query.any():
        return ()
    names, matrix = _known()
    near = matrix @ query
    nearest = [names[i] for i in (-near).argsort(kind="stable")[:_CONSIDERED] if near[i] >= _NEAR]
    forms = {name: wording_terms(name) for name in nearest}
    asked = list(dict.fromkeys(term for of in forms.values() for form in of for term in form))
    counts = store.corpus(asked).frequencies if asked else {}
    there = [name for name in nearest if any(all(counts.get(term) for term in form) for form in forms[name])]
    return tuple(there[:_SHOWN])


@cache
def _known() -> tuple[tuple[str, ...], npt.NDArray[np.float32]]:
    """The concepts of the vocabulary, and ``(n, d)`` float32: the vectors of what they are called."""
    names = tuple(concept.preferred for concept in concepts())
    return names, bundled().encode_passages(names)
