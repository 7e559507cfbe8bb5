"""What is different between what stands in a store and what is put there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from corpus.errors import KluwenError
from graph.model import Contents, Document, Statement


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one document's statements: those that come, go, stay as they are, and stay but are described otherwise
    (``changed``, as they are from now on). Of the changed, ``redescribed`` say
    something else now (another kind, level, theme …), and ``moved`` say the same in another place."""

    added: tuple[Statement, ...]
    removed: tuple[Statement, ...]
    changed: tuple[Statement, ...]
    same: tuple[Statement, ...]
    redescribed: tuple[Statement, ...] = ()
    moved: tuple[Statement, ...] = ()


def difference(old: Sequence[Statement], new: Sequence[Statement]) -> Difference:
    """Compare two readings of one document by the ids of their statements; concepts are not compared."""
    before = {s.id: replace(s, concept_id="") for s in old}
    now = {s.id: replace(s, concept_id="") for s in new}
    kept = [s for s in new if s.id in before]
    changed = tuple(s for s in kept if before[s.id] != now[s.id])
    return Difference(
        added=tuple(s for s in new if s.id not in before),
        removed=tuple(s for s in old if s.id not in now),
        changed=changed,
        same=tuple(s for s in kept if before[s.id] == now[s.id]),
        redescribed=tuple(s for s in changed if _claim(before[s.id]) != _claim(now[s.id])),
        moved=tuple(
            s
            for s in changed
            if _claim(before[s.id]) == _claim(now[s.id]) and _place(before[s.id]) != _place(now[s.id])
        ),
    )


def _claim(s: Statement) -> tuple[object, ...]:
    """What a statement says."""
    return s.kind, s.level, s.theme, s.actors, s.experienced_by, s.effort, s.term


def _place(s: Statement) -> tuple[object, ...]:
    """Where in the document people find it."""
    return s.passage_id, s.start, s.page, s.section, s.lead_in


def same_document(old: Document, new: Document) -> bool:
    """Whether a document's own data are equal, but for when it was added."""
    return replace(old, added="") == replace(new, added="")


def with_decisions(old: Document | None, new: Document) -> Document:
    """A document that is read again, with the access that a person decided on it before."""
    if old is None or not old.access_decided or new.access_decided:
        return new
    return replace(new, access=old.access, access_decided=True)


def refuse_broken(contents: Contents, marked: Collection[str] = ()) -> None:
    """``marked`` are the ids of statements that people added, which may have vectors too. Raise KluwenError when contents do not hang together: a statement's quote must be the words at its place in its
    passage, ids may stand once, and everything must belong to the one document."""
    name = contents.document.name
    passages = {p.id: p for p in contents.passages}
    ids = {s.id for s in contents.statements}
    if len(passages) < len(contents.passages) or len(ids) < len(contents.statements):
        raise KluwenError("store.id_twice", document=name)
    for passage in contents.passages:
        if passage.document_id != contents.document.id:
            raise KluwenError("store.other_document", document=name, id=passage.id)
    for s in contents.statements:
        if s.document_id != contents.document.id:
            raise KluwenError("store.other_document", document=name, id=s.id)
        standing = passages.get(s.passage_id)
        if standing is None or not s.quote or standing.text[s.start : s.end] != s.quote:
            raise KluwenError("store.quote_astray", document=name, id=s.id, quote=s.quote[:80])
    vectors = contents.vectors
    if vectors is not None:
        shape = (len(vectors.ids), vectors.model.dimension)
        if (
            vectors.texts.shape != shape
            or vectors.leads.shape != shape
            or not (ids | set(marked)).issuperset(vectors.ids)
        ):
            raise KluwenError("store.vectors_astray", document=name, shape=shape, found=vectors.texts.shape)
