"""What a question asks for, in terms and in concepts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.dutch import compound_parts, is_stop_word, stem, words
from corpus.mentions import Mention, mentions

_SHORTEST = 3
"""Letters of a word that may have come apart from the next."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the lexical side sees it.

    ``terms`` are its analysed terms, each with the word (or part of a compound) that it comes from; ``joined`` the terms
    that two of its words would be when written as one, with those two; ``concepts`` the concepts that it mentions, by
    preferred term, each with its heaviest mention.
    """

    text: str
    terms: Mapping[str, str]
    concepts: Mapping[str, Mention]
    joined: Mapping[str, str] = field(default_factory=dict)


def read(text: str, corrections: Mapping[str, str] = {}) -> Question:
    """The question in a text; any text will do, also an empty one. ``corrections`` are words as they were typed by those
    that the text has in their place."""
    terms: dict[str, str] = {}
    of_text = words(text)
    for word in of_text:
        if not is_stop_word(word):
            for part in (word, *compound_parts(word)):
                terms.setdefault(stem(part), f"{corrections[word]} ~ {part}" if word in corrections else part)
    concepts: dict[str, Mention] = {}
    joined = dict(_joined(of_text))
    found = (mention for one in joined for mention in mentions(one) if mention.words == one)
    for mention in (*mentions(text), *found):
        known = concepts.get(mention.concept)
        if known is None or mention.weight > known.weight:
            concepts[mention.concept] = mention
    return Question(text, terms, concepts, {stem(one): two for one, two in joined.items() if stem(one) not in terms})


def _joined(of_text: list[str]) -> Iterator[tuple[str, str]]:
    """Two words of a text that are one compound when written together (``overdrachts formulier``)."""
    for first, second in pairwise(of_text):
        if min(len(first), len(second)) >= _SHORTEST and not is_stop_word(first) and not is_stop_word(second):
            one = first + second
            if compound_parts(one) or mentions(one):
                yield one, f"{first} {second}"
