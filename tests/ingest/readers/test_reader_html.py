"""Web pages of all makes: the article as blocks, without what stands around it."""

import pytest

from ingest.document import Block, ReadDocument
from ingest.readers import read_bytes

BLOG = """<!DOCTYPE html><html lang="nl-NL"><head><meta charset="UTF-8"><title>Nachtzorg onder druk - Zorgblad Oost</title>
<meta property="og:site_name" content="Zorgblad Oost">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Article",
"datePublished":"2024-05-03","publisher":{"@type":"Organization","name":"Stichting Zorgblad"}}]}</script></head>
<body class="post single has-sidebar menu-open"><div id="page" class="site">
<div class="skip-link"><a href="#c">Ga naar inhoud</a></div>
<div id="masthead"><div class="main-navigation"><ul class="menu"><li><a href="/a">Nieuws</a></li><li><a href="/b">Achtergrond</a></li>
<li><a href="/c">Opinie</a></li></ul></div></div>
<div id="content" class="site-content"><div id="primary" class="content-area with-sidebar">
<div class="breadcrumbs"><a href="/">Home</a> » Nachtzorg</div>
<div class="entry-header"><h1>Nachtzorg onder druk</h1></div><div class="entry-content">
<p>In de regio <strong>Oost</strong> is er 's nachts te weinig zorg. De gevolgen zijn groot:<br>
- mantelzorgers raken overbelast<br>- mensen worden onnodig opgenomen</p>
<p><strong>Wat gaat er mis?</strong></p>
<ul><li>Er zijn te weinig verpleegkundigen:<ul><li>veel uitstroom</li><li>weinig instroom</li></ul></li>
<li><p>De bekostiging dekt de kosten niet.</p></li></ul>
<blockquote><p>“Ik sta er elke nacht alleen voor.”</p></blockquote>
<table><tbody><tr><td><strong>Knelpunt</strong></td><td><strong>Oplossing</strong></td></tr>
<tr><td>Niemand bereikbaar in de nacht</td><td><ul><li>één nummer</li><li>één team</li></ul></td></tr>
<tr><td rowspan="2">Geen overdracht</td><td>vaste overdracht</td></tr>
<tr><td>inzage in dossier<sup><a href="#f1">1</a></sup></td></tr></tbody></table>
<details><summary>Waarom duurt het zo lang?</summary><p>Omdat partijen naar elkaar wijzen.</p></details>
<div class="social-share"><h3>Deel dit:</h3><ul><li><a href="#">Twitter</a></li></ul></div>
<div class="footnotes"><ol><li id="f1">Alleen met toestemming.</li></ol></div></div>
<div class="related-posts"><h3>Lees ook</h3><ul><li><a href="/x">Tekort aan bedden</a></li></ul></div>
<div id="comments"><h2>3 reacties</h2><p>Wat een onzin!</p></div></div>
<div id="secondary" class="widget-area sidebar"><h2>Nieuwsbrief</h2><form><input name="e"><button>Aanmelden</button></form></div></div>
<div id="colophon" class="site-footer"><p>© 2024 Zorgblad. <a href="/p">Privacy</a></p></div></div>
<div id="cookie-notice" role="dialog">Wij gebruiken cookies. <a href="#">OK</a></div></body></html>"""


def read(page: str, encoding: str = "utf-8") -> ReadDocument:
    """The document in ``page``."""
    return read_bytes(page.encode(encoding), "pagina.html")


def named(document: ReadDocument, start: str) -> Block:
    """The block that begins with ``start``."""
    return next(block for block in document.blocks if block.text.startswith(start))


def told(document: ReadDocument) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(str(block.kind), block.text) for block in document.blocks]


def test_the_article_is_read_and_nothing_around_it() -> None:
    assert told(read(BLOG)) == [
        ("heading", "Nachtzorg onder druk"),
        ("paragraph", "In de regio Oost is er 's nachts te weinig zorg. De gevolgen zijn groot:"),
        ("list_item", "mantelzorgers raken overbelast"),
        ("list_item", "mensen worden onnodig opgenomen"),
        ("heading", "Wat gaat er mis?"),
        ("list_item", "Er zijn te weinig verpleegkundigen:"),
        ("list_item", "veel uitstroom"),
        ("list_item", "weinig instroom"),
        ("list_item", "De bekostiging dekt de kosten niet."),
        ("paragraph", "“Ik sta er elke nacht alleen voor.”"),
        ("table_cell", "Knelpunt"),
        ("table_cell", "Oplossing"),
        ("table_cell", "Niemand bereikbaar in de nacht"),
        ("list_item", "één nummer"),
        ("list_item", "één team"),
        ("table_cell", "Geen overdracht"),
        ("table_cell", "vaste overdracht"),
        ("table_cell", "inzage in dossier"),
        ("heading", "Waarom duurt het zo lang?"),
        ("paragraph", "Omdat partijen naar elkaar wijzen."),
        ("footnote", "Alleen met toestemming."),
    ]


def test_a_page_tells_title_date_and_publisher() -> None:
    document = read(BLOG)
    assert (document.title, document.date, document.publisher) == (
        "Nachtzorg onder druk",
        "2024-05-03",
        "Stichting Zorgblad",
    )


def test_items_and_cells_know_their_place() -> None:
    document = read(BLOG)
    assert named(document, "veel uitstroom").lead_in == ("Er zijn te weinig verpleegkundigen:",)
    assert named(document, "veel uitstroom").headings == ("Nachtzorg onder druk", "Wat gaat er mis?")
    assert named(document, "mantelzorgers").lead_in == ("De gevolgen zijn groot:",)
    item, spanned = named(document, "één team").cell, named(document, "inzage").cell
    assert item is not None
    assert spanned is not None
    assert (item.row, item.column, item.column_title, item.row_title) == (
        1,
        1,
        "Oplossing",
        "Niemand bereikbaar in de nacht",
    )
    assert (spanned.row, spanned.row_title) == (3, "Geen overdracht")


def test_the_landmarks_of_a_page_decide() -> None:
    document = read(
        "<html><body><header><nav><a href='/'>Home</a></nav></header><main><h1>Advies</h1><p>Er moet meer overleg komen.</p>"
        "<ul><li><a href='#a'>Naar a</a></li><li><a href='#b'>Naar b</a></li><li><a href='#c'>Naar c</a></li></ul>"
        "<aside><p>In het kader staat ook iets over zorg.</p></aside></main><aside><p>Vacature: verpleegkundige.</p></aside>"
        "<footer><p>Contact en privacy</p></footer></body></html>"
    )
    assert [text for _, text in told(document)] == [
        "Advies",
        "Er moet meer overleg komen.",
        "In het kader staat ook iets over zorg.",
    ]


def test_what_an_accordion_hides_is_read_with_its_button_as_title() -> None:
    document = read(
        "<main><h1>Brief</h1><h3><button aria-expanded='false'>Maatregelen</button></h3><div hidden><p>De minister trekt geld "
        "uit voor nachtteams, en er komt een proef met één landelijk nummer voor alle vragen in de nacht.</p></div></main>"
    )
    assert told(document)[1] == ("heading", "Maatregelen")
    assert named(document, "De minister").headings == ("Brief", "Maatregelen")


@pytest.mark.parametrize(
    ("encoding", "label"), [("cp1252", "iso-8859-1"), ("cp1252", "windows-1252"), ("utf-8", "utf-8")]
)
def test_a_page_of_the_old_days_is_read(encoding: str, label: str) -> None:
    page = (
        f'<HTML><HEAD><TITLE>Rapport</TITLE><meta http-equiv="Content-Type" content="text/html; charset={label}"></HEAD><BODY>'
        "<TABLE><TR><TD><a href=a.htm>Home</a><br><a href=b.htm>Contact</a><br><a href=c.htm>Links</a></TD><TD><H2>Wachttijden</H2>"
        "<FONT size=2>Patiënten wachten te lang.<BR><BR>Dat komt door:<BR>• te veel regels<BR>• te weinig tijd</FONT>"
        "<P>De gemeente wil dit <B>verbeteren</B>.</TD></TR></TABLE></BODY></HTML>"
    )
    document = read(page, encoding)
    assert told(document) == [
        ("heading", "Wachttijden"),
        ("paragraph", "Patiënten wachten te lang."),
        ("paragraph", "Dat komt door:"),
        ("list_item", "te veel regels"),
        ("list_item", "te weinig tijd"),
        ("paragraph", "De gemeente wil dit verbeteren."),
    ]
    assert document.blocks[3].lead_in == ("Dat komt door:",)
