"""The page of decisions."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from meetings.decisions.lists import DECISION_COLUMNS, DECISION_READS, DecisionFilter
from meetings.models import Decision
from shell import lists
from shell.asked import asked


@require_safe
def decision_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(Decision).visible_to(request.user)
    page = lists.page(
        request, rows, columns=DECISION_COLUMNS, filters=DecisionFilter, default_sort="-held", reads=DECISION_READS
    )
    return lists.render(request, "meetings/decision_list.html", page)
