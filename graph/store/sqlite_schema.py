"""How a graph lies in an SQLite file, and how a file of an older version becomes one of this version."""

from __future__ import annotations

import sqlite3

from corpus.errors import KluwenError

APPLICATION = 0x4B6C776E
"""Marks a file as a Kluwen graph (``PRAGMA application_id``): "Klwn"."""

_VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    access TEXT NOT NULL,
    access_decided INTEGER NOT NULL,
    publisher TEXT,
    date TEXT,
    media_type TEXT NOT NULL,
    path TEXT,
    sha256 TEXT NOT NULL,
    pages INTEGER,
    added TEXT NOT NULL,
    statements INTEGER NOT NULL DEFAULT 0,
    statement_terms INTEGER NOT NULL DEFAULT 0,
    passages INTEGER NOT NULL DEFAULT 0,
    passage_terms INTEGER NOT NULL DEFAULT 0,
    source INTEGER,
    public_source INTEGER
);
CREATE INDEX document_source ON document (source);
CREATE INDEX document_public_source ON document (public_source);
CREATE TABLE passage (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    section TEXT NOT NULL,
    lead_in TEXT,
    page INTEGER,
    length INTEGER NOT NULL
);
CREATE INDEX passage_document ON passage (document, place);
CREATE TABLE statement (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
    passage INTEGER NOT NULL REFERENCES passage (n) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    quote TEXT NOT NULL,
    lead_in TEXT,
    page INTEGER,
    section TEXT NOT NULL,
    level TEXT,
    theme TEXT,
    actors TEXT NOT NULL,
    experienced_by TEXT NOT NULL,
    effort TEXT,
    term TEXT,
    confidence REAL NOT NULL,
    origin TEXT NOT NULL,
    rule TEXT NOT NULL,
    cue TEXT NOT NULL,
    length INTEGER NOT NULL
);
CREATE INDEX statement_document ON statement (document, place);
CREATE INDEX statement_passage ON statement (passage);
CREATE INDEX statement_theme ON statement (theme, document);
CREATE TABLE expresses (
    statement INTEGER PRIMARY KEY REFERENCES statement (n) ON DELETE CASCADE,
    concept TEXT NOT NULL
);
CREATE INDEX expresses_concept ON expresses (concept);
CREATE TABLE redirect (
    n INTEGER PRIMARY KEY,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    document INTEGER REFERENCES document (n) ON DELETE CASCADE,
    UNIQUE (old, new, document)
);
CREATE INDEX redirect_document ON redirect (document);
CREATE TABLE mention (
    statement INTEGER NOT NULL REFERENCES statement (n) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    relation TEXT NOT NULL,
    name TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (statement, actor, relation)
) WITHOUT ROWID;
CREATE INDEX mention_actor ON mention (actor, document, name);
CREATE INDEX mention_name ON mention (name);
CREATE TABLE link (
    n INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES statement (n) ON DELETE CASCADE,
    relation TEXT NOT NULL,
    target INTEGER NOT NULL REFERENCES statement (n) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    confidence REAL NOT NULL,
    rule TEXT NOT NULL,
    cue TEXT NOT NULL
);
CREATE INDEX link_source ON link (source);
CREATE INDEX link_target ON link (target);
CREATE INDEX link_document ON link (document);
CREATE TABLE vector (
    document INTEGER PRIMARY KEY REFERENCES document (n) ON DELETE CASCADE,
    stamp INTEGER NOT NULL,
    ids TEXT NOT NULL,
    texts BLOB NOT NULL,
    leads BLOB NOT NULL
);
CREATE TABLE term (
    term TEXT PRIMARY KEY,
    statements INTEGER NOT NULL,
    public_statements INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    public_passages INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE sketch (
    document INTEGER PRIMARY KEY REFERENCES document (n) ON DELETE CASCADE,
    size INTEGER NOT NULL,
    hash_limit INTEGER NOT NULL,
    hashes BLOB NOT NULL
);
CREATE TABLE probe (
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
    PRIMARY KEY (hash, document)
) WITHOUT ROWID;
CREATE INDEX probe_document ON probe (document);
CREATE VIRTUAL TABLE statement_index USING fts5 (quote, lead_in, tokenize = 'unicode61 remove_diacritics 0');
CREATE VIRTUAL TABLE passage_index USING fts5 (text, tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO meta VALUES ('revision', '0');
"""

_VERSION_2 = """
CREATE TABLE told (
    document INTEGER PRIMARY KEY,
    source INTEGER NOT NULL,
    public_source INTEGER,
    names TEXT NOT NULL
);
CREATE INDEX told_source ON told (source);
CREATE INDEX told_public_source ON told (public_source);
CREATE TABLE rim (
    id TEXT PRIMARY KEY,
    support INTEGER NOT NULL,
    public_support INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE rim_name (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    documents INTEGER NOT NULL,
    public_documents INTEGER NOT NULL,
    PRIMARY KEY (id, name)
) WITHOUT ROWID;
CREATE TEMP TABLE spoken AS
    SELECT d.n AS document, coalesce(d.source, d.n) AS source,
        iif(d.access = 'public', coalesce(d.public_source, d.n), NULL) AS public_source, m.actor AS id, m.name AS name
    FROM document d JOIN (SELECT DISTINCT document, actor, name FROM mention
        UNION SELECT DISTINCT document, 'theme-' || theme, theme FROM statement WHERE theme IS NOT NULL) m
    ON m.document = d.n;
INSERT INTO told SELECT document, source, public_source, json_group_array(json_array(id, name)) FROM spoken GROUP BY document;
INSERT INTO rim SELECT id, count(DISTINCT source), count(DISTINCT public_source) FROM spoken GROUP BY id;
INSERT INTO rim_name SELECT id, name, count(*), count(public_source) FROM spoken GROUP BY id, name;
DROP TABLE spoken;
"""

_VERSION_3 = """
CREATE TABLE expression (
    statement INTEGER PRIMARY KEY REFERENCES statement (n) ON DELETE CASCADE,
    key TEXT NOT NULL,
    concept TEXT NOT NULL,
    public_concept TEXT
);
INSERT INTO expression SELECT e.statement, e.concept, e.concept, iif(d.access = 'public', e.concept, NULL)
    FROM expresses e JOIN statement s ON s.n = e.statement JOIN document d ON d.n = s.document;
DROP TABLE expresses;
ALTER TABLE expression RENAME TO expresses;
CREATE INDEX expresses_key ON expresses (key);
CREATE INDEX expresses_concept ON expresses (concept);
CREATE INDEX expresses_public_concept ON expresses (public_concept);
ALTER TABLE statement ADD COLUMN label TEXT;
ALTER TABLE statement ADD COLUMN labelled TEXT;
CREATE TABLE judgement (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, line TEXT NOT NULL);
CREATE TABLE extraction (
    document INTEGER PRIMARY KEY REFERENCES document (n) ON DELETE CASCADE,
    data BLOB NOT NULL,
    ids TEXT NOT NULL,
    texts BLOB NOT NULL,
    leads BLOB NOT NULL
);
CREATE TABLE anchor (
    document INTEGER NOT NULL REFERENCES document (n) ON DELETE CASCADE,
    given TEXT NOT NULL,
    quote TEXT NOT NULL,
    passage INTEGER NOT NULL,
    start INTEGER NOT NULL,
    statement TEXT NOT NULL
);
CREATE INDEX anchor_document ON anchor (document);
CREATE TABLE alike (a TEXT NOT NULL, b TEXT NOT NULL, score REAL NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX alike_b ON alike (b);
CREATE TABLE wording (key TEXT PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE block (block TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (block, key)) WITHOUT ROWID;
CREATE INDEX block_key ON block (key);
"""

_VERSION_4 = "ALTER TABLE document ADD COLUMN extraction TEXT;"

MIGRATIONS: tuple[str, ...] = (_VERSION_1, _VERSION_2, _VERSION_3, _VERSION_4)
"""What makes a file of version i into one of version i + 1; the first makes an empty file into one of version 1."""

VERSION = len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """The version that a file says it has; 0 for an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def recognise(connection: sqlite3.Connection, path: str, known: int = VERSION) -> int:
    """The version of a file; raises KluwenError for one that is another program's, or newer than this software."""
    # of one moment: another process may be making it
    connection.execute("BEGIN")
    try:
        found = version(connection)
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    finally:
        connection.execute("ROLLBACK")
    if application != APPLICATION and not (empty and application == 0 and found == 0):
        raise KluwenError("store.not_a_graph", file=path)
    if found > known:
        raise KluwenError("store.newer", file=path, found=found, known=known)
    return found


def migrate(connection: sqlite3.Connection, migrations: tuple[str, ...] = MIGRATIONS) -> None:
    """Bring a file up to date: all steps in one transaction, so that it is of one version or of the other."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        # another process may have done it while we waited
        for step in range(version(connection), len(migrations)):
            for sentence in _sentences(migrations[step]):
                connection.execute(sentence)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {max(len(migrations), version(connection))}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _sentences(script: str) -> list[str]:
    # executescript would commit first
    found, pending = [], ""
    for part in script.split(";")[:-1]:
        pending += part + ";"
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found


def look_through(connection: sqlite3.Connection, *, public: bool) -> None:
    """Make the views that all reading goes through: ``seen_document``, ``seen_passage``, ``seen_statement``,
    ``seen_expresses``, ``seen_link``, ``seen_redirect``, ``seen_mention``, ``seen_rim``, ``seen_vector`` and ``seen_term`` hold what this session may see.

    This is the one place that says who sees what. ``source`` is the number of a document's source among those seen.
    """
    rule = "WHERE access = 'public'" if public else ""
    source = "public_source" if public else "source"
    concept = "public_concept" if public else "concept"

    # row by row: a list of the public documents would be made anew for each question, and grow with the graph
    def within(table: str) -> str:
        rule = f"SELECT 1 FROM document d WHERE d.n = {table}.document AND d.access = 'public'"
        return f"EXISTS ({rule})" if public else "1"

    # a person's own link between public statements may lie with an internal document, and is then not seen
    def end(column: str) -> str:
        return f"EXISTS (SELECT 1 FROM statement s WHERE s.n = link.{column} AND {within('s')})" if public else "1"

    for name, query in {
        "seen_document": "SELECT n, id, name, title, access, access_decided, publisher, date, media_type, path, sha256,"
        " pages, added, extraction, statements, statement_terms, passages, passage_terms,"
        f" coalesce({source}, n) AS source FROM document {rule}",
        "seen_passage": f"SELECT * FROM passage WHERE {within('passage')}",
        "seen_expresses": f"SELECT statement, key, {concept} AS concept FROM expresses WHERE {concept} IS NOT NULL",
        "seen_statement": f"SELECT statement.*, expresses.key AS key, expresses.{concept} AS concept FROM statement"
        f" JOIN expresses ON expresses.statement = statement.n WHERE {within('statement')}",
        "seen_link": f"SELECT * FROM link WHERE {within('link')} AND {end('source')} AND {end('target')}",
        "seen_redirect": f"SELECT * FROM redirect WHERE document IS NULL OR {within('redirect')}",
        "seen_mention": f"SELECT * FROM mention WHERE {within('mention')}",
        "seen_rim": "SELECT r.id, r.public_support AS support, m.name, 0 AS internal FROM rim r"
        " JOIN rim_name m ON m.id = r.id WHERE m.public_documents > 0"
        if public
        else "SELECT r.id, r.support, m.name, m.documents > m.public_documents AS internal FROM rim r"
        " JOIN rim_name m ON m.id = r.id",
        "seen_vector": f"SELECT * FROM vector WHERE {within('vector')}",
        "seen_term": "SELECT term, public_statements AS statements, public_passages AS passages FROM term"
        if public
        else "SELECT term, statements, passages FROM term",
    }.items():
        connection.execute(f"CREATE TEMP VIEW {name} AS {query}")
