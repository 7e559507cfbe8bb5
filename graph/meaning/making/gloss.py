"""Dutch in English, word by word: enough for an English teacher to tell what a sentence is about."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field

from corpus.dutch import compound_parts, stem
from graph.meaning.making.words import words_of

_LONGEST_SAYING = 5


@dataclass
class Glosser:
    """Looks words up in a glossary: sayings first, then the word, a word of the same stem, a compound by its parts.

    ``english`` holds words that Dutch took over as they are (``computer``); ``light`` tells which words a sentence can do without.
    """

    glossary: Mapping[str, str]
    english: Container[str] = ()
    light: Callable[[str], bool] = lambda word: len(word) < 2
    _stems: dict[str, str] = field(default_factory=dict)
    _known: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for dutch in sorted(self.glossary, key=lambda word: (len(word), word)):
            if " " not in dutch:
                self._stems.setdefault(stem(dutch), self.glossary[dutch])

    def word(self, word: str) -> str | None:
        """The English of one word; None when it is not known."""
        if word not in self._known:
            self._known[word] = self._looked_up(word)
        return self._known[word]

    def _looked_up(self, word: str) -> str | None:
        found = self.glossary.get(word) or self._stems.get(stem(word))
        if found is not None or len(word) < 2:
            return found
        parts = [self.glossary.get(part) or self._stems.get(stem(part)) for part in compound_parts(word)]
        if parts and all(parts):
            return " ".join(part for part in parts if part)
        return word if word in self.english else None

    def sentence(self, text: str) -> tuple[str, float]:
        """The English words of a sentence in its order, and how much of its telling words has a gloss (0–1)."""
        words = words_of(text)
        out: list[str] = []
        telling = known = at = 0
        while at < len(words):
            for size in range(min(_LONGEST_SAYING, len(words) - at), 1, -1):
                saying = self.glossary.get(" ".join(words[at : at + size]))
                if saying is not None:
                    out.append(saying)
                    telling += size
                    known += size
                    at += size
                    break
            else:
                if not self.light(words[at]):
                    english = self.word(words[at])
                    telling += 1
                    if english is not None:
                        out.append(english)
                        known += 1
                at += 1
        return " ".join(out), known / telling if telling else 0.0
