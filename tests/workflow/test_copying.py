"""`manage.py copy_to`: a village moves to PostgreSQL, with the same rows, keys that go on, and every guard in force."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from appraisals.models import Draft
from branches.models import Organisation, User
from reminders.actions import notices as reminders
from tests.conventions.source import ROOT
from workflow.management import copying
from workflow.models import History
from workflow.tables import own_models
from world.demo import build

SERVER = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
pytestmark = pytest.mark.postgres


@pytest.fixture
def target(db):
    """The address of an empty database, which is dropped afterwards."""
    name = f"branchlife_copy_{os.getpid()}"
    server = psycopg2.connect(SERVER)
    server.autocommit = True
    server.cursor().execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    server.cursor().execute(f"CREATE DATABASE {name}")
    yield SERVER.rpartition("/")[0] + f"/{name}"
    hang_up()
    server.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


def hang_up():
    """Forget the target, so that the next test gets one of its own."""
    if hasattr(connections._connections, copying.TARGET):
        connections[copying.TARGET].close()
        del connections[copying.TARGET]


@pytest.fixture
def demo(db):
    world = build("a pass phrase of the demo", timezone.localdate())
    reminders.scan(timezone.localdate())
    return world


def ask(url, sql):
    server = psycopg2.connect(url)
    try:
        with server, server.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else cursor.rowcount
    finally:
        server.close()


def copied(url):
    out = StringIO()
    call_command("copy_to", url, stdout=out)
    return out.getvalue()


def test_every_row_arrives_and_everything_holds_there(demo, target):
    words = copied(target)
    assert "两边一致" in words
    for model in own_models():
        (count,) = ask(target, f"SELECT COUNT(*) FROM {model._meta.db_table}")
        assert count == (model._base_manager.count(),), model
    there = {"BRANCHLIFE_DATABASE_URL": target, "DJANGO_SETTINGS_MODULE": "config.settings_test"}
    done = subprocess.run(
        [sys.executable, "manage.py", "verify"], cwd=ROOT, env={**os.environ, **there}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    call_command("verify", stdout=StringIO())


def test_the_words_of_a_draft_arrive_letter_by_letter(demo, target):
    words = "“引号”\t制表\n换行 \\N \\ 反斜杠 𠮷"
    draft = Draft.objects.first()
    Draft.objects.filter(pk=draft.pk).update(sections={"1": words, "0": "a"})
    copied(target)
    assert ask(target, f"SELECT sections FROM appraisals_draft WHERE material_id = {draft.pk}") == [
        ({"1": words, "0": "a"},)
    ]


def test_the_next_row_there_gets_a_key_of_its_own(demo, target):
    copied(target)
    last = Organisation.objects.order_by("pk").last().pk
    ((new,),) = ask(
        target,
        "INSERT INTO branches_organisation (path, depth, numchild, name, short_name, kind, branch_kind, since, mode)"
        " VALUES ('0009', 1, 0, 'New', '', 'committee', '', '2026-01-01', 'online') RETURNING id",
    )
    assert new > last


def test_history_there_refuses_changes_and_administrators_get_no_grant(demo, target):
    copied(target)
    for sql in ("UPDATE workflow_history SET note = 'x'", "DELETE FROM workflow_auditevent"):
        with pytest.raises(psycopg2.Error, match="append-only"):
            ask(target, sql)
    admin = User.objects.exclude(admin_role="").first()
    with pytest.raises(psycopg2.Error, match="grant_not_for_administrators"):
        ask(target, f"UPDATE branches_grant SET user_id = {admin.pk}")


def test_it_says_what_else_to_carry_along(demo, target, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "django").write_text("secret")
    words = copied(target)
    assert "keys/  1个文件，6字节" in words and "secret" not in words.replace("BRANCHLIFE_SECRET", "")


def test_a_target_with_a_row_is_refused(demo, target):
    copied(target)
    with pytest.raises(CommandError, match="branches.Organisation|workflow.History"):
        copied(target)


def test_a_target_with_somebody_elses_table_is_refused(demo, target):
    ask(target, "CREATE TABLE theirs (id integer)")
    with pytest.raises(CommandError, match="theirs"):
        copied(target)
    assert ask(target, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'") == [(1,)]


def test_a_fault_on_the_way_leaves_nothing_and_the_next_run_succeeds(demo, target, monkeypatch):
    sent = copying._copy

    def broken(model, source, there):
        if model is History:
            raise copying.Refused("broken off")
        return sent(model, source, there)

    monkeypatch.setattr(copying, "_copy", broken)
    with pytest.raises(CommandError, match="broken off"):
        copied(target)
    for model in own_models():
        assert ask(target, f"SELECT COUNT(*) FROM {model._meta.db_table}") == [(0,)], model
    monkeypatch.undo()
    copied(target)


def test_a_village_moves_from_its_file(target, tmp_path):
    """The whole way by commands, from SQLite: it lets a text grow past its column, which PostgreSQL does not."""
    village = {name: value for name, value in os.environ.items() if not name.startswith("BRANCHLIFE_")}
    village |= {"BRANCHLIFE_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}

    def manage(*words, **more):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=village | more, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    for command in ("migrate", "demo"):
        assert manage(command)[0] == 0
    file = sqlite3.connect(tmp_path / "branchlife.sqlite3")
    ((key, name),) = file.execute("SELECT id, name FROM branches_member ORDER BY id LIMIT 1")
    with file:
        file.execute("UPDATE branches_member SET name = ? WHERE id = ?", ["长" * 41, key])
    code, words = manage("copy_to", target)
    assert code == 1 and "branches_member" in words and "(40)" in words
    assert "长" not in words  # a name is nothing for the terminal
    with file:
        file.execute("UPDATE branches_member SET name = ? WHERE id = ?", [name, key])
    file.close()
    code, words = manage("copy_to", target)
    assert code == 0 and "两边一致" in words, words
    with closing(psycopg2.connect(target)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FILTER (WHERE options IS NULL), count(*) FROM ballots_line")
        (without, lines) = cursor.fetchone()
        assert 0 < without < lines  # nothing is NULL there, too, and not the JSON of nothing
    for where in ({}, {"BRANCHLIFE_DATABASE_URL": target}):
        code, words = manage("verify", **where)
        assert code == 0, words


def test_a_row_changed_on_the_way_is_noticed(demo, target, monkeypatch):
    line = copying.streams.line
    seen = []

    def other(row):
        seen.append(row)
        return line(row) if "示例" not in str(row) and len(seen) % 2 else line(row) + "changed"

    monkeypatch.setattr(copying.streams, "line", other)
    with pytest.raises(CommandError, match="不一致|did not arrive"):
        copied(target)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////tmp/x.sqlite3", "PostgreSQL"),
        ("nonsense", "PostgreSQL|地址"),
        ("postgresql://postgres@127.0.0.1:1/nothing", "没有应答"),
    ],
)
def test_an_address_that_is_no_target_is_refused(db, url, words):
    with pytest.raises(CommandError, match=words):
        copied(url)
    hang_up()


def test_parents_are_copied_before_their_children():
    order = [model._meta.label for model in copying.tables()]
    assert len(order) == len(set(order))
    for earlier, later in (
        ("branches.Member", "branches.User"),
        ("branches.User", "branches.Grant"),
        ("branches.Organisation", "branches.Group"),
        ("appraisals.Material", "appraisals.Draft"),
    ):
        assert order.index(earlier) < order.index(later)
    assert connection.vendor in ("sqlite", "postgresql")
