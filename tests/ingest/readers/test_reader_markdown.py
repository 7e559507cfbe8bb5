"""Markdown, as people write it in notes and memos."""

from ingest.document import BlockKind
from ingest.readers import read_bytes

MEMO = """---
title: "Memo over de nacht"
date: 2025-02-03
publisher: Netwerk Oost
---
# Memo

Wij zien het volgende:

- te weinig [handen](https://example.org) in de nacht
  - veel **uitstroom**
  - weinig instroom
- geen overdracht[^1]

## Voorstel

> Begin klein.

1. Eén nummer
2. Eén team

| Knelpunt | Oplossing |
|---|---|
| Geen overdracht in de nacht | Vaste overdracht |

[^1]: Eigen telling.
"""


def test_headings_lists_tables_and_links_become_blocks() -> None:
    document = read_bytes(MEMO.encode(), "memo.md")
    assert [(str(block.kind), block.level, block.text) for block in document.blocks][:12] == [
        ("heading", 1, "Memo"),
        ("paragraph", 0, "Wij zien het volgende:"),
        ("list_item", 1, "te weinig handen in de nacht"),
        ("list_item", 2, "veel uitstroom"),
        ("list_item", 2, "weinig instroom"),
        ("list_item", 1, "geen overdracht"),
        ("heading", 2, "Voorstel"),
        ("paragraph", 0, "Begin klein."),
        ("list_item", 1, "Eén nummer"),
        ("list_item", 1, "Eén team"),
        ("table_cell", 0, "Knelpunt"),
        ("table_cell", 0, "Oplossing"),
    ]
    assert document.blocks[3].lead_in == ("Wij zien het volgende:", "te weinig handen in de nacht")
    last = [block for block in document.blocks if block.kind is BlockKind.TABLE_CELL][-1]
    assert last.cell is not None
    assert (last.cell.column_title, last.cell.row_title) == ("Oplossing", "Geen overdracht in de nacht")


def test_the_front_matter_tells_title_date_and_publisher() -> None:
    document = read_bytes(MEMO.encode(), "memo.md")
    assert (document.title, document.date, document.publisher) == ("Memo over de nacht", "2025-02-03", "Netwerk Oost")


def test_html_in_markdown_is_text_and_never_runs() -> None:
    document = read_bytes(b"# Kop\n\nEen <script>alert(1)</script> zin.\n", "memo.md")
    assert document.blocks[1].text == "Een <script>alert(1)</script> zin."
