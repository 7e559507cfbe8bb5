"""How a graph lies in Neo4j: its constraints and indexes, made and brought up to date, and its version in the graph.

Besides the labels of the model there are some for bookkeeping, whose names begin with ``Kluwen``: the graph itself (its
revision, version and model), counts of words and of who speaks of what, redirects, the sketches by which equal sources
are recognised, vectors in blocks, and what people decided. ``docs/graph-model.md`` describes them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from corpus.errors import KluwenError
from graph.model import CLAIMS, Kind
from graph.store import neo4j_ledger, neo4j_rim, neo4j_vectors
from graph.store.neo4j_rows import batches
from graph.store.neo4j_server import Ask, Server

LABELS = {Kind.BOTTLENECK: "Bottleneck", Kind.CAUSE: "Cause", Kind.SOLUTION: "Solution"}
"""The label of the concepts of each kind."""
NODES = ("Document", "Passage", "Statement", *LABELS.values(), "Actor", "Theme")
_OWN = ("KluwenTerm", "KluwenSketch", "KluwenVectors")
VECTOR_INDEX = "kluwen_statement_vector"


def _unique(label: str) -> str:
    return f"CREATE CONSTRAINT kluwen_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"


def _index(label: str, field: str) -> str:
    return f"CREATE INDEX kluwen_{label.lower()}_{field} IF NOT EXISTS FOR (n:{label}) ON (n.{field})"


def _words(name: str, label: str, fields: str) -> str:
    # what stands in these properties has been analysed already (corpus.dutch)
    return (
        f"CREATE FULLTEXT INDEX {name} IF NOT EXISTS FOR (n:{label}) ON EACH [{fields}]"
        " OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
    )


_VERSION_1 = (
    *(_unique(label) for label in ("KluwenGraph", *NODES, *_OWN)),
    "CREATE CONSTRAINT kluwen_document_n IF NOT EXISTS FOR (n:Document) REQUIRE n.n IS UNIQUE",
    *(_index(*on) for on in (("Document", "source"), ("Document", "public_source"))),
    *(_index(*on) for on in (("Passage", "document_id"), ("Statement", "document_id"), ("Statement", "passage_id"))),
    *(_index(*on) for on in (("Statement", "concept_id"), ("Statement", "theme"), ("KluwenRedirect", "old"))),
    *(_index(*on) for on in (("KluwenRedirect", "document_id"), ("KluwenProbe", "hash"), ("KluwenProbe", "document"))),
    *(f"CREATE INDEX kluwen_link_{r.lower()} IF NOT EXISTS FOR ()-[l:{r.value}]-() ON (l.document_id)" for r in CLAIMS),
    _words("kluwen_statement_terms", "Statement", "n.quote_terms, n.lead_terms"),
    _words("kluwen_passage_terms", "Passage", "n.terms"),
    _words("kluwen_statement_mentions", "Statement", "n.mentioned"),
)

_VERSION_2 = (
    *(_unique(label) for label in ("KluwenTold", "KluwenRim")),
    *(_index(*on) for on in (("KluwenTold", "source"), ("KluwenTold", "public_source"))),
)

_VERSION_4 = (
    *(_unique(label) for label in ("KluwenJudgement", "KluwenExtraction", "KluwenWording")),
    *(
        _index(*on)
        for on in (("Statement", "key"), ("Statement", "public_concept_id"), ("KluwenAnchor", "document_id"))
    ),
    *(_index(*on) for on in (("KluwenAlike", "a"), ("KluwenAlike", "b"))),
    *(_index(*on) for on in (("KluwenBlock", "block"), ("KluwenBlock", "key"))),
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2, (), _VERSION_4)
"""The sentences that make a graph of version i into one of version i + 1; each may be said again without harm."""

FILLS: Mapping[int, Callable[[Ask, Sequence[int]], None]] = {
    2: neo4j_rim.count,
    3: neo4j_vectors.fill_leads,
    4: neo4j_ledger.word,
}
"""What documents of a graph that is not new need besides to be of a version; it may be done again without harm."""
FILLED = 50
"""Documents that get it in one transaction, so that a large graph needs no more memory than a small one."""

VERSION = len(MIGRATIONS)


def settle(server: Server, *, create: bool) -> None:
    """Find the graph in the database, or make it there, and bring it up to date.

    Raises KluwenError for a database without a graph (unless ``create``), with something else in it, or with a graph of
    a newer version.
    """

    def look(ask: Ask) -> tuple[int | None, bool]:
        found = ask("MATCH (g:KluwenGraph) RETURN g.version")
        if found:
            return int(found[0][0]), False
        return None, bool(ask("MATCH (n) RETURN 1 LIMIT 1"))

    version, foreign = server.read(look)
    if version is not None and version > VERSION:
        raise KluwenError("store.newer", file=server.url, found=version, known=VERSION)
    if version is None and foreign:
        raise KluwenError("store.neo4j_foreign", url=server.url)
    if version is None and not create:
        raise KluwenError("store.neo4j_empty", url=server.url)
    if version == VERSION:
        return
    for step in MIGRATIONS[version or 0 :]:
        for sentence in step:
            server.define(sentence)
    await_indexes(server)
    if version is not None:
        _fill(server, [fill for of, fill in FILLS.items() if version < of])
    server.define(
        "MERGE (g:KluwenGraph {id: 'graph'}) ON CREATE SET g.name = 'Kluwen', g.revision = 0, g.next = 1"
        " SET g.version = $version",
        version=VERSION,
    )


def _fill(server: Server, fills: Sequence[Callable[[Ask, Sequence[int]], None]]) -> None:
    """Let all documents have what a newer version has. The graph stays of its version until all have it: what was broken
    off is done again."""
    documents = [n for (n,) in server.read(lambda ask: ask("MATCH (d:Document) RETURN d.n ORDER BY d.n"))]
    for some in batches(documents, FILLED):

        def work(ask: Ask, some: Sequence[int] = some) -> None:
            for fill in fills:
                fill(ask, some)

        server.write(work)


def await_indexes(server: Server) -> None:
    """Wait until what was asked of the indexes has been done, so that the first question finds everything."""
    server.define("CALL db.awaitIndexes(300)")


def index_vectors(server: Server, dimension: int) -> None:
    """Make the vector index for vectors of this dimension, in place of one for another."""
    found = server.define(
        "SHOW VECTOR INDEXES YIELD name, options WHERE name = $name"
        " RETURN options.indexConfig['vector.dimensions'] AS dimension",
        name=VECTOR_INDEX,
    )
    if found and found[0][0] == dimension:
        return
    if found:
        server.define(f"DROP INDEX {VECTOR_INDEX} IF EXISTS")
    # a schema sentence takes no parameters; the dimension is a whole number
    server.define(
        f"CREATE VECTOR INDEX {VECTOR_INDEX} IF NOT EXISTS FOR (s:Statement) ON (s.vector) OPTIONS {{indexConfig:"
        f" {{`vector.dimensions`: {int(dimension)}, `vector.similarity_function`: 'cosine'}}}}"
    )
    await_indexes(server)
