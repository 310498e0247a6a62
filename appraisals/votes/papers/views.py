"""The report as a file, for whoever may print it; told to the audit log."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from appraisals.votes.finding import vote_of
from appraisals.votes.papers.actions import note_report
from appraisals.votes.papers.report import TITLE, document
from appraisals.votes.results import results_of
from appraisals.votes.sites.reading import sites_of
from branches.http import AuthedRequest
from papers.document import TYPE
from shell.address import client_address

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
@never_cache
def vote_word(request: AuthedRequest, pk: int) -> HttpResponse:
    """The report of a count, as far as its reader reads the totals."""
    vote = vote_of(request, pk)
    if not (results := results_of(vote, request.user)):
        raise Http404
    lines = sum(len(result.rows) for result in results)
    note_report(vote, lines, actor=request.user, address=client_address(request))
    name = quote(f"{vote.organisation.label}{vote.title}{TITLE}.docx")
    headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(document(vote, results, sites_of(vote)), content_type=TYPE, headers=headers)
