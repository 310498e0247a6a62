"""What must hold of study hours."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import Attendance, Status, StudyCorrection
from workflow.checking import check


@check("study.corrected_came", _("Hours are corrected for who came to that meeting"))
def corrected_came() -> QuerySet[Any]:
    came = Attendance.objects.filter(meeting=OuterRef("meeting_id"), member=OuterRef("member_id"))
    return StudyCorrection.objects.exclude(Exists(came.filter(status=Status.PRESENT)))
