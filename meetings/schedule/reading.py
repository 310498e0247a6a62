"""The days of the steps of one meeting, by the rules that hold there."""

from datetime import date

from django.utils import timezone

from branches.rules.sets import InForce, RuleSet
from branches.rules.table import Severity
from meetings.kinds import Form
from meetings.models import Meeting
from meetings.schedule.steps import SCHEDULE, StepCode, days


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
    return days(meeting.held_on, (held or rule_of(meeting)).numbers, {}, timezone.localdate())
