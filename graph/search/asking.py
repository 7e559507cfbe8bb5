"""One question (or a part of a long one), put to one graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from graph.search import lexical, meaning
from graph.search import question as questions
from graph.search.direction import Direction, against, direction
from graph.search.near_words import NearShare, near_shares
from graph.search.ranking import Ranked
from graph.search.weights import LEAD_IN, NOMINATED
from graph.store.base import Asked, Candidate, Filters

if TYPE_CHECKING:
    from graph.meaning.base import Encoder
    from graph.search.lexical import Lexical
    from graph.store.base import Store


@dataclass(slots=True)
class Asking:
    """What is asked of the store, and what its answers are weighed by. ``compared`` says whether the graph has vectors to
    compare with; ``best`` is the best plain evidence so far."""

    asked: Asked
    weighed: Lexical
    pointing: Direction
    encoder: Encoder | None
    compared: bool = False
    best: float = 0.0

    @classmethod
    def of(cls, text: str, meant: Mapping[str, str], store: Store, encoder: Encoder | None, filters: Filters) -> Self:
        """``meant`` are mistyped words by those that stand in the text in their place."""
        weighed = lexical.weigh(questions.read(text, meant), store)
        asked = Asked(
            tuple(weighed.terms),
            tuple(weighed.expansion),
            filters,
            NOMINATED,
            weighed.size,
            meaning.asked(encoder, text),
            encoder.info if encoder else None,
            LEAD_IN,
        )
        return cls(asked, weighed, direction(text), encoder)

    def rank(self, candidates: Sequence[Candidate]) -> dict[str, Ranked]:
        """The evidence for each candidate, by id; without vectors by words and concepts alone."""
        encoder = self.encoder if self.compared else None
        texts = [c.text for c in candidates]
        shares = near_shares(self.weighed, texts) if encoder else [NearShare()] * len(candidates)
        ranked = {}
        for c, text, share in zip(candidates, texts, shares, strict=True):
            found = lexical.evidence(self.weighed, c.terms, c.lead_terms, c.quote, c.lead_in or "")
            near = meaning.nearness(encoder, c.cosine) if encoder else 0.0
            opposed = against(self.pointing, text, (*c.terms, *c.lead_terms)) if self.pointing.of else 0.0
            ranked[c.id] = Ranked(found, near, share, c.confidence, opposed)
        self.best = max((self.best, *(r.plain for r in ranked.values())))
        return ranked
