"""From evidence to scores, the same for both stores."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from graph.search.answer import Part, Reason
from graph.search.lexical import Evidence
from graph.search.weights import MEANING, SCORE_OFFSET, SCORE_SLOPE, WEAK_BASE, WEAK_GROWTH, WEAK_LEAST

_SHOWN_TERMS = 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """The summed evidence for one statement: ``total`` decides its rank."""

    lexical: Evidence
    nearness: float

    @property
    def total(self) -> float:
        return self.lexical.word_score + self.lexical.concept_score + MEANING * self.nearness

    @property
    def score(self) -> float:
        return score(self.total)

    def why(self) -> tuple[Reason, ...]:
        """The parts of the score that speak for the statement, heaviest first; their shares sum to 1."""
        parts = [
            (Part.WORDS, self.lexical.word_score, self.lexical.words),
            (Part.CONCEPTS, self.lexical.concept_score, tuple(_pair(a, b) for a, b in self.lexical.concepts)),
            (Part.MEANING, MEANING * self.nearness, ()),
        ]
        speaking = sorted(((p, s, terms) for p, s, terms in parts if s > 0), key=lambda item: -item[1])
        whole = sum(s for _, s, _ in speaking)
        return tuple(Reason(p, tuple(dict.fromkeys(terms))[:_SHOWN_TERMS], s / whole) for p, s, terms in speaking)


def score(total: float) -> float:
    """The share of hits with this much evidence that people judged right (0–1)."""
    return 1 / (1 + exp(-max(-60.0, min(60.0, SCORE_SLOPE * total + SCORE_OFFSET))))


def is_weak(best: float, statements: int) -> bool:
    """Whether the best total among so many statements is no more than chance would find in them."""
    return best < max(WEAK_LEAST, WEAK_BASE + WEAK_GROWTH * log(max(1, statements)))


def _pair(asked: str, found: str) -> str:
    return asked if asked.casefold() == found.casefold() else f"{asked} ~ {found}"
