"""How well a statement has words for each word of the question that lie near it in meaning.

The vector of a whole sentence loses a single telling word among many; this looks at each word of the question by itself, for
the nearest word of the statement (cf. MaxSim in ColBERT, Khattab & Zaharia 2020, arXiv:2004.12832). The bundled model gives
the vectors of words, whatever model made the graph's: it costs microseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.dutch import is_stop_word, stem, words
from graph.meaning.bundled import bundled
from graph.search.weights import NEAR_FROM, NEAR_SHOWN

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from graph.search.lexical import Lexical

    Matrix = npt.NDArray[np.float32]

_MOST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class NearShare:
    """The share of the question's words, by weight and nearness, that a statement has words for: 0–1 together.

    ``same`` is what words with the same stem make of it, ``near`` what others do; ``pairs`` are the question's and the
    statement's words of those, heaviest first.
    """

    same: float = 0.0
    near: float = 0.0
    pairs: tuple[tuple[str, str], ...] = ()


def near_shares(lexical: Lexical, texts: Sequence[str]) -> list[NearShare]:
    """The share for each text, in their order."""
    import numpy as np

    weights = {
        word: lexical.terms[term] for word in _content(lexical.question.text) if (term := stem(word)) in lexical.terms
    }
    whole = sum(weights.values())
    if not whole or not texts:
        return [NearShare()] * len(texts)
    asked = list(weights)
    stems = [stem(word) for word in asked]
    of_text = [_content(text) for text in texts]
    known = list(dict.fromkeys(word for found in of_text for word in found))
    if not known:
        return [NearShare()] * len(texts)
    near = np.einsum("ad,bd->ab", _kept.of(asked), _kept.of(known))
    near = np.maximum(near - NEAR_FROM, 0) / (1 - NEAR_FROM)
    place = {word: i for i, word in enumerate(known)}
    # all texts at once: shorter ones are filled up with a column that is nearer to nothing
    near = np.concatenate([near, np.full((len(asked), 1), -1, dtype=near.dtype)], axis=1)
    places = np.full((len(texts), max(map(len, of_text))), len(known))
    for row, found in zip(places, of_text, strict=True):
        row[: len(found)] = [place[word] for word in found]
    columns = near[:, places]
    best = columns.argmax(axis=2).T
    nearest = np.maximum(columns.max(axis=2).T, 0)
    weighing = np.array(list(weights.values()), dtype=np.float32) / whole
    counts = nearest * weighing
    return [
        _share(asked, [found[i] for i in at], near_, counted, stems) if found else NearShare()
        for found, at, near_, counted in zip(of_text, best.tolist(), nearest.tolist(), counts.tolist(), strict=True)
    ]


def _share(
    asked: Sequence[str], found: Sequence[str], nearest: Sequence[float], counts: Sequence[float], stems: Sequence[str]
) -> NearShare:
    of_same, pairs = 0.0, []
    for i in sorted(range(len(counts)), key=lambda i: -counts[i]):
        if counts[i] <= 0:
            break
        if stems[i] == stem(found[i]):
            of_same += counts[i]
        elif nearest[i] >= NEAR_SHOWN:
            pairs.append((asked[i], found[i]))
    return NearShare(of_same, sum(counts) - of_same, tuple(pairs))


@lru_cache(maxsize=20_000)
def _content(text: str) -> tuple[str, ...]:
    return tuple(word for word in dict.fromkeys(words(text)) if not is_stop_word(word))


class _Kept:
    """The vectors of words that were asked before. There only come more, for another thread may be reading; when they are
    too many, others take their place as a whole."""

    def __init__(self) -> None:
        self._vectors: dict[str, Matrix] = {}

    def of(self, wanted: Sequence[str]) -> Matrix:
        """``(n, d)`` float32: the vectors of these words."""
        import numpy as np

        have = self._vectors
        new = [word for word in wanted if word not in have]
        if new:
            if len(have) >= _MOST_KEPT:
                have = self._vectors = {word: have[word] for word in wanted if word in have}
            have.update(zip(new, bundled().encode_queries(new), strict=True))
        # not np.stack, which takes four times as long for so many short rows
        return np.concatenate([have[word] for word in wanted]).reshape(len(wanted), -1)


_kept = _Kept()
