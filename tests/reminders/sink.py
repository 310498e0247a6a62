"""A mail server on a socket that keeps what it is sent, refuses whom it is told to, and can hang up in the middle."""

import socketserver
import threading
from email import message_from_bytes, policy

GREETING = b"220 sink ESMTP\r\n"


class Sink(socketserver.ThreadingTCPServer):
    """`messages` in the order of arrival. `refuses`: replies to RCPT by address. `hangs_up`: close after the data came.

    `on_taken` is called when a message is complete and before its sender hears so.
    """

    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.messages, self.refuses, self.hangs_up, self.on_taken = [], {}, 0, None
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    @property
    def settings(self):
        """As config.env.mail_server tells them."""
        return {"host": "127.0.0.1", "port": self.server_address[1], "username": "", "password": "",
                "use_tls": False, "use_ssl": False}  # fmt: skip

    def stop(self):
        self.shutdown()
        self.server_close()


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(GREETING)
        while line := self.rfile.readline():
            word, _, rest = line.decode().strip().partition(" ")
            answer = getattr(self, f"do_{word.lower()}", lambda rest: b"250 ok")(rest)
            if answer is None:
                return
            self.wfile.write(answer + b"\r\n")
            if word.lower() == "quit":
                return

    def do_quit(self, rest):
        return b"221 bye"

    def do_rcpt(self, rest):
        return self.server.refuses.get(rest[rest.index("<") + 1 : rest.index(">")], b"250 ok")

    def do_data(self, rest):
        self.wfile.write(b"354 go on\r\n")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.messages.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if self.server.on_taken:
            self.server.on_taken()
        if self.server.hangs_up:
            self.server.hangs_up -= 1
            return None
        return b"250 taken"
