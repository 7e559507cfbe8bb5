"""The shapes on a slide in the order in which people read them: row by row, from left to right."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.readers.office.package import attribute, children, local

_ROW = 250_000  # in EMU, 7 mm: shapes whose tops differ less stand beside each other

_Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with text or a table; ``role`` is the kind of placeholder that it fills, None for any other shape."""

    element: Any
    id: str
    role: str | None
    x: float
    y: float


def placed(slide: Any, layout: Any | None) -> list[Shape]:
    """The shapes of a slide; one that has no place of its own stands where its layout says, else at the top."""
    outline = (
        {_key(each): place for each, place in _shapes(layout) if place and _role(each) is not None}
        if layout is not None
        else {}
    )
    shapes = []
    for element, own in _shapes(slide):
        place = own or outline.get(_key(element)) or (0.0, 0.0)
        shapes.append(Shape(element, _id(element), _role(element), *place))
    return _by_place(shapes)


def _shapes(root: Any) -> Iterator[tuple[Any, _Place | None]]:
    tree = next(root.iter("{*}spTree"), None)
    yield from _inside(tree) if tree is not None else ()


def _inside(group: Any) -> Iterator[tuple[Any, _Place | None]]:
    """The shapes in a group, each with its place in the measure of what the group stands in."""
    for child in children(group):
        if local(child) == "grpSp":
            moved = child.find("{*}grpSpPr/{*}xfrm")
            for element, place in _inside(child):
                yield element, _moved(moved, place)
        elif local(child) in ("sp", "graphicFrame"):
            at = child.find("{*}spPr/{*}xfrm")
            yield child, _pair(at if at is not None else child.find("{*}xfrm"), "off")


def _by_place(shapes: list[Shape]) -> list[Shape]:
    rest, ordered = sorted(shapes, key=lambda shape: (shape.y, shape.x)), []
    while rest:
        row = [shape for shape in rest if shape.y <= rest[0].y + _ROW]
        ordered += sorted(row, key=lambda shape: (shape.x, shape.y))
        rest = rest[len(row) :]
    return ordered


def _role(element: Any) -> str | None:
    holder = next(element.iter("{*}ph"), None)
    return None if holder is None else attribute(holder, "type") or ""


def _key(element: Any) -> tuple[str, str]:
    """How a placeholder and that of its layout find each other: by number, titles by their kind."""
    holder = next(element.iter("{*}ph"), None)
    if holder is None:
        return ("shape", _id(element))
    kind = attribute(holder, "type") or ""
    return ("title", "") if kind in ("title", "ctrTitle") else ("place", attribute(holder, "idx") or kind)


def _id(element: Any) -> str:
    found = next(element.iter("{*}cNvPr"), None)
    return (found.get("id") or "") if found is not None else ""


def _moved(frame: Any | None, place: _Place | None) -> _Place | None:
    """A place in a group's own measure, in that of what the group stands in."""
    off, size, inner, inner_size = (_pair(frame, name) for name in ("off", "ext", "chOff", "chExt"))
    if place is None or off is None or size is None or inner is None or inner_size is None:
        return place
    x, y = (
        o + (p - i) * (s / t if t else 1.0) for o, p, i, s, t in zip(off, place, inner, size, inner_size, strict=True)
    )
    return x, y


def _pair(frame: Any | None, name: str) -> _Place | None:
    """The two numbers of a place or size; None where it is not given."""
    found = frame.find("{*}" + name) if frame is not None else None
    keys = ("cx", "cy") if name.endswith(("ext", "Ext")) else ("x", "y")
    try:
        return None if found is None else (int(found.get(keys[0])), int(found.get(keys[1])))
    except (TypeError, ValueError):
        return None
