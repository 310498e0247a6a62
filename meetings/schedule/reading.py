"""The days of the steps of one meeting, by the rules that hold there."""

from datetime import date, timedelta

from django.utils import timezone

from branches.days_off.reading import offs
from branches.rules.sets import InForce, RuleSet
from branches.rules.table import Severity
from meetings.kinds import Form
from meetings.models import Meeting
from meetings.schedule.steps import SCHEDULE, StepCode, days

AROUND = timedelta(180)  # no step lies farther from its meeting, whatever is free


def is_scheduled(meeting: Meeting) -> bool:
    """True for the form of meeting that has steps around it."""
    return meeting.form == Form.ORG_LIFE_MEETING


def rule_of(meeting: Meeting) -> InForce:
    """The distances as they hold for this meeting."""
    return RuleSet(meeting.organisation.path, meeting.held_on.year).of(SCHEDULE.code)


def is_applied(held: InForce) -> bool:
    """False where a superior has switched the steps off."""
    return held.severity != Severity.OFF


def days_of(meeting: Meeting, held: InForce | None = None) -> dict[StepCode, date]:
    """The last day of each step as of today."""
    today, on = timezone.localdate(), meeting.held_on
    free = offs(meeting.organisation.path, min(today, on - AROUND), max(today, on) + AROUND)
    return days(on, (held or rule_of(meeting)).numbers, free, today)
