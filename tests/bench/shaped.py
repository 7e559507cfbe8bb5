"""Made-up graphs of any size with the shape of real ones, document by document, the same for the same seed.

How many statements and passages a document has, how long they are, of which kind, level and theme, how many and which
actors, how words repeat and how statements are linked comes from ``shape.json``, which ``shape.py`` measured. Links and
how often the same is said come from what people found there by hand: it is more than extraction finds. Three things are
chosen, because fifteen documents can't show them: how much oftener the most common claims are made than others
(``COMMON``), how many documents come a second time (``TWICE``; the measured folder holds some in two formats on purpose)
and how much a document keeps to its own subject's words (``OWN``).

Sentences are words in the frequency of Dutch (``word_parts.txt`` in its order, then compounds of them), function words
and wordings of the field's vocabulary: made of parts, without sense. Vectors are the bundled model's of those sentences.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus import vocabulary
from graph.model import (
    Access,
    Contents,
    Document,
    Kind,
    Level,
    Link,
    Passage,
    Relation,
    Statement,
    Theme,
    document_id,
    passage_id,
    statement_ids,
)
from search_app.intake import vectors

if TYPE_CHECKING:
    from graph.meaning.base import Encoder

SHAPE: dict[str, Any] = json.loads(Path(__file__).with_name("shape.json").read_text("utf-8"))
HAND: dict[str, Any] = SHAPE["by_hand"]
COMMON = 0.5
"""The claim that is made most is made 1 / rank ** COMMON as often as the one of that rank: 400 times in 10⁶ statements."""
TWICE = 0.05
OWN = 0.4
"""The share of a document's content words that come from its own subject."""
SUBJECTS, SUBJECT_WORDS = 300, 150
COMPOUNDS = 120_000
FLAT = 15
"""The word of a rank stands 1 / (rank + FLAT) as often: Mandelbrot's form of Zipf's law, which is flat at the head."""
WORDINGS = 0.25
"""The share of content words that are a wording of the field's vocabulary: gives as many as real statements have."""


def documents(
    statements: int, *, seed: int = 7, encoder: Encoder | None = None, name: str = "rapport"
) -> Iterator[Contents]:
    """Documents with that many statements together (the last is cut), with vectors where an encoder is given.
    ``name`` begins their file names: documents of another name can join a graph that is there.

    Only what the claims of which are made again say is kept in memory: some 12 per cent of the sentences.
    """
    maker = _Maker(statements, seed, name)
    left, number = statements, 0
    while left > 0:
        made = maker.document(number, left)
        for contents in maker.with_twin(made, left - len(made.statements)):
            left -= len(contents.statements)
            number += 1
            yield replace(contents, vectors=vectors(encoder, contents.statements)) if encoder else contents


def questions(count: int, *, seed: int = 11) -> list[str]:
    """What people may ask of such a graph: three to seven words, most with a wording of the field's vocabulary."""
    language = _Language(random.Random(seed))
    return [language.sentence(language.rng.randint(3, 7), language.subject()) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class _Claim:
    kind: Kind
    quote: str


class _Language:
    """Sentences of words that are as frequent as words are."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        parts = _lines("word_parts.txt")
        compounds = (f"{a}{b}" for a, b in zip(*(rng.choices(parts, k=COMPOUNDS) for _ in "12"), strict=True))
        self.content = [*parts, *compounds]
        self.function = [word for line in _lines("stopwords.txt") for word in line.split()]
        self.wordings = [w for c in vocabulary.concepts() for w in (c.preferred, *c.exact, *c.related)]
        rng.shuffle(self.wordings)
        self._content = _zipf(len(self.content))
        self._function = _zipf(len(self.function))
        self._wordings = _zipf(len(self.wordings))
        self._subject = _zipf(SUBJECT_WORDS)
        self._subjects = [self._of(self.content, self._content, SUBJECT_WORDS) for _ in range(SUBJECTS)]

    def subject(self) -> list[str]:
        """The words that a document keeps coming back to."""
        return self.rng.choice(self._subjects)

    def sentence(self, length: int, subject: Sequence[str]) -> str:
        """A sentence of about that many words."""
        return self.sentences([length], subject)[0]

    def sentences(self, lengths: Sequence[int], subject: Sequence[str]) -> list[str]:
        """Sentences of about those lengths: a wording of several words counts as one."""
        rng, whole = self.rng, sum(lengths)
        content = 1 - SHAPE["function_words"]
        shares = (1 - content, content * WORDINGS, content * (1 - WORDINGS) * (1 - OWN), content * (1 - WORDINGS) * OWN)
        slots = rng.choices(range(len(shares)), shares, k=whole)
        drawn = (
            iter(self._of(self.function, self._function, slots.count(0))),
            iter(self._of(self.wordings, self._wordings, slots.count(1))),
            iter(self._of(self.content, self._content, slots.count(2))),
            iter(self._of(subject, self._subject, slots.count(3))),
        )
        words = [next(drawn[slot]) for slot in slots]
        ends = list(accumulate(lengths))
        return [_as_sentence(words[end - n : end]) for end, n in zip(ends, lengths, strict=True)]

    def _of(self, words: Sequence[str], weights: list[float], count: int) -> list[str]:
        return self.rng.choices(words, cum_weights=weights, k=count)


class _Maker:
    def __init__(self, statements: int, seed: int, name: str) -> None:
        self.name, self.rng = name, random.Random(seed)
        rng = self.rng
        self.language = _Language(rng)
        # so many that each is made as often, on average, as people found
        times = sum(share * n for n, share in enumerate(HAND["said_again_times"], 2))
        count = max(2, round(statements * HAND["said_again"] / times))
        lengths = [_length(rng, "quote_words") for _ in range(count)]
        kinds = rng.choices(list(Kind), [SHAPE["kinds"][k.value] for k in Kind], k=count)
        quotes: list[str] = []
        for start in range(0, count, 20):
            quotes += self.language.sentences(lengths[start : start + 20], self.language.subject())
        self.claims = [_Claim(kind, quote) for kind, quote in zip(kinds, quotes, strict=True)]
        self._claims = list(accumulate((rank + 1) ** -COMMON for rank in range(count)))
        actors = [actor.preferred for actor in vocabulary.actors()]
        rng.shuffle(actors)
        self.actors = actors[: len(SHAPE["actor_ranks"])]
        self.themes = rng.sample(list(Theme), len(Theme))
        self.levels = (Level.ORGANISATIONAL, Level.SYSTEM, Level.INTRINSIC)

    def document(self, number: int, most: int) -> Contents:
        """A document of its own, of at most so many statements."""
        rng, name = self.rng, f"{self.name}-{number}.pdf"
        id = document_id(name)
        count = min(most, max(1, round(_quantile(rng, "statements"))))
        subject = self.language.subject()
        claims = self._claims_of(count, subject)
        ids = statement_ids(id, (claim.quote for claim in claims))
        texts, where = self._passages(claims, subject)
        pages = [1 + i // 12 for i in range(len(texts))]
        passages = tuple(
            Passage(passage_id(id, i), id, i, text, section=f"Hoofdstuk {1 + i // 25}", page=pages[i])
            for i, text in enumerate(texts)
        )
        statements = tuple(
            self._statement(own, id, passages[at], start, claim)
            for own, claim, (at, start) in zip(ids, claims, where, strict=True)
        )
        document = Document(
            id,
            name,
            f"Rapport {number}: {subject[0]}",
            Access.INTERNAL if rng.random() < SHAPE["internal"] else Access.PUBLIC,
            publisher=f"Uitgever {number % 40}",
            date=str(2000 + number % 25),
            media_type="application/pdf",
            sha256=f"{number:064x}",
            pages=pages[-1],
        )
        return Contents(document, passages, statements, tuple(self._links(statements)))

    def with_twin(self, made: Contents, most: int) -> Iterator[Contents]:
        """The document, and for some the same again as another file, if there is room for it."""
        yield made
        if len(made.statements) <= most and self.rng.random() < TWICE:
            yield _twin(made)

    def _claims_of(self, count: int, subject: Sequence[str]) -> list[_Claim]:
        rng, found, again = self.rng, [], []
        kinds = rng.choices(list(Kind), [SHAPE["kinds"][k.value] for k in Kind], k=count)
        own = self.language.sentences([_length(rng, "quote_words") for _ in range(count)], subject)
        for kind, quote in zip(kinds, own, strict=True):
            if rng.random() >= HAND["said_again"]:
                found.append(_Claim(kind, quote))
            elif again and rng.random() >= HAND["said_again_elsewhere"]:
                found.append(rng.choice(again))
            else:
                again += rng.choices(self.claims, cum_weights=self._claims)
                found.append(again[-1])
        return found

    def _passages(self, claims: Sequence[_Claim], subject: Sequence[str]) -> tuple[list[str], list[tuple[int, int]]]:
        """The texts of a document's passages, and for each claim in which of them it stands and from where."""
        rng = self.rng
        texts: list[str] = []
        where: list[tuple[int, int]] = []
        several = list(accumulate(SHAPE["statements_of_passage"]))
        left = len(claims)
        while left:
            size = min(left, 1 + rng.choices(range(len(several)), cum_weights=several)[0])
            text = ""
            for claim in claims[len(claims) - left : len(claims) - left + size]:
                text += " " if text else ""
                where.append((len(texts), len(text)))
                text += claim.quote
            texts.append(text)
            left -= size
        # passages without a statement come between them, and lie anywhere
        whole = max(len(texts), round(len(claims) * _quantile(rng, "passages_per_statement")))
        plain = self.language.sentences([_length(rng, "passage_words") for _ in range(whole - len(texts))], subject)
        places = sorted(rng.sample(range(whole), len(texts)))
        spread = iter(plain)
        stated = dict(zip(places, texts, strict=True))
        return [stated.get(i) or next(spread) for i in range(whole)], [(places[at], start) for at, start in where]

    def _statement(self, id: str, document: str, passage: Passage, start: int, claim: _Claim) -> Statement:
        rng = self.rng
        solution = claim.kind == Kind.SOLUTION
        bearers = _count(rng, SHAPE["experienced_by"]) if claim.kind == Kind.BOTTLENECK else 0
        return Statement(
            id,
            document,
            passage.id,
            start,
            start + len(claim.quote),
            claim.kind,
            claim.quote,
            lead_in="In deze regio" if rng.random() < SHAPE["lead_in"] else None,
            page=passage.page,
            section=passage.section,
            level=None if solution else rng.choices(self.levels, SHAPE["levels"])[0],
            theme=rng.choices(self.themes, SHAPE["themes"])[0],
            actors=self._actors(_count(rng, SHAPE["actors"])),
            experienced_by=self._actors(bearers),
            confidence=round(_quantile(rng, "confidence"), 3),
            rule="heading",
        )

    def _actors(self, count: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.rng.choices(self.actors, SHAPE["actor_ranks"], k=count))) if count else ()

    def _links(self, statements: Sequence[Statement]) -> Iterator[Link]:
        rng = self.rng
        linked = HAND["links_per_statement"] / sum(n * share for n, share in enumerate(HAND["links_from"], 1))
        backward = HAND["relations"]["CAUSED_BY"] / (HAND["relations"]["CAUSED_BY"] + HAND["relations"]["LEADS_TO"])
        tied: set[frozenset[str]] = set()
        for i, statement in enumerate(statements):
            # a cause says nothing of others here: the rest says so much the more
            if statement.kind == Kind.CAUSE or rng.random() >= linked / (1 - SHAPE["kinds"]["cause"]):
                continue
            near = [
                other
                for other in statements[max(0, i - 12) : i + 13]
                if other.kind != Kind.SOLUTION and other.id != statement.id
            ]
            for other in rng.sample(near, min(len(near), 1 + _count(rng, HAND["links_from"]))):
                if frozenset((statement.id, other.id)) in tied:
                    continue
                tied.add(frozenset((statement.id, other.id)))
                if statement.kind == Kind.SOLUTION:
                    relation = Relation.ADDRESSES
                elif other.kind == Kind.CAUSE or rng.random() < backward:
                    relation = Relation.CAUSED_BY
                else:
                    relation = Relation.LEADS_TO
                yield Link(statement.id, relation, other.id, confidence=0.7, rule="sentence")


def _twin(made: Contents) -> Contents:
    """The same document as another file: its ids are others, its words are the same."""
    name = made.document.name.replace(".pdf", ".html")
    id = document_id(name)
    passages = {p.id: replace(p, id=passage_id(id, p.order), document_id=id) for p in made.passages}
    ids = dict(zip((s.id for s in made.statements), statement_ids(id, (s.quote for s in made.statements)), strict=True))
    return Contents(
        replace(made.document, id=id, name=name, media_type="text/html", sha256=made.document.sha256[::-1]),
        tuple(passages.values()),
        tuple(replace(s, id=ids[s.id], document_id=id, passage_id=passages[s.passage_id].id) for s in made.statements),
        tuple(replace(x, source=ids[x.source], target=ids[x.target]) for x in made.links),
    )


def _quantile(rng: random.Random, name: str) -> float:
    """A value that lies between two measured quantiles."""
    values = SHAPE[name]
    at = rng.random() * (len(values) - 1)
    low = int(at)
    return float(values[low] + (values[low + 1] - values[low]) * (at - low))


def _length(rng: random.Random, name: str) -> int:
    return max(1, round(_quantile(rng, name)))


def _count(rng: random.Random, shares: Sequence[float]) -> int:
    """The place of the share that is drawn: 0 for the first."""
    return rng.choices(range(len(shares)), shares)[0]


def _zipf(count: int) -> list[float]:
    """Cumulative weights of words from the most to the least frequent."""
    return list(accumulate(1 / (rank + FLAT) for rank in range(count)))


def _as_sentence(words: Sequence[str]) -> str:
    text = " ".join(words)
    return f"{text[:1].upper()}{text[1:]}."


def _lines(name: str) -> list[str]:
    return [x for x in (vocabulary.FOLDER / name).read_text("utf-8").splitlines() if x and not x.startswith("#")]
