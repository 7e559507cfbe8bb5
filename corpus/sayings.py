"""Finding sayings in a text in whatever order and form Dutch gives their words.

``houdt het niet vol`` is also found in ``houden de kinderen het echt niet meer vol``, ``dat zij het niet volhouden``, ``het niet
vol te houden`` and ``niet volgehouden``: its words may stand in any order within one clause, verbs in any of their forms,
parts of separable verbs apart or joined, with light words and a few others between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.dutch import is_light_word, is_stop_word, verb_stem, words
from corpus.vocabulary import saying_words

GAP = 2
"""How many words that say something of their own (a subject, mostly) may stand between those of a saying with a verb and
more than two words; else one less."""
MANY = 4
"""How many common words make a saying without any other (staat er alleen voor)."""
_START = 3
"""So many first letters all forms of a word have in common, or they stand in the list of forms."""
WIDER = 7
"""How many words more than its own a saying may span, light ones among them."""


@dataclass(frozen=True, slots=True)
class Saying:
    """What must stand in a text for a saying to stand there: a face for each of its words that count, and of these the
    parts of its separable verbs."""

    needed: frozenset[str]
    particles: frozenset[str]
    wide: bool
    """Whether it has a verb, which a subject may part from the rest."""

    @property
    def own(self) -> bool:
        """Whether it has a word that is not common."""
        return any(face[0] != "=" or not _common(face[1:]) for face in self.needed)


@lru_cache(maxsize=100_000)
def faces(word: str) -> frozenset[str]:
    """What a word of a text can be in a saying: its stem, itself (``=op``), and the two parts of a separable verb."""
    parts = _parts(word)
    whole = saying_words().heads.get(word, word)
    found = {_slot(whole)} if _small(whole) else {verb_stem(whole), f"={whole}"}
    if len(parts) > 1:
        found |= {_slot(part) for part in parts}
    return frozenset(found)


def _verb(rest: str) -> str | None:
    """The verb that a form behind a particle belongs to: ``houdt`` and ``gehouden`` to ``houden``, ``gevlakt`` to ``vlak``."""
    head = saying_words().heads.get(rest)
    if head is None and len(rest) > 4:
        if rest.endswith("en"):
            head = rest
        elif rest.startswith("ge") and rest[-1] in "dt":
            head = rest[2:-1]
    return head


@cache
def is_saying(term: str) -> bool:
    """Whether a term is found in other order and form too: it has two words that count, one of them not common, or many."""
    heads, left_out = saying_words().heads, saying_words().left_out
    cut = [part for word in words(term) if word not in left_out for part in _parts(word)]
    own = any(not _common(heads.get(word, word)) for word in cut)
    return len({heads.get(word, word) for word in cut}) >= (2 if own else MANY)


@cache
def saying(term: str) -> Saying:
    """A term as a saying: ``houdt het niet vol`` and ``het niet volhouden`` come out the same."""
    known = saying_words()
    cut = [_parts(word) for word in words(term) if word not in known.left_out]
    found = [part for parts in cut for part in parts]
    heads = [known.heads.get(word, word) for word in found]
    # what stands last is the verb's (houdt vol), and so is what is written as one with it (volhouden)
    loose = {word for parts in cut for word in parts[:-1]} | set(found[-1:])
    verbs = {head for word, head in zip(found, heads, strict=True) if word in known.heads and head.endswith("n")}
    return Saying(
        frozenset(_slot(head) for head in heads),
        frozenset(f"={word}" for word in loose if word in known.particles),
        bool(verbs - {"zijn"}),
    )


@lru_cache(maxsize=100_000)
def _parts(word: str) -> tuple[str, ...]:
    """A separable verb in its two parts; any other word as it is. What is cut too much is found all the same: the words of
    sayings and of texts are cut alike."""
    particles = saying_words().particles
    for size in range(len(word) - 2, 1, -1):
        if word[:size] in particles:
            inner = _verb(word[size:])
            if inner:
                return (word[:size], inner)
    return (word,)


@cache
def _slot(head: str) -> str:
    return f"={head}" if _small(head) else verb_stem(head)


@lru_cache(maxsize=100_000)
def _common(word: str) -> bool:
    return is_stop_word(word) or is_light_word(word)


@lru_cache(maxsize=100_000)
def _small(word: str) -> bool:
    return _common(word) or word in saying_words().particles


@lru_cache(maxsize=100_000)
def _may_stand_between(word: str) -> bool:
    return not word.isdigit() and (_small(word) or word in saying_words().between)


class Sayings:
    """A set of sayings, each with a value, to be found in the words of a clause."""

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        # read only when a text has a word that begins like one of theirs: there are thousands, and a text needs few
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        self._known: dict[str, tuple[tuple[Saying, int], ...]] = {}
        heads, left_out = saying_words().heads, saying_words().left_out
        for term, value in terms:
            # looked for where its word stands that says most
            counting = (word for word in words(term) if word not in left_out)
            anchor = max(counting, key=lambda word: (not _small(word), word not in heads, len(word)), default="")
            for start in _starts(anchor):
                self._by_start.setdefault(start, []).append((term, value))

    def find(self, clause: Sequence[str]) -> list[tuple[int, int, int]]:
        """All places of all sayings in the words of one clause: ``(first word, one past the last word, value)``."""
        anchors = [(at, hits) for at, word in enumerate(clause) if (hits := self._anchored(word))]
        if not anchors:
            return []
        shown = [faces(word) for word in clause]
        whole = frozenset[str]().union(*shown)
        found: dict[tuple[int, int, int], None] = {}
        for at, hits in anchors:
            for each, value in hits:
                if not each.needed <= whole:
                    continue
                place = _around(at, each.needed, shown)
                if place and _stands(each, place, clause, shown):
                    found[*place, value] = None
        return list(found)

    def _anchored(self, word: str) -> tuple[tuple[Saying, int], ...]:
        """The sayings to look for around a word (remembered: texts have few distinct words)."""
        if word not in self._known:
            terms = dict.fromkeys(hit for start in _starts(word) for hit in self._by_start.get(start, ()))
            read = ((saying(term), value) for term, value in terms)
            own = faces(word)
            self._known[word] = tuple((each, value) for each, value in read if each.needed & own)
        return self._known[word]


def _starts(word: str) -> set[str]:
    """How a word and what it is a form of begin, and the verb in it."""
    heads = saying_words().heads
    return {part[:_START] for one in (word, *_parts(word)[1:]) for part in (one, heads.get(one, one)) if part}


def _around(at: int, needed: frozenset[str], shown: Sequence[frozenset[str]]) -> tuple[int, int] | None:
    """The narrowest run of words around one that holds all of a saying."""
    widest = len(needed) + WIDER
    best: tuple[int, int] | None = None
    before: frozenset[str] = frozenset()
    for start in range(at, max(-1, at - widest), -1):
        before |= shown[start] & needed
        missing = needed - before
        end = at + 1
        while missing and end < len(shown) and end - start < widest:
            missing -= shown[end]
            end += 1
        if not missing and (best is None or end - start < best[1] - best[0]):
            best = (start, end)
        if not missing and end == at + 1:  # nothing was needed behind it: a wider run only gets wider
            break
    return best


def _stands(each: Saying, place: tuple[int, int], clause: Sequence[str], shown: Sequence[frozenset[str]]) -> bool:
    """Whether few other words stand between those of a saying, and its small words are what they are in it."""
    known = saying_words()
    needed = each.needed
    between = sum(not shown[i] & needed and not _may_stand_between(clause[i]) for i in range(*place))
    most = GAP if each.own and each.wide and len(needed) > 2 else GAP - 1
    if len(needed) == 2 and each.particles and each.particles & shown[place[0]]:
        most = 0  # a particle stands right before its verb, if before it
    if between > most:
        return False

    def no_noun_after(face: str, barred: frozenset[str]) -> bool:
        for i in range(*place):
            if face in shown[i]:
                after = clause[i + 1] if i + 1 < len(clause) else ""
                if len(shown[i]) > 2 or not after or shown[i + 1] & needed:
                    return True
                if after not in barred and _may_stand_between(after):
                    return True
        return False

    pronouns = {face for face in needed if face[1:] in known.pronouns}
    return all(no_noun_after(face, frozenset()) for face in pronouns) and all(
        no_noun_after(face, known.determiners) for face in each.particles
    )
