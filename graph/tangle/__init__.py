"""The tangle around a node: what it hangs together with, where the loops are, and what has no answer.

Plain functions over a :class:`graph.store.base.Store`. They see what the store shows, and so no internal document in a
public session.
"""

from graph.tangle.answers import unanswered
from graph.tangle.causal import Lever, Loop, levers, loops
from graph.tangle.inferred import Inferred, inferred
from graph.tangle.routes import Route, paths
from graph.tangle.solutions import Answer, Hop, Way, solutions_by_meaning, solutions_for
from graph.tangle.walk import Tangle, neighbourhood

__all__ = [
    "Answer",
    "Hop",
    "Inferred",
    "Lever",
    "Loop",
    "Route",
    "Tangle",
    "Way",
    "inferred",
    "levers",
    "loops",
    "neighbourhood",
    "paths",
    "solutions_by_meaning",
    "solutions_for",
    "unanswered",
]
