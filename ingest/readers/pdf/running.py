"""What belongs to the page and not to the text: running heads and feet, page numbers, also where they differ by page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ingest.readers.pdf.rows import Row
from ingest.structure.reading import words

_DIGITS = re.compile(r"\d+")
_SEPARATORS = re.compile(r"[#|/·•–—-]+")
_ROMAN = re.compile(r"^[ivxl]{1,7}$")
_TOP, _BOTTOM = 3, 4


def running(pages: Sequence[Sequence[Row]], body: float) -> list[set[int]]:
    """For each page the indexes of its rows that are running heads, running feet or page numbers.

    ``body`` is the font size of running text.
    """
    drop: list[set[int]] = [set() for _ in pages]
    for edge in ("top", "bottom"):
        seen = [_edge(rows, edge) for rows in pages]
        _repeated(pages, seen, drop, body)
        _numbers(pages, seen, drop)
        _titles(pages, edge, drop, body)
        _zone(pages, edge, drop, body)
    return drop


def _edge(rows: Sequence[Row], edge: str) -> list[int]:
    if edge == "top":
        return list(range(min(_TOP, len(rows))))
    return list(range(len(rows) - 1, max(-1, len(rows) - 1 - _BOTTOM), -1))


def _key(row: Row) -> str:
    return _plain(row.text)


def _plain(text: str) -> str:
    return _DIGITS.sub("#", text.lower()).replace(" ", "")


def _repeated(pages: Sequence[Sequence[Row]], seen: Sequence[list[int]], drop: list[set[int]], body: float) -> None:
    """Rows with the same words at the same height on several pages."""
    places: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for page, indexes in enumerate(seen):
        for index in indexes:
            row = pages[page][index]
            places[(_key(row), round(row.y / 8))].append((page, index))
    merged: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for (key, band), where in places.items():
        merged[(key, band)] = where + places.get((key, band + 1), []) if (key, band + 1) in places else where
    for (key, _), where in merged.items():
        if not any(character.isalnum() or character == "#" for character in key):
            continue
        count = len({page for page, _ in where})
        row = pages[where[0][0]][where[0][1]]
        large = row.size > 1.15 * body
        needed = max(3, len(pages) // 2) if large else (max(3, len(pages) // 10) if len(pages) > 3 else 2)
        if key.strip("#") == "" and key:
            continue
        if count >= needed:
            for page, index in where:
                drop[page].add(index)


def _titles(pages: Sequence[Sequence[Row]], edge: str, drop: list[set[int]], body: float) -> None:
    """The outermost row of a page, apart from the text, where its words are a title's of the document, set larger there."""
    titles = {_bare(title) for rows in pages for title in _large(rows, body)}
    for page, rows in enumerate(pages):
        order = range(len(rows)) if edge == "top" else range(len(rows) - 1, -1, -1)
        left = [index for index in order if index not in drop[page]]
        if len(left) < 2 or rows[left[0]].size > body:
            continue
        row, following = rows[left[0]], rows[left[1]]
        if abs(row.y - following.y) >= 1.7 * row.size and _bare(row.text) in titles:
            drop[page].add(left[0])


def _large(rows: Sequence[Row], body: float) -> Iterator[str]:
    """The texts of a page that are set as titles, also those that run over two or three rows."""
    run: list[str] = []
    size = 0.0
    for row in rows:
        if row.size <= 1.08 * body:
            run = []
            continue
        run = [*run, row.text][-3:] if abs(row.size - size) < 0.5 else [row.text]
        size = row.size
        yield from (piece.text for piece in row.pieces)
        yield from (" ".join(run[start:]) for start in range(len(run)))


def _bare(text: str) -> str:
    """Text without digits, white space and what parts a running head from a page's number."""
    return _SEPARATORS.sub("", _plain(text))


def _numbers(pages: Sequence[Sequence[Row]], seen: Sequence[list[int]], drop: list[set[int]]) -> None:
    """Rows that hold only a page's number (``12``, ``- 12 -``, ``Pagina 12 van 30``)."""
    page_words, of = "|".join(map(re.escape, words("page"))), "|".join(map(re.escape, words("of")))
    labelled = re.compile(rf"^[\W_]*(?:{page_words})?\s*(\d{{1,4}})(?:\s*(?:{of})\s*\d{{1,4}})?[\W_]*$", re.IGNORECASE)
    offsets: Counter[int] = Counter()
    found: list[tuple[int, int, int]] = []
    for page, indexes in enumerate(seen):
        for index in indexes[:2]:
            text = pages[page][index].text
            match = labelled.match(text)
            if match:
                offsets[int(match[1]) - page] += 1
                found.append((page, index, int(match[1]) - page))
            elif _ROMAN.match(text.lower()):
                found.append((page, index, 10_000))
    for page, index, offset in found:
        text = pages[page][index].text
        word = any(text.lower().lstrip().startswith(label) for label in words("page"))
        if offsets[offset] >= 2 or word or (offset == 1 and len(pages) == 1) or (offset == 10_000 and len(found) > 2):
            drop[page].add(index)


def _zone(pages: Sequence[Sequence[Row]], edge: str, drop: list[set[int]], body: float) -> None:
    """Rows at one height on most pages, apart from the text, though their words differ."""
    if len(pages) < 4:
        return
    outer: list[tuple[int, int, Row, float]] = []
    for page, rows in enumerate(pages):
        order = range(len(rows)) if edge == "top" else range(len(rows) - 1, -1, -1)
        left = [index for index in order if index not in drop[page]]
        if len(left) < 2:
            continue
        row, following = rows[left[0]], rows[left[1]]
        outer.append((page, left[0], row, abs(row.y - following.y)))
    heights = Counter(round(row.y / 3) for _, _, row, _ in outer)
    if not heights:
        return
    height, _ = heights.most_common(1)[0]
    same = [entry for entry in outer if abs(round(entry[2].y / 3) - height) <= 1]
    apart = [entry for entry in same if entry[3] > 1.9 * entry[2].size and entry[2].size <= 1.05 * body]
    short = [
        entry for entry in apart if len(entry[2].text) <= 110 and not entry[2].text.rstrip().endswith((".", ";", ":"))
    ]
    alike = len({_key(entry[2]) for entry in short}) <= max(2, 0.7 * len(short))
    if alike and len(short) >= max(4, 0.85 * len(same)) and len(same) >= 0.5 * len(pages):
        for page, index, _, _ in short:
            drop[page].add(index)
