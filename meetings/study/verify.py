"""What must hold of study hours."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from branches.models import Relation
from branches.models.members import RelationKind
from meetings.models import Attendance, Status, StudyCorrection, StudyShortfall
from workflow.checking import check


@check("study.corrected_came", _("Hours are corrected for who came to that meeting"))
def corrected_came() -> QuerySet[Any]:
    came = Attendance.objects.filter(meeting=OuterRef("meeting_id"), member=OuterRef("member_id"))
    return StudyCorrection.objects.exclude(Exists(came.filter(status=Status.PRESENT)))


@check("study.shortfall_of_the_year", _("Hours are lacking for members of that branch in that year"))
def shortfall_of_the_year() -> QuerySet[Any]:
    here = {"organisation": OuterRef("organisation"), "member": OuterRef("member"), "kind": RelationKind.FORMAL}
    belonged = Relation.objects.filter(
        Q(until=None) | Q(until__year__gte=OuterRef("year")), since__year__lte=OuterRef("year"), **here
    )
    return StudyShortfall.objects.filter(~Exists(belonged))
