"""What the styles and the numbering of a Word file say of a paragraph: heading, list item, caption, bold."""

import re
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.office.package import Package, attribute, on

_HEADING = re.compile(r"^heading (\d)$")
_LIST = re.compile(r"^list (?:bullet|number)(?: (\d))?$")


@dataclass(frozen=True, slots=True)
class Role:
    """What a paragraph is: ``heading`` and ``item`` are depths from 1, or 0; ``skipped`` for a table of contents."""

    heading: int = 0
    item: int = 0
    title: bool = False
    caption: bool = False
    bold: bool = False
    skipped: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of one file."""

    by_id: dict[str, Any] = field(default_factory=dict)
    unmarked: set[tuple[str, int]] = field(default_factory=set)  # list levels that show no bullet or number
    normal: str | None = None

    @classmethod
    def of(cls, package: Package, main: str) -> "Styles":
        """The styles that the part ``main`` uses."""
        styles = cls()
        part, numbering = package.related(main, "styles"), package.related(main, "numbering")
        root = package.xml_or_none(part) if part else None
        for style in root.iterchildren("{*}style") if root is not None else ():
            styles.by_id[attribute(style, "styleId") or ""] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                styles.normal = attribute(style, "styleId")
        root = package.xml_or_none(numbering) if numbering else None
        if root is not None:
            styles.unmarked = set(_unmarked(root))
        return styles

    def role(self, paragraph: Any) -> Role:
        """What a paragraph is by its own properties, else by its style and what that is based on."""
        own = paragraph.find("{*}pPr")
        named = own.find("{*}pStyle") if own is not None else None
        chain = self._chain(attribute(named, "val") if named is not None else self.normal)
        names = [name for style in chain if (name := _name(style))]
        listed = next((found for name in names if (found := _LIST.match(name))), None)
        properties = [own, *(style.find("{*}pPr") for style in chain)]
        item = self._item(properties)
        if listed and item:
            item = max(item, int(listed[1] or 1))
        heading = next((int(found[1]) for name in names if (found := _HEADING.match(name))), 0) or _outline(properties)
        return Role(
            heading=heading,
            item=0 if heading else item,
            title="title" in names,
            caption="caption" in names,
            bold=self._bold(chain),
            skipped=any(name.startswith("toc ") for name in names),
        )

    def bold(self, properties: Any | None, paragraph: bool) -> bool:
        """Whether a run is bold, by its own properties and its style, else as its paragraph's style says."""
        if properties is None:
            return paragraph
        said = on(properties.find("{*}b"))
        if said is not None:
            return said
        style = properties.find("{*}rStyle")
        return paragraph or (style is not None and self._bold(self._chain(attribute(style, "val"))))

    def _chain(self, style: str | None) -> list[Any]:
        """A style and those that it is based on, the nearest first."""
        chain: list[Any] = []
        while style in self.by_id and self.by_id[style] not in chain:
            chain.append(self.by_id[style])
            base = chain[-1].find("{*}basedOn")
            style = attribute(base, "val") if base is not None else None
        return chain

    def _bold(self, chain: list[Any]) -> bool:
        said = (on(style.find("{*}rPr/{*}b")) for style in chain)
        return next((each for each in said if each is not None), False)

    def _item(self, properties: list[Any]) -> int:
        """The depth in a list, from 1; 0 for what stands in none or shows no bullet or number."""
        for each in properties:
            numbered = each.find("{*}numPr") if each is not None else None
            if numbered is None:
                continue
            depth, number = numbered.find("{*}ilvl"), numbered.find("{*}numId")
            level = _digit(attribute(depth, "val") if depth is not None else "0")
            listed = attribute(number, "val") if number is not None else None
            return 0 if listed in (None, "0") or (listed, level) in self.unmarked else level + 1
        return 0


def _name(style: Any) -> str:
    name = style.find("{*}name")
    return (attribute(name, "val") or "").lower() if name is not None else ""


def _outline(properties: list[Any]) -> int:
    for each in properties:
        level = each.find("{*}outlineLvl") if each is not None else None
        if level is not None:
            depth = _digit(attribute(level, "val"))
            return depth + 1 if depth < 9 else 0  # 9 is body text
    return 0


def _digit(text: str | None) -> int:
    return min(int(text), 9) if text and text.isdecimal() else 0


def _unmarked(root: Any) -> list[tuple[str, int]]:
    """The levels of each list that have no bullet and no number: their paragraphs are only set in."""
    bare = {
        attribute(each, "abstractNumId"): [
            _digit(attribute(level, "ilvl"))
            for level in each.iterchildren("{*}lvl")
            if (form := level.find("{*}numFmt")) is not None and attribute(form, "val") == "none"
        ]
        for each in root.iterchildren("{*}abstractNum")
    }
    found = []
    for each in root.iterchildren("{*}num"):
        base = each.find("{*}abstractNumId")
        levels = bare.get(attribute(base, "val") if base is not None else None, [])
        found += [(attribute(each, "numId") or "", level) for level in levels]
    return found
