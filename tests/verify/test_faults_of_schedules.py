"""As test_faults.py: the check of schedules finds the faults planted for it, and nothing else."""

from datetime import timedelta

from django.utils import timezone

from meetings.models import Meeting, ScheduleStep
from meetings.plans import actions as plans
from meetings.schedule import actions
from tests.verify.planting import found, plant

CHECK = "schedule.around_the_meeting"


def test_fault_schedule_around_the_meeting(world):
    facts = {"theme": "Life", "place": "Room 2", "started_at": timezone.now() + timedelta(40)}
    meeting = plans.plan(Meeting(organisation=world.first, form="org_life_meeting"), facts, actor=world.secretary)
    actions.make(meeting, actor=world.secretary)
    assert found(CHECK) == {}
    steps = {row.code: row.pk for row in ScheduleStep.objects.all()}
    for code, wrong in (("review", meeting.held_on + timedelta(1)), ("list", meeting.held_on - timedelta(1))):
        plant("UPDATE meetings_schedulestep SET due_on = %s WHERE id = %s", wrong, steps[code])
    assert set(found(CHECK)[CHECK]) == {f"meetings.schedulestep:{steps[code]}" for code in ("review", "list")}
