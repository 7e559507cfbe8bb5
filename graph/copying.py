"""A whole graph from one store into another: documents in batches, so that what is needed of memory is that of one batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from graph.loading import DOCUMENTS, batches
from graph.model import Contents, Link, Vectors

if TYPE_CHECKING:
    from graph.store.base import Store


def copy(
    source: Store,
    target: Store,
    *,
    replacing: bool = False,
    progress: Callable[[int, int], None] = lambda done, whole: None,
) -> int:
    """Make ``target`` hold what ``source`` holds (of what its session may see); how many documents were written.

    A copy that was broken off goes on where it was when it is asked again: a target that holds nothing but documents of
    the source, as they are there, is half a copy. Any other target that is not empty is refused with KluwenError, unless
    ``replacing``: then each document of the source first comes in place of what stands under its id, and what the source
    has not is forgotten when all of them are there. So one that is broken off has lost nothing that is in neither.
    Judgements come first, beside those that the target has: a
    ledger loses nothing. Documents come in the source's order; from the first that stands otherwise on, all are written anew. ``progress`` is
    told the number of documents that are there, and of all.
    """
    order = source.document_order()
    here = {d.id: d for d in source.documents()}
    there = {d.id: d for d in target.documents()}
    if not replacing and any(here.get(id) != document for id, document in there.items()):
        raise KluwenError("store.copy_not_empty", target=target.url, number=len(there))
    # vectors of two models can't stand together: they come when the last of the others has gone
    plain = target.model() not in (None, source.model())
    # first what people decided, so that each document comes as it was judged
    target.judge(source.ledger())
    standing = [id for id in target.document_order() if id in here]
    last = [id for id in order if plain]
    done = 0
    progress(done, len(order))

    def missing() -> Iterator[Contents]:
        nonlocal done
        kept = True
        for number, id in enumerate(order):
            contents = source.contents(id)
            inside = _inside(contents)
            if not plain and len(inside) < len(contents.links):
                last.append(id)
            contents = replace(contents, links=inside, vectors=None if plain else contents.vectors)
            kept = kept and standing[number : number + 1] == [id] and _same(target.contents(id), contents)
            if kept:
                target.add_redirects(id, source.redirects(id))
                done = number + 1
            else:
                yield contents

    written = 0
    for batch in batches(missing()):
        target.put_all(batch, anew=True)
        for contents in batch:
            target.add_redirects(contents.document.id, source.redirects(contents.document.id))
        written += len(batch)
        done += len(batch)
        progress(done, len(order))
    progress(len(order), len(order))
    for id in there.keys() - here.keys():
        target.forget(id)
    # links between documents come when all of them are there
    for batch in batches(map(source.contents, last)):
        target.put_all(batch)
    # as does which wordings are alike
    for start in range(0, len(order), DOCUMENTS):
        if known := source.compared(order[start : start + DOCUMENTS]):
            target.liken(known)
    return written


def _inside(contents: Contents) -> tuple[Link, ...]:
    """The links between statements of the document itself."""
    own = {s.id for s in contents.statements}
    return tuple(link for link in contents.links if link.source in own and link.target in own)


def _same(old: Contents, new: Contents) -> bool:
    """Whether a document stands as it is to be, but for links with other documents."""
    plain_old, plain_new = (replace(each, links=_inside(each), vectors=None) for each in (old, new))
    return plain_old == plain_new and _same_vectors(old.vectors, new.vectors)


def _same_vectors(old: Vectors | None, new: Vectors | None) -> bool:
    import numpy as np

    if old is None or new is None or not new.ids:
        return old is None and (new is None or not new.ids)
    return (
        old.model == new.model
        and old.ids == new.ids
        and np.array_equal(old.texts, new.texts)
        and np.array_equal(old.leads, new.leads)
    )
