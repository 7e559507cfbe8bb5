"""A second, optional extractor: a language model proposes statements, and only those stay whose words stand in the source.

It adds to what rules found and changes none of it. Off unless a person asks for it and names the address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from corpus.errors import KluwenError
from corpus.messages import say
from graph.model import Found, Kind, Statement, statement_ids
from ingest.document import ReadDocument
from ingest.extract import Extraction, statement
from ingest.extract.found import Span

if TYPE_CHECKING:
    from ingest.propose.address import Address
    from ingest.propose.answer import Proposal
    from ingest.propose.chunks import Piece
    from ingest.propose.server import Model

CONFIDENCE = 0.4
"""The confidence of what only a model says. Not calibrated, since each model differs: below what rules keep on average."""
MOST_QUOTE = 500
"""How many characters a quote may have; a longer one is a passage and no statement."""
SAME = 0.5
"""The share of two spans' words that they must have in common to be one statement."""
INSIDE = 0.8
"""The share of the shorter of two spans of one kind that must lie in the other to be part of it."""
GIVE_UP = 2
"""After so many documents in a row that a server failed on, it is not asked again."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a model did for one document. ``extraction`` is that of the rules with what it added. ``added`` counts what is new,
    ``known`` what rules had found too, ``invented`` quotes that stand nowhere in the passages that it read, ``unusable`` items
    without a kind or with a passage for a quote, ``unread`` of ``asked`` questions those with no list for an answer.
    ``failed`` says why it added nothing at all, or is None."""

    extraction: Extraction
    added: int = 0
    known: int = 0
    invented: int = 0
    unusable: int = 0
    unread: int = 0
    asked: int = 0
    failed: KluwenError | None = None

    @property
    def sentence(self) -> str:
        """What the person who adds the document should know of it."""
        if self.failed is not None:
            return say("propose.rules_only", reason=self.failed)
        counts = {name: getattr(self, name) for name in ("added", "known", "invented", "unusable")}
        unread = say("propose.unread", unread=self.unread, asked=self.asked) if self.unread else ""
        return say("propose.done", **counts) + unread


def _nobody(address: Address) -> bool:
    return False


@dataclass(slots=True)
class Proposer:
    """Asks one model about document after document, and stops asking when its server is gone.

    ``confirm`` says whether internal documents may go to an address that is not this machine; it is asked once, when the first
    comes, and by default it says no.
    """

    model: Model
    confirm: Callable[[Address], bool] = _nobody
    _confirmed: bool | None = None
    _failures: list[KluwenError] = field(default_factory=list)

    @property
    def rule(self) -> str:
        """What its statements say found them."""
        return f"model {self.model.name}"

    def asked_before(self, statements: Iterable[Statement]) -> bool:
        """Whether this model proposed any of these statements."""
        return any(each.origin is Found.MODEL and each.rule == self.rule for each in statements)

    def propose(
        self, document: ReadDocument, document_id: str, extraction: Extraction, *, internal: bool = True
    ) -> Proposed:
        """The extraction with what the model adds to it: all that it has to say of the document, or nothing where its server
        fails on the way, or where an ``internal`` document may not go there."""
        if internal and not self._may_read_internal():
            return Proposed(extraction, failed=KluwenError("propose.stays", address=self.model.address.base))
        if len(self._failures) >= GIVE_UP:
            return Proposed(extraction, failed=self._failures[-1])
        try:
            found = _proposed(document, document_id, extraction, self.model, self.rule)
        except KluwenError as error:
            self._failures.append(error)
            return Proposed(extraction, failed=error)
        self._failures.clear()
        return found

    def _may_read_internal(self) -> bool:
        if self.model.address.local:
            return True
        if self._confirmed is None:
            self._confirmed = self.confirm(self.model.address)
        return self._confirmed


def _proposed(document: ReadDocument, document_id: str, extraction: Extraction, model: Model, rule: str) -> Proposed:
    from ingest.propose.answer import SCHEMA, proposals
    from ingest.propose.chunks import chunks, question

    numbers = {passage: n for n, passage in enumerate(_passage_ids(document, document_id))}
    taken = [(numbers[s.passage_id], s.start, s.end, s.kind) for s in extraction.statements]
    kept: list[tuple[Span, Proposal]] = []
    known = invented = unusable = unread = 0
    groups = chunks(document)
    for group in groups:
        answer = proposals(model.ask(_instruction(), question(document, group), SCHEMA))
        if answer is None:
            unread += 1
            continue
        said, wrong = answer
        unusable += wrong
        for each in said:
            if len(each.quote) > MOST_QUOTE:
                unusable += 1
                continue
            places = _places(document, group, each)
            if not places:
                invented += 1
                continue
            free = [place for place in places if not _stands(taken, place, each.kind)]
            if not free:
                known += 1
                continue
            block, start, end = free[0]
            taken.append((block, start, end, each.kind))
            kept.append((Span(block, start, end, each.kind, CONFIDENCE, rule), each))
    if groups and unread == len(groups):
        raise KluwenError("propose.unreadable", model=model.name)
    merged = _merged(document, document_id, extraction, kept)
    return Proposed(merged, len(kept), known, invented, unusable, unread, len(groups))


def _places(document: ReadDocument, group: Sequence[Piece], proposal: Proposal) -> list[tuple[int, int, int]]:
    """Where a quote stands letter for letter, from word edge to word edge: in the passage that it names, else in the others."""
    blocks = dict.fromkeys(piece.block for piece in group)
    quote = proposal.quote
    pattern = re.compile(
        (r"(?<!\w)" if quote[0].isalnum() else "") + re.escape(quote) + (r"(?!\w)" if quote[-1].isalnum() else "")
    )
    order = sorted(blocks, key=lambda block: block != proposal.passage)
    return [
        (block, found.start(), found.end())
        for block in order
        for found in pattern.finditer(document.blocks[block].text)
    ]


def _stands(taken: Sequence[tuple[int, int, int, Kind]], place: tuple[int, int, int], kind: Kind) -> bool:
    """Whether what stands at a place is a statement already: much the same words, or a part of one of its kind."""
    block, start, end = place
    for other, from_, to, its in taken:
        shared = min(end, to) - max(start, from_) if other == block else 0
        if shared <= 0:
            continue
        union, shorter = max(end, to) - min(start, from_), min(end - start, to - from_)
        if shared >= SAME * union or (kind == its and shared >= INSIDE * shorter):
            return True
    return False


def _merged(
    document: ReadDocument, document_id: str, extraction: Extraction, kept: Sequence[tuple[Span, Proposal]]
) -> Extraction:
    """What rules found, with the ids it has without a model, and what the model adds, in the order of the source."""
    from ingest.extract.attributes import attributes

    kept = sorted(kept, key=lambda pair: (pair[0].block, pair[0].start, pair[0].end))
    spans = [span for span, _ in kept]
    passages = _passage_ids(document, document_id)
    known = [each.quote for each in extraction.statements]
    quotes = [document.blocks[span.block].text[span.start : span.end] for span in spans]
    ids = statement_ids(document_id, [*known, *quotes])[len(known) :]
    new = []
    for (span, proposal), id, quote, about in zip(kept, ids, quotes, attributes(document, spans), strict=True):
        found = statement(document, document_id, span, quote, id, about)
        bears = span.kind is Kind.BOTTLENECK and _actors(proposal.experienced_by)
        new.append(
            replace(
                found,
                level=found.level if span.kind is Kind.SOLUTION else proposal.level or found.level,
                theme=proposal.theme or found.theme,
                actors=_actors(proposal.actors) or found.actors,
                experienced_by=bears or found.experienced_by,
                origin=Found.MODEL,
            )
        )
    order = {passage: n for n, passage in enumerate(passages)}
    both = sorted((*extraction.statements, *new), key=lambda s: (order[s.passage_id], s.start, s.end))
    return replace(extraction, statements=tuple(both))


def _actors(names: Sequence[str]) -> tuple[str, ...]:
    """The preferred terms for what a model calls actors; a name that the vocabulary does not know is left out."""
    from ingest.extract.actors import finder

    return tuple(dict.fromkeys(mention.actor for name in names for mention in finder().mentions(name)))


def _passage_ids(document: ReadDocument, document_id: str) -> list[str]:
    from graph.model import passage_id

    return [passage_id(document_id, order) for order in range(len(document.blocks))]


@cache
def _instruction() -> str:
    return files(__name__).joinpath("prompt.md").read_text(encoding="utf-8")
