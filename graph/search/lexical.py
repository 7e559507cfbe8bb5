"""What the words and the concepts of a question say about a statement, on an absolute scale.

BM25 over stems and compound parts, and BM25 over concepts, divided by what this question could score at most: 1 is a
statement of average length that holds every word and every concept once. Relative to the best hit instead, a single
chance word would count as a perfect match.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from corpus.dutch import is_light_word, is_stop_word, stem, trace, words
from corpus.mentions import EXACT, Mention, mentions, telling_words, traces, wordings
from graph.search.weights import CONCEPTS, K1, LEAD_IN, LIGHT, MOST_CONCEPTS, MOST_TERMS, B

if TYPE_CHECKING:
    from graph.search.question import Question
    from graph.store.base import Corpus, Store


@dataclass(frozen=True, slots=True)
class Lexical:
    """The weights of a question's terms and concepts in one graph. ``most`` is the highest score that they allow; ``shown``
    is the question's word for each term, ``traces`` are stems without which a text mentions none of the concepts."""

    question: Question
    terms: Mapping[str, float]
    shown: Mapping[str, str]
    concepts: Mapping[str, float]
    most: float
    average_length: float
    size: int
    traces: frozenset[str] = frozenset()

    @property
    def expansion(self) -> list[str]:
        """The terms of all wordings of the question's concepts that are not its own, and last what tells their sayings: to
        nominate with, not to count."""
        found = [term for concept in self.concepts for wording in wording_terms(concept) for term in wording]
        found += [stem(word) for concept in self.concepts for word in telling_words(concept)]
        return [term for term in dict.fromkeys(found) if term not in self.terms]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The absolute scores (0–1 together) of words and of concepts, and what each part of them rests on.

    ``words`` are the question's words; ``concepts`` pairs of the question's words and the statement's; heaviest first.
    """

    word_score: float
    concept_score: float
    words: tuple[str, ...] = ()
    concepts: tuple[tuple[str, str], ...] = ()


NO_EVIDENCE = Evidence(0.0, 0.0)


def weigh(question: Question, store: Store) -> Lexical:
    """The question with the inverse document frequencies of its terms and concepts in the graph.

    A concept stands in about as many statements as its wordings together do; a word that the graph doesn't know counts
    with the largest weight.
    """
    forms = {concept: wording_terms(concept) for concept in question.concepts}
    asked = [
        *question.terms,
        *question.joined,
        *(term for wording in forms.values() for terms in wording for term in terms),
    ]
    corpus = store.corpus(list(dict.fromkeys(asked)))
    # two words that the graph writes as one count as that one too
    shown = {**question.terms, **{t: two for t, two in question.joined.items() if corpus.frequencies.get(t)}}
    terms = _rarest(
        {
            term: _idf(corpus, corpus.frequencies.get(term, 0)) * (LIGHT if is_light_word(word) else 1.0)
            for term, word in shown.items()
        },
        MOST_TERMS,
    )
    counts = {
        concept: min(corpus.size, sum(min(corpus.frequencies.get(term, 0) for term in terms) for terms in wording))
        for concept, wording in forms.items()
    }
    concepts = {c: _idf(corpus, n) * min(EXACT, question.concepts[c].weight) for c, n in counts.items()}
    concepts = _rarest(concepts, MOST_CONCEPTS)
    most = sum(terms.values()) + CONCEPTS * sum(concepts.values())
    stems = frozenset[str]().union(*map(traces, concepts))
    return Lexical(question, terms, shown, concepts, most, corpus.average_length, corpus.size, stems)


def evidence(lexical: Lexical, terms: Sequence[str], lead_terms: Sequence[str], quote: str, lead_in: str) -> Evidence:
    """What the question's words and concepts say about a statement with these analysed terms and this text."""
    if not lexical.most:
        return NO_EVIDENCE
    of_words = _words(lexical, terms, lead_terms)
    # reading what a text mentions takes longest: most mention nothing of a question
    known = {trace(term) for term in (*terms, *lead_terms)}
    of_concepts = {} if known.isdisjoint(lexical.traces) else _concepts(lexical, quote, lead_in)
    return Evidence(
        sum(of_words.values()) / lexical.most,
        CONCEPTS * sum(score for score, _ in of_concepts.values()) / lexical.most,
        tuple(lexical.shown[t] for t in sorted(of_words, key=lambda t: -of_words[t])),
        tuple(pair for _, pair in sorted(of_concepts.values(), key=lambda found: -found[0])),
    )


def word_share(lexical: Lexical, terms: Sequence[str]) -> float:
    """The share of the question's words, by weight, that stand among these terms (0–1)."""
    whole = sum(lexical.terms.values())
    return sum(lexical.terms.get(term, 0.0) for term in set(terms)) / whole if whole else 0.0


def _words(lexical: Lexical, terms: Sequence[str], lead_terms: Sequence[str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for given, weight in ((terms, 1.0), (lead_terms, LEAD_IN)):
        for term in given:
            if term in lexical.terms:
                counts[term] = counts.get(term, 0.0) + weight
    length = 1 - B + B * len(terms) / (lexical.average_length or 1.0)
    return {term: lexical.terms[term] * n * (K1 + 1) / (n + K1 * length) for term, n in counts.items()}


def _concepts(lexical: Lexical, quote: str, lead_in: str) -> dict[str, tuple[float, tuple[str, str]]]:
    """For each shared concept its score, and the words for it in the question and in the statement."""
    if not lexical.concepts:
        return {}
    counts: dict[str, float] = {}
    shown: dict[str, Mention] = {}
    for text, weight in ((quote, 1.0), (lead_in, LEAD_IN)):
        for mention in mentions(text) if text else ():
            concept = mention.concept
            if concept in lexical.concepts:
                counts[concept] = counts.get(concept, 0.0) + weight * mention.weight
                if concept not in shown or mention.weight > shown[concept].weight:
                    shown[concept] = mention
    asked = lexical.question.concepts
    return {
        concept: (lexical.concepts[concept] * n * (K1 + 1) / (n + K1), (asked[concept].words, shown[concept].words))
        for concept, n in counts.items()
    }


def wording_terms(concept: str) -> list[list[str]]:
    """For each wording of a concept the stems of its words; without those that consist of stop words alone."""
    found = ([stem(word) for word in words(wording) if not is_stop_word(word)] for wording in wordings(concept))
    return [terms for terms in found if terms]


def _idf(corpus: Corpus, n: int) -> float:
    return log(1 + (corpus.size - n + 0.5) / (n + 0.5))


def _rarest(weights: Mapping[str, float], most: int) -> dict[str, float]:
    return dict(sorted(weights.items(), key=lambda item: -item[1])[:most])
