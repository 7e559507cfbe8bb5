"""The report as Typst source: justified, hyphenated, footnotes and columns of Typst's own."""

from content import CONTENT, DATE, NOTES, PUBLISHER, TITLE, Columns, H, L, P, T

_HEAD = """
#set document(title: "TITLE", date: none)
#set text(font: "Liberation Sans", size: 10pt, lang: "nl", hyphenate: true)
#set par(justify: true)
#set page(paper: "a4", margin: 2.4cm, header: text(size: 8pt)[PUBLISHER #h(1fr) concept], footer: context align(center, text(size: 8pt)[#counter(page).display("1 / 1", both: true)]))
#show heading: set block(above: 1.4em, below: 0.8em)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 11.5pt)
#set list(marker: ([▪], [–]))
#show figure.where(kind: table): set figure.caption(position: top)
"""


def _escape(text: str) -> str:
    for sign in "\\#$*_@<>[]`~":
        text = text.replace(sign, "\\" + sign)
    return text


def _text(text: str) -> str:
    out = _escape(text)
    for number, note in NOTES.items():
        out = out.replace(f"{{{number}}}", f"#footnote[{_escape(note)}]")
    return out


def _list(part: L) -> str:
    call = {"bullet": "list", "number": 'enum(numbering: "1.")', "letter": 'enum(numbering: "a)")'}[part.style]
    items = [
        f"[{_text(item)}]" if isinstance(item, str) else f"[{_text(item[0])} #{_list(item[1])}]" for item in part.items
    ]
    if call == "list":
        return f"list({', '.join(items)})"
    return f"{call[:-1]}, {', '.join(items)})"


def _part(part: H | P | L | T | Columns) -> str:
    if isinstance(part, H):
        return "=" * part.level + " " + _escape(part.text)
    if isinstance(part, P):
        return _text(part.text)
    if isinstance(part, L):
        return "#" + _list(part)
    if isinstance(part, T):
        cells = ", ".join(
            f"[*{_escape(c)}*]" if i == 0 else f"[{_escape(c)}]" for i, r in enumerate(part.rows) for c in r
        )
        table = f"table(columns: (1fr, 1fr, 1fr), align: left, {cells})"
        return f"#text(size: 9pt)[{_escape(part.caption)}]\n\n#{table}"
    inner = "\n\n".join(_part(each) for each in part.parts)
    return f"#block(height: 8.3cm, columns(2, gutter: 18pt)[\n{inner}\n])"


def source() -> str:
    """The whole report."""
    head = _HEAD.replace("TITLE", TITLE).replace("PUBLISHER", PUBLISHER)
    title = f'#text(size: 20pt, weight: "bold")[{_escape(TITLE)}]\n\n{PUBLISHER}, {DATE}'
    return "\n\n".join([head, title, *(_part(part) for part in CONTENT)])
