"""Ballots as others keep them, and ways of telling who marked what: each design is broken by some way, each way breaks some
design, so that a way which finds nothing in ours is known to find something.

A way answers with the marks it believes the voters made, in the order in which they voted: that order is known to
whoever sat in the hall.
"""

import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

MARKS = ("MARKONE", "MARKTWO", "MARKTHR", "MARKFOU")
TOKEN = re.compile(rb"VOTER\d{4}|MARK(?:ONE|TWO|THR|FOU)")


@dataclass
class Evidence:
    """What an attacker holds of one vote: a cursor of the superuser, the files, and how a row says its mark.

    `ballots`, `roll`: names of tables (no roll: nobody is written down); `told` is what other tables and logs say, each as
    (voter, mark) or (moment, …) where they say it at all.
    """

    cursor: object
    folder: Path
    voters: list[str]
    ballots: str
    mark: object  # a row's bytes, or a value of its column, → mark or None
    column: str = "mark"
    roll: str = ""
    history: list = field(default_factory=list)  # (voter, key of the ballot), as it was told
    sessions: list = field(default_factory=list)  # (voter, last seen)
    log: str = ""

    def rows(self, sql):
        self.cursor.execute(sql)
        return self.cursor.fetchall()


# --- Ways -----------------------------------------------------------------------------------------------------------
def by_xmin(seen):
    """The transaction that wrote both rows, or the next one."""
    if not seen.roll:
        return []
    marks = {int(x): seen.mark(m) for x, m in seen.rows(f"SELECT xmin::text, {seen.column} FROM {seen.ballots}")}
    roll = {voter: int(x) for x, voter in seen.rows(f"SELECT xmin::text, voter FROM {seen.roll}")}
    return [marks.get(roll[voter], marks.get(roll[voter] + 1)) for voter in seen.voters]


def by_rank(seen):
    """The first transaction of the ballots is the first voter's."""
    found = seen.rows(f"SELECT xmin::text, {seen.column} FROM {seen.ballots} ORDER BY random()")
    return [seen.mark(m) for _x, m in sorted(found, key=lambda row: int(row[0]))]


def by_place(seen):
    """Where the row lies."""
    return [seen.mark(m) for (m,) in seen.rows(f"SELECT {seen.column} FROM {seen.ballots} ORDER BY ctid")]


def by_dump(seen):
    """In which order a dump writes the rows: what pg_dump asks for is COPY."""
    return [seen.mark(m) for (m,) in seen.rows(f"SELECT {seen.column} FROM {seen.ballots}")]


def by_dead_rows(seen):
    """What rows of the past still lie in the pages, in the order in which they were written."""
    ((pages,),) = seen.rows(f"SELECT pg_relation_size('{seen.ballots}') / 8192")
    first = seen.rows(f"SELECT min(xmin::text::bigint) FROM {seen.roll}")[0][0] if seen.roll else 0
    found = []
    for page in range(pages):
        items = f"heap_page_items(get_raw_page('{seen.ballots}', {page}))"
        found += seen.rows(f"SELECT t_xmin::text::bigint, lp, t_data FROM {items} WHERE t_data IS NOT NULL")
    told = (seen.mark(bytes(data)) for xmin, _lp, data in sorted(found, key=lambda row: row[:2]) if xmin >= first)
    return [mark for mark in told if mark]


def by_key(seen):
    """The key of the row, if keys run."""
    return [seen.mark(m) for (m,) in seen.rows(f"SELECT {seen.column} FROM {seen.ballots} ORDER BY id")]


def by_history(seen):
    """What history and audit log tell."""
    marks = {str(key): seen.mark(m) for key, m in seen.rows(f"SELECT id, {seen.column} FROM {seen.ballots}")}
    told = dict(seen.history)
    return [marks.get(str(told.get(voter))) for voter in seen.voters] if told else []


def by_sessions(seen):
    """Whose session was seen last when the ballot was written."""
    if not seen.sessions:
        return []
    made = seen.rows(f"SELECT made, {seen.column} FROM {seen.ballots}")
    at = dict(seen.sessions)
    return [
        min(((abs(at[v] - moment), seen.mark(m)) for moment, m in made), key=lambda one: one[0])[1] for v in seen.voters
    ]


def by_log(seen):
    """What access and application logs say in a line."""
    found = dict(re.findall(r"user=(\S+) ballot=(\S+)", seen.log))
    marks = {str(key): seen.mark(m) for key, m in seen.rows(f"SELECT id, {seen.column} FROM {seen.ballots}")}
    return [marks.get(found.get(voter)) for voter in seen.voters] if found else []


def by_wal(seen):
    """What the write-ahead log still says in plain words: a voter, then the next mark."""
    seen.cursor.execute("SELECT pg_switch_wal()")
    files = sorted(path for path in (seen.folder / "pg_wal").iterdir() if path.is_file())
    words = [found.decode() for path in files for found in TOKEN.findall(path.read_bytes())]
    nexts = {
        one: other for one, other in zip(words, words[1:], strict=False) if one in set(seen.voters) and other in MARKS
    }
    return [nexts.get(voter) for voter in seen.voters] if nexts else []


WAYS = (
    by_xmin, by_rank, by_place, by_dump, by_dead_rows, by_key, by_history, by_sessions, by_log, by_wal,
)  # fmt: skip


def hits(guessed, truth):
    """How many voters a way tells right."""
    return sum(one == other for one, other in zip(guessed, truth, strict=False))


def most_by_chance(number, options=4):
    """Chance and three standard deviations, in voters."""
    chance = 1 / options
    return number * chance + 3 * (number * chance * (1 - chance)) ** 0.5


# --- Designs of others ------------------------------------------------------------------------------------------------
def voted(connection, folder, design, number):
    """(Evidence, truth) of one vote kept as `design`, V0 to V6, says."""
    cursor, voters = connection.cursor(), [f"VOTER{place:04d}" for place in range(number)]
    truth = [random.choice(MARKS) for _voter in voters]
    name = f"v{design}"
    key = "serial" if design == 0 else "uuid"
    cursor.execute(f"CREATE TABLE {name}_roll (voter text PRIMARY KEY) WITH (autovacuum_enabled = false)")
    cursor.execute(
        f"CREATE TABLE {name}_ballot (id {key} PRIMARY KEY, mark text, made float DEFAULT extract(epoch FROM clock_timestamp()))"
        " WITH (autovacuum_enabled = false)"
    )
    cursor.execute(f"CREATE TABLE {name}_counter (id serial, mark text, n int, made float DEFAULT 0)")
    cursor.executemany(f"INSERT INTO {name}_counter (mark, n) VALUES (%s, 0)", [(mark,) for mark in MARKS])
    connection.commit()
    ballots = f"{name}_counter" if design == 6 else f"{name}_ballot"
    seen = Evidence(cursor, folder, voters, ballots, _plain, roll=f"{name}_roll")
    for voter, mark in zip(voters, truth, strict=True):
        _vote(connection, cursor, seen, design, voter, mark)
    _close(connection, cursor, name, design)
    return seen, truth


def _plain(value):
    """The mark a value or the bytes of a row hold in plain words."""
    if isinstance(value, str):
        return value
    found = TOKEN.search(value)
    return found.group().decode() if found else None


def _vote(connection, cursor, seen, design, voter, mark):
    name = f"v{design}"
    cursor.execute(f"INSERT INTO {name}_roll VALUES (%s)", [voter])
    if design in (3, 5):
        connection.commit()
    if design == 6:
        cursor.execute(f"UPDATE {name}_counter SET n = n + 1 WHERE mark = %s", [mark])
    elif design == 0:
        cursor.execute(f"INSERT INTO {name}_ballot (mark) VALUES (%s) RETURNING id, made", [mark])
        ((ballot, made),) = cursor.fetchall()
        seen.history.append((voter, ballot))
        seen.sessions.append((voter, made + 0.000_01))  # the same request
        seen.log += f"POST /vote user={voter} ballot={ballot}\n"
    else:
        cursor.execute(f"INSERT INTO {name}_ballot VALUES (%s, %s)", [str(uuid4()), mark])
    if design == 2:
        cursor.execute(f"UPDATE {name}_ballot SET id = id")
    connection.commit()


def _close(connection, cursor, name, design):
    """V4 writes its ballots anew in random order, in their place; V5 both tables, as tables of their own."""
    if design == 4:
        cursor.execute(f"CREATE TEMPORARY TABLE kept ON COMMIT DROP AS SELECT * FROM {name}_ballot ORDER BY random()")
        cursor.execute(f"DELETE FROM {name}_ballot")
        cursor.execute(f"INSERT INTO {name}_ballot SELECT gen_random_uuid(), mark, made FROM kept")
    for table in ("ballot", "roll") if design == 5 else ():
        cursor.execute(f"CREATE TABLE {name}_new AS SELECT * FROM {name}_{table} ORDER BY random()")
        cursor.execute(f"DROP TABLE {name}_{table}")
        cursor.execute(f"ALTER TABLE {name}_new RENAME TO {name}_{table}")
    connection.commit()
