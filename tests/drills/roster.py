"""A roster sent through the pages, as far as its confirmation: what a drill then breaks off."""

import re
import urllib.request
from uuid import uuid4

from scripts.bench_roster import write_roster

SELECT = re.compile(r'<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.S)
CHOSEN = re.compile(r'<option value="([^"]*)"[^>]*\bselected')
PEOPLE = "SELECT count(*) FROM branches_member"


class Roster:
    """One import of `count` invented members into a branch, by its secretary."""

    def __init__(self, village, folder, count, username="secretary2"):
        self.village, self.username, self.count = village, username, count
        self.before = self.people()
        path = folder / "roster.xlsx"
        write_roster(path, count)
        (branch,) = village.rows(
            "SELECT g.organisation_id FROM branches_grant g JOIN branches_user u ON u.id = g.user_id"
            f" WHERE u.username = '{username}' AND g.office = 'secretary'"
        )[0]
        village.get("/rosters/new/", username)
        fields = {"organisation": str(branch), "since": "2026-01-01"}
        self.key = int(re.search(r"/rosters/(\d+)/", self._upload(path, fields)).group(1))

    def check(self):
        """Name the columns as guessed, and wait until the rows have been checked."""
        page = self.village.get(f"/rosters/{self.key}/columns/", self.username)[1]
        named = {name: (CHOSEN.findall(options) or [""])[0] for name, options in SELECT.findall(page)}
        self.village.post(f"/rosters/{self.key}/columns/", self.username, **named)
        self.village.until(lambda: self.state() == "checked", 120)

    def confirm(self):
        """Ask for the writing; (key of its job, seconds the page took)."""
        _address, seconds = self.village.post(f"/rosters/{self.key}/move/confirm/", self.username, confirmed="1")
        return self.village.rows(f"SELECT job_id FROM branches_rosterimport WHERE id = {self.key}")[0][0], seconds

    def state(self):
        return self.village.rows(f"SELECT state FROM branches_rosterimport WHERE id = {self.key}")[0][0]

    def people(self):
        return self.village.rows(PEOPLE)[0][0]

    def is_whole(self):
        """True if all of its members are in the register, each with what the register needs of him."""
        new = f"(SELECT id FROM branches_member ORDER BY id DESC LIMIT {self.count})"
        tables = ("branches_relation", "branches_standing", "branches_particulars")
        each = [
            self.village.rows(f"SELECT count(*) FROM {t} WHERE member_id IN (SELECT id FROM {new} x)")[0][0]
            for t in tables
        ]
        return self.people() == self.before + self.count and each == [self.count] * 3

    def _upload(self, path, fields):
        window = self.village._window(self.username)
        token = next(cookie.value for cookie in window.jar if cookie.name == "csrftoken")
        mark = uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"csrfmiddlewaretoken": token, **fields}.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="roster.xlsx"\r\n\r\n'.encode()
        body = b"".join(parts) + head + path.read_bytes() + f"\r\n--{mark}--\r\n".encode()
        request = urllib.request.Request(self.village.server.url + "/rosters/new/", body)
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        with window.open(request, timeout=60) as answer:
            return answer.url
