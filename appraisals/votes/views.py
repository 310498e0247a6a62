"""Pages of a vote: laying down, paper, slips, counting."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import Vote
from appraisals.votes import actions
from appraisals.votes.actions import COUNTERS
from appraisals.votes.count_forms import LATE, HalvesForm, SpareForm, TotalsForm, VoidSlipForm
from appraisals.votes.filters import VoteFilter
from appraisals.votes.finding import vote_of
from appraisals.votes.forms import VoteForm
from appraisals.votes.lists import REPORTS, VOTE_COLUMNS, VOTE_READS
from appraisals.votes.meeting import begun
from appraisals.votes.pages import (
    LIMIT,
    casting_address,
    cautions_of,
    halves_shown,
    place_of,
    places,
    printed_slips,
    shown,
    totals_table,
)
from appraisals.votes.results import is_whole, results_of
from appraisals.votes.sites.reading import sites_of
from appraisals.votes.states import KEEPERS, TELLERS, WRITERS, VoteState
from ballots.marks import lines_of
from branches import moving
from branches.http import AuthedRequest
from branches.pages import REFUSALS, kept, perform, words_of
from shell import lists
from shell.asked import asked
from workflow.actors import require_any

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
PRINTED_ONCE = gettext_lazy(
    "The slips were printed once and are shown no more. For single ones there are spare slips; if none could be used, "
    "make the vote void and vote again, or go on with paper."
)
PAPERS = {
    "ballot": gettext_lazy("Ballot paper"),
    "tally": gettext_lazy("Tally sheet"),
    "report": gettext_lazy("Report of the count"),
}


@require_safe
def vote_list(request: AuthedRequest) -> HttpResponse:
    may_write = places(request.user).exists()
    page = lists.page(
        request, asked(Vote).visible_to(request.user), columns=VOTE_COLUMNS, filters=VoteFilter,
        default_sort="-held_on", reads=VOTE_READS, deeds=[REPORTS] if may_write else [],
    )  # fmt: skip
    return lists.render(request, "appraisals/vote_list.html", page, may_write=may_write)


@get_or_post
def vote_create(request: AuthedRequest) -> HttpResponse:
    """First the branch, where there are several; then the page of vote_edit."""
    place = place_of(request)
    if place is None:
        return render(request, "appraisals/vote_choose.html", {"choices": places(request.user)[:LIMIT]})
    vote = begun(place, request.GET.get("meeting", ""), timezone.localdate(), request.user)
    require_any(request.user, WRITERS, vote)
    return _edited(request, vote)


@get_or_post
def vote_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    vote = vote_of(request, pk)
    require_any(request.user, WRITERS, vote)
    return _edited(request, vote)


def _edited(request: AuthedRequest, vote: Vote) -> HttpResponse:
    form = VoteForm(request.POST or None, instance=vote, user=request.user)
    if form.is_valid() and kept(
        request,
        form,
        lambda: actions.lay_down(form.instance, form.wanted(), actor=request.user, along=form.branches_along),
    ):
        return redirect("vote_detail", form.instance.pk)
    return render(request, "appraisals/vote_edit.html", {"form": form, "vote": vote})


@require_safe
@never_cache
def vote_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "appraisals/vote_detail.html", shown(vote_of(request, pk), request.user))


@require_safe
@never_cache
def vote_paper(request: AuthedRequest, pk: int, form: str) -> HttpResponse:
    """Ballot paper, tally sheet and report, to print."""
    vote = vote_of(request, pk)
    require_any(request.user, COUNTERS, vote)
    if form not in PAPERS:
        raise Http404
    told: dict[str, Any] = {"vote": vote, "form": form, "title": PAPERS[form]}
    told |= {
        "sheets": shown(vote, request.user)["sheets"],
        "sites": sites_of(vote),
        "style": static("branchlife/print-a4.css"),
    }
    results = results_of(vote, request.user) if form == "report" else []
    return render(request, "appraisals/vote_paper.html", told | {"results": results, "is_whole": is_whole(results)})


@get_or_post
@never_cache
def vote_totals(request: AuthedRequest, pk: int) -> HttpResponse:
    """Totals counted on paper."""
    vote = vote_of(request, pk)
    require_any(request.user, COUNTERS, vote)
    lines = lines_of(vote.poll)
    form = TotalsForm(request.POST or None, lines=lines, issued=vote.voters, sites=sites_of(vote))
    if form.is_valid() and kept(
        request, form, lambda: actions.type_totals(vote, form.numbers(), form.marks(), actor=request.user)
    ):
        return redirect(vote)
    table = totals_table(form, lines, vote.poll.sheets.values_list("pk", "title"))
    return render(
        request, "appraisals/vote_totals.html", {"form": form, "vote": vote, "sites": form.sites, "table": table}
    )


# --- Slips ----------------------------------------------------------------------------------------------------------
@get_or_post
@never_cache
def vote_slips(request: AuthedRequest, pk: int) -> HttpResponse:
    """What is ticked before slips are printed, then the slips, this once."""
    vote = vote_of(request, pk)
    require_any(request.user, KEEPERS, vote)
    told: dict[str, Any] = {"vote": vote, "address": casting_address()}
    if request.method == "POST":
        try:
            return _printed(request, vote, actions.hand_out(vote, actor=request.user, halved="halved" in request.POST))
        except REFUSALS as refusal:
            told["wrong"] = words_of(refusal)
    elif vote.state != VoteState.PREPARED:
        messages.info(request, PRINTED_ONCE)
        return redirect(vote)
    return render(request, "appraisals/vote_slips.html", told)


@get_or_post
@never_cache
def vote_spare(request: AuthedRequest, pk: int) -> HttpResponse:
    vote = vote_of(request, pk)
    require_any(request.user, KEEPERS, vote)
    form = SpareForm(request.POST or None)
    if form.is_valid():
        number, reason, late = (form.cleaned_data[name] for name in ("number", "reason", "why"))
        try:
            printed = actions.print_spare(vote, number, reason, actor=request.user, late=late == LATE)
            return _printed(request, vote, printed)
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
    return render(request, "appraisals/vote_spare.html", {"form": form, "vote": vote})


def _printed(request: AuthedRequest, vote: Vote, printed: actions.Printed) -> HttpResponse:
    told = {"vote": vote, "slips": printed_slips(printed), "halves": halves_shown(printed.halves)}
    style = static("branchlife/print-a4.css")
    return render(request, "appraisals/vote_slips.html", {**told, "style": style, "address": casting_address()})


@get_or_post
def vote_void_slip(request: AuthedRequest, pk: int) -> HttpResponse:
    vote = vote_of(request, pk)
    require_any(request.user, TELLERS, vote)
    form = VoidSlipForm(request.POST or None)
    if form.is_valid() and kept(
        request, form, lambda: actions.void_slip(vote, form.cleaned_data["code"], actor=request.user)
    ):
        return redirect(vote)
    return render(request, "appraisals/vote_void_slip.html", {"form": form, "vote": vote})


@get_or_post
@never_cache
def vote_count(request: AuthedRequest, pk: int) -> HttpResponse:
    """Opening the box."""
    vote = vote_of(request, pk)
    require_any(request.user, TELLERS, vote)
    form = HalvesForm(request.POST or None)
    if form.is_valid() and kept(
        request, form, lambda: actions.count_box(vote, tuple(form.cleaned_data.values()), actor=request.user)
    ):
        return redirect(vote)
    return render(request, "appraisals/vote_count.html", {"form": form, "vote": vote})


@require_POST
def vote_repeat(request: AuthedRequest, pk: int) -> HttpResponse:
    vote = vote_of(request, pk)
    require_any(request.user, WRITERS, vote)
    made: list[Vote] = []
    done = perform(request, lambda: made.append(actions.repeat(vote, actor=request.user)), done=_("Laid down anew."))
    return redirect(made[0] if done else vote)


@require_POST
def vote_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    vote = vote_of(request, pk)
    return moving.moved(request, vote, name, actions.move, cautions_of(vote))
