"""The connection of a store to a Neo4j server: who signs in, what is refused, and transactions that are tried again."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import neo4j
from neo4j import exceptions as failures

from corpus.errors import KluwenError
from graph.model import Access

_T = TypeVar("_T")

OLDEST = (5, 26)
PATIENCE = 30.0
"""How long (seconds) a transaction that could not be finished (a deadlock, a server that restarts) is tried again."""
_REACH = 3.0
"""How long (seconds) a server may take to answer at all."""
_ATTEMPTS = 6
_THERE = tuple(
    f"Neo.ClientError.Schema.{what}AlreadyExists"
    for what in ("EquivalentSchemaRule", "Constraint", "Index", "ConstraintWithName", "IndexWithName")
)


_CONCEPT = re.compile(r"([.{])concept_id\b")


class Ask:
    """Asks one transaction. Every query gets ``$seen``: the values of ``access`` that the session may see."""

    def __init__(self, transaction: neo4j.ManagedTransaction, public: bool) -> None:
        self._transaction = transaction
        self.seen = seen(public)
        self.public = public

    def __call__(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of an answer. ``query`` is text of this software; all that comes from elsewhere stands in ``values``."""
        found = self._transaction.run(as_seen(query, self.public), {"seen": self.seen, **values})
        return [tuple(row.values()) for row in found]

    def one(self, query: str, **values: Any) -> Any:
        """The only value of an answer."""
        return self(query, **values)[0][0]


def as_seen(query: str, public: bool) -> str:
    """A query as a session asks it: in a public one ``.concept_id`` is ``.public_concept_id``, what public statements
    express among themselves."""
    return _CONCEPT.sub(r"\1public_concept_id", query) if public else query


def seen(public: bool) -> list[str]:
    """The values of ``access`` that a session may see."""
    return [Access.PUBLIC.value] if public else [access.value for access in Access]


class Server:
    """A driver, with what it refuses said in words that help. Secrets stand in no error, log or representation."""

    def __init__(self, url: str, *, public: bool, patience: float = PATIENCE) -> None:
        self.url = _address(url)
        self.public = public
        self._closed = False
        self._database = os.environ.get("NEO4J_DATABASE") or None
        user, password = os.environ.get("NEO4J_USERNAME") or "neo4j", os.environ.get("NEO4J_PASSWORD")
        # what the driver would print of its own accord is said once, by us
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        with self.told():
            self._driver = neo4j.GraphDatabase.driver(
                self.url,
                auth=(user, password) if password else None,
                connection_timeout=_REACH,
                connection_acquisition_timeout=_REACH,
                max_transaction_retry_time=patience,
                user_agent="kluwen",
                notifications_min_severity="OFF",
                warn_notification_severity="OFF",
                telemetry_disabled=True,
            )
        try:
            with self.told(wrong="store.neo4j_other"):
                self._driver.verify_connectivity()
                self.version = self._driver.get_server_info().agent
            refuse_old(self.version, self.url)
        except BaseException:
            self._driver.close()
            raise

    def close(self) -> None:
        self._closed = True
        self._driver.close()

    def read(self, work: Callable[[Ask], _T], *, steady: bool = False) -> _T:
        """What ``work`` gives inside one reading transaction.

        Neo4j shows a transaction what others commit meanwhile. With ``steady`` (for work of more than one query) it is
        done again when the graph changed under it, so that an answer is of one moment.
        """
        for attempt in range(_ATTEMPTS):
            with self._session(neo4j.READ_ACCESS) as session:

                def steadily(transaction: neo4j.ManagedTransaction) -> tuple[_T, bool]:
                    ask = Ask(transaction, self.public)
                    before = revision(ask) if steady else 0
                    result = work(ask)
                    return result, not steady or revision(ask) == before

                result, same = session.execute_read(steadily)
            if same or attempt == _ATTEMPTS - 1:
                break
        return result

    @contextmanager
    def meanwhile(self, query: str, **values: Any) -> Iterator[Callable[[], list[tuple[Any, ...]]]]:
        """Have the server work at a reading query while other things are done; what comes out gives its rows, once."""
        with self._session(neo4j.READ_ACCESS) as session:
            found = session.run(as_seen(query, self.public), {"seen": seen(self.public), **values})
            yield lambda: [tuple(row.values()) for row in found]

    def write(self, work: Callable[[Ask], _T]) -> _T:
        """What ``work`` gives inside one writing transaction, in which it alone writes this graph.

        Writers wait for each other at the graph's own node, as they do at an SQLite file: what they read to decide what
        to write (counts of words, leaders of sources) can't change under them, and two can't wait for each other.
        """

        def alone(transaction: neo4j.ManagedTransaction) -> _T:
            ask = Ask(transaction, False)
            # a constant: what is read before the lock is there may be old, and would be written over what others wrote
            ask("MATCH (g:KluwenGraph) SET g.name = 'Kluwen'")
            return work(ask)

        with self._session(neo4j.WRITE_ACCESS) as session:
            return session.execute_write(alone)

    def define(self, sentence: str, **values: Any) -> list[tuple[Any, ...]]:
        """Run a sentence that changes or awaits constraints and indexes, in a transaction of its own. What another has
        made at the same moment is there."""
        with self._session(neo4j.WRITE_ACCESS) as session:

            def work(transaction: neo4j.ManagedTransaction) -> list[tuple[Any, ...]]:
                return Ask(transaction, False)(sentence, **values)

            try:
                return session.execute_write(work)
            except failures.ClientError as error:
                # IF NOT EXISTS looks before it makes, and two may look before either has made it
                if error.code not in _THERE:
                    raise
                return []

    @contextmanager
    def _session(self, access: str) -> Iterator[neo4j.Session]:
        if self._closed:
            raise KluwenError("store.closed", file=self.url)
        with self.told(), self._driver.session(database=self._database, default_access_mode=access) as session:
            yield session

    @contextmanager
    def told(self, *, wrong: str = "store.neo4j_address") -> Iterator[None]:
        """Say what the server or the driver refuses, without what was sent. ``wrong`` is said of an address that the
        driver can't use, or that something else than Neo4j answers at."""
        try:
            yield
        except failures.Neo4jError as error:
            raise KluwenError(_key(error), url=self.url, database=self._database or "neo4j", code=error.code) from None
        except (failures.ServiceUnavailable, failures.SessionExpired, OSError):
            raise KluwenError("store.neo4j_down", url=self.url) from None
        except (failures.DriverError, ValueError) as error:
            if isinstance(error, failures.ConfigurationError | ValueError):
                raise KluwenError(wrong, url=self.url) from None
            raise KluwenError("store.neo4j_failed", url=self.url, code=type(error).__name__) from None


def revision(ask: Ask) -> int:
    """The graph's revision; 0 while there is no graph."""
    found = ask("MATCH (g:KluwenGraph) RETURN g.revision")
    return int(found[0][0]) if found else 0


def refuse_old(agent: str, url: str) -> None:
    """Raise KluwenError for a server that is older than :data:`OLDEST`; ``agent`` is what it calls itself, Neo4j/5.26.0."""
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found and (int(found[1]), int(found[2])) < OLDEST:
        raise KluwenError("store.neo4j_old", url=url, found=agent.partition("/")[2], oldest="5.26")


def _address(url: str) -> str:
    """The address to connect to; an address without a host (``neo4j://``) means that in NEO4J_URI."""
    parts = urlsplit(url)
    if not parts.netloc:
        url = os.environ.get("NEO4J_URI") or ""
        parts = urlsplit(url)
        if not parts.netloc:
            raise KluwenError("store.neo4j_address", url=f"{parts.scheme or 'neo4j'}://")
    if "@" in parts.netloc:
        raise KluwenError("store.neo4j_secret", url=f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}")
    return f"{parts.scheme.lower()}://{parts.netloc}{parts.path if parts.path != '/' else ''}"


def _key(error: failures.Neo4jError) -> str:
    code = error.code or ""
    if code.startswith("Neo.ClientError.Security.") and code.endswith(("Forbidden", "AuthorizationExpired")):
        return "store.neo4j_forbidden"
    if code.startswith("Neo.ClientError.Security."):
        return "store.neo4j_password"
    if code.endswith("DatabaseNotFound"):
        return "store.neo4j_no_database"
    if "ReadOnly" in code or code.endswith(("WriteOnReadOnlyAccessDatabase", "NotALeader")):
        return "store.neo4j_read_only"
    if code.endswith(("DatabaseUnavailable", "DatabaseNotAvailable")):
        return "store.neo4j_down"
    return "store.neo4j_failed"
