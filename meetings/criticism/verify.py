"""What must hold of criticism."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from meetings.models import Attendance, Claim, CriticismCount, RemarkKind, SpokenRemark
from meetings.states import WORDED
from workflow.checking import check

WHOM = Coalesce(F("member"), Value(0))  # the committee has no key


def _unlisted(rows: QuerySet[Any]) -> QuerySet[Any]:
    line = Attendance.objects.filter(meeting=OuterRef("meeting"), member=OuterRef("member"))
    return rows.filter(~Exists(line), member__isnull=False, meeting__state__in=WORDED)


@check("criticism.counted_of_list", _("Criticisms are counted of members in the attendance list"))
def counted_of_list() -> QuerySet[Any]:
    return _unlisted(CriticismCount.objects.all())


@check("criticism.claimed_by_list", _("Who makes points his own stands in the attendance list"))
def claimed_by_list() -> QuerySet[Any]:
    return _unlisted(Claim.objects.all())


@check("criticism.written_are_counted", _("No more criticisms of somebody are written down than are counted"))
def written_are_counted() -> QuerySet[Any]:
    """Each remark beside the number of its kind about the same person, and what is counted of that person."""
    written = SpokenRemark.objects.filter(kind=RemarkKind.CRITICISM).annotate(about=WHOM)
    same = {"meeting": OuterRef("meeting"), "about": OuterRef("about")}
    together = written.filter(**same).order_by().values("about").annotate(n=Count("pk")).values("n")
    counted = CriticismCount.objects.annotate(about=WHOM).filter(**same).values("number")
    rows = written.annotate(together=Subquery(together), counted=Coalesce(Subquery(counted), Value(0)))
    return rows.filter(counted__lt=F("together"))
