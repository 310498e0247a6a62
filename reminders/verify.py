"""What must hold of notices and of the mails that carry them."""

from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from reminders import rules
from reminders.mail.states import State
from reminders.models import Delivery, Notice
from workflow.checking import check


@check("reminders.rules_known", _("Every notice follows a known rule"))
def rules_known() -> QuerySet[Any]:
    return Notice.objects.exclude(rule__in=[rule.code for rule in rules.registered()])


@check("reminders.period_is_due_day", _("A notice is owed once for each due day"))
def period_is_due_day() -> QuerySet[Any]:
    """Of a rule that names another period (a year, how often a meeting was moved) only its room knows it."""
    others = [rule.code for rule in rules.registered() if rule.period]
    rows = Notice.objects.exclude(rule__in=others).annotate(day=Cast("due_on", CharField(max_length=20)))
    return rows.exclude(period=F("day"))


@check("reminders.mailed_to_recipient", _("A notice is in no mail but one to its recipient"))
def mailed_to_recipient() -> QuerySet[Any]:
    return Notice.objects.exclude(delivery=None).exclude(delivery__user__member=F("recipient"))


@check("reminders.mails_tell", _("A daily reminder that was sent told something"))
def mails_tell() -> QuerySet[Any]:
    told = Notice.objects.filter(delivery=OuterRef("pk"))
    return Delivery.objects.filter(~Q(Exists(told)), kind="digest", state=State.SENT)
