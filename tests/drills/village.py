"""A running stack as its people and its operator meet it: pages over a socket, rows read behind its back."""

import http.cookiejar
import os
import re
import signal
import sqlite3
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from pathlib import Path

import psycopg2

from tests.servers import PASSWORD

GIVEN_UP_SECONDS = 1.0  # two clients of Redis give up after half a second each: cache and broker
CROWD = """
from meetings.models import CountedAs, Meeting
filed = Meeting.objects.filter(state="filed").order_by("pk")[0]
values = {f.attname: getattr(filed, f.attname) for f in Meeting._meta.concrete_fields if f.attname != "id"}
made = Meeting.objects.bulk_create([Meeting(**values) for _ in range(%d)], batch_size=500)
CountedAs.objects.bulk_create([CountedAs(meeting=m, position=1, form=m.form) for m in made], batch_size=500)
"""


class _Stays(urllib.request.HTTPRedirectHandler):
    """Goes nowhere: a redirect is an answer like any other."""

    def redirect_request(self, *_told):
        return None


class Village:
    def __init__(self, server):
        self.server = server
        self._windows = {}

    def crowd(self, meetings):
        """Add so many filed meetings, so that a ledger of them is not written in a moment."""
        self.server.manage("shell", "-c", CROWD % meetings)

    # --- as a person ------------------------------------------------------------------------------------------------
    def get(self, path, username="officer"):
        """(status, body, seconds) of a page."""
        return self._ask(self._window(username), path)

    def post(self, path, username="officer", **words):
        """(address reached, seconds) of a form."""
        window = self._window(username)
        token = next(cookie.value for cookie in window.jar if cookie.name == "csrftoken")
        before = time.monotonic()
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **words}).encode()
        with window.open(urllib.request.Request(self.server.url + path, data), timeout=30) as answer:
            return answer.url, time.monotonic() - before

    def patience(self):
        """Seconds a page may take whatever is dead: thrice what it takes in health, cold, and what clients wait."""
        return 3 * max(self.get("/")[2] for _ in range(4)) + GIVEN_UP_SECONDS

    def send(self, path, username="officer", **words):
        """(status, address it leads to) of a form, without going there."""
        window = self._window(username)
        token = next(cookie.value for cookie in window.jar if cookie.name == "csrftoken")
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **words}).encode()
        stays = urllib.request.build_opener(_Stays, urllib.request.HTTPCookieProcessor(window.jar))
        try:
            with stays.open(urllib.request.Request(self.server.url + path, data), timeout=60) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers.get("Location", "")

    def _window(self, username):
        if username not in self._windows:
            jar = http.cookiejar.CookieJar()
            window = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
            window.jar = jar
            self._ask(window, "/accounts/login/")
            self._windows[username] = window
            self.post("/accounts/login/", username, login=username, password=PASSWORD)
        return self._windows[username]

    def _ask(self, window, path):
        before = time.monotonic()
        try:
            with window.open(self.server.url + path, timeout=30) as answer:
                return answer.status, answer.read().decode(), time.monotonic() - before
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode(), time.monotonic() - before

    # --- as the operator --------------------------------------------------------------------------------------------
    def kill(self, name):
        """SIGKILL the process started under this name, and those it started; nothing of it has time to tidy up."""
        process = self.server.named[name]
        os.killpg(process.pid, signal.SIGKILL)  # its own session
        process.wait()
        self.server.processes.remove(process)

    def job(self, key):
        """(state, attempts, done, reason, path) of a job, read from the table itself."""
        return self.rows(f"SELECT state, attempts, done, reason, path FROM jobs_job WHERE id = {int(key)}")[0]

    def rows(self, sql):
        url = self.server.environment.get("BRANCHLIFE_DATABASE_URL")
        if url:
            with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()
        (file,) = self.server.data.glob("*.sqlite3")
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(sql).fetchall()

    def files(self):
        """The names of all files of jobs on the disk."""
        return sorted(path.name for path in Path(self.server.data).glob("files/jobs/*"))

    def until(self, is_so, seconds):
        """Wait until `is_so()`; the seconds it took. AssertionError with the logs after `seconds`."""
        before = time.monotonic()
        while not is_so():
            assert time.monotonic() - before < seconds, self.server.logs()
            time.sleep(0.1)
        return time.monotonic() - before


def key_of(address):
    """The key of the job whose page an export led to."""
    return int(re.search(r"/jobs/(\d+)/", address).group(1))
