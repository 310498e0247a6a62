"""The whole product in one process for one host: gunicorn, a Celery worker and beat as threads, SQLite, no servers.

`python -m config.embedded` serves the data in BRANCHLIFE_DATA_DIR; with `--demo` an invented world of its own. Ctrl-C
or SIGTERM lets requests and running jobs end; a job that needs longer is taken up again at the next start, because
its row is still there (docs/architecture.md).
"""

import fcntl
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
WEB_THREADS = 8
JOB_THREADS = 3  # two long jobs leave one thread for the sweep and for reminders
DRAIN_SECONDS = 5
STOP_SECONDS = 10  # gunicorn's own limit: requests, then jobs


def main(arguments: list[str]) -> None:
    """Prepare the data folder, then serve until a signal ends it."""
    demo = "--demo" in arguments
    host, port = _address(os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}")
    public_url = os.environ.get("PUBLIC_URL", "").rstrip("/")
    _refuse_what_one_process_cannot_do(host, public_url)
    os.environ.setdefault("BRANCHLIFE_DATA_DIR", str(ROOT / "var" / ("demo" if demo else "data")))
    os.environ["BRANCHLIFE_DEMO"] = "true" if demo else "false"
    os.environ.setdefault("BRANCHLIFE_PUBLIC_URL", public_url or f"http://127.0.0.1:{port}")
    hosts = [*LOOPBACK[:2], "[::1]", urlsplit(os.environ["BRANCHLIFE_PUBLIC_URL"]).hostname or host]
    os.environ.setdefault("BRANCHLIFE_HOSTS", ",".join(dict.fromkeys(hosts)))
    lock = only_process(Path(os.environ["BRANCHLIFE_DATA_DIR"]))
    for command in ["migrate --verbosity 0", "collectstatic --noinput --verbosity 0", "demo" if demo else "setup_code"]:
        # Processes of their own: this one must hold no connection and no thread when it forks.
        subprocess.run([sys.executable, str(ROOT / "manage.py"), *command.split()], check=True)
    OneProcess({"bind": f"{host}:{port}"}).run()
    lock.close()


def _address(bind: str) -> tuple[str, int]:
    host, _, port = bind.rpartition(":")
    if not (host and port.isascii() and port.isdigit()):
        sys.exit(f"BIND 应形如 127.0.0.1:8000 / BIND must look like 127.0.0.1:8000, not {bind!r}")
    return host, int(port)


def _refuse_what_one_process_cannot_do(host: str, public_url: str) -> None:
    if os.environ.get("WEB_CONCURRENCY", "1") != "1" or os.environ.get("BRANCHLIFE_REDIS_URL"):
        sys.exit("单机方式只有一个进程,不用 Redis / This way of running has one process and no Redis")
    if host.strip("[]") not in LOOPBACK and not (public_url or os.environ.get("BRANCHLIFE_PUBLIC_URL")):
        sys.exit(
            "对外提供服务时请给出浏览器使用的地址,例如 / Reached from outside, the address browsers use is needed:\n"
            "  PUBLIC_URL=http://192.0.2.10:8000 BIND=0.0.0.0:8000 make serve"
        )


def only_process(folder: Path) -> IO[str]:
    """The lock of a data folder; a second process would have a second broker and a second clock over one file."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "embedded.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"{folder} 正由另一个进程使用 / is in use by another process")
    return lock


class OneProcess(BaseApplication):
    """gunicorn with one worker process, which also carries the background threads."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        fixed = {
            "workers": 1,
            "worker_class": "gthread",
            "threads": WEB_THREADS,
            "preload_app": False,
            "control_socket_disable": True,
            "graceful_timeout": STOP_SECONDS,
            "loglevel": "warning",
            "proc_name": "branchlife",
            "when_ready": say_where,
            "post_worker_init": start_background,
            "worker_exit": drain_background,
        }
        for name, value in {**fixed, **self.options}.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from config.wsgi import application

        return application

    def run(self) -> None:
        OneWorkerArbiter(self).run()


class OneWorkerArbiter(Arbiter):
    """Ctrl-C ends as gently as SIGTERM, and no signal adds a second worker."""

    def handle_int(self) -> None:
        self.handle_term()

    def handle_ttin(self) -> None:
        self.log.warning("One process is all this way of running allows.")


class Background:
    """A Celery worker and beat as threads of this process, over a broker in its memory."""

    def __init__(self) -> None:
        from celery.beat import EmbeddedService
        from celery.worker import WorkController

        from config.celery import app

        app.set_default()
        app.conf.broker_transport_options = {"polling_interval": 0.2}  # the broker in memory is asked, it cannot call
        self.worker = WorkController(
            app=app,
            pool="threads",
            concurrency=JOB_THREADS,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        self.beat = EmbeddedService(app, thread=True)

    def start(self) -> None:
        """Run both until `stop`."""
        threading.Thread(target=self.worker.start, name="celery", daemon=True).start()
        self.beat.start()

    def stop(self, seconds: float) -> bool:
        """Take nothing new and wait for what runs; False when it did not end in time."""
        self.beat.service.stop()
        ending = threading.Thread(target=self.worker.stop, daemon=True)
        ending.start()
        ending.join(seconds)
        return not ending.is_alive()


_background: Background | None = None


def say_where(arbiter: Any) -> None:
    """gunicorn's hook when the socket listens."""
    print(f"\n  {os.environ['BRANCHLIFE_PUBLIC_URL']}\n  按 Ctrl-C 停止 / Ctrl-C stops\n", flush=True)


def start_background(worker: Any) -> None:
    """gunicorn's hook in the fresh worker process, after the application is loaded."""
    global _background
    # The terminal sends Ctrl-C to every process in it; the arbiter alone answers and ends this one gently.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _measure_tables()
    _background = Background()
    _background.start()


def _measure_tables() -> None:
    from django.db import connection
    from django.utils.module_loading import import_string

    import_string("jobs.sqlite.measure_tables")()
    connection.close()


def drain_background(arbiter: Any, worker: Any) -> None:
    """gunicorn's hook in the worker process when its requests have ended."""
    if _background and not _background.stop(DRAIN_SECONDS):
        worker.log.warning("A job still runs; the next start takes it up again.")
        os._exit(0)  # an ordinary exit would wait for the thread of that job


if __name__ == "__main__":
    main(sys.argv[1:])
