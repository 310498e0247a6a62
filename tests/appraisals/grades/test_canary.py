"""A low grade's name stands nowhere outside its readers: not on a page, in an export, a notice, a to-do, a mail, a search or
the calendar (users.md F2).

Two worlds are compared that differ in one thing: which of two members of a branch has the low grade. Whatever reads the same
in both tells nobody.
"""

import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from appraisals.models import Grade, GradeText
from jobs import files, runner
from reminders import todos
from reminders.actions import notices
from reminders.models import Notice
from reports import actions as reports
from reports.ledgers import LEDGERS
from tests.access.stage import Stage
from tests.appraisals.grades.rows import fresh
from tests.test_access import GETS
from workflow.models import AuditEvent, History

# Whoever reads the grades of the first branch, or one of the two himself.
READERS = {"com", "sec", "sup", "off", "inn", "mem", "led"}
NEW = re.compile(
    r'csrfmiddlewaretoken" value="[^"]+"|X-CSRFToken[^}]+|"client_key" value="[^"]+"|nonce-[^"\']+|\d\d:\d\d(:\d\d)?|'
    r"data-copy[a-z-]*=\"[^\"]*\""
)
EACH_ANOTHER = {"mfa_activate_totp"}  # a picture of a new secret each time
PAIR = ("grade", "grade_helped")  # 不合格 and 合格, both told


@pytest.fixture
def stage(db, badges_stay):
    return Stage()


def swap(stage):
    """The two members change grades and words."""
    one, other = (Grade.objects.get(pk=stage.objects[label]) for label in PAIR)
    Grade.objects.filter(pk=one.pk).update(level=other.level)
    Grade.objects.filter(pk=other.pk).update(level=one.level)
    words = {
        text.grade_id: (text.opinion, text.reason, text.measure)
        for text in GradeText.objects.filter(grade__in=[one, other])
    }
    for key, twin in ((one.pk, other.pk), (other.pk, one.pk)):
        opinion, reason, measure = words[twin]
        GradeText.objects.filter(grade=key).update(opinion=opinion, reason=reason, measure=measure)


def pages(stage, visitors):
    """What each page of the access table shows each of these visitors."""
    found = {}
    for line in GETS:
        _method, name, label = line.words
        for visitor in (one for one in visitors if line.codes[one] == "200" and name not in EACH_ANOTHER):
            response = stage.ask(visitor, "GET", stage.address(name, label, visitor))
            if not response.streaming and "html" in response.get("Content-Type", ""):
                found[f"{name} {label} {visitor}"] = NEW.sub("", response.content.decode())
    return found


def compared(stage, visitors):
    before = pages(stage, visitors)
    swap(stage)
    after = pages(stage, visitors)
    assert before.keys() == after.keys() and len(before) > 20
    return {page: _first(before[page], after[page]) for page in before if before[page] != after[page]}


def _first(one, other):
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return one[max(0, place - 80) : place + 80]


def test_no_page_tells_a_member_of_the_branch(stage):
    assert compared(stage, ["exp"]) == {}


@pytest.mark.slow
@pytest.mark.parametrize("visitors", [("clk", "lia"), ("sib", "str", "nob"), ("sys", "sea", "aud", "rev")])
def test_no_page_tells_anybody_outside_its_readers(stage, visitors):
    assert not set(visitors) & READERS
    assert compared(stage, visitors) == {}


def test_the_guard_sees_a_page_that_tells(stage):
    """The secretary's pages differ: what is compared is really there."""
    wrong = compared(stage, ["sec"])
    assert any(page.startswith("grading_detail grading ") for page in wrong)
    assert any(page.startswith("grade_detail grade ") for page in wrong)
    allowed = ("grading_detail", "grading_edit", "grading_vote", "grade_detail", "grade_say")
    assert {page.split()[0] for page in wrong} <= set(allowed)


def told(stage):
    """Every notice and every to-do line in words, and what history and audit log keep."""
    notices.scan(stage.today + timedelta(1))
    found = [notice.words for notice in Notice.objects.order_by("recipient", "rule", "subject_key")]
    for visitor, user in stage.users.items():
        for section in todos.sections(fresh(user), 99) if user else ():
            found += [f"{visitor} {section.todo.code} {item.text} {item.waits_for}" for item, _sign in section.lines]
    return found


def test_no_notice_and_no_line_of_work_tells_it(stage):
    before = told(stage)
    swap(stage)
    assert told(stage) == before
    assert not any("不合格" in words for words in before)


def test_neither_history_nor_audit_log_keeps_a_grade(stage):
    stage.ask("sec", "GET", stage.address("grading_detail", "grading", "sec"))
    kept = [
        *History.objects.values_list("note", "subject_label"),
        *AuditEvent.objects.values_list("note", "subject_label"),
    ]
    assert not [words for words in kept if "合格" in " ".join(words) or "优秀" in " ".join(words)]


def cells(stage, visitor):
    """Every cell of every ledger this person exports."""
    found = {}
    for kind in LEDGERS:
        job = reports.export(kind, "", actor=fresh(stage.users[visitor]))
        runner.run_one(job.pk)
        job.refresh_from_db()
        if job.path:
            book = load_workbook(files.opened(job), read_only=True)
            rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
            found[kind] = [NEW.sub("", str(cell)) for row in rows for cell in row if cell is not None]
    return found


@pytest.mark.parametrize("visitor", ["sec", pytest.param("off", marks=pytest.mark.slow)])
def test_no_export_tells_it(stage, visitor):
    before = cells(stage, visitor)
    swap(stage)
    assert cells(stage, visitor) == before and before


def test_no_search_finds_it(stage):
    """On any list, by the word of the grade or by the words of its reason."""
    lists = {line.words[1] for line in GETS if line.words[2] == "-" and line.words[1].endswith("_list")}
    for name in sorted(lists):
        for words in ("不合格", "REASON-OF-GRADE"):
            for visitor in ("clk", "exp", "aud"):
                response = stage.ask(visitor, "GET", stage.address(name, "-", visitor) + f"?q={words}")
                assert "REASON-OF-GRADE" not in response.content.decode().replace(f'value="{words}"', "").replace(
                    f"q={words}", ""
                ), (name, visitor)
