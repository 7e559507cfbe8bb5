"""A real Neo4j Community server for the tests, from Maven's jars: on a free port, with a password, always stopped."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j

HERE = Path(__file__).resolve().parent
POM = HERE / "pom.xml"
JARS = HERE.parents[1] / "build" / "neo4j"
PASSWORD = "tangle-of-tests"
_PATIENCE = 120
_QUICK = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""What has Java start quickly, which small graphs gain from."""


def jars() -> Path:
    """The folder of the server's jars, fetched by Maven once."""
    version = re.search(r"<neo4j.version>(.+?)<", POM.read_text(encoding="utf-8"))[1]
    lib = JARS / f"lib-{version}"
    ready = JARS / f"ready-{version}"
    if not ready.exists():
        JARS.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(["mvn", "-q", "-B", "package", "-f", str(POM)], capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"Maven could not fetch Neo4j:\n{(done.stdout + done.stderr)[-3000:]}")
        ready.touch()
    return lib


def why_not() -> str | None:
    """Why no server can be started here; None when one can."""
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    return f"no {' and no '.join(missing)} here, and NEO4J_TEST_URI is not set" if missing else None


class Server:
    """A server that runs, with the memory of ``heap`` and ``pages`` (of its page cache) as Java writes them.

    With ``lasting`` it is for work of minutes: Java compiles all that it can, which makes for a slow beginning.
    """

    def __init__(self, *, heap: str = "512m", pages: str = "64m", lasting: bool = False) -> None:
        self._lib = jars()
        self._java = [f"-Xms{heap}", f"-Xmx{heap}"] if lasting else [f"-Xmx{heap}", *_QUICK]
        self._pages = pages
        self.home = Path(tempfile.mkdtemp(prefix="kluwen-neo4j-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.uri = f"bolt://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self.start()
            with neo4j.GraphDatabase.driver(self.uri, auth=("neo4j", "neo4j")) as driver:
                change = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
                driver.execute_query(change, password=PASSWORD, database_="system")
            self._answer()
        except BaseException:
            self.remove()
            raise

    def start(self, **settings: str) -> None:
        """Start it (again, with what it holds), and wait until it answers. ``settings`` are lines of its neo4j.conf on
        top of the usual ones."""
        self._configure(settings)
        opens = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
        command = ["java", "-cp", f"{self._lib}/*", *self._java]
        command += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in opens]
        command += ["-Dfile.encoding=UTF-8", "-Dlog4j2.disable.jmx=true", _main_class(self._lib)]
        command += [f"--home-dir={self.home}", f"--config-dir={self.home}/conf", "--console-mode"]
        with (self.home / "out.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self.home, stdout=log, stderr=subprocess.STDOUT)
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                break
            except OSError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"Neo4j did not start:\n{self.log()}") from None
                time.sleep(0.1)
        if (self.home / "known").exists():
            self._answer()

    def stop(self) -> None:
        """Stop it; what it holds stays."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def remove(self) -> None:
        """Stop it and remove what it holds."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def log(self) -> str:
        """The end of what it said."""
        return (self.home / "out.log").read_text(encoding="utf-8", errors="replace")[-4000:]

    def _answer(self) -> None:
        (self.home / "known").touch()
        until = time.monotonic() + _PATIENCE
        with neo4j.GraphDatabase.driver(self.uri, auth=("neo4j", PASSWORD)) as driver:
            while True:
                try:
                    driver.execute_query("RETURN 1", database_="neo4j")
                    return
                except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError):
                    if time.monotonic() > until:
                        raise RuntimeError(f"Neo4j does not answer:\n{self.log()}") from None
                    time.sleep(0.1)

    def _configure(self, settings: dict[str, str]) -> None:
        at = f"127.0.0.1:{self.port}"
        lines = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.enabled": "true",
            "server.bolt.listen_address": at,
            "server.bolt.advertised_address": at,
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "server.memory.pagecache.size": self._pages,
            "db.tx_log.preallocate": "false",
            "dbms.usage_report.enabled": "false",
            "dbms.security.auth_minimum_password_length": "5",
            "server.config.strict_validation.enabled": "false",
            "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        }
        lines |= {name.replace("__", "."): value for name, value in settings.items()}
        (self.home / "conf").mkdir(exist_ok=True)
        text = "".join(f"{name}={value}\n" for name, value in lines.items())
        (self.home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")


def _main_class(lib: Path) -> str:
    for jar in lib.glob("neo4j-[0-9]*.jar"):
        with zipfile.ZipFile(jar) as archive:
            names = set(archive.namelist())
            for name in ("Neo4jCommunity", "CommunityEntryPoint"):
                if f"org/neo4j/server/{name}.class" in names:
                    return f"org.neo4j.server.{name}"
    raise RuntimeError(f"there is no Neo4j server in {lib}")


def ask(uri: str, query: str) -> list[list[object]]:
    """The rows that the database answers with."""
    auth = (os.environ.get("NEO4J_USERNAME") or "neo4j", os.environ["NEO4J_PASSWORD"])
    with (
        neo4j.GraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=os.environ.get("NEO4J_DATABASE") or "neo4j") as session,
    ):
        return session.run(query).values()


def wipe(uri: str) -> None:
    """Empty the database, but for its indexes."""
    ask(uri, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")


def given() -> str | None:
    """The address in NEO4J_TEST_URI, which may be emptied; None where it names none.

    Raises NotEmpty when there is something in its database.
    """
    uri = os.environ.get("NEO4J_TEST_URI")
    if uri and ask(uri, "MATCH (n) RETURN 1 LIMIT 1"):
        raise NotEmpty(f"NEO4J_TEST_URI names {uri}, whose database is not empty: it would be emptied here")
    return uri or None


class NotEmpty(SystemExit):
    """What would be emptied is somebody's. Python ends with its one sentence."""


@contextmanager
def lent(**memory: Any) -> Iterator[tuple[str, Path | None]]:
    """The address of an empty database for a benchmark: that of :func:`given`, emptied again afterwards, else that of a
    server of its own with so much memory (:class:`Server`). With where the server's files lie, if they are here."""
    if uri := given():
        yield uri, None
        wipe(uri)
        return
    server = Server(**memory)
    os.environ |= {"NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": PASSWORD}
    try:
        yield server.uri, server.home
    finally:
        server.remove()
