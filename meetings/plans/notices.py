"""Notices about meetings to come: one to each member due, told neutrally: the form and the day, never the theme."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from branches.models import Exemption, Post
from branches.models.dated import holds
from branches.models.members import COMMITTEE_POSTS, RelationKind
from meetings.kinds import Form
from meetings.models import Meeting
from meetings.models.meetings import midnight
from meetings.states import State
from reminders import rules

KEPT = timedelta(30)  # as long the notice of a meeting that is cancelled counts as unread
RELATION = "organisation__relations__"
THAT_DAY: Any = OuterRef("held_day")


def _form_in_words() -> Case:
    with translation.override(settings.LANGUAGE_CODE):
        words = [When(form=form, then=Value(str(form.label))) for form in Form]
    return Case(When(~Q(form_name=""), then=F("form_name")), *words, output_field=CharField())


def _called(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Each meeting once a member due on its day, as `meetings.due.due_at` names them, but for those exempt; with
    `held_day` and the form in words."""
    on = TruncDate("started_at", tzinfo=timezone.get_default_timezone())
    here = holds(F("held_day"), RELATION) & Q(**{f"{RELATION}kind": RelationKind.FORMAL})  # type: ignore[arg-type]
    here &= ~Q(form=Form.GROUP_MEETING) | Q(**{f"{RELATION}group": F("group")})
    due = rows.annotate(held_day=on).filter(here).annotate(called=F(f"{RELATION}member"), words=_form_in_words())
    facts = {"member": OuterRef("called")}
    serves = Post.objects.filter(
        holds(THAT_DAY), kind__in=COMMITTEE_POSTS, organisation=OuterRef("organisation"), **facts
    )
    exempt = Exemption.objects.filter(holds(THAT_DAY), **facts)
    return due.filter(~Q(form=Form.COMMITTEE_MEETING) | Q(Exists(serves)), ~Exists(exempt))


def _announced(today: date) -> QuerySet[Any]:
    return _called(Meeting.objects.filter(state=State.ANNOUNCED, started_at__gte=midnight(today)))


def _cancelled(today: date) -> QuerySet[Any]:
    since = midnight(today - KEPT)
    return _called(Meeting.objects.filter(state=State.CANCELLED, announced_at__isnull=False, started_at__gte=since))


TOLD: dict[str, Any] = {"recipient": f"{RELATION}member", "label": "words", "due_on": "held_day",
                        "url_name": "meeting_detail"}  # fmt: skip
for _rule in (
    rules.Rule(
        "meeting_announced", _("%(subject)s on %(due)s: please see time and place on its page."),
        rows=lambda today: _announced(today).filter(reschedules=0), **TOLD,
    ),
    rules.Rule(
        "meeting_moved", _("%(subject)s has been moved to %(due)s or to another time or place: please see its page."),
        rows=lambda today: _announced(today).filter(reschedules__gt=0), period="reschedules", **TOLD,
    ),
    rules.Rule(
        "meeting_cancelled", _("%(subject)s planned for %(due)s does not take place."), rows=_cancelled, **TOLD,
    ),
):  # fmt: skip
    rules.register(_rule)
