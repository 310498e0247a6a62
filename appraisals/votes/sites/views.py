"""The page on which sites and their forms are entered."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from appraisals.models import Vote
from appraisals.votes.finding import vote_of
from appraisals.votes.sites.actions import WRITERS, SitesChanged, write_sites
from appraisals.votes.sites.forms import SiteSheet
from appraisals.votes.sites.reading import sites_of
from branches.http import AuthedRequest
from branches.pages import kept
from workflow.actors import require_any


@require_http_methods(["GET", "HEAD", "POST"])
def vote_sites(request: AuthedRequest, pk: int) -> HttpResponse:
    vote = vote_of(request, pk)
    require_any(request.user, WRITERS, vote)
    if not vote.is_outside:
        raise Http404
    sites = sites_of(vote)
    sheet = SiteSheet(vote, sites, request.POST or None)
    if request.POST and sheet.is_valid() and _written(request, vote, sheet):
        return redirect(vote)
    told = {"vote": vote, "sheet": sheet, "theirs": sites if sheet.is_behind else None}
    return render(request, "appraisals/vote_sites.html", told, status=409 if sheet.is_behind else 200)


def _written(request: AuthedRequest, vote: Vote, sheet: SiteSheet) -> bool:
    try:
        return kept(request, sheet, partial(write_sites, vote, sheet.lines, actor=request.user, seen=sheet.seen))
    except SitesChanged:
        sheet.fall_behind()
        return False
