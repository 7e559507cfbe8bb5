"""A long question (a pasted page, a paragraph about someone's own situation) in the parts that are searched by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.dutch import is_light_word, is_stop_word, words
from corpus.mentions import concept_tokens

LONG = 16
"""Up to so many words that say something, a question is one question."""
WHOLE = 60
"""Up to so many, it is searched as a whole too."""
_LEAST, _LARGEST = 6, 30
"""How many words that say something a part has: sentences are taken together, or cut, until it does."""
_MOST = 8
"""How many parts are searched; of more those that mention most of what the vocabulary knows."""
_READ = 400
"""How many different sentences of a page are looked at."""
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+|\s*[\r\n•]+\s*")


def parts(question: str) -> tuple[str, ...]:
    """What to search for: the question itself, or when it is long its parts, in their order."""
    content = len(_content(question))
    if content <= LONG:
        return (question,)
    found = list(_grouped(question))
    if len(found) > _MOST:
        told = sorted(
            range(len(found)), key=lambda i: (-len(concept_tokens(found[i])), -len(set(_content(found[i]))), i)
        )
        found = [found[i] for i in sorted(told[:_MOST])]
    return (question, *found) if content <= WHOLE and len(found) > 1 else tuple(found)


def _grouped(text: str) -> Iterator[str]:
    """Neighbouring sentences, each different one once, until they say enough together."""
    taken: list[str] = []
    size = 0
    for sentence in _pieces(text):
        n = len(_content(sentence))
        if taken and size + n > _LARGEST:
            yield " ".join(taken)
            taken, size = [], 0
        taken.append(sentence)
        size += n
        if size >= _LEAST:
            yield " ".join(taken)
            taken, size = [], 0
    if taken:
        yield " ".join(taken)


def _pieces(text: str) -> list[str]:
    """The different sentences, what has no end cut after so many words."""
    seen: dict[str, str] = {}
    for sentence in _SENTENCE.split(text):
        tokens = sentence.split()
        for start in range(0, len(tokens), 2 * _LARGEST):
            piece = " ".join(tokens[start : start + 2 * _LARGEST])
            seen.setdefault(piece.casefold(), piece)
            if len(seen) >= _READ:
                return list(seen.values())
    return list(seen.values())


def _content(text: str) -> list[str]:
    return [word for word in words(text) if not is_stop_word(word) and not is_light_word(word)]
