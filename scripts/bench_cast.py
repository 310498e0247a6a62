"""Casting a ballot over HTTP beside a bare Django POST with the same two statements, and beside the bare transaction.

Part of scripts/bench.py. Two gunicorns, alike but for the application, over one PostgreSQL of this run. Compared is
the CPU of their processes, for the voters run on the same machine; the time that goes by tells many voters from few.
`python -m scripts.bench_cast 500 5` measures five rounds of so many ballots and prints the figures as JSON.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2

from scripts import services
from scripts.bench_export import Figure, spent

FEW, MANY = 8, 32  # clients at once
CPU, SLOWER = 1.5, 1 / 0.8
LINES, SCALE = 20, ("优秀", "合格", "基本合格", "不合格")
GUNICORN = "--workers 2 --threads 4 --no-control-socket --log-level warning"
TAKEN = "已投入票箱".encode(), b"in the box"
START_SECONDS = 60


def measure(ballots: int, rounds: int) -> dict[str, Figure]:
    """CPU of a ballot and how many fit into a second, from a process of its own; none where no PostgreSQL starts."""
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(services.own_postgres())
            cluster.start()
        except (OSError, subprocess.SubprocessError, psycopg2.Error) as fault:
            print(f"Casting is left out: {fault}", file=sys.stderr)
            return {}
        folders = [stack.enter_context(tempfile.TemporaryDirectory(prefix="branchlife-bench-")) for _ in range(2)]
        ours = dict(zip(("BRANCHLIFE_DATA_DIR", "BRANCHLIFE_BALLOT_KEYS"), folders, strict=True))
        command = [sys.executable, "-m", "scripts.bench_cast", str(ballots), str(rounds)]
        environment = os.environ | ours | {"BRANCHLIFE_DATABASE_URL": cluster.url}
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {name: Figure(**figure) for name, figure in json.loads(told).items()}


@dataclass(frozen=True)
class Web:
    """A gunicorn that takes ballots."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """The CPU seconds of its workers so far."""
        return sum(spent(Path(f"/proc/{worker}/stat")) for worker in services.children(self.process.pid))

    def post(self, body: bytes) -> None:
        """One voter with a connection of his own. Raises AssertionError unless the ballot is in the box."""
        head = f"POST /b/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
        kind = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            line.sendall((head + kind).encode() + body)
            answer = b"".join(iter(partial(line.recv, 65536), b""))
        if not any(words in answer for words in TAKEN):
            raise AssertionError(answer.decode(errors="replace"))


@contextmanager
def web(application: str) -> Iterator[Web]:
    """This application under gunicorn, until it is left."""
    port = services.free_port()
    command = [sys.executable, "-m", "gunicorn", *GUNICORN.split(), "--bind", f"127.0.0.1:{port}", application]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/b/test/")
        yield Web(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_SECONDS)


def _wait_for(address: str) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return  # an answer, though the bare one knows no such page
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


class Hall:
    """A poll that is open, with slips for everything that one round measures."""

    def __init__(self, slips: int) -> None:
        from ballots import actions
        from ballots.actions import Paper, Question
        from ballots.marks import lines_of

        lines = tuple(Question(f"第{number}项") for number in range(1, LINES + 1))
        self.poll = actions.lay_down([Paper("民主测评表", SCALE, lines)])
        actions.give_key(self.poll, halved=False)
        self.codes = iter(actions.add_slips(self.poll, slips))
        actions.open_box(self.poll)
        self.marks = {f"m{line.key}": line.number % len(SCALE) + 1 for line in lines_of(self.poll)}

    def forms(self, number: int) -> list[bytes]:
        """So many filled forms for the casting page."""
        return [self._form(next(self.codes)) for _ in range(number)]

    def bare_forms(self, number: int) -> list[bytes]:
        """So many for the bare application, with as many fields."""
        return [self._form(key) for key in self.keys(number)]

    def keys(self, number: int) -> list[str]:
        """The keys of so many unused slips."""
        from ballots import slips

        return [slips.hash_of(next(self.codes)) for _ in range(number)]

    def _form(self, code: str) -> bytes:
        return urllib.parse.urlencode({"code": code, "act": "cast", "poll": self.poll.pk, **self.marks}).encode()


def run(ballots: int, rounds: int) -> dict[str, Figure]:
    """Every way in turn, round after round: a busy moment of the machine meets all."""
    seen: dict[str, list[float]] = defaultdict(list)
    with web("config.wsgi") as ours, web("scripts.bench_bare_cast") as bare:
        for place in range(rounds + 1):
            hall, found = Hall(4 * ballots), {}
            found["bare cpu"], _passed = _timed(bare, hall.bare_forms(ballots), FEW)
            found["cpu"], found["few"] = _timed(ours, hall.forms(ballots), FEW)
            _cpu, found["many"] = _timed(ours, hall.forms(ballots), MANY)
            found["transaction"] = _transactions(hall.poll.pk, hall.keys(ballots))
            if place:  # the first warms up
                for name, value in found.items():
                    seen[name].append(value)
    told = {name: statistics.median(values) for name, values in seen.items()}
    return {
        "cast": Figure(told["bare cpu"], told["cpu"], told["cpu"] / told["bare cpu"], CPU, "ms CPU"),
        f"cast, {MANY} for {FEW} clients": Figure(
            told["few"], told["many"], told["many"] / told["few"], SLOWER, "ms each"
        ),
        "cast, transaction": Figure(
            told["transaction"], told["few"], told["few"] / told["transaction"], None, "ms each"
        ),
    }


def _timed(to: Web, forms: Sequence[bytes], clients: int) -> tuple[float, float]:
    """(ms of CPU of the web, ms that went by) for each of these ballots."""
    before, begin = to.cpu(), time.monotonic()
    _all_at_once(to.post, forms, clients)
    passed = time.monotonic() - begin
    return (to.cpu() - before) / len(forms) * 1000, passed / len(forms) * 1000


def _all_at_once(deed: Callable[[Any], None], subjects: Sequence[Any], clients: int) -> None:
    with ThreadPoolExecutor(clients) as pool:
        for _done in pool.map(deed, subjects):
            pass


def _transactions(poll: int, keys: Sequence[str]) -> float:
    """The ms that went by for each slip and box written through psycopg2 alone, FEW at once."""
    parts = [keys[place::FEW] for place in range(FEW)]
    lines = [psycopg2.connect(os.environ["BRANCHLIFE_DATABASE_URL"]) for _part in parts]

    def write(place: int) -> None:
        cursor = lines[place].cursor()
        for key in parts[place]:
            cursor.execute("UPDATE ballots_slip SET state = 'used' WHERE code_hash = %s AND state = 'unused'", [key])
            box = str(uuid4()), poll, bytes(LINES * 4 + 48)
            cursor.execute("INSERT INTO ballots_box (id, poll_id, body) VALUES (%s, %s, %s)", box)
            lines[place].commit()

    begin = time.monotonic()
    _all_at_once(write, range(FEW), FEW)
    passed = time.monotonic() - begin
    for line in lines:
        line.close()
    return passed / len(keys) * 1000


def main(ballots: int, rounds: int) -> None:
    """Measure on the database and in the folders of the environment, and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "ballots", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    print(json.dumps({name: figure._asdict() for name, figure in run(ballots, rounds).items()}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
