"""From what people decided in review to examples that extraction can learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from graph.ledger.applying import effective
from graph.ledger.judgement import Verdict, holding
from graph.model import Contents, Passage, Statement
from ingest.document import Block, BlockKind, ReadDocument

if TYPE_CHECKING:
    from graph.ledger.judgement import Judgement
    from graph.store.base import Store
    from ingest.extract.examples import Example
    from ingest.extract.marks import Marked

SAYING = frozenset({Verdict.ACCEPTED, Verdict.REJECTED, Verdict.ADDED, Verdict.RETYPED})
"""The verdicts that say whether, and of what kind, something is a statement."""


def examples(store: Store) -> list[Example]:
    """One example for each document in which people judged statements: the sentences that they judged, and what these say now.

    Sentences that no one looked at are left out, since what is not in the graph may have been missed. Where the file that
    a document was read from is no longer there, what the graph keeps of its structure has to do.
    """
    from ingest.extract.examples import Example

    held = [j for j in holding(store.ledger()) if j.verdict in SAYING]
    found = []
    for document in store.documents():
        said = [j for j in held if document.id in j.documents]
        if said:
            contents = store.contents(document.id)
            now, places = _judged(contents, said)
            blocks, marked = _cut(_blocks(contents), contents, now, places)
            if blocks:
                read = ReadDocument(document.name, document.media_type, tuple(blocks))
                found.append(Example(document.id, read, marked))
    return found


def _judged(contents: Contents, said: Sequence[Judgement]) -> tuple[list[Statement], list[Statement]]:
    """The statements that stand now, and those, standing or rejected, that judgements are about."""
    made = effective(contents, said)
    every = {s.id: s for s in (*contents.statements, *made.contents.statements)}
    about = {made.attached[a] for j in said for a in j.about if a in made.attached}
    return list(made.contents.statements), [every[id] for id in sorted(about) if id in every]


def _cut(
    blocks: Sequence[Block], contents: Contents, now: Sequence[Statement], judged: Sequence[Statement]
) -> tuple[list[Block], list[Marked]]:
    """Each sentence that holds something judged as a block of its own, and what stands in it."""
    from ingest.extract.marks import Marked
    from ingest.extract.sentences import sentences

    order = {p.id: p.order for p in contents.passages}
    cut: list[Block] = []
    marked: list[Marked] = []
    for number in sorted({order[s.passage_id] for s in judged}):
        block = blocks[number]
        for start, end in sentences(block.text):
            if any(order[s.passage_id] == number and s.start < end and s.end > start for s in judged):
                marked += (
                    Marked(len(cut), s.start - start, s.end - start, s.kind)
                    for s in now
                    if order[s.passage_id] == number and start <= s.start and s.end <= end
                )
                cut.append(replace(block, text=block.text[start:end], page_breaks=(), offset=0))
    return cut, marked


def _blocks(contents: Contents) -> list[Block]:
    """The blocks that a document's passages were made of: read again where its file is the same, else told from the passages."""
    path = Path(contents.document.path or "")
    if path.is_file():
        data = path.read_bytes()
        if sha256(data).hexdigest() == contents.document.sha256:
            from ingest.readers import read_bytes

            read = list(read_bytes(data, contents.document.name).blocks)
            if [block.text for block in read] == [p.text for p in contents.passages]:
                return read
    return [_told(p) for p in contents.passages]


def _told(passage: Passage) -> Block:
    headings = tuple(passage.section.split(" > ")) if passage.section else ()
    lead_in = tuple(passage.lead_in.split(": ")) if passage.lead_in else ()
    return Block(passage.text, BlockKind(passage.kind), headings, lead_in, page=passage.page)
