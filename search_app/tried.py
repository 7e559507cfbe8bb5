"""What the vocabulary sees in a sentence, word for word, for someone who edits it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from corpus.cues import cues
from corpus.dutch import is_light_word, is_stop_word, words
from corpus.mentions import EXACT, LAY, mentions
from corpus.phrases import Phrases, words_of
from corpus.vocabulary import concepts, level_cues, polarity_signs, theme_cues


@dataclass(frozen=True, slots=True)
class Seen:
    """Words of a sentence and what they are seen as: ``what`` names it, ``how`` says in which way (a concept exact, lay or
    related; a cue by its kind; a theme or level by its strength)."""

    words: str
    what: str
    how: str = ""
    broader: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """What is seen in ``text``; ``unknown`` are words that say something but belong to no concept."""

    text: str
    concepts: tuple[Seen, ...]
    actors: tuple[Seen, ...]
    themes: tuple[Seen, ...]
    levels: tuple[Seen, ...]
    cues: tuple[Seen, ...]
    matter: tuple[Seen, ...]
    unknown: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The same as ``kluwen vocabulary try --json`` writes it."""
        return asdict(self)


def tried(text: str) -> Tried:
    """What the concepts, actors, themes, levels, cues and words for what is the matter of the vocabulary see in a text."""
    from ingest.extract.actors import ActorFinder

    wider = {concept.preferred: concept.broader for concept in concepts()}
    ways = {EXACT: "exact", LAY: "lay"}
    found = sorted(mentions(text), key=lambda m: (-m.weight, m.start))
    by_concept: dict[str, Seen] = {}
    for m in found:
        by_concept.setdefault(m.concept, Seen(m.words, m.concept, ways.get(m.weight, "related"), wider[m.concept]))
    families = cues()
    themes, levels, signs = theme_cues(), level_cues(), polarity_signs()
    told = {word for m in found for word in words(m.words)}
    return Tried(
        text,
        tuple(by_concept.values()),
        tuple(dict.fromkeys(Seen(text[a.start : a.end], a.actor) for a in ActorFinder().mentions(text))),
        _seen(
            text, Phrases((c.phrase, i) for i, c in enumerate(themes)), [(c.category, str(c.strength)) for c in themes]
        ),
        _seen(
            text, Phrases((c.phrase, i) for i, c in enumerate(levels)), [(c.category, str(c.strength)) for c in levels]
        ),
        _seen(text, families.phrases, [(family.name, family.kind) for family in families.families]),
        _seen(text, Phrases((s.phrase, i) for i, s in enumerate(signs)), [(s.family, s.opposite) for s in signs]),
        tuple(dict.fromkeys(w for w in words(text) if not (w in told or is_stop_word(w) or is_light_word(w)))),
    )


def _seen(text: str, phrases: Phrases, values: list[tuple[str, str]]) -> tuple[Seen, ...]:
    row = words_of(text)
    found = phrases.find([word for word, _, _ in row])
    return tuple(dict.fromkeys(Seen(text[row[a][1] : row[b - 1][2]], *values[value]) for a, b, value in found))
