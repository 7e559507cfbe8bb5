"""Joining lines of text: a word that was broken over two lines becomes one again, as the document writes it elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W_]+(?:[-‐][^\W_]+)*)[-‐\u00ad]$")
_REST = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
_SPACE = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")
_CLOSING = re.compile(r"[.,;:!?%)\]}»”]")
_SUSPENDED = re.compile(r"[-–]\s*(en|of|und|and|or|e/o|en/of|als)\b")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[" + "".join(LIGATURES) + "]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x80-\x9f\ufffe\uffff]")


def fold(text: str) -> str:
    """``text`` with white space of every kind folded to single spaces, ligatures taken apart, soft hyphens gone."""
    text = _CONTROL.sub("", text.replace("\u00ad", ""))
    text = _LIGATURE.sub(lambda match: LIGATURES[match[0]], text)
    return _SPACE.sub(" ", text).strip()


class Words:
    """The words of one document, to decide whether a hyphen at a line's end belongs to the word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._seen: Counter[str] = Counter()
        for line in lines:
            self._seen.update(word.lower() for word in _WORD.findall(line))

    def join(self, left: str, right: str) -> str:
        """``left`` and ``right`` as one text: with a space, or as one word where a word was broken over the lines."""
        soft = left.endswith("\u00ad")
        left, right = left.rstrip(), right.lstrip()
        if not left or not right:
            return left or right
        broken = _BROKEN.search(left)
        rest = _REST.match(right)
        if soft and rest:
            return left.rstrip("\u00ad") + right
        if not broken or not rest:
            return left + right if left[-1] in "/" and rest else f"{left} {right}"
        head, tail = broken[1], rest[0]
        if tail.split("-")[0] in ("en", "of") and " " in right[:4]:
            return f"{left} {right}"
        return left + right if self._keeps_hyphen(head, tail) else left[:-1] + right

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        """Whether the hyphen stands in the word itself: by how the document writes it, else by its shape."""
        hyphened, joined = f"{head}-{tail}".lower(), f"{head}{tail}".lower()
        with_it, without = self._seen[hyphened], self._seen[joined]
        if with_it != without:
            return with_it > without
        if head[-1].isdigit() or tail[0].isdigit() or tail[0].isupper() or head.isupper():
            return True
        # A word that already has hyphens (bijna-thuis-huis) goes on with one; so do two vowels that would clash.
        if "-" in tail or "-" in head:
            return True
        return head[-1].lower() + tail[0].lower() in _CLASH and len(head) > 1


# Dutch writes a hyphen where two vowels would be read as one sound (zee-egel); "ie" and "oe" would be broken elsewhere.
_CLASH = frozenset(("aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "uu", "ui"))
