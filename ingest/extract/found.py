"""What the first step of extraction finds, before it is known what it is about."""

from dataclasses import dataclass

from graph.model import Kind


@dataclass(frozen=True, slots=True)
class Span:
    """A statement's place and kind: ``document.blocks[block].text[start:end]`` is its quote.

    ``confidence`` is the calibrated share of such spans that are right; ``rule`` and ``cue`` say what found it.
    """

    block: int
    start: int
    end: int
    kind: Kind
    confidence: float
    rule: str
    cue: str = ""
