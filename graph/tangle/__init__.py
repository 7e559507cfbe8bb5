"""The tangle around a node: what it hangs together with, where the loops are, and what has no answer.

Plain functions over a :class:`graph.store.base.Store`. They see what the store shows, and so no internal document in a
public session.
"""

from graph.tangle.answers import Answer, solutions_for, unanswered
from graph.tangle.causal import Lever, Loop, levers, loops
from graph.tangle.inferred import Inferred, inferred
from graph.tangle.routes import Route, paths
from graph.tangle.walk import Tangle, neighbourhood

__all__ = [
    "Answer",
    "Inferred",
    "Lever",
    "Loop",
    "Route",
    "Tangle",
    "inferred",
    "levers",
    "loops",
    "neighbourhood",
    "paths",
    "solutions_for",
    "unanswered",
]
