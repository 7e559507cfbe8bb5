"""Which spans of a document are statements, and of which kind."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.cues import cues
from graph.model import Kind
from ingest.document import BlockKind, ReadDocument
from ingest.extract import decide, rules
from ingest.extract.enumerated import summed_up
from ingest.extract.features import Candidate, Extractor, candidates
from ingest.extract.found import Span
from ingest.extract.notes import is_board, noted

NOTE = 0.04
"""The bar for a sticky note: nearly all of them are statements."""
ASIDE = 0.5
"""What a statement in a footnote counts beside one in the text."""
SHORT, PART = 12, 0.5
"""What a part counts beside the whole of a cell of no more words than this."""
ITEM = 0.6
"""How sure an item of a sentence that sums up problems, causes or solutions is to be one, at least."""
_COLUMN = {Kind.BOTTLENECK: 1, Kind.SOLUTION: 2, Kind.CAUSE: 3}
_SPEAKS = {"bottleneck": Kind.BOTTLENECK, "effect": Kind.BOTTLENECK, "solution": Kind.SOLUTION, "cause": Kind.CAUSE}


def spans(document: ReadDocument, *, learned: bool = True) -> list[Span]:
    """The statements of a document, by place; a cause within a bottleneck stands behind it. Nothing else overlaps.

    ``learned=False`` uses the rules of the vocabulary alone.
    """
    if not learned:
        extractor = Extractor(document, lambda name: None)
        tried = candidates(document, extractor.structure, extractor.sentences, range(len(extractor.sentences)))
        return _spans(extractor, tried, rules.probabilities(extractor, tried), rules.LEAST, None)
    decision = decide.model()
    extractor = Extractor(document, decision.names.get)
    if not extractor.sentences:
        return []
    holds = decide.sentence_probabilities(extractor, decision)
    wanted = [n for n, row in enumerate(holds) if row.max() >= decide.QUIET]
    tried = candidates(document, extractor.structure, extractor.sentences, wanted)
    rows = [extractor.candidate_row(c) for c in tried]
    found = decide.run_probabilities(extractor, tried, rows, extractor.shared_row, holds, decision)
    found = weighed(extractor, tried, found)
    taken = _spans(extractor, tried, found, decision.least, decision)
    if is_board(document):
        return noted(document, taken, _spans(extractor, tried, found, (NOTE,) * 3, decision))
    return taken


def weighed(extractor: Extractor, tried: Sequence[Candidate], found: decide.Floats) -> decide.Floats:
    """The probabilities, in which a cell under a title such as "Oorzaak" can only be what the title says.

    So can the items of a sentence that says what it sums up. In a cell of bottlenecks a clause behind a connective of reason stays a cause. A short cell says one thing, and a
    footnote mostly tells how something was counted.
    """
    out = found.copy()
    for row, candidate in zip(out, tried, strict=True):
        sentence = extractor.sentences[candidate.sentence]
        if extractor.document.blocks[candidate.block].kind is BlockKind.FOOTNOTE:
            row[1:] *= ASIDE
        governed = extractor.structure.governed(candidate.block)
        kind = _SPEAKS.get(governed.kind)
        if governed.where != "column" or kind is None:
            continue
        opens = sentence.clauses[candidate.first].opens
        part = candidate.first > 0 or candidate.last < len(sentence.clauses)
        kept = row[3] if kind is Kind.BOTTLENECK and opens in ("cause", "by") else 0.0
        mass = row[1:].sum() - kept
        row[1:] = 0.0
        row[3] = kept
        row[_COLUMN[kind]] = mass * (PART if part and len(sentence.words) <= SHORT else 1.0)
    for number, said in summed_up(extractor, tried).items():
        mass = float(out[number, 1:].sum())
        out[number, 1:] = 0.0
        if kind := _SPEAKS.get(said):
            out[number, _COLUMN[kind]] = max(mass, ITEM)
    return out


def _spans(
    extractor: Extractor,
    tried: list[Candidate],
    found: decide.Floats,
    least: tuple[float, float, float],
    decision: decide.Model | None,
) -> list[Span]:
    counts = [len(sentence.clauses) for sentence in extractor.sentences]
    out = []
    for number, column in decide.taken(tried, counts, found, least):
        candidate = tried[number]
        kind = decide.KINDS[column - 1]
        rule, cue = reason(extractor, candidate, kind)
        probability = float(found[number][column])
        confidence = decision.confidence(probability) if decision else round(probability, 3)
        out.append(Span(candidate.block, candidate.start, candidate.end, kind, confidence, rule, cue))
    return sorted(out, key=lambda span: (span.block, span.start, -span.end))


def reason(extractor: Extractor, candidate: Candidate, kind: Kind) -> tuple[str, str]:
    """What speaks most for a statement, as a rule and its words: the structure, a connective, or cue words.

    ``("words", "")`` where only the learned weights of ordinary words decided.
    """
    block = extractor.document.blocks[candidate.block]
    sentence = extractor.sentences[candidate.sentence]
    governed = extractor.structure.governed(candidate.block)
    announces, where, text = governed.kind, governed.where, governed.text
    if _SPEAKS.get(announces) is kind and block.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL):
        return f"{where}:{announces}", text
    first, last = sentence.inside(candidate.start, candidate.end)
    row = sentence.words
    opened = sentence.clauses[candidate.first].opens
    if kind is Kind.CAUSE and opened in ("cause", "by") and first < last:
        return "connective:cause", row[first].text
    families = cues().families
    speaking = [
        (families[f].weight, b - a, -a, f)
        for a, b, f in sentence.cues
        if a >= first and b <= last and families[f].kind == kind
    ]
    if speaking:
        _, length, start, number = max(speaking)
        return f"cue:{families[number].name}", " ".join(word.text for word in row[-start : -start + length])
    if _SPEAKS.get(announces) is kind:
        return f"{where}:{announces}", text
    return "words", ""
