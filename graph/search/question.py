"""What a question asks for, in terms and in concepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.dutch import compound_parts, is_stop_word, stem, words
from corpus.mentions import Mention, mentions


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the lexical side sees it.

    ``terms`` are its analysed terms, each with the word (or part of a compound) that it comes from; ``concepts`` the
    concepts that it mentions, by preferred term, each with its heaviest mention.
    """

    text: str
    terms: Mapping[str, str]
    concepts: Mapping[str, Mention]


def read(text: str) -> Question:
    """The question in a text; any text will do, also an empty one."""
    terms: dict[str, str] = {}
    for word in words(text):
        if not is_stop_word(word):
            for part in (word, *compound_parts(word)):
                terms.setdefault(stem(part), part)
    concepts: dict[str, Mention] = {}
    for mention in mentions(text):
        known = concepts.get(mention.concept)
        if known is None or mention.weight > known.weight:
            concepts[mention.concept] = mention
    return Question(text, terms, concepts)
