"""What a reader should make of the report: kinds, texts, headings and lead-ins, whatever program set it."""

from content import CONTENT, DATE, NOTES, PUBLISHER, TITLE, Columns, H, L, P, T

Found = tuple[str, str, tuple[str, ...], tuple[str, ...]]


def _clean(text: str) -> str:
    for number in NOTES:
        text = text.replace(f"{{{number}}}", "")
    return text


def blocks() -> list[Found]:
    """Kind, text, headings above (outermost first) and lead-ins of every block but the footnotes."""
    made: list[Found] = [("heading", TITLE, (), ()), ("paragraph", f"{PUBLISHER}, {DATE}", (TITLE,), ())]
    path: list[tuple[int, str]] = [(0, TITLE)]
    lead: tuple[str, ...] = ()

    def above() -> tuple[str, ...]:
        return tuple(text for _, text in path)

    def items(part: L, leads: tuple[str, ...]) -> None:
        for item in part.items:
            text = _clean(item if isinstance(item, str) else item[0])
            made.append(("list_item", text, above(), leads))
            if not isinstance(item, str):
                items(item[1], (*leads, text))

    def add(part: H | P | L | T | Columns) -> None:
        nonlocal lead
        if isinstance(part, H):
            while path[-1][0] >= part.level:
                path.pop()
            made.append(("heading", part.text, above(), ()))
            path.append((part.level, part.text))
            lead = ()
        elif isinstance(part, P):
            text = _clean(part.text)
            made.append(("paragraph", text, above(), ()))
            lead = (text.rsplit(". ", 1)[-1],) if text.endswith(":") else ()
        elif isinstance(part, L):
            items(part, lead)
        elif isinstance(part, T):
            made.append(("caption", part.caption, above(), ()))
            made.extend(("table_cell", cell, above(), ()) for row in part.rows for cell in row)
        else:
            for inner in part.parts:
                add(inner)

    for part in CONTENT:
        add(part)
    return made


def notes() -> list[str]:
    """The texts of the footnotes."""
    return list(NOTES.values())
