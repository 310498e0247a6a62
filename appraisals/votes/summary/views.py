"""The page of committees rated below one, as the list of votes was narrowed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from appraisals.models import Vote
from appraisals.votes.filters import VoteFilter
from appraisals.votes.results import committees_rated
from appraisals.votes.states import VoteState
from appraisals.votes.summary.table import OPTIONS, SHARE, Table
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.rights import Right

MOST = 500


@require_safe
def vote_summary(request: AuthedRequest) -> HttpResponse:
    """What the reader sees of confirmed votes: a withheld one stands there without numbers and enters no total."""
    rows = Vote.objects.visible_to(request.user).filter(state=VoteState.CONFIRMED)
    rows = VoteFilter(request.GET, queryset=rows, request=request).qs.select_related("organisation", "poll")
    table = Table(committees_rated(list(rows.order_by("organisation__path", "held_on", "pk")[:MOST])))
    told = {"table": table, "options": OPTIONS, "share": SHARE, "query": request.GET.urlencode(), "most": MOST}
    told |= {"unit": _unit(request), "may_export": request.user.may(Right.EXPORT, None)}
    return render(request, "appraisals/vote_summary.html", told | {"style": static("branchlife/print-a4-wide.css")})


def _unit(request: AuthedRequest) -> Organisation | None:
    """Where the table is made: the place asked for, else the topmost organisation one sees."""
    places, key = Organisation.objects.visible_to(request.user), request.GET.get("place", "")
    return (places.filter(pk=key).first() if key.isdecimal() else None) or places.order_by("path").first()
