"""How much of what annotators quoted stands, letter for letter, inside one block: from each file and from its text.

    python tests/bench/readers_gold.py [SHARED]

Prints a line for each document: share of quotes inside one block, share of contexts that the block's lead-ins, headings
or cell titles hold (at least 0.6 of the words), number of blocks and of headings. ``-v`` lists what is missing.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from ingest.document import Block, ReadDocument
from ingest.readers import read

HERE = Path(__file__).resolve().parents[2]


def folded(text: str) -> str:
    """``text`` with white space folded to single spaces."""
    return " ".join(text.split())


def words(text: str) -> set[str]:
    """The words of ``text`` in lower case."""
    return set(re.findall(r"[^\W_]+", text.lower()))


def around(block: Block, document: ReadDocument, index: int) -> Iterable[str]:
    """What says in which light a block stands: headings, lead-ins, titles of its cell, its own text, the block before."""
    yield from block.headings
    yield from block.lead_in
    if block.cell:
        yield block.cell.column_title or ""
        yield block.cell.row_title or ""
    yield block.text
    if index:
        yield document.blocks[index - 1].text


def measure(document: ReadDocument, rows: list[dict[str, str]], verbose: bool) -> tuple[int, int, int]:
    """Quotes found, contexts found, contexts asked for."""
    found = held = asked = 0
    for row in rows:
        quote, context = folded(row["quote"]), row.get("context")
        places = [i for i, block in enumerate(document.blocks) if quote in block.text]
        found += bool(places)
        if not places and verbose:
            print("      missing:", quote[:150])
        if context and places:
            asked += 1
            last = words(context.split(" > ")[-1])
            good = any(
                len(last & words(text)) >= 0.6 * len(last)
                for i in places
                for text in around(document.blocks[i], document, i)
            )
            held += good
            if not good and verbose:
                print("      context:", context[:100], "|", quote[:60])
    return found, held, asked


def main() -> None:
    """Read all documents with gold that stand under the folder given, and print the shares."""
    verbose = "-v" in sys.argv
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    shared = Path(folders[0]) if folders else HERE.parent / "shared"
    sets = (
        ("gold", shared / "eval/gold/statements.jsonl", shared / "corpus", (".pdf", ".html", ".txt")),
        ("other", shared / "eval/gold/other-statements.jsonl", shared / "corpus/other-fields", (".txt",)),
        ("training", shared / "eval/training/statements.jsonl", shared / "eval/training/texts", (".txt",)),
    )
    for name, gold, folder, endings in sets:
        rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
        by_document: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in rows:
            by_document[Path(row["doc"]).stem].append(row)
        for kind in ((".txt",), tuple(e for e in endings if e != ".txt")):
            total = [0, 0, 0, 0]
            for stem, wanted in sorted(by_document.items()):
                path = next((folder / (stem + e) for e in kind if (folder / (stem + e)).exists()), None)
                if path is None:
                    continue
                document = read(path)
                found, held, asked = measure(document, wanted, verbose)
                total = [a + b for a, b in zip(total, (found, len(wanted), held, asked), strict=True)]
                if name != "training" or found < len(wanted) or verbose:
                    headings = sum(block.kind == "heading" for block in document.blocks)
                    print(
                        f"  {path.name:48} quotes {found:3}/{len(wanted):3}  contexts {held:3}/{asked:3}"
                        f"  blocks {len(document.blocks):4}  headings {headings:3}"
                    )
            if total[1]:
                print(
                    f"{name} {'/'.join(kind)}: quotes {total[0] / total[1]:.3f} ({total[0]}/{total[1]}), "
                    f"contexts {total[2] / max(1, total[3]):.3f}"
                )


if __name__ == "__main__":
    main()
