"""How Dutch words are analysed: the terms that both stores index and that BM25 counts.

Compatibility forms folded (NFKC), lower case, accents off, stop words out, Snowball's ``dutch_porter`` stems (as Lucene's
Dutch analyser has them), and the parts of compounds as further terms.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from math import log
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DATA = Path(__file__).parent / "vocabulary"
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_LINKS = ("", "s", "en", "e", "n")
"""What Dutch may put between two parts of a compound."""
_COMPOUND = range(7, 61)
"""How many letters a compound has; what is longer is no word."""


def words(text: str) -> list[str]:
    """The words of a text in order: NFKC, lower case, without accents and soft hyphens, letters and digits only."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("\u00ad", "")
    if not folded.isascii():
        folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    return _WORD.findall(folded)


def terms(text: str) -> list[str]:
    """The analysed terms of a text, in order and as often as they stand in it; stems first, then the stems of its parts.

    Empty for a text of stop words or single letters alone.
    """
    found: list[str] = []
    for word in words(text):
        found += _analysed(word)
    return found


def is_stop_word(word: str) -> bool:
    """Whether search leaves out a word as :func:`words` gives it: a single letter, or one of ``stopwords.txt``."""
    return len(word) < 2 or word in _stop_words()


def is_light_word(word: str) -> bool:
    """Whether a word as :func:`words` gives it says little about a question's subject: one of ``lightwords.txt``."""
    return word in _light_words()


def stem(word: str) -> str:
    """The Snowball ``dutch_porter`` stem of one word as :func:`words` gives it."""
    return _stemmer()(word)


@lru_cache(maxsize=200_000)
def verb_stem(word: str) -> str:
    """The stem, without the t of a verb's third person (``trekt``, ``ontbreekt``), which Snowball leaves on."""
    return trace(stem(word))


def trace(term: str) -> str:
    """The same of a stem that is there already."""
    return stem(term[:-1]) if len(term) > 4 and term[-1] == "t" and term[-2] != "s" else term


@lru_cache(maxsize=200_000)
def compound_parts(word: str) -> tuple[str, ...]:
    """The words that a compound is made of (``huisartsenpost``: ``huisarts``, ``post``); empty when it is none.

    The fewest known parts, between which one of Dutch's linking sounds may stand; of several such cuts the one with
    the most used parts.
    """
    if len(word) not in _COMPOUND or not word.isalpha():
        return ()
    rank, longest = _part_ranks()
    # best[i]: (number of parts, cost, parts) for word[:i], ending in a whole part or in a part with a linking sound
    best: list[tuple[int, float, tuple[str, ...]] | None] = [(0, 0.0, ()), *[None] * len(word)]
    for start in range(len(word) - 1):
        before = best[start]
        if before is None:
            continue
        for end in range(start + 3, min(len(word), start + longest) + 1):
            part = word[start:end]
            if end - start == len(word) or part not in rank:
                continue
            for link in _LINKS:
                after = end + len(link)
                # a linking sound stands between parts, never at the end of the word
                if word.startswith(link, end) and (after < len(word) or not link):
                    candidate = (before[0] + 1, before[1] + log(rank[part] + 2), (*before[2], part))
                    known = best[after]
                    if known is None or candidate[:2] < known[:2]:
                        best[after] = candidate
    found = best[len(word)]
    return found[2] if found else ()


@lru_cache(maxsize=200_000)
def _analysed(word: str) -> tuple[str, ...]:
    if is_stop_word(word):
        return ()
    parts = [stem(part) for part in compound_parts(word)]
    whole = stem(word)
    return (whole, *(part for part in parts if part != whole))


@cache
def _stemmer() -> Callable[[str], str]:
    from Stemmer import Stemmer  # type: ignore[import-not-found]  # a C extension without stubs

    stem_word: Callable[[str], str] = Stemmer("dutch_porter").stemWord
    return stem_word


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(word for line in _lines("stopwords.txt") for word in line.split())


@cache
def _light_words() -> frozenset[str]:
    return frozenset(word for line in _lines("lightwords.txt") for word in line.split())


@cache
def _part_ranks() -> tuple[dict[str, int], int]:
    """The rank of each part (the rarer, the higher) and the length of the longest."""
    parts = _lines("word_parts.txt")
    return dict(zip(parts, range(len(parts)), strict=True)), max(map(len, parts))


def _lines(name: str) -> list[str]:
    lines = (_DATA / name).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and line[0] != "#"]


@lru_cache(maxsize=200_000)
def known_tail(word: str) -> str:
    """The longest known word that an unknown longer one ends in (``nachtzorgtekort``: ``tekort``), else an empty string.

    The tail of a Dutch compound mostly says what kind of thing it is.
    """
    known, _ = _part_ranks()
    if len(word) not in _COMPOUND or word in known:
        return ""
    return next((word[cut:] for cut in range(3, len(word) - 3) if word[cut:] in known), "")


@cache
def known_words() -> tuple[str, ...]:
    """The words that may be a part of a longer one, in the order of the alphabet."""
    return tuple(sorted(_part_ranks()[0]))
