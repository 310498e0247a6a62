"""Owing notices: once, to the right person, and only while there is cause."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.db import IntegrityError, connection
from django.db.models import Exists
from django.test.utils import CaptureQueriesContext

from appraisals.models import Material
from reminders import rules, tasks
from reminders.actions import notices as actions
from reminders.models import Notice
from tests.reminders.work import DUE, TODAY
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_a_due_material_owes_its_author_one_notice(work, rule):
    material = work.material(work.member)
    assert actions.scan(TODAY) == 1
    notice = Notice.objects.get()
    assert notice.recipient == work.member.member
    assert notice.organisation == work.branch
    assert (notice.rule, notice.subject_key, notice.subject_label) == ("test_due", material.pk, work.round.name)
    assert (notice.due_on, notice.period, notice.read_at) == (DUE, "2021-03-12", None)
    assert notice.made_at is not None
    assert notice.words == "“2020年度组织生活会” is due on 2021-03-12."
    assert notice.get_absolute_url() == material.get_absolute_url()


def test_scanning_again_adds_nothing_the_same_day_or_the_next(work, rule):
    work.material(work.member)
    assert [actions.scan(TODAY), actions.scan(TODAY), actions.scan(TODAY + timedelta(1))] == [1, 0, 0]
    assert Notice.objects.count() == 1


def test_nothing_is_owed_before_its_time_and_what_is_overdue_still_is(work, rule):
    work.material(work.member)
    assert actions.scan(DUE - timedelta(4)) == 0
    assert actions.scan(DUE + timedelta(30)) == 1


def test_what_is_handed_in_and_what_has_no_author_owes_nothing(work, rule):
    work.material(work.member, state="submitted")
    Material.objects.create(
        kind="committee_analysis", reviewer="above", due_on=DUE, round=work.round, organisation=work.branch
    )
    assert actions.scan(TODAY) == 0


def test_a_moved_day_owes_a_new_notice_and_ends_the_old_one(work, rule):
    material = work.material(work.member)
    actions.scan(TODAY)
    Material.objects.filter(pk=material.pk).update(due_on=DUE + timedelta(1))
    assert actions.scan(TODAY) == 1
    assert [n.period for n in Notice.objects.unread(TODAY)] == ["2021-03-13"]


def test_a_notice_stops_with_its_cause_and_comes_back_with_it(work, rule):
    material = work.material(work.member)
    actions.scan(TODAY)
    assert Notice.objects.unread(TODAY).count() == 1
    Material.objects.filter(pk=material.pk).update(state="submitted")
    assert Notice.objects.unread(TODAY).count() == 0
    assert Notice.objects.settled(TODAY).count() == 1
    Material.objects.filter(pk=material.pk).update(state="returned")
    assert Notice.objects.unread(TODAY).count() == 1
    assert actions.scan(TODAY) == 0


def test_the_cause_is_asked_of_the_same_row_only(work, rule):
    done = work.material(work.member, kind="speech_outline")
    work.material(work.member)
    actions.scan(TODAY)
    Material.objects.filter(pk=done.pk).update(state="accepted")
    assert [n.is_live for n in Notice.objects.with_cause(TODAY).order_by("subject_key")] == [False, True]


def test_the_cause_of_one_rule_is_no_cause_of_another(work, rule):
    material = work.material(work.member)
    rules.register(replace(rule, code="test_always", rows=lambda today: Material.objects.all()))
    assert actions.scan(TODAY) == 2
    Material.objects.filter(pk=material.pk).update(state="submitted")
    assert [n.rule for n in Notice.objects.unread(TODAY)] == ["test_always"]


def test_a_notice_of_a_rule_that_is_gone_has_no_cause_and_still_reads(work, rule, monkeypatch):
    work.material(work.member)
    actions.scan(TODAY)
    monkeypatch.setattr(rules, "_rules", {})
    assert not Notice.objects.unread(TODAY).exists()
    notice = Notice.objects.settled(TODAY).get()
    assert (notice.words, notice.get_absolute_url()) == (work.round.name, "")


def test_the_database_refuses_the_same_notice_twice(work, rule):
    work.material(work.member)
    actions.scan(TODAY)
    twin = Notice.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError):
        twin.save(force_insert=True)


def test_the_unique_key_holds_where_two_scans_meet(work, rule, monkeypatch):
    """The other scan has inserted after this one asked what exists: ON CONFLICT leaves its row alone."""
    work.material(work.member)
    actions.scan(TODAY)
    monkeypatch.setattr(actions, "Exists", lambda rows: Exists(Notice.objects.none()))
    assert actions.scan(TODAY) == 0
    assert Notice.objects.count() == 1


def test_rows_cost_no_statements(work, rule):
    def statements(number):
        with CaptureQueriesContext(connection) as queries:
            assert actions.scan(TODAY) == number
        return len(queries)

    work.material(work.member)
    few = statements(1)
    for user in work.colleagues(12):
        work.material(user)
    assert statements(12) == few


def test_a_rule_without_any_rows_is_no_error(work, rule, monkeypatch):
    empty = replace(rule, rows=lambda today: Material.objects.none())
    monkeypatch.setattr(rules, "_rules", {empty.code: empty})
    assert actions.scan(TODAY) == 0


def test_only_the_system_scans(work, rule):
    with pytest.raises(PermissionDenied):
        actions.scan(TODAY, actor=work.officer)


def test_the_audit_log_says_how_many_and_nothing_where_there_are_none(work, rule):
    work.material(work.member)
    actions.scan(TODAY)
    actions.scan(TODAY)
    event = AuditEvent.objects.get(kind="notices_owed")
    assert (event.actor_key, event.note) == ("system", "“…” is due on …. × 1")


def test_the_task_scans_for_today(work, rule, monkeypatch):
    work.material(work.member, due_on=TODAY)
    monkeypatch.setattr(tasks.timezone, "localdate", lambda: TODAY)
    tasks.scan()
    assert Notice.objects.count() == 1


def test_only_the_recipient_reads_and_the_first_time_stays(work, rule):
    work.material(work.member)
    actions.scan(TODAY)
    notice = Notice.objects.get()
    for other in (work.secretary, work.officer, work.idle):
        assert not Notice.objects.visible_to(other).exists()
        with pytest.raises(PermissionDenied):
            actions.read(notice, actor=other)
    actions.read(notice, actor=work.member)
    first = Notice.objects.get().read_at
    actions.read(notice, actor=work.member)
    assert first is not None
    assert Notice.objects.get().read_at == first
    assert Notice.objects.read(TODAY).count() == 1


def test_a_rule_is_a_condition_of_the_day_alone_and_asks_nothing_when_it_is_built(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        for rule in rules.registered():
            assert _asked(rule) == _asked(rule)


def _asked(rule):
    """The statement of a rule; one that is off asks nothing."""
    try:
        return str(rule.owed(TODAY).query)
    except EmptyResultSet:
        return ""
