"""What is kept how long here, and what was destroyed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from branches.models import Organisation
from branches.retention.actions import DESTROYED
from branches.retention.kinds import Kind, registered
from branches.rules.pages import may_set, year_of
from branches.rules.sets import InForce, RuleSet
from branches.rules.table import Severity
from workflow.models import History

SHOWN = 50  # of what was destroyed, the newest


@require_safe
def retention_list(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not request.user.reach.takes_part:
        raise PermissionDenied
    year = year_of(request)
    rules = RuleSet(organisation.path, year)
    told: dict[str, Any] = {
        "organisation": organisation,
        "year": year,
        "years": (year - 1, year, year + 1),
        "rows": [_row(kind, rules) for kind in registered()],
        "may_set": may_set(request.user, organisation),
        "destroyed": History.objects.of(organisation).filter(move=DESTROYED).order_by("-pk")[:SHOWN],
    }
    return render(request, "branches/retention_list.html", told)


def _row(kind: Kind, rules: RuleSet) -> tuple[Kind, InForce | None, str]:
    """A kind, its rule as it holds here, None where none is asked, and how long it is kept in words."""
    held = rules.of(kind.code) if kind.days is not None else None
    if held is None:
        return kind, None, _("For good")
    if held.severity == Severity.OFF:
        return kind, held, _("Until the rule is applied again")
    return kind, held, _("%(days)d days") % held.numbers
