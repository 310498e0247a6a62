"""The steps around an organisational life meeting: counted back from its day, kept, moved with it, ticked."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from branches.actions import days_off, rules
from branches.days_off.lines import Line
from meetings.models import Meeting, ScheduleStep
from meetings.plans import actions as plans
from meetings.schedule import actions
from meetings.schedule.steps import AFTER, SCHEDULE, STEPS, StepCode, days
from meetings.schedule.todos import _item, _waiting
from workflow.models import History

NOW = datetime(2026, 4, 10, 9, 0)
HELD = datetime(2026, 5, 20, 15, 0)  # a Wednesday
EXPECTED = {
    "report_plan": date(2026, 4, 29), "notify": date(2026, 5, 8), "study": date(2026, 5, 11),
    "consult": date(2026, 5, 12), "talk": date(2026, 5, 13), "hand_in": date(2026, 5, 14),
    "review": date(2026, 5, 18), "list": date(2026, 5, 25), "report_back": date(2026, 5, 25),
}  # fmt: skip


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(timezone.make_aware(NOW), tick=False):
        yield


def planned(cast, begins=HELD, form="org_life_meeting"):
    facts = {"theme": "LIFE-WORDS", "place": "Room 2", "started_at": timezone.make_aware(begins)}
    return plans.plan(Meeting(organisation=cast.first, form=form), facts, actor=cast.secretary)


def kept(meeting):
    return dict(ScheduleStep.objects.filter(meeting=meeting).values_list("code", "due_on"))


def done(meeting):
    return set(ScheduleStep.objects.filter(meeting=meeting, done_on__isnull=False).values_list("code", flat=True))


def step(meeting, code):
    return ScheduleStep.objects.select_related("meeting__organisation").get(meeting=meeting, code=code)


# --- the days ---------------------------------------------------------------------------------------------------------
def test_the_steps_as_shipped_by_the_calendar():
    assert days(HELD.date(), SCHEDULE.defaults, {}, NOW.date()) == EXPECTED


def test_days_off_move_the_steps():
    offs = {date(2026, 5, day): False for day in (1, 4, 5)} | {date(2026, 5, 9): True}
    found = days(HELD.date(), SCHEDULE.defaults, offs, NOW.date())
    assert (found["report_plan"], found["study"], found["notify"]) == (
        date(2026, 4, 27),
        date(2026, 5, 11),
        date(2026, 5, 9),
    )


def test_at_short_notice_nothing_is_late_and_nothing_falls_after_the_meeting():
    saturday = date(2026, 5, 16)
    found = days(HELD.date(), SCHEDULE.defaults, {}, saturday)
    assert {found[code] for code in ("report_plan", "notify", "talk")} == {date(2026, 5, 18)}
    assert found["list"] == EXPECTED["list"]
    after = days(HELD.date(), SCHEDULE.defaults, {}, date(2026, 6, 6))
    assert after["review"] == HELD.date()
    assert after["list"] == date(2026, 6, 8)


def test_a_day_of_work_stays_where_it_is():
    """The notice of a Thursday is given on the Monday ten days before; who plans on a Monday may begin on it."""
    assert days(date(2026, 5, 21), SCHEDULE.defaults, {}, NOW.date())["notify"] == date(2026, 5, 11)
    assert days(HELD.date(), SCHEDULE.defaults, {}, date(2026, 5, 18))["report_plan"] == date(2026, 5, 18)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
NUMBERS = st.fixed_dictionaries({step.code.value: st.integers(0, 60) for step in STEPS})


@settings(max_examples=40, deadline=None, suppress_health_check=HealthCheck)
@given(DAYS, NUMBERS, st.dictionaries(DAYS, st.booleans(), max_size=8), DAYS)
def test_steps_before_end_by_the_meeting_and_those_after_do_not_begin_before_it(held_on, numbers, offs, today):
    found = days(held_on, numbers, offs, today)
    assert list(found) == list(StepCode)
    assert all(day >= held_on if code in AFTER else day <= held_on for code, day in found.items())
    assert all(day >= min(today, held_on) for day in found.values())


# --- kept -------------------------------------------------------------------------------------------------------------
def test_a_schedule_is_made_by_whoever_keeps_the_records(world):
    meeting = planned(world)
    with pytest.raises(PermissionDenied):
        actions.make(meeting, actor=world.committee_member)
    with pytest.raises(PermissionDenied):
        actions.make(meeting, actor=world.officer)
    actions.make(meeting, actor=world.clerk)
    assert kept(meeting) == EXPECTED
    assert History.objects.of(meeting).filter(move="schedule").count() == 1


def test_only_an_organisational_life_meeting_to_come_is_scheduled(world):
    with pytest.raises(ValidationError):
        actions.make(planned(world, form="theme_day"), actor=world.secretary)
    meeting = planned(world)
    plans.step(meeting, "cancel", actor=world.secretary, note="Flood")
    with pytest.raises(ValidationError):
        actions.make(meeting, actor=world.secretary)
    assert not ScheduleStep.objects.exists()


def test_a_superior_sets_the_distances_or_switches_the_steps_off(world):
    meeting, numbers = planned(world), {**SCHEDULE.defaults, "review": 1, "list": 0}
    told = {"actor": world.officer, "parameters": numbers, "reason": "As here"}
    rules.override_rule(world.county, 2026, SCHEDULE.code, severity="remind", **told)
    actions.make(meeting, actor=world.secretary)
    assert kept(meeting) == EXPECTED | {"review": date(2026, 5, 19), "list": date(2026, 5, 20)}
    rules.override_rule(world.county, 2026, SCHEDULE.code, severity="off", **told)
    with pytest.raises(ValidationError):
        actions.make(meeting, actor=world.secretary)


def test_the_days_move_with_the_meeting_and_what_is_ticked_stays(world):
    meeting = planned(world)
    actions.make(meeting, actor=world.secretary)
    actions.tick(step(meeting, "study"), actor=world.clerk, done=True)
    plans.step(meeting, "announce", actor=world.secretary)
    week = timedelta(7)
    facts = {"started_at": timezone.make_aware(HELD + week), "ended_at": None, "place": "Room 2"}
    meeting = Meeting.objects.get(pk=meeting.pk)
    plans.reschedule(meeting, facts, "Flood", actor=world.secretary, seen=meeting.version)
    assert kept(meeting) == {code: day + week for code, day in EXPECTED.items()}
    assert done(meeting) == {"study", "notify"}


def test_a_plan_that_is_changed_takes_its_steps_along(world):
    meeting = planned(world)
    actions.make(meeting, actor=world.secretary)
    later = {"started_at": timezone.make_aware(HELD + timedelta(7))}
    plans.plan(meeting, later, actor=world.secretary, seen=meeting.version)
    assert kept(meeting) == {code: day + timedelta(7) for code, day in EXPECTED.items()}


def test_making_it_again_counts_anew_and_keeps_the_ticks(world):
    meeting = planned(world)
    actions.make(meeting, actor=world.secretary)
    actions.tick(step(meeting, "report_plan"), actor=world.secretary, done=True)
    ScheduleStep.objects.filter(meeting=meeting).update(due_on=NOW.date())
    actions.make(meeting, actor=world.secretary)
    assert kept(meeting) == EXPECTED
    assert done(meeting) == {"report_plan"}


# --- ticked -----------------------------------------------------------------------------------------------------------
def test_a_step_is_ticked_once_and_taken_back(world):
    meeting = planned(world)
    actions.make(meeting, actor=world.secretary)
    row = step(meeting, "talk")
    for _twice in range(2):
        actions.tick(row, actor=world.secretary, done=True)
    assert step(meeting, "talk").done_on == NOW.date()
    assert History.objects.of(meeting).filter(move="tick_step").count() == 1
    actions.tick(row, actor=world.secretary, done=False)
    assert step(meeting, "talk").done_on is None
    with pytest.raises(PermissionDenied):
        actions.tick(row, actor=world.committee_member, done=True)


def test_a_step_waits_for_the_secretary_from_two_weeks_before_until_it_is_ticked(world):
    meeting = planned(world)
    actions.make(meeting, actor=world.secretary)

    def waiting(user):
        user.__dict__.pop("reach", None)
        return [row.code for row in _waiting(user)]

    assert waiting(world.secretary) == []
    with time_machine.travel(timezone.make_aware(datetime(2026, 4, 15, 9, 0)), tick=False):
        assert waiting(world.secretary) == ["report_plan"]
        assert [waiting(user) for user in (world.clerk, world.member, world.officer, world.sibling)] == [[]] * 4
        item = _item(_waiting(world.secretary).first())
        assert (item.due_on, item.url) == (date(2026, 4, 29), f"/meetings/{meeting.pk}/schedule/")
        actions.tick(step(meeting, "report_plan"), actor=world.secretary, done=True)
        assert waiting(world.secretary) == []
    plans.step(meeting, "cancel", actor=world.secretary, note="Flood")
    with time_machine.travel(timezone.make_aware(datetime(2026, 5, 19, 9, 0)), tick=False):
        assert waiting(world.secretary) == []


# --- the page ---------------------------------------------------------------------------------------------------------
def test_the_page_proposes_and_then_keeps(world, client):
    meeting = planned(world)
    client.force_login(world.secretary)
    page = client.get(f"/meetings/{meeting.pk}/schedule/")
    assert "2026-05-18 18:00" in page.content.decode() and not page.context["is_made"]
    page = client.post(f"/meetings/{meeting.pk}/schedule/", follow=True)
    assert page.context["is_made"] and kept(meeting) == EXPECTED
    row = step(meeting, "talk")
    page = client.post(f"/meetings/steps/{row.pk}/", follow=True)
    assert done(meeting) == {"talk"}
    client.post(f"/meetings/steps/{row.pk}/", {"done": "no"})
    assert done(meeting) == set()


def test_the_meeting_leads_there(world, client):
    meeting = planned(world)
    link = f'href="/meetings/{meeting.pk}/schedule/"'
    for user, leads in ((world.secretary, True), (world.committee_member, True), (world.officer, False)):
        client.force_login(user)
        assert (link in client.get(f"/meetings/{meeting.pk}/").content.decode()) is leads


def test_days_off_of_a_superior_are_skipped(world):
    holiday = [Line(date(2026, 5, day), "free", "劳动节") for day in (1, 4, 5)]
    days_off.lay_down_days(world.county, holiday, actor=world.officer)
    meeting = planned(world)
    actions.make(meeting, actor=world.secretary)
    assert kept(meeting) == EXPECTED | {"report_plan": date(2026, 4, 24)}
