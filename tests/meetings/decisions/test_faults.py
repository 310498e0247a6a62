"""Each check of decisions finds the fault planted for it, and nothing else."""

from dataclasses import replace

import pytest

from meetings import actions
from meetings.decisions.entries import LeftOut, Motion
from meetings.models import Decision, DueExclusion, Meeting
from tests.cast import SINCE, entry
from tests.verify.planting import found, plant


@pytest.fixture
def filed(cast):
    """A filed record: five kinds of decision, and one member left out of two of them."""
    typed = entry(cast.people)
    ticks = {**typed.ticks, cast.people[4].pk: ("on_leave", "Ill")}
    motions = [
        Motion("Plan", "ordinary", yes=4, no=0, abstain=0),
        Motion("Admit", "admission", "ballot", None, 2, 2, 0, 1, "passed"),
        Motion("Chair", "election", "ballot", None, 4, 0, 0, 0, "not_elected"),
        Motion("Dispose", "disposal", "ballot", None, 2, 1, 1, 0, "rejected"),
        Motion("Opinion", "opinion", "oral"),
    ]
    out = [LeftOut(cast.people[4].pk, "bedridden", "County", SINCE, "", "Agreed")]
    typed = replace(typed, ticks=ticks, motions=motions, left_out=out)
    meeting = Meeting(organisation=cast.first, form="general_meeting")
    actions.save(meeting, typed, actor=cast.secretary, submit=True)
    return meeting


def faulty(meeting, name, sql, *values):
    """What is found after a fault in the decision of that subject."""
    row = Decision.objects.get(meeting=meeting, subject=name)
    plant(f"UPDATE meetings_decision SET {sql} WHERE id = %s", *values, row.pk)
    return {code: keys == (f"meetings.decision:{row.pk}",) for code, keys in found().items()}


def test_a_record_written_by_the_action_has_no_fault(filed):
    assert found() == {}


@pytest.mark.parametrize("name", ["Plan", "Chair", "Dispose"])
def test_fault_meetings_decision_due(filed, name):
    assert faulty(filed, name, "due = due + 1")["meetings.decision_due"]


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("Plan", "no = 1"),
        ("Plan", "yes = 3"),
        ("Chair", "abstain = 2"),
        ("Plan", "present = 3"),
        ("Plan", "present = 5, yes = 5"),
        ("Plan", "written_yes = 2"),
        ("Plan", "yes = NULL"),
    ],
)
def test_fault_meetings_decision_sum(filed, name, sql):
    assert faulty(filed, name, sql)["meetings.decision_sum"]


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("Plan", "outcome = 'rejected'"),
        ("Plan", "outcome = 'no_quorum'"),
        ("Admit", "outcome = 'rejected'"),
        ("Admit", "written_yes = 0"),
        ("Chair", "outcome = 'elected'"),
        ("Dispose", "announced = 'passed', outcome = 'passed'"),
        ("Opinion", "outcome = 'passed'"),
    ],
)
def test_fault_meetings_decision_outcome(filed, name, sql):
    assert faulty(filed, name, sql) == {"meetings.decision_outcome": True}


@pytest.mark.parametrize(
    "sql",
    ["consent_by = ''", "resolution = ''", "consent_on = NULL", "member_id = (SELECT max(id) FROM branches_member)"],
)
def test_fault_meetings_left_out(filed, sql):
    row = DueExclusion.objects.get()
    plant(f"UPDATE meetings_dueexclusion SET {sql} WHERE id = %s", row.pk)
    assert found()["meetings.left_out"] == (f"meetings.dueexclusion:{row.pk}",)
