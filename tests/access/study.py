"""What the access tables know of study hours."""

from datetime import date
from decimal import Decimal

from meetings.models import Attendance
from meetings.study import actions


def on_stage(stage, filed):
    """The member's own study, and his line in the list of a filed meeting of his group."""
    cast = stage.cast
    entry = actions.enter(cast.people[4], cast.first, "own", date(2026, 3, 2), Decimal(2), "STUDY-WORDS",
                          actor=cast.member)  # fmt: skip
    line = Attendance.objects.get(meeting=filed, member=cast.people[4])
    return {"study_entry": entry.pk, "attendance": line.pk}


def posts(stage):
    """What valid forms send."""
    return {
        "study_member": {"studied_on": "2026-03-02", "kind": "own", "hours": "2", "subject": "Party history"},
        "study_correct": {"hours": "1", "reason": "Left early"},
    }
