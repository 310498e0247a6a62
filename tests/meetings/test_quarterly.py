"""S34-1: the plan of a quarter by the fifth, asked only where a superior applies it, of the secretary alone, once."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from branches.actions import rules
from branches.models import Organisation
from branches.rules.wide import applied
from meetings.models import Meeting
from meetings.plans import actions as plans
from meetings.plans.quarterly import PLAN, unplanned
from reminders.actions import notices
from reminders.models import Notice
from tests import cast as people

FIRST, FIFTH, SIXTH = (date(2026, 4, number) for number in (1, 5, 6))


def ask(world, severity="remind", year=2026, at=None):
    told = {"actor": world.officer, "severity": severity, "parameters": {}, "reason": "As here"}
    rules.override_rule(at or world.county, year, PLAN.code, **told)


def planned(world, day, month=4):
    row = Meeting(organisation=world.first, form="theme_day")
    facts = {"theme": "Spring", "place": "Room", "started_at": timezone.make_aware(datetime(2026, month, day, 9))}
    return plans.plan(row, facts, actor=world.secretary)


def asked(day):
    return sorted(unplanned(day).values_list("name", flat=True))


def test_nobody_is_asked_unless_a_superior_says_so(world):
    assert asked(FIRST) == []
    ask(world, year=2025)
    assert asked(FIRST) == []
    ask(world)
    assert asked(FIRST) == asked(FIFTH) == ["First branch", "Second branch"]
    assert asked(SIXTH) == asked(date(2026, 6, 30)) == []


def test_the_nearest_superior_decides(world):
    general = people.found("General", "general_branch", world.county)
    branch = people.found("Below", "branch", general)
    rows = Organisation.objects.filter(pk__in=[branch.pk, world.first.pk]).order_by("name")
    ask(world)
    ask(world, "off", at=general)
    assert [row.name for row in applied(PLAN.code, rows, 2026)] == ["First branch"]
    with pytest.raises(KeyError):
        applied("unheard of", rows, 2026)


def test_whatever_is_planned_in_the_quarter_is_a_plan_and_nothing_else(world):
    ask(world)
    planned(world, 31, month=3)
    planned(world, 1, month=7)
    gone = planned(world, 20)
    plans.step(gone, "cancel", actor=world.secretary, note="Flood")
    assert "First branch" in asked(FIRST)
    planned(world, 1)
    assert asked(FIRST) == ["Second branch"]


def test_a_branch_on_paper_or_closed_is_not_asked(world):
    ask(world)
    Organisation.objects.filter(pk=world.first.pk).update(mode="paper")
    Organisation.objects.filter(pk=world.second.pk).update(until=date(2026, 3, 1))
    assert asked(FIRST) == []


def test_the_secretary_is_told_once_and_leads_to_the_plan(world):
    ask(world)
    for day in (FIRST, date(2026, 4, 2), FIFTH):
        notices.scan(day)
    told = Notice.objects.filter(rule="quarter_plan")
    assert sorted(told.values_list("recipient__name", flat=True)) == ["己书记", "甲书记"]
    assert set(told.values_list("due_on", flat=True)) == {FIFTH}
