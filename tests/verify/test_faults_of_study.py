"""As test_faults.py: each check of study hours finds the fault planted for it, and nothing else."""

from decimal import Decimal

from django.utils import timezone

from meetings import actions as meetings
from meetings.models import Meeting, StudyShortfall
from meetings.study import actions
from tests import cast as people
from tests.verify.planting import found, plant


def test_fault_study_corrected_came(world):
    record = Meeting(organisation=world.first, form="theme_day")
    meeting = meetings.save(record, people.entry(world.people), actor=world.secretary, submit=True)
    row = actions.correct(meeting, world.people[4], Decimal(1), "Late", actor=world.secretary)
    plant("UPDATE meetings_studycorrection SET member_id = %s WHERE id = %s", world.siblings[0].pk, row.pk)
    assert found("study.corrected_came") == {"study.corrected_came": (f"meetings.studycorrection:{row.pk}",)}


def test_fault_study_shortfall_of_the_year(world):
    actions.bring_up_everybody(timezone.localdate())
    row = StudyShortfall.objects.get(member=world.people[4])
    assert found() == {}
    plant("UPDATE meetings_studyshortfall SET organisation_id = %s WHERE id = %s", world.second.pk, row.pk)
    assert found() == {"study.shortfall_of_the_year": (f"meetings.studyshortfall:{row.pk}",)}
