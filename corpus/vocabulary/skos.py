"""Concepts as SKOS (https://www.w3.org/TR/skos-reference/), for and from other vocabulary tools.

The preferred term is ``skos:prefLabel``, exact terms are ``skos:altLabel``, words of every day ``skos:hiddenLabel`` (searched
with, not shown), a wider concept is ``skos:broader``. A related term that is a concept of the list is ``skos:related`` too;
as words, all of them stand under ``kluwen:relatedTerm``, for which SKOS has no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from corpus.errors import KluwenError
from corpus.vocabulary.concepts import VocabularyConcept
from corpus.vocabulary.turtle import RDF, Literal, NoTurtle, quoted, triples

SKOS = "http://www.w3.org/2004/02/skos/core#"
OWN = "urn:kluwen:vocabulary:"
LANGUAGE, ENGLISH = "nl", "en"


def to_skos(concepts: Iterable[VocabularyConcept]) -> str:
    """The concepts as one SKOS scheme in Turtle, in their order; :func:`from_skos` gives the same concepts back."""
    concepts = tuple(concepts)
    owner = {term.casefold(): c.preferred for c in concepts for term in (c.preferred, *c.exact)}
    head = f"@prefix skos: <{SKOS}> .\n@prefix kluwen: <{OWN}> .\n\n<{OWN}concepts> a skos:ConceptScheme ;\n"
    head += f"    skos:prefLabel {quoted('Kluwen', LANGUAGE)} .\n"
    return head + "".join(_block(concept, owner) for concept in concepts)


def _block(concept: VocabularyConcept, owner: dict[str, str]) -> str:
    lines = [f"\n{_iri(concept.preferred)} a skos:Concept", f"skos:inScheme <{OWN}concepts>"]
    labels = (
        ("skos:prefLabel", (concept.preferred,), LANGUAGE),
        ("skos:prefLabel", concept.english[:1], ENGLISH),
        ("skos:altLabel", concept.exact, LANGUAGE),
        ("skos:altLabel", concept.english[1:], ENGLISH),
        ("skos:hiddenLabel", concept.lay, LANGUAGE),
        ("kluwen:relatedTerm", concept.related, LANGUAGE),
    )
    for name, terms, language in labels:
        if terms:
            lines.append(f"{name} " + ", ".join(quoted(term, language) for term in terms))
    beside = dict.fromkeys(owner[term.casefold()] for term in concept.related if term.casefold() in owner)
    beside.pop(concept.preferred, None)
    if beside:
        lines.append("skos:related " + ", ".join(map(_iri, beside)))
    if concept.broader:
        lines.append(f"skos:broader {_iri(concept.broader)}")
    return " ;\n    ".join(lines) + " .\n"


def _iri(preferred: str) -> str:
    return f"<{OWN}{quote(preferred, safe='')}>"


def from_skos(path: Path) -> tuple[VocabularyConcept, ...]:
    """The concepts of a file in Turtle that have a Dutch preferred label (or one in no language), in its order.

    Raises KluwenError (``vocabulary.…``) when the file is not there, is no Turtle or holds no such concept.
    """
    try:
        found = triples(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise KluwenError("vocabulary.no_file", file=path) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise KluwenError("vocabulary.encoding", file=path.name, line=line) from error
    except NoTurtle as error:
        raise KluwenError("vocabulary.no_turtle", file=path.name, line=error.line) from error
    about: dict[str, dict[str, list[str | Literal]]] = {}
    for subject, predicate, value in found:
        about.setdefault(subject, {}).setdefault(predicate, []).append(value)
    chosen = {node: facts for node, facts in about.items() if f"{SKOS}Concept" in facts.get(f"{RDF}type", ())}
    names = {
        node: label for node, facts in chosen.items() for label in [next(_labels(facts, "prefLabel"), "")] if label
    }
    if not names:
        raise KluwenError("vocabulary.no_concepts", file=path.name)
    return tuple(_concept(chosen[node], name, names) for node, name in names.items())


def _concept(facts: dict[str, list[str | Literal]], name: str, names: dict[str, str]) -> VocabularyConcept:
    exact = _distinct(_labels(facts, "altLabel"), {name})
    lay = _distinct(_labels(facts, "hiddenLabel"), {name, *exact})
    beside = [names[node] for node in _nodes(facts, "related") if node in names]
    own = [value.text for value in facts.get(f"{OWN}relatedTerm", ()) if isinstance(value, Literal)]
    # of a vocabulary of our own the words say more than the concepts that they belong to
    related = _distinct(own or beside, {name, *exact, *lay})
    english = _distinct((*_labels(facts, "prefLabel", ENGLISH), *_labels(facts, "altLabel", ENGLISH)), ())
    broader = next((names[node] for node in _nodes(facts, "broader") if node in names), "")
    return VocabularyConcept(name, exact, related, english, lay, broader)


def _labels(facts: dict[str, list[str | Literal]], kind: str, language: str = LANGUAGE) -> Iterator[str]:
    """Labels in a language; Dutch ones first, then those in none."""
    wanted = (LANGUAGE, "") if language == LANGUAGE else (language,)
    for one in wanted:
        for value in facts.get(SKOS + kind, ()):
            if isinstance(value, Literal) and value.language.partition("-")[0] == one and _clean(value.text):
                yield _clean(value.text)


def _nodes(facts: dict[str, list[str | Literal]], kind: str) -> Iterator[str]:
    return (value for value in facts.get(SKOS + kind, ()) if isinstance(value, str))


def _clean(text: str) -> str:
    """A label as a cell of a table can hold it."""
    return " ".join(text.replace("|", " ").split())


def _distinct(terms: Iterable[str], without: Iterable[str]) -> tuple[str, ...]:
    """The terms once each, without those that stand elsewhere; upper and lower case make no difference."""
    barred = {term.casefold() for term in without}
    found: dict[str, str] = {}
    for term in terms:
        if term.casefold() not in barred:
            found.setdefault(term.casefold(), term)
    return tuple(found.values())
