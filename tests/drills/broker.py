"""A Redis that can be killed, paused and brought back at the same address."""

import signal
import subprocess
import time

import redis

from scripts.services import free_port


class Broker:
    def __init__(self, binary, folder):
        self.binary, self.folder, self.port = binary, folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = None

    def start(self):
        """Run until `kill` or `stop`; nothing is kept on the disk."""
        words = [self.binary, "--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while True:
            try:
                return redis.from_url(self.url, socket_connect_timeout=1).ping()
            except redis.ConnectionError:
                assert time.monotonic() < end
                time.sleep(0.05)

    def kill(self):
        """Gone at once, with everything it held."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def pause(self):
        """It keeps its connections and answers nobody."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.resume()
            self.kill()
