"""Joining lines of text: a word that was broken over two lines becomes one again, as the document writes it elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable

from ingest.structure.lines import Line
from ingest.structure.reading import words

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_FIRST = re.compile(r"([^\W\d_]+)[-‐][^\W\d_]")
_BROKEN = re.compile(r"([^\W_]+(?:[-‐][^\W_]+)*)[-‐\u00ad]$")
_REST = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
_SPACE = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[" + "".join(LIGATURES) + "]")
# Arrows of Wingdings, which word processors write for ->; their codes land in the private use area.
_ARROW = re.compile("[\uf0e0\uf0e8\uf0f0]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x80-\x9f\u200c\u200d\u2060-\u2064\ufffe\uffff]")


def fold(text: str) -> str:
    """``text`` with white space of every kind folded to single spaces, ligatures taken apart, soft hyphens gone but for one at the end."""
    soft = text.rstrip().endswith("\u00ad")
    text = _CONTROL.sub("", text.replace("\u00ad", ""))
    text = _ARROW.sub("→", text)
    text = _LIGATURE.sub(lambda match: LIGATURES[match[0]], text)
    text = _SPACE.sub(" ", text).strip()
    return f"{text}\u00ad" if soft and text else text


class Words:
    """The words of one document, to decide whether a hyphen at a line's end belongs to the word."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._seen: Counter[str] = Counter()
        self._before: Counter[str] = Counter()  # what stands before a hyphen within a line
        broken = full = 0
        for line in lines:
            text = line.text
            self._seen.update(_WORD.findall(text))
            if "-" in text:
                self._before.update(word.lower() for word in _FIRST.findall(text))
            if len(text) > 25:
                full += 1
                broken += bool(_BROKEN.search(text.rstrip()))
        # A document that never breaks words has hyphens at line ends only where they belong.
        self._breaks_words = broken > 0.03 * full

    def starts(self, text: str) -> bool:
        """Whether ``text`` begins with a capital on a word that the document writes without one elsewhere."""
        first = _WORD.match(text.lstrip("\"'‘“("))
        return first is not None and first[0][:1].isupper() and self._seen[first[0].lower()] > 0

    def join(self, left: str, right: str) -> str:
        """``left`` and ``right`` as one text: with a space, or as one word where a word was broken over the lines."""
        soft = left.endswith("\u00ad")
        left, right = left.rstrip(), right.lstrip()
        if not left or not right:
            return left or right
        broken, rest = _BROKEN.search(left), _REST.match(right)
        if soft and rest:
            return left.rstrip("\u00ad") + right
        if not broken or not rest:
            return left + right if left[-1] == "/" and rest else f"{left} {right}"
        head, tail = broken[1], rest[0]
        if tail.lower() in words("suspended") and right[len(tail) : len(tail) + 1] == " ":
            return f"{left} {right}"
        return left + right if self._keeps_hyphen(head, tail) else left[:-1] + right

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether the hyphen stands in the word itself: by how the document writes it, else by its shape."""
        with_it = self._count(f"{head}-{tail}")
        without = self._count(f"{head}{tail}")
        if with_it != without:
            return with_it > without
        if head[-1].isdigit() or tail[0].isdigit() or tail[0].isupper() or head.isupper():
            return True
        # A word that already has hyphens (bijna-thuis-huis) goes on with one.
        if "-" in tail or "-" in head or not self._breaks_words:
            return True
        if head.lower() in words("hyphened") or self._before[head.lower()] > 1:
            return True
        return head[-1].lower() + tail[0].lower() in _CLASH and len(head) > 1

    def _count(self, word: str) -> int:
        return self._seen[word] + self._seen[word.lower()]


# Dutch writes a hyphen where two vowels of a compound would be read as one sound (zee-eend, auto-ongeluk).
_CLASH = frozenset(("aa", "ee", "ii", "oo", "uu", "ai", "oi"))
