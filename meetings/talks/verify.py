"""What must hold of talks."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models import Talk
from workflow.checking import check


@check("talks.persons_counted", _("A talk has somebody who talked, and counts whoever was talked with"))
def persons_counted() -> QuerySet[Any]:
    led = Count("parties", filter=Q(parties__leads=True))
    counted = Coalesce(Sum("parties__count", filter=Q(parties__leads=False)), 0)
    return Talk.objects.annotate(led=led, counted=counted).exclude(led__gte=1, counted=F("persons"))


@check("talks.held", _("A talk is recorded after it took place"))
def held() -> QuerySet[Any]:
    return Talk.objects.filter(held_on__gt=timezone.localdate())
