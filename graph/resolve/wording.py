"""What a wording says, in a form that two can be compared by: its words by weight, its concepts, what is the matter.

Words that are common in the field (in this project's own texts: ``frequency.json``) count little, words for what is the
matter (``polarity.tsv``) are kept apart from what it is about.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.dutch import compound_parts, is_light_word, is_stop_word, stem, words
from corpus.mentions import EXACT, mentions
from corpus.phrases import Phrases, words_of
from corpus.vocabulary import PolaritySign, actors, polarity_signs
from graph.model import Kind

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FREQUENCY = Path(__file__).with_name("frequency.json")
LIGHT = 0.4
"""How much a word that says little of a subject counts beside another."""
NEGATION = "negation"
"""The family of ``polarity.tsv`` that turns a statement round."""
WANTING = frozenset(("lack", "poor", "unclear", "late"))
"""Families that often say one thing of a subject: that it falls short."""
_KEPT = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A wording's features. ``vectors`` is ``(n, d)`` float32 with rows of unit length (or zero), one for each of its
    content words, ``weights`` is ``(n,)`` and adds up to 1; ``whole`` and ``subject`` are ``(d,)`` of unit length."""

    kind: Kind
    text: str
    vectors: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    whole: npt.NDArray[np.float32]
    subject: npt.NDArray[np.float32]
    stems: dict[str, float]
    """The stems of the content words and of their parts, with their weight."""
    concepts: dict[str, float]
    """The concepts mentioned, with how surely (exact or related)."""
    families: frozenset[str]
    """What is the matter, by the families of ``polarity.tsv``."""
    actors: frozenset[str]
    """Who is named, by the preferred terms of ``actors.tsv``."""


@lru_cache(maxsize=_KEPT)
def wording(kind: Kind, text: str) -> Wording:
    """The features of a wording (lead-in and quote); some thousands are kept."""
    import numpy as np

    from graph.meaning.bundled import bundled

    families, content = read(text)
    pairs = [_vector(word) for word in content]
    vectors = np.array([vector for vector, _ in pairs], dtype=np.float32)
    weights = np.array([length * weight(word) for word, (_, length) in zip(content, pairs, strict=True)], np.float32)
    weights /= max(float(weights.sum()), 1e-9)
    return Wording(
        kind,
        text,
        vectors,
        weights,
        bundled().encode_passages([text])[0],
        _unit(weights @ vectors),
        stems_of(content),
        concepts_of(text),
        families,
        actors_of(text),
    )


def read(text: str) -> tuple[frozenset[str], list[str]]:
    """The families of what is the matter, and the words for what it is about, in order: never none."""
    tokens = [word for word, _, _ in words_of(text)] or [""]
    found = signs_in(tokens)
    matter = {place for start, end, sign in found for place in _covered(start, end, sign.phrase)}
    content: list[str] = []
    for place, token in enumerate(tokens):
        if is_stop_word(token) or token.isdigit():
            continue
        if place not in matter:
            content.append(token)
        else:
            # personeelstekort: the tail says what is the matter, the rest with what
            content += compound_parts(token)[:-1]
    families = frozenset(sign.family for _, _, sign in found)
    return families, content or [t for t in tokens if not is_stop_word(t)] or tokens


def signs_in(tokens: Sequence[str]) -> list[tuple[int, int, PolaritySign]]:
    """The signs of ``polarity.tsv`` in words: ``(first word, one past the last word, sign)``; of two of which one lies in the
    other the longer, for "niet meer" is no "meer"."""
    phrases, signs = _signs()
    found = phrases.find(tokens)
    return [(*hit[:2], signs[hit[2]]) for hit in found if not any(_inside(hit, other) for other in found)]


def _inside(hit: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return other[0] <= hit[0] and hit[1] <= other[1] and other[1] - other[0] > hit[1] - hit[0]


def _covered(start: int, end: int, phrase: str) -> Iterator[int]:
    """The places of a phrase's own words: of one with a gap only the first and the last."""
    return iter((start, end - 1) if ".." in phrase else range(start, end))


def stems_of(content: list[str]) -> dict[str, float]:
    """The stems of words and of the parts of compounds, with their weights."""
    found: dict[str, float] = {}
    for word in content:
        for token in (*words(word), *compound_parts(word)):
            found[stem(token)] = max(found.get(stem(token), 0.0), weight(token))
    return found


def concepts_of(text: str) -> dict[str, float]:
    """The concepts that a text mentions, with the greatest weight of a mention."""
    found: dict[str, float] = {}
    for mention in mentions(text):
        found[mention.concept] = max(found.get(mention.concept, 0.0), mention.weight)
    return found


def actors_of(text: str) -> frozenset[str]:
    """The actors that a text names."""
    phrases, names = _actors()
    return frozenset(names[i] for _, _, i in phrases.find([word for word, _, _ in words_of(text)]))


def exact(concepts: dict[str, float]) -> set[str]:
    """The concepts named by a word that means the same."""
    return {concept for concept, sure in concepts.items() if sure == EXACT}


@lru_cache(maxsize=100_000)
def weight(word: str) -> float:
    """How much a word tells of its subject, 0–1: the rarer in the field the more."""
    return rarity(stem(word)) * (LIGHT if is_light_word(word) else 1.0)


def rarity(term: str) -> float:
    """1 for a stem or concept that the field's texts don't hold, towards 0 for one that stands in all."""
    counts, total = frequencies()
    return log((total + 1) / (counts.get(term, 0) + 1)) / log(total + 1)


@cache
def frequencies() -> tuple[dict[str, int], int]:
    """In how many statements of our own texts a stem or concept stands, and how many statements there are."""
    stored = json.loads(FREQUENCY.read_text("utf-8"))
    return stored["counts"], stored["statements"]


@cache
def _signs() -> tuple[Phrases, tuple[PolaritySign, ...]]:
    signs = polarity_signs()
    return Phrases((sign.phrase, i) for i, sign in enumerate(signs)), signs


@cache
def _actors() -> tuple[Phrases, list[str]]:
    found = [(term, i) for i, actor in enumerate(actors()) for term in {*actor.terms, *actor.forms}]
    return Phrases(found), [actor.preferred for actor in actors()]


@cache
def opposites() -> dict[str, frozenset[str]]:
    """The families that say the opposite of a family."""
    found: dict[str, set[str]] = {}
    for sign in polarity_signs():
        if sign.opposite:
            found.setdefault(sign.family, set()).add(sign.opposite)
            found.setdefault(sign.opposite, set()).add(sign.family)
    return {family: frozenset(others) for family, others in found.items()}


@lru_cache(maxsize=50_000)
def _vector(word: str) -> tuple[npt.NDArray[np.float32], float]:
    """The unit vector of a word in the bundled model, and how much the model lets it count."""
    import numpy as np

    from graph.meaning.bundled import bundled

    found = bundled().sums([word])[0]
    length = float(np.linalg.norm(found))
    return _unit(found), length


def _unit(vector: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    import numpy as np

    length = float(np.linalg.norm(vector))
    return (vector / length if length else vector).astype(np.float32)
