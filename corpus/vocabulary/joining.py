"""Bringing concepts from elsewhere into a table of concepts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import KluwenError
from corpus.vocabulary.concepts import VocabularyConcept, read_concepts
from corpus.vocabulary.tables import BETWEEN


@dataclass(frozen=True, slots=True)
class Joined:
    """``concepts`` after joining; how many of them are ``new`` and how many terms came to ``others``; ``left_out``: terms
    that already stand with another concept, each with that concept."""

    concepts: tuple[VocabularyConcept, ...]
    new: int
    terms: int
    left_out: tuple[tuple[str, str], ...]


def joined(own: Iterable[VocabularyConcept], others: Iterable[VocabularyConcept]) -> Joined:
    """Our concepts with what others add. What is there stays as it is; a concept of theirs whose preferred term is a term of
    ours goes into ours; a wider concept is taken over where ours has none and it makes no circle."""
    others = tuple(others)
    found = {concept.preferred: concept for concept in own}
    before = len(found), sum(len(_all(concept)) for concept in found.values())
    owner = {term.casefold(): c.preferred for c in found.values() for term in (c.preferred, *c.exact)}
    left_out: list[tuple[str, str]] = []
    for other in others:
        name = owner.setdefault(other.preferred.casefold(), other.preferred)
        mine = found.get(name, VocabularyConcept(name))
        taken = {term.casefold() for term in _all(mine)}

        def new(terms: Sequence[str], mine: VocabularyConcept = mine, taken: set[str] = taken) -> tuple[str, ...]:
            fresh = []
            for term in terms:
                holder = owner.get(term.casefold(), mine.preferred)
                if holder != mine.preferred:
                    left_out.append((term, holder))
                elif term.casefold() not in taken:
                    taken.add(term.casefold())
                    fresh.append(term)
            return tuple(fresh)

        exact = new(other.exact)
        owner.update({term.casefold(): name for term in exact})
        lay = new(other.lay)
        related = tuple(term for term in other.related if term.casefold() not in taken)
        english = tuple(term for term in other.english if term not in mine.english)
        found[name] = replace(
            mine,
            exact=(*mine.exact, *exact),
            related=(*mine.related, *related),
            english=(*mine.english, *english),
            lay=(*mine.lay, *lay),
        )
    for other in others:
        name, broader = owner[other.preferred.casefold()], owner.get(other.broader.casefold(), "")
        if broader and not found[name].broader and name not in _wider(broader, found):
            found[name] = replace(found[name], broader=broader)
    terms = sum(len(_all(concept)) for concept in found.values()) - before[1]
    return Joined(tuple(found.values()), len(found) - before[0], terms, tuple(dict.fromkeys(left_out)))


def write_table(concepts: Iterable[VocabularyConcept], path: Path, explained: str) -> None:
    """Write concepts as a table, under the remarks ``explained`` (lines that begin with ``#``), all or nothing.

    Raises KluwenError, and leaves what was there, when the table would have a mistake.
    """
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(explained + "".join(map(_row, concepts)), encoding="utf-8")
    problems = read_concepts(draft)[1]
    if problems:
        draft.unlink()
        raise KluwenError(problems[0].key, file=path.name, line=problems[0].line, **problems[0].values)
    draft.replace(path)


def remarks(path: Path) -> str:
    """The remarks at the head of a table, each line whole."""
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    end = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:end])


def _row(concept: VocabularyConcept) -> str:
    columns = (concept.exact, concept.related, concept.english, concept.lay)
    cells = [concept.preferred, *(f" {BETWEEN} ".join(terms) for terms in columns), concept.broader]
    return "\t".join(cells) + "\n"


def _all(concept: VocabularyConcept) -> tuple[str, ...]:
    return (concept.preferred, *concept.exact, *concept.related, *concept.lay)


def _wider(name: str, concepts: dict[str, VocabularyConcept]) -> set[str]:
    """A concept and all wider ones."""
    found: set[str] = set()
    while name and name not in found:
        found.add(name)
        name = concepts[name].broader if name in concepts else ""
    return found
