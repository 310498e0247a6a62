"""What must hold of schedules."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.kinds import Form
from meetings.models import ScheduleStep
from meetings.schedule.steps import AFTER
from workflow.checking import check


@check("schedule.around_the_meeting", _("Steps before a meeting end by its day, those after it not earlier"))
def around_the_meeting() -> QuerySet[Any]:
    held = TruncDate("meeting__started_at", tzinfo=timezone.get_default_timezone())
    rows = ScheduleStep.objects.filter(meeting__form=Form.ORG_LIFE_MEETING).annotate(held_on=held)
    after = Q(code__in=sorted(AFTER))
    return rows.filter(~after & Q(due_on__gt=F("held_on")) | after & Q(due_on__lt=F("held_on")))
