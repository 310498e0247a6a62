"""As test_faults.py: each check of meeting records finds the fault planted for it, and nothing else."""

import pytest

from branches.actions.members import name_to_post
from branches.models import Exemption, Group
from meetings.models import Attendance, CountedAs, FollowUp, Meeting, Minutes, Revision
from meetings.own_forms import actions as own_forms
from meetings.plans import actions as plans
from meetings.unsaved.actions import keep
from tests.cast import SINCE
from tests.verify.planting import found, plant
from workflow.actors import SYSTEM


def one(world, person=4):
    return Attendance.objects.get(meeting=world.meeting, member=world.people[person])


def test_fault_meetings_attendance_of_register(world):
    row = one(world)
    plant("UPDATE meetings_attendance SET member_id = %s WHERE id = %s", world.siblings[0].pk, row.pk)
    assert found("meetings.attendance_of_register") == {
        "meetings.attendance_of_register": (f"meetings.attendance:{row.pk}",)
    }


@pytest.mark.parametrize(
    "name", ["due", "present", "on_leave", "voting_due", "voting_present", "freed", "freed_voting"]
)
def test_fault_meetings_numbers_of_the_list(world, name):
    plant(f"UPDATE meetings_meeting SET {name} = {name} + 1 WHERE id = %s", world.meeting.pk)
    assert found("meetings.numbers_of_the_list") == {
        "meetings.numbers_of_the_list": (f"meetings.meeting:{world.meeting.pk}",)
    }


def test_attendance_of_a_committee_is_that_of_its_posts(world):
    plant("UPDATE meetings_meeting SET form = 'committee_meeting' WHERE id = %s", world.meeting.pk)
    (keys,) = found("meetings.attendance_of_register").values()
    assert set(keys) == {f"meetings.attendance:{one(world, person).pk}" for person in (2, 3, 4)}


def test_attendance_of_a_group_is_that_of_its_members(world):
    sql = "UPDATE meetings_meeting SET form = 'group_meeting', group_id = %s WHERE id = %s"
    plant(sql, world.group.pk, world.meeting.pk)
    (keys,) = found("meetings.attendance_of_register").values()
    assert set(keys) == {f"meetings.attendance:{one(world, person).pk}" for person in (0, 1, 2)}


def test_fault_meetings_rights_of_the_day(world):
    row = one(world)
    plant("UPDATE meetings_attendance SET may_vote = %s WHERE id = %s", False, row.pk)
    assert found("meetings.rights_of_the_day") == {"meetings.rights_of_the_day": (f"meetings.attendance:{row.pk}",)}
    day = world.meeting.held_on
    world.people[4].rights_limits.create(since=day, until=day, reason="Limited")
    assert found("meetings.rights_of_the_day") == {
        "meetings.rights_of_the_day": (f"meetings.attendance:{one_of(world.draft_meeting, world.people[4]).pk}",)
    }  # the other meeting was held on the same day


def one_of(meeting, person):
    return Attendance.objects.get(meeting=meeting, member=person)


def test_fault_meetings_due_unless_exempt(world):
    row = one(world)
    plant("UPDATE meetings_attendance SET is_due = %s, status = 'absent' WHERE id = %s", False, row.pk)
    assert found("meetings.due_unless_exempt") == {"meetings.due_unless_exempt": (f"meetings.attendance:{row.pk}",)}
    day = world.meeting.held_on
    Exemption.objects.create(member=row.member, since=day, until=day, reason="Ill", approved_by="Branch")
    assert found("meetings.due_unless_exempt") == {}


def test_fault_meetings_everybody_due(world):
    expected = {"meetings.everybody_due": (f"meetings.meeting:{world.meeting.pk}",)}
    plant("DELETE FROM meetings_attendance WHERE id = %s", one(world).pk)
    assert found("meetings.everybody_due") == expected
    day = world.meeting.held_on
    Exemption.objects.create(member=world.people[4], since=day, until=day, reason="Ill", approved_by="Branch")
    assert found("meetings.everybody_due") == {}  # who is freed need not be listed
    Exemption.objects.create(member=world.people[3], since=day, until=day, reason="Ill", approved_by="Branch")
    assert found("meetings.everybody_due") == {}  # and who came all the same counts for nobody else
    plant("DELETE FROM meetings_attendance WHERE id = %s", one(world, 2).pk)
    assert found("meetings.everybody_due") == expected


def test_fault_meetings_reasons(world):
    row = one(world)
    plant("UPDATE meetings_attendance SET status = 'absent' WHERE id = %s", row.pk)
    assert found("meetings.reasons") == {"meetings.reasons": (f"meetings.attendance:{row.pk}",)}


def test_fault_meetings_handed_in_at(world):
    plant("UPDATE meetings_meeting SET submitted_at = NULL WHERE id = %s", world.meeting.pk)
    assert found("meetings.handed_in_at") == {"meetings.handed_in_at": (f"meetings.meeting:{world.meeting.pk}",)}


def test_fault_meetings_group_of_branch(world):
    other = Group.objects.create(organisation=world.second, name="Other", since=SINCE)
    sql = "UPDATE meetings_meeting SET form = 'group_meeting', group_id = %s WHERE id = %s"
    plant(sql, other.pk, world.meeting.pk)
    assert found("meetings.group_of_branch") == {"meetings.group_of_branch": (f"meetings.meeting:{world.meeting.pk}",)}


def test_fault_meetings_revisions_counted(world):
    Revision.objects.create(meeting=world.meeting, number=2, filed={})
    assert found("meetings.revisions_counted") == {
        "meetings.revisions_counted": (f"meetings.meeting:{world.meeting.pk}",)
    }


def test_fault_meetings_counted_as_own(world):
    plant("DELETE FROM meetings_countedas WHERE meeting_id = %s", world.meeting.pk)
    assert found("meetings.counted_as_own") == {"meetings.counted_as_own": (f"meetings.meeting:{world.meeting.pk}",)}


def test_fault_meetings_plans_are_no_records(world):
    facts = {"theme": "Spring", "started_at": world.meeting.started_at}
    plan = plans.plan(Meeting(organisation=world.first, form="theme_day"), facts, actor=world.secretary)
    Minutes.objects.create(meeting=plan)
    assert found("meetings.plans_are_no_records") == {"meetings.plans_are_no_records": (f"meetings.meeting:{plan.pk}",)}


def test_fault_meetings_counted_as_may(world):
    row = CountedAs.objects.create(meeting=world.draft_meeting, position=2, form="committee_meeting")
    assert found("meetings.counted_as_may") == {"meetings.counted_as_may": (f"meetings.countedas:{row.pk}",)}


def test_fault_meetings_leaders_of_the_day(world):
    row = one(world)
    plant("UPDATE meetings_attendance SET leads_above = %s WHERE id = %s", True, row.pk)
    assert found("meetings.leaders_of_the_day") == {"meetings.leaders_of_the_day": (f"meetings.attendance:{row.pk}",)}
    name_to_post(world.people[4], actor=SYSTEM, organisation=world.county, kind="publicity", since=SINCE)
    assert found("meetings.leaders_of_the_day") == {
        "meetings.leaders_of_the_day": (f"meetings.attendance:{one_of(world.draft_meeting, world.people[4]).pk}",)
    }  # the other meeting was held on the same day


def test_fault_meetings_followed_up_who_was_away(world):
    facts = {"purpose": "studied", "way": "alone", "done_on": world.meeting.held_on}
    row = FollowUp.objects.create(meeting=world.meeting, member=world.people[4], **facts)
    name = "meetings.followed_up_who_was_away"
    assert found(name) == {name: (f"meetings.followup:{row.pk}",)}


def test_fault_meetings_unsaved_of_open(world):
    draft = world.draft_meeting
    key = keep(draft, {"theme": "New", "version": str(draft.version)}, actor=world.clerk, seen=0)
    assert key == 1 and found() == {}
    plant("UPDATE meetings_meeting SET state = 'void' WHERE id = %s", draft.pk)
    (keys,) = found("meetings.unsaved_of_open").values()
    assert len(keys) == 1


def test_fault_meetings_own_form_offered(world):
    own = own_forms.lay_down(world.county, "恳谈会", "org_life_meeting", "", actor=world.officer)
    plant(
        "UPDATE meetings_meeting SET own_form_id = %s, form_name = '恳谈会', form = 'theme_day' WHERE id = %s",
        own.pk, world.meeting.pk,
    )  # fmt: skip
    assert f"meetings.meeting:{world.meeting.pk}" in found("meetings.own_form_offered")["meetings.own_form_offered"]
