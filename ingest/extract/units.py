"""Which spans of a document are statements, and of which kind."""

from __future__ import annotations

from corpus.cues import cues
from graph.model import Kind
from ingest.document import BlockKind, ReadDocument
from ingest.extract import decide, rules
from ingest.extract.features import Candidate, Extractor, candidates
from ingest.extract.found import Span

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
    return _spans(extractor, tried, found, decision.least, decision)


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
