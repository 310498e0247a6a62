"""What the pages of common problems show."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches import moving
from branches.models import Organisation, User
from branches.models.organisations import Kind
from branches.rights import Right
from rectification.models import CommonProblem, Problem
from rectification.problems.states import LIVING, ProblemState
from shell.formats import day, link, state_badge
from shell.lists import Column


def listed(user: User) -> Any:
    """The common problems this person sees."""
    return CommonProblem.objects.visible_to(user).select_related("organisation")


def columns(numbers: dict[int, tuple[int, int]]) -> tuple[Column, ...]:
    """The table; `numbers` is filled once the page is known."""
    return (
        Column("text", _("Common problem"), lambda row: link(row.get_absolute_url(), str(row)), css="wide"),
        Column("organisation", _("Organisation"), lambda row: row.organisation.label, sort="organisation__path"),
        Column("number", _("Problems"), lambda row: numbers.get(row.pk, (0, 0))[0], css="num"),
        Column("living", _("Not closed"), lambda row: numbers.get(row.pk, (0, 0))[1], css="num"),
        Column("due_on", _("To be put right by"), lambda row: day(row.due_on), sort="due_on", css="nowrap"),
        Column("state", _("State"), state_badge, sort="state", css="nowrap"),
    )


def numbers_of(keys: list[int], user: User) -> dict[int, tuple[int, int]]:
    """By key of a common problem how many of its problems this person sees, and how many of them are not closed."""
    rows = Problem.objects.visible_to(user).in_figures().filter(common__in=keys).order_by()
    found = rows.values_list("common").annotate(n=Count("pk"), living=Count("pk", filter=Q(state__in=LIVING)))
    return {key: (number, living) for key, number, living in found}


def places(user: User) -> Any:
    """The organisations for which this person may name one: those above branches that he arranges."""
    rows = Organisation.objects.visible_to(user)
    return rows.filter(rows.of_oversight(user, Right.ARRANGE)).exclude(kind=Kind.BRANCH).open().order_by("path")


def cautions(common: CommonProblem, user: User) -> dict[str, str]:
    """What is said before it is called settled: how many of its problems are not closed."""
    living = numbers_of([common.pk], user).get(common.pk, (0, 0))[1]
    return {"close": str(_("%(n)d of its problems are not closed yet.") % {"n": living})} if living else {}


def shown(common: CommonProblem, user: User) -> dict[str, Any]:
    """The page of one: its words, how many problems stand where, and who has none yet."""
    rows = Problem.objects.visible_to(user).in_figures().filter(common=common.pk).order_by()
    by_state = dict(rows.values_list("state").annotate(n=Count("pk")))
    address = f"{reverse('problem_list')}?common={common.pk}"
    tiles = [(state.label, by_state.get(state, 0), f"{address}&state={state}") for state in ProblemState
             if state != ProblemState.VOID]  # fmt: skip
    return {
        "common": common,
        "tiles": tiles,
        "branches": rows.values("organisation").distinct().count(),
        "total": sum(by_state.values()),
        "address": address,
        "may_change": common.state == CommonProblem.State.OPEN and user.may(Right.ARRANGE, common),
        **moving.shown(common, user, cautions(common, user)),
    }
