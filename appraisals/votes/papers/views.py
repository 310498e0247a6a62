"""Reports as a file, of one vote or of those ticked, for whoever may print them; told to the audit log."""

from collections.abc import Sequence
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from appraisals.models import Vote
from appraisals.votes.actions import COUNTERS
from appraisals.votes.finding import vote_of
from appraisals.votes.papers.actions import note_reports
from appraisals.votes.papers.report import TITLE, Report, document
from appraisals.votes.results import results_of, results_of_all
from appraisals.votes.sites.reading import sites_of
from branches.http import AuthedRequest
from papers.document import TYPE
from shell.address import client_address
from shell.lists import selected

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
@never_cache
def vote_word(request: AuthedRequest, pk: int) -> HttpResponse:
    """The report of a count, as far as its reader reads the totals."""
    vote = vote_of(request, pk)
    if not (results := results_of(vote, request.user)):
        raise Http404
    return _file(request, f"{vote.organisation.label}{vote.title}{TITLE}", [(vote, results, sites_of(vote))])


@require_POST
@never_cache
def vote_words(request: AuthedRequest) -> HttpResponse:
    """The reports of the votes ticked, in the order of branches: those that were counted and that he may print."""
    rows = Vote.objects.visible_to(request.user).filter(pk__in=selected(request))
    rows = rows.select_related("organisation", "poll", "scrutineer", "teller").prefetch_related("sites")
    rows = rows.order_by("organisation__path", "held_on", "pk")
    votes = [one for one in rows if any(request.user.may(right, one) for right in COUNTERS)]
    results = results_of_all(votes, request.user)
    if not results:
        messages.error(request, _("No report among the votes ticked: please tick votes that were counted."))
        return redirect("vote_list")
    return _file(request, TITLE, [(one, results[one.pk], sites_of(one)) for one in votes if one.pk in results])


def _file(request: AuthedRequest, title: str, reports: Sequence[Report]) -> HttpResponse:
    votes = [vote for vote, *_more in reports]
    lines = sum(len(result.rows) for _vote, results, _sites in reports for result in results)
    note_reports(votes, lines, actor=request.user, address=client_address(request))
    headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(title)}.docx"}
    return HttpResponse(document(title, reports), content_type=TYPE, headers=headers)
