"""What only the parts around it tell: titles in text that shows no type, and lists without markers under a colon."""

import re
from collections.abc import Sequence

from ingest.document import BlockKind
from ingest.structure.grown import Grown
from ingest.structure.headings import FINAL, LONGEST, Headings
from ingest.structure.outline import introduces
from ingest.structure.reading import words

_LONGEST_PLAIN = 100
_LONGEST_ITEM = 220
_LABELLED = re.compile(r"^\[[^\]]{1,12}\]\s+\S")
_ABBREVIATED = re.compile(r"\b(\w\.){2,}\)?$")
_TOP, _PAGE, _PLAIN, _LEAD = 1, 2, 3, 4
_PROSE = 120


def settle(grown: Sequence[Grown], headings: Headings) -> None:
    """Give each part its kind, in place: headings that are none, titles by their place, items without markers."""
    if headings.typed:
        for each in grown:
            if each.part.kind is BlockKind.HEADING and each.last is not None and _no_heading(each, headings):
                each.part.kind, each.part.level = BlockKind.PARAGRAPH, 0
    _lists(grown)
    if not headings.ranks:
        _titles(grown, parted=0.25 if headings.typed else 0.5)


def _no_heading(each: Grown, headings: Headings) -> bool:
    """Whether type alone made a heading of what is a bold sentence or a quote set large."""
    text = each.part.text
    if len(text) > 2 * LONGEST:
        return True
    large = each.last is not None and headings.larger(each.last)
    return bool(FINAL.search(text)) and (not large or len(text) > LONGEST) and not text[:1].isdigit()


def _titles(grown: Sequence[Grown], parted: float) -> None:
    """Short lines that stand as titles: apart, without a full stop, above running text or a list."""
    for index in range(len(grown) - 1, -1, -1):
        each = grown[index]
        if each.part.kind is BlockKind.PARAGRAPH and _could_be(each):
            level = _level(grown, index, parted)
            if level:
                each.part.kind, each.part.level = BlockKind.HEADING, level


def _could_be(each: Grown) -> bool:
    text, first, last = each.part.text, each.first, each.last
    if first is None or last is None or each.lines > 2 or len(text) < 3:
        return False
    ended = FINAL.search(text) or (each.ended and not text.endswith(("?", "…")))
    if ended and not _ABBREVIATED.search(text):
        return False
    if len(text) > (LONGEST if text.isupper() else _LONGEST_PLAIN) or any(sign in text for sign in "|@>\t"):
        return False
    if "://" in text or "   " in first.text or not any(character.isalpha() for character in text):
        return False
    return text[0].isupper() or (text[0] in "'\"‘“(…" and text[1:2].isupper()) or bool(_LABELLED.match(text))


def _level(grown: Sequence[Grown], index: int, parted: float) -> int:
    """The level of a part that could be a title, by what stands before and after it; 0 when it is none."""
    each = grown[index]
    before = grown[index - 1] if index else None
    after = grown[index + 1] if index + 1 < len(grown) else None
    if after is None:
        return 0
    text, kind = each.part.text, after.part.kind
    apart = before is None or each.gap > parted
    listed = kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_CELL)
    ready = (
        before is None or before.ended or introduces(before.part.text) or before.part.kind is not BlockKind.PARAGRAPH
    )
    if introduces(text):
        sentence = text.split()[0].lower().rstrip(":") in words("sentence_openers") and len(text.split()) > 2
        return _LEAD if (apart or ready) and listed and len(text.split()) <= 8 and not sentence else 0
    if text.isupper():
        return _PAGE
    if each.first is not None and each.first.fresh:
        return _PAGE
    if each.gap >= 2 and after.gap < each.gap - 0.5:
        return _PLAIN
    if before is None and (after.gap > parted or kind is BlockKind.HEADING):
        return _TOP
    if text[0].isdigit():
        return 0
    prose = _prose(after, text)
    close = after.gap <= parted
    if apart and (listed or prose):
        return _PLAIN
    if before is not None and before.part.kind is BlockKind.HEADING and (prose or listed):
        return _PLAIN
    if before is not None and prose and len(text) < 60 and (before.ended or before.part.text.endswith("]")):
        return _PLAIN
    # A title over a title.
    if apart and close and kind is BlockKind.HEADING and after.part.level == _PLAIN:
        return _PAGE
    if apart and close and _group(grown, index + 1, parted):
        return _PLAIN
    return 0


def _prose(each: Grown, title: str) -> bool:
    """Whether a part is running text that ``title`` could stand above."""
    text = each.part.text
    if each.part.kind is not BlockKind.PARAGRAPH or len(text) <= max(40, 1.25 * len(title)):
        return False
    return len(text) > _PROSE or each.ended or introduces(text) or ". " in text


def _group(grown: Sequence[Grown], start: int, parted: float) -> bool:
    """Whether two or more short lines follow each other closely from ``start`` on: what a title stands above."""
    run = 0
    for each in grown[start : start + 3]:
        if each.part.kind is not BlockKind.PARAGRAPH or each.gap > parted or len(each.part.text) > _LONGEST_ITEM:
            break
        run += 1
    return run >= 2


def _lists(grown: Sequence[Grown]) -> None:
    """Lines without markers under a line that ends with a colon are the items of its list, when there are several."""
    index = 0
    while index < len(grown):
        each = grown[index]
        index += 1
        if not introduces(each.part.text) or each.first is None or each.part.kind is BlockKind.FOOTNOTE:
            continue
        level = each.part.level + 1 if each.part.kind is BlockKind.LIST_ITEM else 1
        end = index
        while end < len(grown) and _item(grown[index:end], grown[end]):
            after = grown[end + 1] if end + 1 < len(grown) else None
            title = end > index and grown[end].gap > 0.5 and _could_be(grown[end])
            if title and after is not None and _prose(after, grown[end].part.text):
                break
            end += 1
        if end - index >= 2:
            for item in grown[index:end]:
                item.part.kind, item.part.level = BlockKind.LIST_ITEM, level
            index = end


def _item(items: Sequence[Grown], each: Grown) -> bool:
    """Whether a part could be the next item of a list without markers."""
    text = each.part.text
    if each.part.kind is not BlockKind.PARAGRAPH or each.first is None or len(text) > _LONGEST_ITEM:
        return False
    if each.first.fresh or introduces(text):
        return False
    if items and items[0].first is not None and abs(each.first.left - items[0].first.left) > 2 * each.first.em:
        return False
    if items and items[-1].ended and not items[0].ended:
        return False  # the last item of a list may end with the full stop of all
    if not items or each.gap < 0.5:
        return each.gap < 1.5 and not (each.ended and len(text) > 120)
    return each.gap < 1.5 and abs(each.gap - items[-1].gap) < 0.5 and not each.ended
