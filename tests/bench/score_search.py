"""How good search is on the hand-made questions beside the checkout: ``python tests/bench/score_search.py [set…]``.

Sets: ``pdf`` (the five documents as PDF and web page, through readers and extraction), ``txt`` (the same as text) and
``hand`` (hand-made statements: what search gives when extraction makes no mistake). All three when none is named.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import graph
from graph.meaning import Encoder, open_encoder
from graph.model import (
    Access,
    Contents,
    Document,
    Kind,
    Passage,
    Statement,
    Vectors,
    document_id,
    passage_id,
    statement_ids,
)
from graph.search import as_json, search
from graph.store.base import Store
from search_app.intake import add

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
GOLD = SHARED / "eval" / "gold"
ENDINGS = {"pdf": (".pdf", ".html"), "txt": (".txt",)}
COLUMNS = ("ndcg@10", "recall@10", "mrr", "hit@5", "wrongly_weak", "off_topic_flagged")


def main(sets: list[str]) -> int:
    if not SHARED.is_dir():
        print(f"skipped: the questions are not here ({SHARED})")
        return 0
    encoder = open_encoder()
    print(f"{'set':6}{'statements':>12}" + "".join(f"{column:>18}" for column in COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        for name in sets or [*ENDINGS, "hand"]:
            with graph.open(str(Path(folder) / f"{name}.db"), create=True) as store:
                fill(store, encoder, name)
                scored = score(store, encoder, Path(folder) / f"{name}.jsonl")
                print(
                    f"{name:6}{store.counts().get('Statement', 0):>12}" + "".join(f"{scored[c]!s:>18}" for c in COLUMNS)
                )
                for value, question in scored["worst"]:
                    print(f"      {value:.2f} {question}")
    return 0


def fill(store: Store, encoder: Encoder, name: str) -> None:
    """Put the documents of a set in the store."""
    if name == "hand":
        for contents in by_hand(encoder):
            store.put(contents)
        return
    for path in sorted((SHARED / "corpus").iterdir()):
        if path.suffix in ENDINGS[name]:
            add(store, encoder, path)


def score(store: Store, encoder: Encoder, hits: Path) -> dict[str, list[tuple[float, str]]]:
    """What score.py says of the answers to all questions, which are left in ``hits``."""
    documents = {document.id: document for document in store.documents()}
    questions = [json.loads(line)["query"] for line in (GOLD / "queries.jsonl").read_text("utf-8").splitlines()]
    lines = (json.dumps(as_json(search(store, encoder, q), documents), ensure_ascii=False) + "\n" for q in questions)
    hits.write_text("".join(lines), encoding="utf-8")
    command = [sys.executable, str(SHARED / "eval" / "score.py"), "search", str(hits), str(GOLD / "queries.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, list[tuple[float, str]]] = json.loads(done.stdout)
    return found


def by_hand(encoder: Encoder) -> Iterator[Contents]:
    """The documents of the gold with its statements, each in a passage of its own; of documents without hand-made
    statements, what the questions' judgements quote."""
    of: dict[str, dict[str, tuple[str, str | None]]] = {}
    for line in (GOLD / "statements.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        of.setdefault(row["doc"], {})[row["quote"]] = (row["type"], row["context"])
    judged = set(of)
    for line in (GOLD / "queries.jsonl").read_text("utf-8").splitlines():
        for row in json.loads(line)["relevant"]:
            if row["doc"] not in judged:
                of.setdefault(row["doc"], {})[row["quote"]] = ("bottleneck", None)
    for name, rows in of.items():
        document = document_id(name)
        passages, statements = [], []
        for order, (id, (quote, (kind, lead))) in enumerate(
            zip(statement_ids(document, rows), rows.items(), strict=True)
        ):
            passage = Passage(passage_id(document, order), document, order, quote)
            passages.append(passage)
            statements.append(Statement(id, document, passage.id, 0, len(quote), Kind(kind), quote, lead_in=lead))
        texts = encoder.encode_passages([s.quote for s in statements])
        vectors = Vectors(
            encoder.info, tuple(s.id for s in statements), texts, encoder.encode_passages([s.text for s in statements])
        )
        yield Contents(
            Document(document, name, name, Access.PUBLIC, sha256=name), tuple(passages), tuple(statements), (), vectors
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
