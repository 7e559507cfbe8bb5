"""Cutting a block of text into sentences, and a sentence into the clauses that statements are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.cues import Connective, abbreviations, connectives
from corpus.phrases import words_of

_STOP = re.compile(r"(?:[.!?…]+[\"'”’»)\]]*)(?=\s+[^a-z\s])|[!?]+[\"'”’»)\]]*(?=\s)")
_LAST_WORD = re.compile(r"[^\s(\"'“‘«]+$")
_MARK = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)|[–—](?=\s)|\(|\)|[“”„\"«»]|→|=>|->|[.!?…](?=[”\"])")
_EDGE_LEFT = " \t,;:–—-→=>…)”\"’'/•*"
_EDGE_RIGHT = " \t,;:–—-→=>(“„\"‘'/•*"
_SHORTENED = re.compile(r"[’'][smtkn]\b", re.IGNORECASE)
"""A word without its first letters (``’s nachts``, ``’t``): the mark before it closes no quotation."""
_LOOSE = ("which", "purpose")
MAX_CLAUSES = 24
MAX_RUN = 7
"""At most so many clauses of one sentence are tried as one statement (the whole sentence is always tried)."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence. ``start`` leaves out a connective that no quote begins with; ``opens`` says how it joins on,
    ``mark`` is the punctuation that stands before it."""

    start: int
    end: int
    opens: str
    mark: str


def sentences(text: str) -> list[tuple[int, int]]:
    """The places of a block's sentences; Dutch abbreviations and initials do not end one."""
    cuts, start = [], 0
    for match in _STOP.finditer(text):
        if match.group()[0] == "." and _holds(text[start : match.start() + 1]):
            continue
        cuts.append((start, match.end()))
        start = match.end()
    cuts.append((start, len(text)))
    out = []
    for a, b in cuts:
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            out.append((a, b))
    return out


def _holds(before: str) -> bool:
    """Whether the full stop at the end of ``before`` belongs to an abbreviation, an initial or the number of an item."""
    found = _LAST_WORD.search(before)
    word = found.group().rstrip(".") if found else ""
    if not word:
        return False
    if word.lower() in abbreviations():
        return True
    if len(word) == 1 and word.isupper():
        return True
    return word.isdigit() and before.strip() == found.group() if found else False


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A place without the punctuation around it; a full stop goes too, brackets that pair stay."""
    while start < end and text[start] in _EDGE_LEFT and not _SHORTENED.match(text, start):
        start += 1
    while end > start and text[end - 1] in _EDGE_RIGHT:
        end -= 1
    while end > start and text[end - 1] in ".;,:”\"’'":
        end -= 1
    piece = text[start:end]
    if piece.startswith("(") and piece.endswith(")") and piece.find(")") == len(piece) - 1:
        start, end = start + 1, end - 1
    elif piece.endswith(")") and piece.count(")") > piece.count("("):
        end -= 1
    return start, end


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of the sentence at ``start:end``, in order: cut at punctuation and before connectives."""
    piece = text[start:end]
    cuts: dict[int, tuple[int, str, str]] = {0: (0, "", "")}
    for match in _MARK.finditer(piece):
        mark = match.group().strip()
        at = match.start() if mark == "(" else match.end()
        cuts[at] = (at, "", mark)
    row = words_of(piece)
    kinds = connectives().kinds
    best: dict[int, tuple[int, Connective]] = {}
    for first, after, value in connectives().phrases.find([word for word, _, _ in row]):
        if first not in best or after > best[first][0]:
            best[first] = (after, kinds[value])
    until = 0
    for first in sorted(best):
        after, kind = best[first]
        if first < until:
            continue
        until = after
        at = row[first][1]
        begins = at
        mark = ""
        for earlier in range(at, max(-1, at - 3), -1):  # the comma before it is the same cut
            if earlier in cuts and not piece[earlier:at].strip():
                mark = cuts.pop(earlier)[2] if earlier != at else cuts[earlier][2]
                break
        if kind.dropped and after < len(row):
            begins = row[after][1]
            if begins and _SHORTENED.match(piece, begins - 1):
                if mark == "" and at not in cuts:
                    continue  # "’s avonds en ’s nachts" is one phrase
                begins -= 1
        cuts[at] = (begins, kind.join, mark)
    # what only adds to the words before it, without a comma, does not stand on its own
    places = sorted(at for at, (_, opens, mark) in cuts.items() if not at or mark or opens not in _LOOSE)
    out = []
    for at, following in zip(places, [*places[1:], len(piece)], strict=True):
        begins, opens, mark = cuts[at]
        if any(c.isalnum() for c in piece[begins:following]):
            out.append(Clause(start + begins, start + following, opens, mark))
    return out[: MAX_CLAUSES - 1] + (
        [Clause(out[MAX_CLAUSES - 1].start, end, "", "")] if len(out) >= MAX_CLAUSES else []
    )


def runs(count: int) -> list[tuple[int, int]]:
    """Which runs of a sentence's ``count`` clauses are tried as a statement: ``(first, one past the last)``."""
    tried = [(i, j) for i in range(count) for j in range(i + 1, min(count, i + MAX_RUN) + 1)]
    if count > MAX_RUN:
        tried.append((0, count))
    return tried
