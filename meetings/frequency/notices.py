"""When most of a period is over and a form of meeting is not held: told to the secretary of the branch alone, once."""

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import CharField, DateField, Exists, OuterRef, Q, QuerySet, Value
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from branches.capabilities import CAPABILITIES
from branches.models import Group, Organisation, Post
from branches.models.dated import holds
from branches.models.members import PostKind
from branches.models.organisations import Mode
from branches.rules.wide import applied
from meetings.frequency.reading import MEMBERS_OF_COMMITTEE
from meetings.frequency.table import FREQUENCIES, NEAR, Frequency
from meetings.models import FormExemption, Meeting
from meetings.plans.periods import Period, period_of
from meetings.states import HELD
from reminders import rules

ASKED = [kind for kind, capability in CAPABILITIES.items() if capability.is_asked_often]


def near_end(frequency: Frequency, today: date) -> QuerySet[Any]:
    """Branches online that hold nothing of this form yet though the period is nearly over, each once a secretary; with
    the form in words and the last day of the period."""
    period = period_of(today, frequency.period)
    rows = Organisation.objects.filter(_whole(period), branch_kind__in=ASKED, mode=Mode.ONLINE)
    rows = applied(frequency.code, rows, period.year).filter(_lacks(frequency, period, today))
    exempt = FormExemption.objects.standing().filter(_whole(period), organisation=OuterRef("pk"), form=frequency.form)
    named = rows.filter(~Exists(exempt)).filter(holds(today, "posts__"), posts__kind=PostKind.SECRETARY)
    with translation.override(settings.LANGUAGE_CODE):
        words = Value(str(frequency.form.label), CharField())
    found = named.annotate(words=words, ends_on=Value(period.last, DateField()))
    return found if today >= period.day_at(NEAR) else found.none()


def _whole(period: Period) -> Q:
    """The condition that a dated row holds on every day of the period."""
    return Q(since__lte=period.first) & (Q(until=None) | Q(until__gte=period.last))


def _lacks(frequency: Frequency, period: Period, today: date) -> Q:
    begins, ends = period.moments
    held = Meeting.objects.filter(state__in=HELD, started_at__gte=begins, started_at__lt=ends)
    held = held.counting_as(frequency.form)
    if frequency.asks == "groups":
        groups = Group.objects.filter(_whole(period), organisation=OuterRef("pk"))
        return Q(Exists(groups.filter(~Exists(held.filter(group=OuterRef("pk"))))))
    lacks = Q(~Exists(held.filter(organisation=OuterRef("pk"))))
    if frequency.asks == "committee":
        members = Post.objects.filter(holds(today), kind__in=MEMBERS_OF_COMMITTEE, organisation=OuterRef("pk"))
        lacks &= Q(Exists(members))
    return lacks


for _frequency in FREQUENCIES:
    rules.register(
        rules.Rule(
            f"frequency_{_frequency.code}",
            _("%(subject)s: this period ends on %(due)s, and none has been recorded yet."),
            rows=partial(near_end, _frequency),
            recipient="posts__member",
            label="words",
            organisation="posts__organisation",
            due_on="ends_on",
            url_name="frequency_board",
        )
    )
