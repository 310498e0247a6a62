"""What the pages of rules show: the table of a place and year, and one rule."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.safestring import SafeString

from branches.http import AuthedRequest
from branches.models import Organisation, RuleOverride, User
from branches.models.organisations import Kind
from branches.rights import Right
from branches.rules.sets import InForce, RuleSet
from branches.rules.table import TONES, find
from shell.formats import badge
from workflow.models import History

YEARS = range(2000, 2100)


def year_of(request: AuthedRequest) -> int:
    """The year that ?year= names, else this one. Raises Http404 for none that is one."""
    this = timezone.localdate().year
    asked = request.GET.get("year", "") or str(this)
    if not (asked.isdecimal() and asked.isascii() and int(asked) in YEARS):
        raise Http404
    return int(asked)


def place_of(request: AuthedRequest, pk: int) -> Organisation:
    """The organisation, for somebody who takes part in the life there. Raises Http404, PermissionDenied."""
    organisation: Organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not request.user.reach.takes_part:
        raise PermissionDenied
    return organisation


def may_set(user: User, organisation: Organisation) -> bool:
    """True if this person sets rules there: at a superior organisation, never at a branch."""
    return organisation.kind != Kind.BRANCH and user.may(Right.ARRANGE, organisation)


def severity_badge(held: InForce) -> SafeString:
    return badge(held.severity.label, TONES[held.severity])


def table(organisation: Organisation, year: int, user: User) -> dict[str, Any]:
    """The rules in force, the years beside, and what this person may do."""
    rules = list(RuleSet(organisation.path, year))
    before = RuleOverride.objects.visible_to(user).standing().filter(organisation=organisation, year=year - 1)
    may = may_set(user, organisation)
    return {
        "organisation": organisation,
        "year": year,
        "years": (year - 1, year, year + 1),
        "rows": [(held, severity_badge(held)) for held in rules],
        "may_set": may,
        "may_copy": may and before.exists(),
    }


def one_rule(organisation: Organisation, year: int, code: str, user: User) -> dict[str, Any]:
    """One rule at a place: how it holds, what was set right here, and its history. Raises Http404 for no such rule."""
    if year not in YEARS or find(code) is None:
        raise Http404
    held = RuleSet(organisation.path, year).of(code)
    rows = RuleOverride.objects.visible_to(user).filter(organisation=organisation, year=year, code=code)
    newest = rows.order_by("-pk").first()
    own = newest if newest and newest.withdrawn_at is None else None
    entries = [entry for row in rows.order_by("pk") for entry in History.objects.of(row)]
    return {"organisation": organisation, "year": year, "held": held, "own": own, "entries": entries,
            "severity": severity_badge(held)}  # fmt: skip
