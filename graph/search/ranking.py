"""From evidence to scores, the same for both stores."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from graph.search.answer import Part, Reason
from graph.search.lexical import Evidence
from graph.search.near_words import NearShare
from graph.search.weights import (
    CONFIDENCE,
    MEANING,
    NEAR_WORDS,
    SCORE_OFFSET,
    SCORE_SLOPE,
    WEAK_BASE,
    WEAK_GROWTH,
    WEAK_LEAST,
)

_SHOWN_TERMS = 4


@dataclass(frozen=True, slots=True)
class Ranked:
    """The evidence for one statement: ``total`` decides its rank.

    ``nearness`` is how near its meaning lies, in standard deviations above unrelated texts; ``confidence`` how likely it
    is a statement at all; ``against`` what it counts against it that it points the other way.
    """

    lexical: Evidence
    nearness: float
    near_words: NearShare
    confidence: float
    against: float = 0.0

    @property
    def plain(self) -> float:
        """The evidence without that of single near words, of which a chance pair is found for nearly any question."""
        return self.lexical.word_score + self.lexical.concept_score + MEANING * self.nearness

    @property
    def total(self) -> float:
        near = NEAR_WORDS * (self.near_words.same + self.near_words.near)
        return self.plain + near + CONFIDENCE * (self.confidence - 0.5) - self.against

    @property
    def score(self) -> float:
        return score(self.total)

    @property
    def speaks(self) -> bool:
        """Whether anything at all speaks for the statement."""
        return max(self._shares()) > 0

    def why(self) -> tuple[Reason, ...]:
        """The parts of the score that speak for the statement, heaviest first; their shares sum to 1."""
        terms = (
            self.lexical.words,
            tuple(_pair(asked, found) for asked, found in self.lexical.concepts),
            tuple(_pair(asked, found) for asked, found in self.near_words.pairs),
        )
        parts = zip((Part.WORDS, Part.CONCEPTS, Part.MEANING), self._shares(), terms, strict=True)
        speaking = sorted((part for part in parts if part[1] > 0), key=lambda part: -part[1])
        whole = sum(share for _, share, _ in speaking)
        return tuple(
            Reason(part, tuple(dict.fromkeys(of))[:_SHOWN_TERMS], share / whole) for part, share, of in speaking
        )

    def _shares(self) -> tuple[float, float, float]:
        """What words, concepts and meaning contribute to the total."""
        near = self.near_words
        return (
            self.lexical.word_score + NEAR_WORDS * near.same,
            self.lexical.concept_score,
            MEANING * self.nearness + NEAR_WORDS * near.near,
        )


def score(total: float) -> float:
    """The share of hits with this much evidence that people judged right (0–1), in hundredths: no more is known of it, and
    hits that differ less are as good as each other."""
    return round(1 / (1 + exp(-max(-60.0, min(60.0, SCORE_SLOPE * total + SCORE_OFFSET)))), 2)


def is_weak(best: float, statements: int) -> bool:
    """Whether the best total among so many statements is no more than chance would find in them."""
    return best < max(WEAK_LEAST, WEAK_BASE + WEAK_GROWTH * log(max(1, statements)))


def _pair(asked: str, found: str) -> str:
    return asked if asked.casefold() == found.casefold() else f"{asked} ~ {found}"
