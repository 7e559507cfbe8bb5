"""What a search is limited to, from the words that a person gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.errors import KluwenError

if TYPE_CHECKING:
    from graph.store.base import Filters, Store


def filters(
    store: Store,
    *,
    kinds: Iterable[str] = (),
    levels: Iterable[str] = (),
    themes: Iterable[str] = (),
    actors: Iterable[str] = (),
    documents: Iterable[str] = (),
) -> Filters:
    """The filters that words in either language mean. Raises KluwenError for a word that means nothing here."""
    from graph.store.base import Filters
    from search_app.words import parse_kind, parse_level, parse_theme

    return Filters(
        kinds=frozenset(map(parse_kind, kinds)),
        levels=frozenset(map(parse_level, levels)),
        themes=frozenset(map(parse_theme, themes)),
        actors=frozenset(_actor(store, word) for word in actors),
        documents=frozenset(store.document(name).id for name in documents),
    )


def _actor(store: Store, word: str) -> str:
    """The preferred term of an actor: as the graph has it, else as the vocabulary names it (``huisartsen``, ``POH``)."""
    from graph.model import fold

    known = store.facets().get("actor", {})
    for actor in known:
        if fold(actor) == fold(word):
            return actor
    from ingest.extract.actors import ActorFinder

    for mention in ActorFinder().mentions(word):
        if mention.actor in known:
            return mention.actor
    raise KluwenError("command.unknown_actor", word=word, known=", ".join(list(known)[:8]) or "–")
