"""The board on real rows: what it counts, whom a reminder reaches, what a superior exempts, and that it compares nobody."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from branches.actions import rules as rule_sets
from branches.models import Organisation
from meetings import actions as meetings
from meetings.frequency import actions
from meetings.frequency.cells import Standing
from meetings.frequency.pages import _runs, board_of, lacking_of
from meetings.models import FormExemption, Meeting
from meetings.plans import actions as plans
from meetings.plans.periods import Period
from reminders.actions import notices
from reminders.models import Notice
from tests import cast as people
from workflow.models import History
from workflow.moves import NoteRequired


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(timezone.make_aware(datetime(2026, 5, 15, 9, 0)), tick=False):
        yield


def hold(world, form, begins, group=None, submit=True, **facts):
    members = world.people[3:] if group else world.people
    entry = people.entry(members, theme=form, begins=timezone.make_aware(begins), **facts)
    record = Meeting(organisation=world.first, form=form, group=group)
    return meetings.save(record, entry, actor=world.secretary, submit=submit)


def at(world, form, number, user=None, year=2026):
    reader = user or world.secretary
    board = board_of(world.first, year, type(reader).objects.get(pk=reader.pk))
    row = next(row for row in board["rows"] if row.places[0].cell.form == form)
    return row.places[number - 1]


def test_a_record_counts_once_it_is_handed_in_and_until_it_is_void(world):
    draft = hold(world, "theme_day", datetime(2026, 2, 3, 9), submit=False)
    assert at(world, "theme_day", 2).cell.standing == Standing.LACKING
    meetings.move(draft, "file", actor=world.secretary)
    assert at(world, "theme_day", 2).cell.count == 1
    meetings.move(draft, "send_back", actor=world.officer, note="Add")
    assert at(world, "theme_day", 2).cell.count == 1
    meetings.move(draft, "void", actor=world.secretary, note="Twice")
    assert at(world, "theme_day", 2).cell.standing == Standing.LACKING


def test_a_plan_counts_nothing(world):
    row = Meeting(organisation=world.first, form="theme_day")
    facts = {"theme": "Spring", "place": "Room", "started_at": timezone.make_aware(datetime(2026, 5, 20, 9))}
    plans.step(plans.plan(row, facts, actor=world.secretary), "announce", actor=world.secretary)
    assert at(world, "theme_day", 5).cell.standing == Standing.OPEN


def test_one_sitting_counts_for_each_of_its_forms_in_the_month_of_china(world):
    entry = people.entry(world.people, theme="Both", begins=timezone.make_aware(datetime(2026, 2, 1, 0, 30)))
    entry = meetings.Entry(entry.facts, entry.agenda, entry.ticks, entry.observers, "", {"party_lecture": ""})
    record = Meeting(organisation=world.first, form="theme_day")
    meetings.save(record, entry, actor=world.secretary, submit=True)
    assert (at(world, "theme_day", 2).cell.count, at(world, "party_lecture", 1).cell.count) == (1, 1)
    assert at(world, "theme_day", 1).cell.count == 0


def test_each_place_opens_exactly_what_it_counts(world, client):
    kept = hold(world, "theme_day", datetime(2026, 2, 3, 9))
    hold(world, "theme_day", datetime(2026, 2, 4, 9), submit=False)
    hold(world, "theme_day", datetime(2026, 3, 1, 0, 5))
    group = hold(world, "group_meeting", datetime(2026, 2, 28, 20), world.group)
    client.force_login(world.secretary)
    for form, record in (("theme_day", kept), ("group_meeting", group)):
        place = at(world, form, 2)
        assert [row.pk for row in client.get(place.url).context["page"].objects] == [record.pk] * place.cell.count


def test_a_committee_is_more_than_secretary_and_deputy(world):
    assert at(world, "committee_meeting", 2).cell.standing == Standing.LACKING  # 甲书记, 乙委员
    seen = board_of(world.second, 2026, type(world.officer).objects.get(pk=world.officer.pk))
    row = next(row for row in seen["rows"] if row.places[0].cell.form == "committee_meeting")
    assert {place.cell.standing for place in row.places} == {Standing.FREE}  # only a secretary


def test_a_branch_that_keeps_a_paper_book_is_told_so_without_colour(world, client):
    hold(world, "theme_day", datetime(2026, 5, 3, 9), minutes_original="paper", book_number="2026-1", book_pages="3")
    client.force_login(world.officer)
    page = client.get(f"/meetings/frequency/{world.first.pk}/?year=2026").content.decode()
    assert "未在系统登记" in page and "state-waiting" not in page and "未召开" not in page
    table = client.get("/meetings/frequency/?year=2026").content.decode()
    assert "未在系统登记" in table and "未召开" in table
    Organisation.objects.filter(pk=world.second.pk).update(mode="paper")
    assert "未召开" not in client.get("/meetings/frequency/?year=2026").content.decode()


def test_superiors_read_what_is_missing_in_the_set_order(world, client):
    for month in range(1, 5):
        hold(world, "theme_day", datetime(2026, month, 3, 9))
    client.force_login(world.officer)
    page = client.get("/meetings/frequency/?year=2026").context["page"]
    assert [row.pk for row in page.objects] == [world.first.pk, world.second.pk]
    assert not any(column.sort for column in page.columns)
    found = lacking_of([world.first, world.second], 2026, date(2026, 5, 15), world.officer)
    assert "theme_day" not in {one.form for one in found[world.first.pk]}
    assert len([one for one in found[world.second.pk] if one.form == "theme_day"]) == 4


def test_many_branches_cost_as_many_questions_as_few(world):
    def asked(branches):
        with CaptureQueriesContext(connection) as queries:
            lacking_of(branches, 2026, date(2026, 5, 15), world.officer)
        return len(queries)

    more = [people.found(f"Branch {n}", "branch", world.county) for n in range(12)]
    few = asked([world.first, world.second])
    assert asked([world.first, world.second, *more]) == few


@pytest.mark.parametrize("who", ["member", "group_leader", "sibling", "stranger", "nobody", "sysadmin"])
def test_the_board_is_for_office_and_superior(world, client, who):
    client.force_login(getattr(world, who))
    assert client.get(f"/meetings/frequency/{world.first.pk}/").status_code in (403, 404)


# --- exemptions ------------------------------------------------------------------------------------------------------------
def exempted(world, form="theme_day", since=date(2026, 1, 1), until=date(2026, 3, 31), **facts):
    return actions.exempt(world.first, form, since=since, until=until, reason="Flood", actor=world.officer, **facts)


def test_a_superior_exempts_a_branch_and_takes_it_back(world):
    row = exempted(world)
    assert [at(world, "theme_day", month).cell.standing for month in (3, 4)] == [Standing.FREE, Standing.LACKING]
    assert [entry.move for entry in History.objects.of(row)] == ["create"]
    with pytest.raises(NoteRequired):
        actions.move(row, "end", actor=world.officer)
    actions.move(row, "end", actor=world.officer, note="Over")
    assert at(world, "theme_day", 3).cell.standing == Standing.LACKING
    exempted(world)  # after it was taken back, the days are free again


def test_nobody_exempts_himself_and_no_day_is_exempted_twice(world):
    for user in (world.secretary, world.supervisor, world.stranger):
        with pytest.raises(PermissionDenied):
            actions.exempt(world.first, "theme_day", since=date(2026, 1, 1), until=None, reason="Flood", actor=user)
    with pytest.raises(PermissionDenied):
        actions.exempt(world.county, "theme_day", since=date(2026, 1, 1), until=None, reason="F", actor=world.officer)
    with pytest.raises(NoteRequired):
        actions.exempt(world.first, "theme_day", since=date(2026, 1, 1), until=None, reason=" ", actor=world.officer)
    with pytest.raises(ValidationError):
        exempted(world, since=date(2026, 4, 1), until=date(2026, 3, 1))
    exempted(world)
    for since, until in ((date(2026, 3, 31), None), (date(2025, 1, 1), date(2026, 1, 1)), (date(2026, 2, 1), None)):
        with pytest.raises(ValidationError):
            exempted(world, since=since, until=until)
    exempted(world, since=date(2026, 4, 1), until=None)
    exempted(world, form="party_lecture")
    assert FormExemption.objects.count() == 3


# --- reminders -------------------------------------------------------------------------------------------------------------
def reminded(today):
    notices.scan(today)
    rows = Notice.objects.filter(rule__startswith="frequency_")
    return {(row.rule[-4:], row.recipient.name) for row in rows if row.due_on >= today}


def test_after_seventy_percent_of_a_period_its_secretary_is_reminded_once(world):
    assert reminded(date(2026, 4, 21)) == set()
    assert reminded(date(2026, 4, 22)) == {
        ("R01b", "甲书记"), ("R01c", "甲书记"), ("R01e", "甲书记"), ("R01e", "己书记"),
    }  # fmt: skip
    assert len(reminded(date(2026, 4, 30))) == 4 and Notice.objects.filter(rule__startswith="frequency_").count() == 4
    notice = Notice.objects.filter(rule="frequency_R01e", recipient__name="甲书记").get()
    assert notice.words == "主题党日：本期至2026-04-30止，尚无记录，请安排召开并及时记录。"
    assert notice.get_absolute_url() == f"/meetings/frequency/{world.first.pk}/"


def test_what_is_held_stops_the_reminder(world):
    notices.scan(date(2026, 4, 25))
    hold(world, "theme_day", datetime(2026, 4, 3, 9))
    hold(world, "group_meeting", datetime(2026, 4, 3, 9), world.group)
    hold(world, "committee_meeting", datetime(2026, 4, 3, 9), submit=False)
    live = Notice.objects.unread(date(2026, 4, 25)).filter(rule__startswith="frequency_")
    assert {(row.rule[-4:], row.recipient.name) for row in live} == {("R01b", "甲书记"), ("R01e", "己书记")}


def test_nobody_is_reminded_of_what_is_not_asked(world):
    exempted(world, since=date(2026, 4, 1), until=date(2026, 4, 30))
    Organisation.objects.filter(pk=world.second.pk).update(mode="paper")
    assert reminded(date(2026, 4, 25)) == {("R01b", "甲书记"), ("R01c", "甲书记")}
    Organisation.objects.filter(pk=world.first.pk).update(branch_kind="functional")
    assert not Notice.objects.unread(date(2026, 4, 25)).filter(rule__startswith="frequency_").exists()


def test_a_group_founded_within_the_period_and_a_young_branch_are_not_asked(world):
    type(world.group).objects.filter(pk=world.group.pk).update(since=date(2026, 4, 2))
    Organisation.objects.filter(pk=world.second.pk).update(since=date(2026, 4, 2))
    assert reminded(date(2026, 4, 25)) == {("R01b", "甲书记"), ("R01e", "甲书记")}


def test_a_local_rule_that_the_nearest_superior_does_not_apply_reminds_nobody(world):
    def lectures():
        notices.scan(date(2026, 6, 20))
        live = Notice.objects.unread(date(2026, 6, 20)).filter(rule="frequency_R01d")
        return {row.recipient.name for row in live}

    assert lectures() == {"甲书记", "己书记"}
    facts = {"severity": "off", "parameters": {}, "reason": "Too many", "actor": world.officer}
    rule_sets.override_rule(world.county, 2025, "R01d", **facts)
    assert lectures() == {"甲书记", "己书记"}
    rule_sets.override_rule(world.county, 2026, "R01d", **facts)
    assert lectures() == set()
    assert at(world, "party_lecture", 1).cell.standing == Standing.FREE
    rule_sets.override_rule(world.county, 2026, "R01d", **{**facts, "severity": "warn"})
    assert lectures() == {"甲书记", "己书记"}


def test_periods_that_follow_each_other_are_told_in_one_word():
    months = [Period(2026, n, "month") for n in (1, 3, 4, 5, 9)]
    quarters = [Period(2026, n, "quarter") for n in (1, 2)]
    with translation.override("zh-hans"):
        assert [*_runs(months)] == ["1月", "3—5月", "9月"]
        assert [*_runs(quarters)] == ["第1—2季度"]
        assert [*_runs([Period(2026, 1, "year")])] == ["全年"]
