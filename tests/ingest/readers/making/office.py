"""The report as a flat OpenDocument text, for LibreOffice."""

from xml.sax.saxutils import escape

from content import CONTENT, DATE, NOTES, PUBLISHER, TITLE, Columns, H, L, P, T

_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("meta", "meta"),
    )
)

_STYLES = """
<office:styles>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:margin-bottom="0.2cm" fo:hyphenation-ladder-count="no-limit"/><style:text-properties style:font-name="Liberation Serif" fo:font-size="11pt"
 fo:language="nl" fo:country="NL" fo:hyphenate="true" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:style>
<style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="left"/>
<style:text-properties fo:font-size="22pt" fo:font-weight="bold" fo:hyphenate="false"/></style:style>
<style:style style:name="H1" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-top="0.5cm"
 fo:text-align="left" fo:keep-with-next="always"/><style:text-properties fo:font-size="15pt" fo:font-weight="bold" fo:hyphenate="false"/></style:style>
<style:style style:name="H2" style:family="paragraph" style:parent-style-name="H1"><style:text-properties fo:font-size="12pt"/></style:style>
<style:style style:name="Item" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:margin-bottom="0.05cm"/></style:style>
<style:style style:name="Cell" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="left" fo:margin-bottom="0cm"/>
<style:text-properties fo:font-size="10pt"/></style:style>
<style:style style:name="Head" style:family="paragraph" style:parent-style-name="Cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Small" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-size="9pt"/></style:style>
<text:list-style style:name="bullet">
<text:list-level-style-bullet text:level="1" text:bullet-char="&#xF0B7;"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="0.8cm" fo:text-indent="-0.5cm" fo:margin-left="0.8cm"/></style:list-level-properties><style:text-properties style:font-name="Symbol" fo:font-family="Symbol" style:font-charset="x-symbol"/></text:list-level-style-bullet>
<text:list-level-style-bullet text:level="2" text:bullet-char="o"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="1.6cm" fo:text-indent="-0.5cm" fo:margin-left="1.6cm"/></style:list-level-properties></text:list-level-style-bullet>
</text:list-style>
<text:list-style style:name="number"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="0.8cm" fo:text-indent="-0.6cm" fo:margin-left="0.8cm"/></style:list-level-properties></text:list-level-style-number></text:list-style>
<text:list-style style:name="letter"><text:list-level-style-number text:level="1" style:num-format="a" style:num-suffix=")"><style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" text:list-tab-stop-position="0.8cm" fo:text-indent="-0.6cm" fo:margin-left="0.8cm"/></style:list-level-properties></text:list-level-style-number></text:list-style>
</office:styles>
<office:automatic-styles>
<style:style style:name="two" style:family="section"><style:section-properties text:dont-balance-text-columns="false"><style:columns fo:column-count="2" fo:column-gap="0.7cm"><style:column style:rel-width="1*" fo:end-indent="0.35cm"/><style:column style:rel-width="1*" fo:start-indent="0.35cm"/></style:columns></style:section-properties></style:style>
<style:style style:name="box" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2.2cm"/><style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
"""


def _text(text: str) -> str:
    out = escape(text)
    for number, note in NOTES.items():
        out = out.replace(
            f"{{{number}}}",
            f'<text:note text:id="n{number}" text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
            f'<text:note-body><text:p text:style-name="Small">{escape(note)}</text:p></text:note-body></text:note>',
        )
    return out


def _list(part: L, *, inner: bool = False) -> str:
    items = []
    for item in part.items:
        told = item if isinstance(item, str) else item[0]
        nested = "" if isinstance(item, str) else _list(item[1], inner=True)
        items.append(f'<text:list-item><text:p text:style-name="Item">{_text(told)}</text:p>{nested}</text:list-item>')
    style = "" if inner else f' text:style-name="{part.style}"'
    return f"<text:list{style}>{''.join(items)}</text:list>"


def _part(part: H | P | L | T | Columns) -> str:
    if isinstance(part, H):
        return f'<text:h text:style-name="H{part.level}" text:outline-level="{part.level}">{escape(part.text)}</text:h>'
    if isinstance(part, P):
        return f'<text:p text:style-name="Standard">{_text(part.text)}</text:p>'
    if isinstance(part, L):
        return _list(part)
    if isinstance(part, T):
        rows = []
        for number, row in enumerate(part.rows):
            style = "Cell" if number else "Head"
            cells = "".join(
                f'<table:table-cell table:style-name="box"><text:p text:style-name="{style}">{escape(cell)}</text:p></table:table-cell>'
                for cell in row
            )
            rows.append(f"<table:table-row>{cells}</table:table-row>")
        columns = f'<table:table-column table:number-columns-repeated="{len(part.rows[0])}"/>'
        return f'<text:p text:style-name="Small">{part.caption}</text:p><table:table>{columns}{"".join(rows)}</table:table>'
    inner = "".join(_part(each) for each in part.parts)
    return f'<text:section text:style-name="two" text:name="kolommen">{inner}</text:section>'


def document() -> str:
    """The report as one XML file (``.fodt``)."""
    body = "".join(_part(part) for part in CONTENT)
    header = f'<style:header><text:p text:style-name="Small">{TITLE}</text:p></style:header>'
    footer = (
        f'<style:footer><text:p text:style-name="Small">{PUBLISHER} | <text:page-number text:select-page="current"/>'
        "</text:p></style:footer>"
    )
    master = f'<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">{header}{footer}</style:master-page></office:master-styles>'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text">{_STYLES}{master}<office:body><office:text>'
        f'<text:p text:style-name="Title">{TITLE}</text:p><text:p text:style-name="Standard">{PUBLISHER}, {DATE}</text:p>'
        f"{body}</office:text></office:body></office:document>"
    )
