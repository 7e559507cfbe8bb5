"""Which statements say the same thing."""

from graph.model import Kind, digest, fold


def concept_id(kind: Kind, wording: str) -> str:
    """The id of the concept of that kind and wording (lead-in and quote), folded: what statements express that no
    judgement and no likeness brought together with others."""
    return "con-" + digest(kind, fold(wording))
