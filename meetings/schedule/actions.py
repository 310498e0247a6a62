"""Making the schedule of an organisational life meeting, fitting it to another day, ticking its steps."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.rights import Right
from meetings.models import Meeting, ScheduleStep
from meetings.schedule.reading import days_of, is_applied, is_scheduled, rule_of
from meetings.schedule.steps import StepCode
from meetings.states import UPCOMING
from workflow.actions import record
from workflow.actors import Actor


@transaction.atomic
def make(meeting: Meeting, *, actor: Actor) -> None:
    """Write down the steps with their days, or count the days anew by the rules and days off of today; what was ticked
    stays ticked.

    Raises PermissionDenied, ValidationError where the meeting is none that is scheduled.
    """
    actor.require(Right.RECORD, meeting)
    if not is_scheduled(meeting) or meeting.state not in UPCOMING:
        raise ValidationError(_("Only an organisational life meeting that is still to come is scheduled."))
    if not is_applied(held := rule_of(meeting)):
        raise ValidationError(_("A superior organisation does not apply this rule here."))
    rows = [ScheduleStep(meeting=meeting, code=code, due_on=day) for code, day in days_of(meeting, held).items()]
    ScheduleStep.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meeting", "code"], update_fields=["due_on"]
    )
    if meeting.announced_at:
        notified(meeting, timezone.localdate(meeting.announced_at), actor=actor)
    record(meeting, "schedule", actor=actor, rights=[Right.RECORD])


@transaction.atomic
def tick(step: ScheduleStep, *, actor: Actor, done: bool) -> None:
    """Say that a step is done, today, or that it is not after all. Raises PermissionDenied."""
    actor.require(Right.RECORD, step.meeting)
    rows = ScheduleStep.objects.filter(pk=step.pk, done_on__isnull=done)
    if rows.update(done_on=timezone.localdate() if done else None):  # else somebody was faster
        name = "tick_step" if done else "untick_step"
        record(step.meeting, name, actor=actor, rights=[Right.RECORD], note=str(StepCode(step.code).label))


def fit(meeting: Meeting, *, actor: Actor) -> None:
    """Count the days anew where the meeting has a schedule: its day has changed."""
    rows = list(ScheduleStep.objects.filter(meeting=meeting)) if is_scheduled(meeting) else []
    if not rows:
        return
    days = days_of(meeting)
    for row in rows:
        row.due_on = days[StepCode(row.code)]
    ScheduleStep.objects.bulk_update(rows, ["due_on"])


def notified(meeting: Meeting, day: date, *, actor: Actor) -> None:
    """Members were given notice on that day, for the meeting was announced: this step is done."""
    ScheduleStep.objects.filter(meeting=meeting, code=StepCode.NOTIFY, done_on=None).update(done_on=day)
