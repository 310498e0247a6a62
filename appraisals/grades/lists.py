"""The columns of the list of gradings."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisals.grades.models import Grading
from appraisals.grades.states import ABOVE, GRADED, TOLD
from appraisals.models import RosterEntry
from branches.models import User
from branches.models.members import Category
from shell.formats import day, link, state_badge
from shell.lists import Column


def listed(user: User) -> Any:
    """The gradings this person sees, each with its numbers: of members, none of them by grade."""
    rows = Grading.objects.visible_to(user).select_related("organisation", "round")
    return rows.annotate(
        due=_number(), decided=_number(graded_as__state__in=GRADED), told=_number(graded_as__state__in=TOLD),
        waiting=_number(graded_as__state__in=ABOVE),
    )  # fmt: skip


def _number(**more: Any) -> Coalesce:
    here = {"round": OuterRef("round"), "organisation": OuterRef("organisation")}
    rows = RosterEntry.objects.due().filter(category=Category.FORMAL, **here, **more).order_by()
    return Coalesce(Subquery(rows.values("organisation").annotate(n=Count("pk")).values("n")), 0)


def columns(reads: set[int]) -> Sequence[Column]:
    """Columns for somebody who reads the grades of the gradings with these keys, and of the others what is told."""

    def page(row: Grading) -> Any:
        name = "grading_detail" if row.pk in reads else "grading_announcement"
        return link(reverse(name, args=[row.pk]), row.organisation.label)

    return (
        Column("organisation", _("Branch"), page, sort="organisation__path", css="wide"),
        Column("round", _("Round"), lambda row: row.round.name, sort="round__year"),
        Column("due", _("To be graded"), lambda row: row.due, css="num"),
        Column("decided", _("Members graded"), lambda row: row.decided, css="num"),
        Column("told", _("Members told of their grade"), lambda row: row.told, css="num"),
        Column("waiting", _("Waiting for the superior"), lambda row: row.waiting or "", css="num"),
        Column("announced_on", _("Announced on"), lambda row: day(row.announced_on), sort="announced_on", css="nowrap"),
        Column("state", _("State"), state_badge, sort="state", css="nowrap"),
    )
