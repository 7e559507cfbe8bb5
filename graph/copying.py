"""A whole graph from one store into another: documents one by one, so that what is needed of memory is that of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from graph.model import Contents

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

    Each document is one transaction. A copy that was broken off goes on where it was when it is asked again: a target
    that holds nothing but documents of the source, as they are there, is half a copy. Any other target that is not
    empty is refused with KluwenError, unless ``replacing``: then what it holds is forgotten first. ``progress`` is told
    the number of documents that are there, and of all.
    """
    order = source.document_order()
    there = {d.id: d for d in target.documents()}
    here = {d.id: d for d in source.documents()}
    if any(here.get(id) != document for id, document in there.items()):
        if not replacing:
            raise KluwenError("store.copy_not_empty", target=target.url, number=len(there))
        for id in there:
            target.forget(id)
    written = 0
    for done, contents in enumerate(_contents(source, order)):
        progress(done, len(order))
        own = {s.id for s in contents.statements}
        # links between documents come when all of them are there
        links = tuple(x for x in contents.links if x.source in own and x.target in own)
        known = target.contents(contents.document.id) if contents.document.id in there else None
        if known is None or len(known.links) < len(links):
            written += not target.put(replace(contents, links=links)).unchanged
        target.add_redirects(contents.document.id, source.redirects(contents.document.id))
    progress(len(order), len(order))
    for contents in _contents(source, order):
        own = {s.id for s in contents.statements}
        if any(x.source not in own or x.target not in own for x in contents.links):
            target.put(contents)
    return written


def _contents(source: Store, order: list[str]) -> Iterator[Contents]:
    return (source.contents(id) for id in order)
