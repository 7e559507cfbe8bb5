"""What stands beside a point though no source says it of this very point: its opposite, and what Kluwen infers."""

from __future__ import annotations

from html import escape

import streamlit as st

from graph.model import Node, Origin
from graph.tangle import Inferred
from search_app import session, words
from search_app.pieces import marks
from search_app.pieces.frames import heading
from search_app.views.quoted import quoted

CONTRARIES, INFERRED = 3, 5


def show(library: session.Library, node: Node) -> None:
    """Nothing where there is nothing to say."""
    _contraries(library, node)
    _inferred(library, node)


def _contraries(library: session.Library, node: Node) -> None:
    """The pairs of quotes that say the opposite, under each other."""
    pairs = library.contraries(node.id)[:CONTRARIES]
    if not pairs:
        return
    shown = quoted(library, [each for pair in pairs for each in pair])
    st.html(heading("Bronnen spreken elkaar hier misschien tegen", 3) + "".join(shown))


def _inferred(library: session.Library, node: Node) -> None:
    """What may hold since a source says it of what is perhaps the same, each with that reason."""
    found = library.inferred(node.id)[:INFERRED]
    if not found:
        return
    ends = tuple(sorted({_other(each, node) for each in found}))
    nodes = {each.id: each for each in library.nodes(ends)}
    rows = "".join(_row(each, node, nodes[_other(each, node)]) for each in found if _other(each, node) in nodes)
    st.html(f'{heading("Geen bron zegt dit, Kluwen vermoedt het", 3)}<ul class="kl-links">{rows}</ul>')


def _row(one: Inferred, node: Node, other: Node) -> str:
    relation = words.relation_word(one.edge.relation, back=one.edge.target == node.id).capitalize()
    because = f"Want misschien is dit hetzelfde: {one.twin.label}"
    return (
        f"<li>{marks.shape(other.kind, other.level)}<span>{escape(relation)}: {escape(words.node_label(other))}"
        f'<br><span class="kl-muted">{escape(because)}</span></span>{marks.origin(Origin.INFERRED)}</li>'
    )


def _other(one: Inferred, node: Node) -> str:
    return one.edge.source if one.edge.target == node.id else one.edge.target
