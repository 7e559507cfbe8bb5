"""The graph of concepts, actors and themes as GraphML (http://graphml.graphdrawing.org), for Gephi, Cytoscape and networkx.

Every node and edge has every attribute, typed. Each says which words it rests on: ``quotes`` holds them with document
and page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from graph.export.scope import Selection, selected
from graph.model import Concept, Edge, Node, Statement
from graph.store.base import Store

NODE_KEYS: Mapping[str, str] = {
    "label": "string",
    "kind": "string",
    "level": "string",
    "theme": "string",
    "effort": "string",
    "term": "string",
    "actors": "string",
    "experienced_by": "string",
    "support": "int",
    "statements": "int",
    "internal": "boolean",
    "quotes": "string",
}
EDGE_KEYS: Mapping[str, str] = {
    "relation": "string",
    "origin": "string",
    "confidence": "double",
    "support": "int",
    "weight": "double",
    "quotes": "string",
}
_BATCH = 400
# what XML 1.0 cannot hold, escaped or not
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pieces(store: Store, selection: Selection) -> Iterator[str]:
    """The document bit by bit: keys, nodes, edges."""
    ids, inside = _concept_ids(store, selection)
    names = {d.id: d.name for d in store.documents()}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for target, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for name, kind in keys.items():
            yield f'  <key id="{target}_{name}" for="{target}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '  <graph id="kluwen" edgedefault="directed">\n'
    chosen = set(ids)
    rim: dict[str, None] = {}
    for batch in _batches(ids):
        said: dict[str, list[Statement]] = {}
        for s in store.statements(concept_ids=batch):
            if inside is None or s.id in inside:
                said.setdefault(s.concept_id, []).append(s)
        for concept in store.concepts(batch):
            yield _concept(concept, said.get(concept.id, []), names)
        ends = {e.target for e in _edges(store, batch, inside) if e.target.startswith(("actor-", "theme-"))}
        rim |= dict.fromkeys(sorted(ends))
    if selection.concepts is not None:
        rim = {id: None for id in rim if id in selection.concepts}
    for batch in _batches(rim):
        for node in store.nodes(batch):
            yield _rim(node)
    chosen |= rim.keys()
    number = 0
    for batch in _batches(ids):
        edges = [e for e in _edges(store, batch, inside) if e.target in chosen]
        pairs = {id for e in edges for pair in e.evidence for id in pair}
        known = {s.id: s for s in store.statements(pairs)}
        for edge in edges:
            number += 1
            yield _edge(edge, number, known, names)
    yield "  </graph>\n</graphml>\n"


def _concept_ids(store: Store, selection: Selection) -> tuple[list[str], set[str] | None]:
    """The ids of the concepts that a selection's statements express, and of those statements (None for all)."""
    if selection.whole:
        return [c.id for c in store.concepts()], None
    found: dict[str, None] = {}
    inside: set[str] = set()
    for _, statements in selected(store, selection):
        inside |= {s.id for s in statements}
        found |= dict.fromkeys(s.concept_id for s in statements)
    return list(found), inside


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _edges(store: Store, batch: Sequence[str], inside: set[str] | None) -> list[Edge]:
    """The edges that leave the concepts (all do leave a concept), and rest on what is selected."""
    start = set(batch)
    return [
        e
        for e in store.edges(batch)
        if e.source in start and (inside is None or not e.evidence or any(inside.issuperset(p) for p in e.evidence))
    ]


def _concept(c: Concept, statements: Sequence[Statement], names: Mapping[str, str]) -> str:
    return _node(
        c.id,
        {
            "label": c.label,
            "kind": c.kind.value,
            "level": c.level.value if c.level else "",
            "theme": c.theme.value if c.theme else "",
            "effort": c.effort.value if c.effort else "",
            "term": c.term.value if c.term else "",
            "actors": ", ".join(c.actors),
            "experienced_by": ", ".join(c.experienced_by),
            "support": c.support,
            "statements": c.statements,
            "internal": c.internal,
            "quotes": _quotes(statements, names),
        },
    )


def _rim(node: Node) -> str:
    empty = dict.fromkeys(NODE_KEYS, "")
    return _node(
        node.id,
        empty
        | {
            "label": node.label,
            "kind": node.kind,
            "support": node.support,
            "statements": 0,
            "internal": node.internal,
        },
    )


def _node(id: str, values: Mapping[str, str | int | float | bool]) -> str:
    return f"    <node id={quoteattr(id)}>{_data('node', values)}</node>\n"


def _edge(edge: Edge, number: int, statements: Mapping[str, Statement], names: Mapping[str, str]) -> str:
    ends = list(dict.fromkeys(id for pair in edge.evidence for id in pair))
    values = {
        "relation": edge.relation.value,
        "origin": edge.origin.value,
        "confidence": round(edge.confidence, 4),
        "support": edge.support,
        "weight": float(edge.support),
        "quotes": _quotes([statements[id] for id in ends if id in statements], names),
    }
    start = f'    <edge id="e{number}" source={quoteattr(edge.source)} target={quoteattr(edge.target)}>'
    return f"{start}{_data('edge', values)}</edge>\n"


def _data(target: str, values: Mapping[str, str | int | float | bool]) -> str:
    return "".join(f'<data key="{target}_{name}">{_text(value)}</data>' for name, value in values.items())


def _text(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_FORBIDDEN.sub("", str(value)))


def _quotes(statements: Sequence[Statement], names: Mapping[str, str]) -> str:
    """Each quote with where it stands: ``“quote” (document, p. 3)``, joined with `` | ``."""
    return " | ".join(
        f"“{s.text}” ({names.get(s.document_id, s.document_id)}{f', p. {s.page}' if s.page else ''})"
        for s in statements
    )
