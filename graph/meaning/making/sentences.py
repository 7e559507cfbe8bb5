"""The sentences that the model is fitted on: our own, and made ones in which the words of the glossary stand together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path

_MARK = re.compile(r"\{[^{}|]*\||\}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+|\t")
_HEADING = re.compile(r"^(#+|>>|-|\*|\d+[.)])\s*")


def lines(path: Path) -> list[str]:
    """The lines of a file that say something: not empty, not starting with ``#``. None where the file is not there."""
    if not path.is_file():
        return []
    return [line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]


def own_sentences(folder: Path, fewest: int = 3) -> list[str]:
    """The sentences of the marked texts and the groups of wordings in ``folder``, without their marks."""
    found: dict[str, None] = {}
    for path in sorted([*folder.glob("*.mark"), *folder.glob("alike*.txt")]):
        for sentence in _SENTENCE.split(_MARK.sub("", path.read_text("utf-8"))):
            cut = _HEADING.sub("", sentence.strip())
            if len(cut.split()) >= fewest:
                found[cut] = None
    return list(found)


def glossary(path: Path) -> dict[str, str]:
    """Dutch words and sayings, lower case, with their English: the two columns of a file."""
    found: dict[str, str] = {}
    for line in lines(path):
        dutch, _, english = line.partition("\t")
        if dutch and english:
            found.setdefault(dutch.strip().lower(), english.strip())
    return found


def made(templates: Sequence[str], words: Iterable[str], size: int) -> list[str]:
    """At most ``size`` sentences: templates with words in the places of ``{a}`` and ``{b}``. Which ones hangs on a hash of the
    word, so that a new word changes only the sentences that it is in."""
    ordered = sorted(dict.fromkeys(words), key=_hashed)
    if not templates or not ordered:
        return []
    pairs = zip(ordered, [*ordered[1:], ordered[0]], strict=True)
    filled = ((templates[_hashed(a + "?") % len(templates)], a, b) for a, b in pairs)
    return [template.replace("{a}", a).replace("{b}", b) for template, a, b in filled][:size]


def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
