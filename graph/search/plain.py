"""A question in plain words: with what a saying stands for in its place.

Taken word for word, ``ze lopen op hun tandvlees`` is about teeth, for words and for meaning alike.
"""

from __future__ import annotations

from corpus.dutch import stem, words
from corpus.mentions import LAY, Mention, mentions, wordings


def plain(text: str) -> tuple[str, dict[str, str]]:
    """The text with a plain term for each saying, and for each word of such a term the saying; without sayings the text
    itself. What a saying has among its words (``trekt de familie het niet``) stays."""
    said: dict[str, str] = {}
    sayings = [mention for mention in mentions(text) if mention.weight == LAY and len(words(mention.words)) > 1]
    for mention in sorted(sayings, key=lambda m: -len(m.words)):
        term = _plain_term(mention)
        if term and mention.words in text:
            own = [word for word in words(mention.words) if mentions(word)]
            text = text.replace(mention.words, " ".join([*own, term]), 1)
            said.update(dict.fromkeys(words(term), mention.words))
    return text, said


def _plain_term(mention: Mention) -> str | None:
    """The first term of a concept that shares no word with the saying."""
    own = {stem(word) for word in words(mention.words)}
    terms = (term for term in wordings(mention.concept) if not own & {stem(word) for word in words(term)})
    return next(terms, None)
