"""Which statements say the same thing."""

from graph.model import Kind, Statement, digest, fold


def concept_key(statement: Statement) -> str:
    """The id of the concept that a statement expresses when no judgement says otherwise.

    Two statements of one kind with the same folded wording (lead-in and quote) share it.
    """
    return concept_id(statement.kind, statement.text)


def concept_id(kind: Kind, wording: str) -> str:
    """The id of the concept of that kind and wording."""
    return "con-" + digest(kind, fold(wording))
