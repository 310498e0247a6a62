"""Reading changes nothing: no GET of the access table writes to any table but those of READ_WRITES (I2)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import Member
from tests.access.stage import Stage
from tests.test_access import GETS
from workflow.models import AuditEvent

READ_WRITES = {
    AuditEvent: "a download, and who reads the words of opinions or grades, is told in the audit log",
    Session: "a session is prolonged and keeps messages",
    Authenticator: "allauth notes that recovery codes have been shown",
    UserSession: "allauth's row about a session",
}
READS = re.compile(
    r"\s*(SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|DECLARE|EXPLAIN|PRAGMA)\b", re.IGNORECASE
)
TABLE = re.compile(r'(?:INTO|UPDATE|FROM|TABLE)\s+"?(\w+)', re.IGNORECASE)
SHOWN = ("200", "302")


@pytest.fixture
def stage(db, badges_stay):
    return Stage()


def written(queries):
    """The tables that these statements change; the whole statement where no table can be read from it."""
    changes = (query["sql"] for query in queries if not READS.match(query["sql"]))
    return {found.group(1) if (found := TABLE.search(sql)) else sql for sql in changes}


@pytest.mark.parametrize(
    "visitor", ["sec", *(pytest.param(v, marks=pytest.mark.slow) for v in ("mem", "clk", "off", "sys", "sea", "aud"))]
)
def test_reading_a_page_changes_nothing_but_what_is_listed(stage, visitor):
    """One visitor of each sort who is shown the page: what a page writes does not hang on more than that."""
    allowed = {model._meta.db_table for model in READ_WRITES}
    wrong = {}
    for line in GETS:
        _method, name, label = line.words
        if line.codes[visitor] in SHOWN:
            with CaptureQueriesContext(connection) as queries:
                stage.ask(visitor, "GET", stage.address(name, label, visitor))
            if surplus := written(queries) - allowed:
                wrong[f"{name} {label}"] = surplus
    assert not wrong


def test_a_download_and_the_words_of_opinions_are_the_only_reading_that_is_told(stage):
    before = AuditEvent.objects.count()
    told = set()
    for line in GETS:
        _method, name, label = line.words
        if line.codes["sec"] in SHOWN:
            with stage.asking("sec", "GET", stage.address(name, label, "sec")):
                if AuditEvent.objects.count() > before:
                    told.add(name)
    papers = {f"{of}_{kind}" for of in ("meeting", "notes", "visit", "problem") for kind in ("paper", "word")}
    grades = {"grading_detail", "grading_edit", "grading_vote", "grading_word", "grade_detail", "grade_word", "vote_word",
              "disposal_detail"}  # fmt: skip
    assert told == {"job_download", "attachment_download", "opinion_detail", "digest_detail", *papers, *grades}


def test_the_guard_sees_a_write(db):
    with CaptureQueriesContext(connection) as queries:
        member = Member.objects.create(name="林晓岚")
        Member.objects.filter(pk=member.pk).update(name="林岚")
        member.delete()
        list(Member.objects.all())
    assert "branches_member" in written(queries)
    assert len([q for q in queries if not READS.match(q["sql"])]) >= 3


def test_every_table_is_one_of_ours_or_listed():
    """READ_WRITES names tables that exist, so that a renamed one is not let through unseen."""
    assert {model._meta.db_table for model in READ_WRITES} <= {model._meta.db_table for model in apps.get_models()}
