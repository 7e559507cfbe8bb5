"""Finding many phrases at once in a row of words: how the cue files of the vocabulary are matched."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[-'./&][^\W_]+)*")
GAP = 3
"""How many words ``..`` in a phrase may stand for at most."""


@lru_cache(maxsize=4096)  # one sentence is looked at for many things in a row
def words_of(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a text in lower case, each with its place: ``(word, start, end)``; ``’`` counts as ``'``."""
    return tuple([(m.group(), *m.span()) for m in _WORD.finditer(text.lower().replace("’", "'"))])


class Phrases:
    """A set of phrases, each with a value, to be found in a row of lower-case words.

    In a phrase a word may begin or end with ``*`` (any letters), and ``..`` stands for at most three words.
    """

    def __init__(self, phrases: Iterable[tuple[str, int]]) -> None:
        self._exact: dict[str, int] = {}
        self._open: list[tuple[str, str, int]] = []
        self._starts: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        self._known: dict[str, tuple[int, ...]] = {}
        ids: dict[str, int] = {}
        for phrase, value in phrases:
            elements = tuple(self._element(part, ids) for part in _parts(phrase))
            if elements:
                self._starts.setdefault(elements[0], []).append((elements[1:], value))

    def _element(self, part: str, ids: dict[str, int]) -> int:
        """The number of a part of a phrase: 0 for a gap, else one for each distinct word or open word."""
        if part == "..":
            return 0
        if part not in ids:
            ids[part] = number = len(ids) + 1
            if part.startswith("*") or part.endswith("*"):
                self._open.append((part, part.strip("*"), number))
            else:
                self._exact[part] = number
        return ids[part]

    def _numbers(self, word: str) -> tuple[int, ...]:
        """The parts of phrases that a word can be (remembered: a text has few distinct words)."""
        found = [self._exact[word]] if word in self._exact else []
        for part, core, number in self._open:
            if part[0] != "*":
                fits = word.startswith(core)
            elif part[-1] != "*":
                fits = word.endswith(core)
            else:
                fits = core in word
            if fits:
                found.append(number)
        known = self._known[word] = tuple(found)
        return known

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """All places of all phrases: ``(first word, one past the last word, value)``, by first word."""
        known = self._known
        numbers = [known[word] if word in known else self._numbers(word) for word in words]
        found = []
        for i, own in enumerate(numbers):
            for number in own:
                for rest, value in self._starts.get(number, ()):
                    end = _end(numbers, i + 1, rest) if rest else i + 1
                    if end:
                        found.append((i, end, value))
        return found


def _end(numbers: Sequence[tuple[int, ...]], at: int, rest: Sequence[int]) -> int:
    """One past the last word of a phrase whose remaining parts start at ``at``, or 0."""
    for k, part in enumerate(rest):
        if part == 0:
            tail = rest[k + 1 :]
            return next((end for skip in range(GAP + 1) if (end := _end(numbers, at + skip, tail))), 0)
        if at >= len(numbers) or part not in numbers[at]:
            return 0
        at += 1
    return at


def _parts(phrase: str) -> list[str]:
    """The words and gaps of a phrase, as :func:`words_of` would cut a text."""
    parts: list[str] = []
    for piece in phrase.lower().replace("’", "'").split():
        if piece == "..":
            parts.append(piece)
            continue
        words = [word for word, _, _ in words_of(piece)]
        if words and piece[0] == "*":
            words[0] = "*" + words[0]
        if words and piece[-1] == "*":
            words[-1] += "*"
        parts += words
    return parts
