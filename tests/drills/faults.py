"""What dies under a web that is being used: one of its processes, the one above them, the database."""

import os
import signal
import socket
from contextlib import suppress
from urllib.parse import urlsplit

from scripts.services import children


class Faults:
    """Ways to die by their names; each comes back up before the next."""

    def __init__(self, village, database):
        self.village, self.database = village, database
        self.ways = {"worker": self.worker, "master": self.master, "postgresql": self.postgresql}

    def worker(self, dice):
        """SIGKILL one process that answers; the master starts another."""
        self.village.until(self._workers, 30)
        with suppress(ProcessLookupError):
            os.kill(dice.choice(self._workers()), signal.SIGKILL)

    def master(self, _dice):
        """SIGKILL the master alone: its workers notice that they are orphans and leave, then it is started anew."""
        server = self.village.server
        gone = server.named["web"]
        gone.send_signal(signal.SIGKILL)
        gone.wait()
        self.village.until(lambda: not self._listens(), 30)
        with suppress(ProcessLookupError):
            os.killpg(gone.pid, signal.SIGKILL)  # an orphan that still waits for its last answer
        server.processes.remove(gone)
        self.web(server.commands["web"])

    def web(self, command):
        """Start the web with this command, and return when it answers."""
        self.village.server.start("web", command)
        self.village.until(self._listens, 30)

    def postgresql(self, _dice):
        """PostgreSQL is restarted at once, as `pg_ctl restart -m immediate` does it."""
        self.database.crash()
        self.database.start()

    def _workers(self):
        return children(self.village.server.named["web"].pid)

    def _listens(self):
        address = urlsplit(self.village.server.url)
        with socket.socket() as probe:
            return probe.connect_ex((address.hostname, address.port)) == 0
