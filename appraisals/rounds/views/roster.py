"""Pages of the roster 参评名册."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import RosterEntry
from appraisals.rounds import lists as columns
from appraisals.rounds.actions import roster as actions
from appraisals.rounds.filters import RosterFilter
from appraisals.rounds.forms import EventForm, OfferForm
from branches.http import AuthedRequest
from branches.pages import kept, perform
from shell import lists
from workflow.actors import require_any

PARTS = ("member", "organisation", "round", "round__organisation", "offered_to")


@require_safe
def appraisee_list(request: AuthedRequest) -> HttpResponse:
    rows = RosterEntry.objects.visible_to(request.user).select_related(*PARTS)
    page = lists.page(request, rows, columns=columns.ROSTER, filters=RosterFilter, default_sort="organisation")
    return lists.render(request, "appraisals/appraisee_list.html", page)


@require_safe
def appraisee_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    entry, user = _entry(request, pk), request.user
    may_keep = any(user.may(right, entry) for right in actions.KEEPERS)
    may_take = entry.offered_to is not None and any(user.may(right, entry.offered_to) for right in actions.KEEPERS)
    context = {"entry": entry, "events": entry.events.select_related("source", "target"), "history": entry.history}
    return render(request, "appraisals/appraisee_detail.html", {**context, "may_keep": may_keep, "may_take": may_take})


@require_http_methods(["GET", "HEAD", "POST"])
def appraisee_event(request: AuthedRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    require_any(request.user, actions.KEEPERS, entry)
    form = EventForm(request.POST or None)
    if form.is_valid() and kept(
        request, form, lambda: actions.note_event(entry, actor=request.user, **form.cleaned_data)
    ):
        return redirect(entry)
    return render(request, "appraisals/appraisee_event.html", {"form": form, "entry": entry})


@require_http_methods(["GET", "HEAD", "POST"])
def appraisee_offer(request: AuthedRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    require_any(request.user, actions.KEEPERS, entry)
    form = OfferForm(request.POST or None, user=request.user)
    if form.is_valid() and kept(request, form, lambda: actions.offer(entry, actor=request.user, **form.cleaned_data)):
        return redirect("appraisee_list")
    return render(request, "appraisals/appraisee_offer.html", {"form": form, "entry": entry})


@require_POST
def appraisee_answer(request: AuthedRequest, pk: int, answer: str) -> HttpResponse:
    if answer not in ("take", "refuse"):
        raise Http404
    entry = _entry(request, pk)
    done = _("Taken over for appraisal.") if answer == "take" else _("The member stays with the own branch.")
    perform(request, lambda: actions.answer(entry, takes=answer == "take", actor=request.user), done=done)
    return redirect("appraisee_list")


def _entry(request: AuthedRequest, pk: int) -> RosterEntry:
    return get_object_or_404(RosterEntry.objects.visible_to(request.user).select_related(*PARTS), pk=pk)
