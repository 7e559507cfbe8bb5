"""The connections of one store to its SQLite file, lent to one thread at a time."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from corpus.errors import KluwenError
from graph.store import sqlite_schema as schema

PATIENCE = 30.0
"""How long (seconds) a writer waits for another that is writing."""


class Pool:
    """Connections to one file. No two threads use one at the same time; one that comes free is lent again.

    (Streamlit runs each page in a thread of its own that soon ends: a connection tied to its thread would leak.)
    """

    def __init__(self, path: Path, *, public: bool, create: bool, patience: float = PATIENCE) -> None:
        self.path = path
        self._public = public
        self._patience = patience
        self._free: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        self._frozen = False
        if path.is_dir():
            raise KluwenError("store.folder", file=str(path))
        if not path.exists() or path.stat().st_size == 0:
            if not create:
                raise KluwenError("store.missing", file=str(path))
            if not path.parent.is_dir():
                raise KluwenError("store.no_folder", file=str(path), folder=str(path.parent))
        with self.told():
            self._free.append(self._open(create))

    def close(self) -> None:
        """Close all connections; the last one of all processes leaves one file, without ``-wal`` beside it."""
        with self._lock:
            self._closed = True
            while self._free:
                self._free.pop().close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one moment of the graph until the end of the block."""
        with self._lent() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection that alone may write. At the end of the block all of it is kept, at an exception nothing.

        Where nothing was changed, nothing is written; else the graph's revision grows by one.
        """
        if self._frozen:
            raise KluwenError("store.read_only", file=str(self.path))
        with self._lent() as connection:
            connection.execute("BEGIN IMMEDIATE")
            before = connection.total_changes
            try:
                yield connection
                if connection.total_changes == before:
                    connection.execute("ROLLBACK")
                else:
                    connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'revision'")
                    connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def told(self) -> Iterator[None]:
        """Say what SQLite refuses in words that help."""
        file = str(self.path)
        try:
            yield
        except sqlite3.DatabaseError as error:
            text = str(error)
            # extended codes carry the plain one in their low byte
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code == sqlite3.SQLITE_NOTADB:
                raise KluwenError("store.not_a_graph", file=file) from error
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise KluwenError("store.locked", file=file) from error
            if code == sqlite3.SQLITE_CORRUPT:
                raise KluwenError("store.corrupt", file=file) from error
            if code == sqlite3.SQLITE_FULL:
                raise KluwenError("store.full", file=file) from error
            if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
                raise KluwenError("store.read_only", file=file) from error
            if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
                raise KluwenError("store.cannot_open", file=file, reason=text) from error
            raise

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise KluwenError("store.closed", file=str(self.path))
            connection = self._free.pop() if self._free else None
        with self.told():
            connection = connection or self._open(create=False)
            try:
                yield connection
            finally:
                with self._lock:
                    if self._closed:
                        connection.close()
                    else:
                        self._free.append(connection)

    def _open(self, create: bool) -> sqlite3.Connection:
        connection = self._connect("rwc" if create else "rw")
        try:
            try:
                found = schema.recognise(connection, str(self.path))
            except sqlite3.OperationalError as error:
                # a WAL file in a folder that may not be written (a shared drive, a CD): nobody can be writing it,
                # unless what was written last still stands beside it
                last = self.path.with_name(self.path.name + "-wal")
                if (
                    error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
                    or last.exists()
                ):
                    raise
                connection.close()
                connection = self._connect("ro", "&immutable=1")
                self._frozen = True
                found = schema.recognise(connection, str(self.path))
            if not self._frozen:
                self._settle(connection, found)
            connection.execute("PRAGMA temp_store = MEMORY")
            schema.look_through(connection, public=self._public)
        except BaseException:
            connection.close()
            raise
        return connection

    def _settle(self, connection: sqlite3.Connection, found: int) -> None:
        if found < schema.VERSION:
            if found == 0:
                self._log_ahead(connection)
            else:
                self._back_up(connection, found)
            schema.migrate(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        # FULL: what was put (a document, a person's decision) is on the disk when the call returns, at one fsync for
        # each; NORMAL would keep the file whole too, but lose the last decisions when the power goes
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -32000")

    def _back_up(self, connection: sqlite3.Connection, found: int) -> None:
        """Keep the file as it is beside it, before it becomes one of a newer version."""
        kept = self.path.with_name(f"{self.path.name}.v{found}.bak")
        if not kept.exists():
            _copy(connection, kept)

    def back_up(self) -> Path:
        """Copy the file as it is, beside it and named after the moment; where the copy lies."""
        moment = datetime.now().strftime("%Y-%m-%dT%H.%M.%S")
        kept = self.path.with_name(f"{self.path.name}.{moment}.bak")
        with self._lent() as connection:
            _copy(connection, kept)
        return kept

    def _log_ahead(self, connection: sqlite3.Connection) -> None:
        # for this one step SQLite does not itself wait for another process that is doing the same
        until = time.monotonic() + self._patience
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.01)

    def _connect(self, mode: str, more: str = "") -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self.path.resolve().as_uri()}?mode={mode}{more}",
            uri=True,
            timeout=self._patience,
            isolation_level=None,
            check_same_thread=False,
        )


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a connection's file, whole or not at all."""
    half = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        connection.execute("VACUUM INTO ?", (str(half),))
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)
