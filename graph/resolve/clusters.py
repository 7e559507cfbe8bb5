"""Which wordings are one concept: people's judgements first, then what the software finds alike.

Average linkage, not single: a wording joins a group when it is like the group, not when it is like one of it, so that
a row of small steps does not make one concept of two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

MERGED = 0.9
"""How sure (0–1, the mean over the pairs of two groups) the software must be to call them one. Set high, so that little
more than longer and shorter wordings of one claim are joined: ``tests/bench/score_resolution.py`` shows how little else it
gets right."""


@dataclass(frozen=True, slots=True)
class Decision:
    """That wordings of one side are (not) those of the other."""

    same: bool
    ours: frozenset[str]
    theirs: frozenset[str]


def clusters(
    keys: Collection[str],
    decisions: Sequence[Decision],
    alike: Mapping[tuple[str, str], float],
    *,
    least: float = MERGED,
) -> list[frozenset[str]]:
    """The keys in groups, each key in one.

    ``decisions`` are people's, newest first: an older one that contradicts newer ones is not followed. ``alike`` holds
    scores (0–1) of unordered pairs, as sorted tuples; a pair without one counts as 0. The same input gives the same
    groups, in whatever order it comes; groups that don't touch don't influence each other.
    """
    groups = _Groups(keys)
    for decision in decisions:
        pairs = [(a, b) for a in sorted(decision.ours) for b in sorted(decision.theirs) if a in groups and b in groups]
        for a, b in pairs if not decision.same else pairs[:1]:
            (groups.join if decision.same else groups.hold_apart)(a, b)
    groups.grow(alike, least)
    return groups.found()


class _Groups:
    def __init__(self, keys: Iterable[str]) -> None:
        self._of = {key: key for key in keys}
        """The name of the group of each key: the least of its keys."""
        self._keys = {key: [key] for key in self._of}
        self._apart: dict[str, set[str]] = {key: set() for key in self._of}

    def __contains__(self, key: str) -> bool:
        return key in self._of

    def join(self, a: str, b: str) -> str | None:
        """Make one group of those of two keys, and say its name; None when they are one, or held apart."""
        a, b = sorted((self._of[a], self._of[b]))
        if a == b or b in self._apart[a]:
            return None
        for key in self._keys[b]:
            self._of[key] = a
        self._keys[a] += self._keys.pop(b)
        for other in self._apart.pop(b):
            self._apart[other].discard(b)
            self._apart[other].add(a)
            self._apart[a].add(other)
        return a

    def hold_apart(self, a: str, b: str) -> None:
        a, b = self._of[a], self._of[b]
        if a != b:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def grow(self, alike: Mapping[tuple[str, str], float], least: float) -> None:
        """Join the two groups that are most alike, until none are alike enough."""
        scores: dict[str, dict[str, float]] = {name: {} for name in self._keys}
        for (a, b), score in sorted(alike.items()):
            if a in self._of and b in self._of and self._of[a] != self._of[b]:
                a, b = self._of[a], self._of[b]
                scores[a][b] = scores[b][a] = scores[a].get(b, 0.0) + score
        heap = [(-self._mean(scores, a, b), a, b) for a in scores for b in scores[a] if a < b]
        heapify(heap)
        while heap:
            negative, a, b = heappop(heap)
            if -negative < least:
                break
            # a group that has grown since has another mean, and stands in the heap again
            if b not in scores.get(a, {}) or -negative != self._mean(scores, a, b) or self.join(a, b) is None:
                continue
            del scores[a][b]
            for other, score in scores.pop(b).items():
                if other != a:
                    del scores[other][b]
                    scores[a][other] = scores[other][a] = scores[a].get(other, 0.0) + score
            for other in scores[a]:
                heappush(heap, (-self._mean(scores, a, other), min(a, other), max(a, other)))

    def _mean(self, scores: Mapping[str, Mapping[str, float]], a: str, b: str) -> float:
        return scores[a][b] / (len(self._keys[a]) * len(self._keys[b]))

    def found(self) -> list[frozenset[str]]:
        return [frozenset(self._keys[name]) for name in sorted(self._keys)]
