"""Real servers for the browser tests: the embedded one, and gunicorn + worker + beat over PostgreSQL and Redis.

Each is a context manager that yields a `Running` with its address and ends only the processes it started. The demo
world is played once by the commands an operator would use, then copied: playing it takes a minute.
"""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2

from scripts.services import free_port

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "demo-password-2021"  # of every account in a world made with demo=True
START_SECONDS = 180  # a busy machine plays the demo world slowly
STOP_SECONDS = 20


@dataclass
class Running:
    """A server that answers: its address, its data folder and the environment its processes run in."""

    url: str
    data: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    named: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)  # the newest of each name
    commands: dict[str, str] = field(default_factory=dict)

    def manage(self, *arguments: str) -> str:
        """What `manage.py <arguments>` prints in the environment of this server."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, command: str) -> subprocess.Popen[bytes]:
        """A process of this server: `python -m <command>` with its output in logs/<name>."""
        path = self.data / "logs" / name
        path.parent.mkdir(exist_ok=True)
        with path.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *command.split()],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        self.named[name], self.commands[name] = process, command
        return process

    def logs(self) -> str:
        """The last lines of every process, for a failure's report."""
        files = sorted((self.data / "logs").glob("*"))
        return "\n".join(f"--- {path.name}\n{path.read_text(errors='replace')[-4000:]}" for path in files)

    def wait_until_ready(self) -> None:
        """Return when database, cache and worker answer; AssertionError with the logs when one does not."""
        end = time.monotonic() + START_SECONDS
        while not self._ready():
            dead = [process.args for process in self.processes if process.poll() is not None]
            assert not dead, f"{dead} ended\n{self.logs()}"
            assert time.monotonic() < end, f"{self.url} is not ready\n{self.logs()}"
            time.sleep(0.2)

    def stop(self) -> None:
        """End what was started here, gently first."""
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its own session: itself and what it started, nothing else
            process.wait()
        self.processes.clear()

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


@contextmanager
def embedded(*, demo: bool = True, settings: dict[str, str] | None = None) -> Iterator[Running]:
    """The server of `make run` (or, with demo=False, of `make serve`) on a free port with its own data folder."""
    with _running(settings or {}, _played("") if demo else None) as server:
        server.environment["BIND"] = urlsplit(server.url).netloc
        server.start("embedded", f"config.embedded {'--demo' if demo else ''}")
        server.wait_until_ready()
        yield server


@contextmanager
def servers(*, demo: bool = True, settings: dict[str, str] | None = None) -> Iterator[Running]:
    """gunicorn with two processes, a Celery worker and beat, on a new PostgreSQL database and Redis."""
    redis_url = os.environ["TEST_REDIS_URL"]
    played = _played(os.environ["TEST_DATABASE_URL"]) if demo else None
    with (
        _database(played) as url,
        _running({"DATABASE_URL": url, "REDIS_URL": redis_url, **(settings or {})}, played) as server,
    ):
        server.environment["BRANCHLIFE_DEMO"] = str(demo).lower()
        if not played:
            _prepare(server)
        address = urlsplit(server.url).netloc
        server.start("web", f"gunicorn --bind {address} --workers 2 --threads 4 --no-control-socket config.wsgi")
        server.start("worker", "celery --app config worker --concurrency 2 --loglevel info")
        server.start("beat", "celery --app config beat --loglevel info")
        server.wait_until_ready()
        yield server


STACKS: dict[str, Callable[..., AbstractContextManager[Running]]] = {"embedded": embedded, "servers": servers}


def available() -> list[str]:
    """The names in STACKS that can run here: the second needs TEST_DATABASE_URL and TEST_REDIS_URL."""
    both = os.environ.get("TEST_DATABASE_URL") and os.environ.get("TEST_REDIS_URL")
    return ["embedded", "servers"] if both else ["embedded"]


@dataclass(frozen=True)
class Played:
    """A world that stands still: its two folders and, on PostgreSQL, its database."""

    data: Path
    keys: Path
    database: str


@cache
def _played(base: str) -> Played:
    """The demo world on SQLite or, where `base` is a server, in a database there; kept until this process ends."""
    ends = ExitStack()
    atexit.register(ends.close)
    url = ends.enter_context(_database(base=base)) if base else ""
    server = ends.enter_context(_running({"DATABASE_URL": url} if url else {}))
    server.environment["BRANCHLIFE_DEMO"] = "true"
    _prepare(server)
    server.manage("demo")
    return Played(server.data, Path(server.environment["BRANCHLIFE_BALLOT_KEYS"]), urlsplit(url).path[1:])


def _prepare(server: Running) -> None:
    server.manage("migrate", "--verbosity", "0")
    server.manage("collectstatic", "--noinput", "--verbosity", "0")


@contextmanager
def _running(settings: dict[str, str], played: Played | None = None) -> Iterator[Running]:
    """A server with folders of its own, gone at the end; copies of those of `played` where one is given."""
    data, keys = (Path(tempfile.mkdtemp(prefix=f"branchlife-{name}-")) for name in ("server", "keys"))
    if played:
        shutil.copytree(played.data, data, dirs_exist_ok=True)
        shutil.copytree(played.keys, keys, dirs_exist_ok=True)
    url = f"http://127.0.0.1:{free_port()}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("BRANCHLIFE_", "PYTEST_"))}
    ours = {"DATA_DIR": str(data), "BALLOT_KEYS": str(keys), "PUBLIC_URL": url, **settings}
    server = Running(url, data, kept | {f"BRANCHLIFE_{name}": value for name, value in ours.items()})
    server.environment |= {"DJANGO_SETTINGS_MODULE": "config.settings", "DEMO_PASSWORD": PASSWORD}
    try:
        yield server
    except BaseException:
        print(server.logs())
        raise
    finally:
        server.stop()
        for folder in (data, keys):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(played: Played | None = None, base: str = "") -> Iterator[str]:
    """A new database on the server of TEST_DATABASE_URL, dropped at the end; a copy of that of `played` if given."""
    base, name = base or os.environ["TEST_DATABASE_URL"], f"branchlife_{uuid4().hex[:12]}"
    _ask(base, f"CREATE DATABASE {name}" + (f" TEMPLATE {played.database}" if played else ""))
    if played:
        with suppress(psycopg2.errors.InsufficientPrivilege):  # a server of somebody else's is not one we crash
            _ask(base, "CHECKPOINT")  # a crash would set a copied sequence back to where it was copied
    try:
        yield urlsplit(base)._replace(path=f"/{name}").geturl()
    finally:
        with suppress(psycopg2.OperationalError):  # a server of one test alone is gone already
            _ask(base, f"DROP DATABASE {name} WITH (FORCE)")


def _ask(base: str, sql: str) -> None:
    """A connection for each statement: a drill may let the server crash in between."""
    connection = psycopg2.connect(base)
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(sql)
