"""The ballot is secret in fact: a superuser of the database, with its files, its logs and even the key, tells no better than
by chance who marked what; and every way he tries is seen to work on some other design."""

import json
import random
import re
import urllib.parse
import urllib.request
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
import pytest

from ballots import sealing
from scripts import services
from tests.drills.attacks import MARKS, WAYS, Evidence, by_rank, hits, most_by_chance, voted

pytestmark = pytest.mark.drill
LINES = 12  # of each ballot; the first is the one attacked, all of them make it one of a kind
LAY_DOWN = """
import json
from django.utils import timezone
from appraisals.models import Vote
from appraisals.votes import actions
from appraisals.votes.sheets import Wanted
from branches.models import User
for running in Vote.objects.filter(state="open").select_related("organisation", "poll"):  # the demo's own
    lead = User.objects.get(grants__organisation=running.organisation_id, grants__office="secretary")
    actions.move(running, "void", actor=lead, note="Drill")
secretary = User.objects.get(username="secretary")
branch = secretary.member.relations.get(kind="formal", until=None).organisation
vote = Vote(organisation=branch, title="Drill", held_on=timezone.localdate(), way="slips", voters=%d,
            scrutineer_name="One", teller_name="Other")
actions.lay_down(vote, Wanted(items="\\n".join(f"Line {n}" for n in range(%d)), scale="grades"), actor=secretary)
printed = actions.hand_out(vote, actor=secretary)
actions.move(vote, "open", actor=secretary)
from ballots.marks import lines_of
print("TOLD" + json.dumps([vote.pk, vote.poll_id, printed.codes, [line.key for line in lines_of(vote.poll)]]))
"""
MOVE = """
from appraisals.models import Vote
from appraisals.votes import actions
from branches.models import User
secretary = User.objects.get(username="secretary")
vote = Vote.objects.select_related("organisation", "poll").get(pk=%d)
%s
"""
CLOSE = 'actions.move(vote, "close", actor=secretary)'
COUNT = 'actions.count_box(vote, ("", ""), actor=secretary)'
CONFIRM = 'actions.move(vote, "confirm_signed", actor=secretary, note="One, Other")'


class Hall:
    """One vote under slips on a running stack."""

    def __init__(self, village, number):
        self.village, self.number = village, number
        printed = village.server.manage("shell", "-c", LAY_DOWN % (number, LINES))
        self.vote, self.poll, self.codes, self.lines = json.loads(printed.partition("TOLD")[2].splitlines()[0])
        self.ballots = [[random.randrange(1, 5) for _line in range(LINES)] for _code in self.codes]
        self.truth = [MARKS[ballot[0] - 1] for ballot in self.ballots]

    def vote_all(self):
        """One voter after another, over a socket."""
        for code, ballot in zip(self.codes, self.ballots, strict=True):
            marks = {f"m{line}": option for line, option in zip(self.lines, ballot, strict=True)}
            data = urllib.parse.urlencode({"code": code, "act": "cast", **marks}).encode()
            with urllib.request.urlopen(f"{self.village.server.url}/b/", data, timeout=30) as answer:
                assert "已投入票箱" in answer.read().decode()
                assert "Set-Cookie" not in answer.headers

    def move(self, *steps):
        self.village.server.manage("shell", "-c", MOVE % (self.vote, "\n".join(steps)))

    def packed(self):
        """The bytes of each ballot as they are before they are sealed."""
        return [b"".join((1 << option - 1).to_bytes(4, "little") for option in ballot) for ballot in self.ballots]

    def files(self):
        """Everything the stack has written: database, data folder, logs."""
        return [path for path in self.village.server.data.rglob("*") if path.is_file()]


def opener(key, poll, length):
    """How a row of boxes says the first mark of its ballot, to whoever has the key."""

    def mark(value):
        data = bytes(value)
        places = range(len(data) - length + 1)
        for at in places:
            try:
                bits = int.from_bytes(sealing.opened(key, poll, data[at : at + length])[:4], "little")
            except (sealing.Tampered, ValueError):
                continue
            return MARKS[bits.bit_length() - 1]
        return None

    return mark


def key_of(village):
    """The private key, as root reads it while the vote is counted."""
    (file,) = Path(village.server.environment["BRANCHLIFE_BALLOT_KEYS"]).iterdir()
    return file.read_bytes()


@pytest.fixture
def database(ends, monkeypatch):
    """A PostgreSQL of this test alone: all it has written, to the last byte, is of this vote."""
    cluster = ends.enter_context(services.own_postgres(durable=True))
    cluster.start()
    monkeypatch.setenv("TEST_DATABASE_URL", cluster.url)
    return cluster


@pytest.fixture
def village(broker, database, start):
    return start("servers", meetings=0)


def test_every_other_design_is_broken_and_every_way_breaks_one(database):
    with closing(psycopg2.connect(database.url)) as connection:
        connection.cursor().execute("CREATE EXTENSION pageinspect")
        broken = {}
        for design in range(7):
            seen, truth = voted(connection, database.data, design, 60)
            broken[design] = {way.__name__ for way in WAYS if hits(way(seen), truth) > most_by_chance(60)}
            connection.commit()
    assert all(broken.values()), broken
    assert set().union(*broken.values()) == {way.__name__ for way in WAYS}, broken


def test_nobody_tells_from_ours_better_than_by_chance(village, database):
    for number in (60, 500):
        nobody_tells(village, database, number)


def nobody_tells(village, database, number):
    hall = Hall(village, number)
    told = "SELECT count(*) FROM workflow_history", "SELECT count(*) FROM workflow_auditevent"
    seen_before = [village.rows(sql) for sql in told]
    sessions = village.rows("SELECT session_key, expire_date FROM django_session ORDER BY 1")
    hall.vote_all()
    assert [village.rows(sql) for sql in told] == seen_before
    assert village.rows("SELECT session_key, expire_date FROM django_session ORDER BY 1") == sessions
    with closing(psycopg2.connect(village.server.environment["BRANCHLIFE_DATABASE_URL"])) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
        mark = opener(key_of(village), hall.poll, LINES * 4 + 48)
        log = village.server.logs()
        seen = Evidence(cursor, database.data, hall.codes, "ballots_box", mark, column="body", log=log)
        assert hits(by_rank(seen), hall.truth) == number  # root, with the key, before the box closes: so he can read
        hall.move(CLOSE)
        found = {way.__name__: hits(way(seen), hall.truth) for way in WAYS}
    assert max(found.values()) <= most_by_chance(number), found
    hall.move("vote.refresh_from_db()", COUNT, CONFIRM)
    nothing_readable(hall, database.data)


def content(path):
    """The bytes of a file; PostgreSQL takes some away meanwhile."""
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return b""


def nothing_readable(hall, *folders):
    """After the confirmation: no code, no ballot in plain bytes, no key, no box in any file."""
    wanted = [code.encode() for code in hall.codes] + hall.packed()
    grouped = [f"{code[:4]}-{code[4:8]}-{code[8:12]}-{code[12]}".encode() for code in hall.codes]
    pattern = re.compile(b"|".join(re.escape(words) for words in wanted + grouped))
    files = hall.files() + [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 50
    assert not [path for path in files if pattern.search(content(path))]
    assert not list(Path(hall.village.server.environment["BRANCHLIFE_BALLOT_KEYS"]).iterdir())
    assert hall.village.rows("SELECT count(*) FROM ballots_box") == [(0,)]
    assert hall.village.rows("SELECT count(*) FROM ballots_slip") == [(0,)]


def test_on_sqlite_neither_rows_nor_the_file_tell(start):
    village = start("embedded", meetings=0)
    hall = Hall(village, 60)
    hall.vote_all()
    boxes = dict(village.rows("SELECT hex(body), rowid FROM ballots_box"))
    assert len(boxes) == 60
    mark = opener(key_of(village), hall.poll, LINES * 4 + 48)
    rows = village.rows("SELECT body FROM ballots_box ORDER BY rowid")
    assert hits([mark(body) for (body,) in rows], hall.truth) == 60  # root, with the key, before the box closes
    hall.move(CLOSE)
    (file,) = village.server.data.glob("*.sqlite3")
    raw = file.read_bytes() + b"".join(path.read_bytes() for path in village.server.data.glob("*.sqlite3-wal"))
    lying = sorted(boxes, key=lambda body: raw.rfind(bytes.fromhex(body)))
    assert all(raw.count(bytes.fromhex(body)) == 1 for body in boxes)
    ways = {
        "rowid": [mark(body) for (body,) in village.rows("SELECT body FROM ballots_box ORDER BY rowid")],
        "key": [mark(body) for (body,) in village.rows("SELECT body FROM ballots_box ORDER BY id")],
        "file": [mark(bytes.fromhex(body)) for body in lying],
    }
    found = {way: hits(guessed, hall.truth) for way, guessed in ways.items()}
    assert max(found.values()) <= most_by_chance(60), found
    hall.move("vote.refresh_from_db()", COUNT, CONFIRM)
    nothing_readable(hall)
