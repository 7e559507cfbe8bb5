"""Typing errors in a question: one edit away from a word that the graph has (Damerau 1964: a letter too many, too few, wrong,
or two that changed places).

Only a word that nobody knows is looked at: not the graph, not the vocabulary (alone or in a saying), not the list of words and
not the bundled
model. A word that is right but about something else stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus.dutch import compound_parts, is_stop_word, known_words, stem, words
from corpus.mentions import mentions
from graph.meaning.bundled import bundled

if TYPE_CHECKING:
    from graph.store.base import Store

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LENGTHS = range(5, 31)
"""In a shorter word one edit makes too many others; a longer one is no word."""
_MOST = 5
"""So many words of a question are looked at; in a pasted page the rest says enough."""


def corrections(text: str, store: Store) -> dict[str, str]:
    """For each mistyped word of a question the word that was meant, as :func:`corpus.dutch.words` gives both.

    Of several words of the graph that are one edit away: one that the list of words has, that begins with the same letter,
    and that most statements hold.
    """
    said = {word for mention in mentions(text) for word in words(mention.words)}
    doubtful = [word for word in dict.fromkeys(words(text)) if word not in said and _is_doubtful(word)]
    if not doubtful:
        return {}
    parts = {word: [stem(part) for part in compound_parts(word)] for word in doubtful}
    terms = [*map(stem, doubtful), *(term for of in parts.values() for term in of)]
    counted = (store.corpus(terms).frequencies, store.corpus(terms, of="passages").frequencies)
    known = {term for counts in counted for term, n in counts.items() if n}
    # a new compound of words that are there is no mistake; one of chance pieces (huis, rats) is
    right = {word for word, of in parts.items() if stem(word) in known or (of and known.issuperset(of))}
    unknown = [word for word in doubtful if word not in right][:_MOST]
    near = {word: {edit: stem(edit) for edit in _edits(word)} for word in unknown}
    asked = list(dict.fromkeys(term for edits in near.values() for term in edits.values()))
    counts = store.corpus(asked).frequencies if asked else {}
    found = {}
    for word, edits in near.items():
        there = [edit for edit, term in edits.items() if counts.get(term) and _may_be_meant(edit, term, parts[word])]
        if there:
            found[word] = max(there, key=lambda e: (_is_listed(e), e[0] == word[0], counts[edits[e]], e))
    return found


def corrected(text: str, found: Mapping[str, str]) -> str:
    """The text with its mistyped words written as they were meant."""
    for word, meant in found.items():
        text = re.sub(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", meant, text, flags=re.IGNORECASE)
    return text


def _is_doubtful(word: str) -> bool:
    return (
        len(word) in _LENGTHS
        and word.isascii()
        and word.isalpha()
        and not is_stop_word(word)
        and not _is_listed(word)
        and all(mention.words != word for mention in mentions(word))
    )


def _is_listed(word: str) -> bool:
    return word in _list_of_words() or bundled().knows(word)


def _may_be_meant(edit: str, term: str, parts: Sequence[str]) -> bool:
    """Whether it is a word; what may be a compound itself is not taken for a word that no list has."""
    return _is_listed(edit) or (not parts and (term == edit or bool(compound_parts(edit))))


def _edits(word: str) -> Iterator[str]:
    """All that is one edit away."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    for before, after in cuts:
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            if after:
                yield before + letter + after[1:]
            yield before + letter + after


@cache
def _list_of_words() -> frozenset[str]:
    return frozenset(known_words())
