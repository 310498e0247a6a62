"""What must hold of notices."""

from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from reminders import rules
from reminders.models import Notice
from workflow.checking import check


@check("reminders.rules_known", _("Every notice follows a known rule"))
def rules_known() -> QuerySet[Any]:
    return Notice.objects.exclude(rule__in=[rule.code for rule in rules.registered()])


@check("reminders.period_is_due_day", _("A notice is owed once for each due day"))
def period_is_due_day() -> QuerySet[Any]:
    return Notice.objects.annotate(day=Cast("due_on", CharField(max_length=20))).exclude(day=F("period"))
