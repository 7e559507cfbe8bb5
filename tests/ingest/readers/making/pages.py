"""The report as HTML, for the programs that print web pages."""

from html import escape

from content import CONTENT, DATE, NOTES, PUBLISHER, TITLE, Columns, H, L, P, T


def _text(text: str, notes: str) -> str:
    out = escape(text, quote=False)
    for number, note in NOTES.items():
        mark = (
            f'<span class="fn">{escape(note)}</span>'
            if notes == "float"
            else f'<sup><a href="#n{number}">{number}</a></sup>'
        )
        out = out.replace(f"{{{number}}}", mark)
    return out


def _list(part: L, notes: str) -> str:
    tag = {"bullet": "ul", "number": "ol", "letter": 'ol type="a"'}[part.style]
    items = []
    for item in part.items:
        if isinstance(item, str):
            items.append(f"<li>{_text(item, notes)}</li>")
        else:
            items.append(f"<li>{_text(item[0], notes)}{_list(item[1], notes)}</li>")
    return f"<{tag}>{''.join(items)}</{tag.split()[0]}>"


def _part(part: H | P | L | T | Columns, notes: str) -> str:
    if isinstance(part, H):
        return f"<h{part.level + 1}>{escape(part.text)}</h{part.level + 1}>"
    if isinstance(part, P):
        return f"<p>{_text(part.text, notes)}</p>"
    if isinstance(part, L):
        return _list(part, notes)
    if isinstance(part, T):
        head = "".join(f"<th>{escape(cell)}</th>" for cell in part.rows[0])
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part.rows[1:])
        return f"<table><caption>{part.caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    inner = "".join(_part(each, notes) for each in part.parts)
    return f'<div class="columns">{inner}</div>'


def page(style: str, *, notes: str = "end") -> str:
    """The whole report; ``notes`` is ``float`` (footnotes as CSS places them) or ``end`` (a list at the end)."""
    body = "".join(_part(part, notes) for part in CONTENT)
    ends = ""
    if notes == "end":
        ends = "".join(f'<p class="note" id="n{n}"><sup>{n}</sup> {escape(text)}</p>' for n, text in NOTES.items())
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>{TITLE}</title><style>{style}</style></head>'
        f'<body><h1>{TITLE}</h1><p class="by">{PUBLISHER}, {DATE}</p>{body}{ends}</body></html>'
    )
