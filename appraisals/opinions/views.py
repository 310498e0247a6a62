"""Pages of opinions."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import ChannelCount, Opinion, OpinionPage
from appraisals.opinions import actions
from appraisals.opinions.desk import Desk, desks, entries_of, places
from appraisals.opinions.doors.actions import OPENERS
from appraisals.opinions.filters import ChannelFilter, OpinionFilter
from appraisals.opinions.forms import AboutForm, ChannelForm, OpinionForm, SealForm
from appraisals.opinions.lists import (
    CHANNEL_COLUMNS,
    CHANNEL_READS,
    GATHER,
    OPINION_COLUMNS,
    OPINION_READS,
    sortable,
)
from appraisals.opinions.pages import Figures, entered_today, shown
from appraisals.opinions.receivers import receivers_of
from branches import moving
from branches.http import AuthedRequest
from branches.pages import REFUSALS, perform, words_of
from branches.rights import Right
from shell import lists
from shell.address import client_address
from shell.asked import asked

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
BEGIN = ("channel", "target", "noted_on")  # what the next entry begins with


@require_safe
def opinion_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(Opinion).visible_to(request.user).select_related("organisation", "round")
    deeds = [GATHER] if asked(Opinion).awaiting(request.user).exists() else []
    page = lists.page(
        request, rows, columns=OPINION_COLUMNS, filters=OpinionFilter, default_sort="-noted_on", deeds=deeds,
        key=sortable, reads=OPINION_READS,
    )  # fmt: skip
    may_enter = any(request.user.may(right, None) for right in actions.WRITERS)
    doors = asked(OpinionPage).visible_to(request.user).exclude(state__in=["refused", "closed"])
    shown_doors = list(doors.select_related("organisation").order_by("-pk")[:5])
    return lists.render(request, "appraisals/opinion_list.html", page, may_enter=may_enter, doors=shown_doors)


@get_or_post
def opinion_create(request: AuthedRequest) -> HttpResponse:
    desk = Desk.of(request)
    if desk is None:
        return _choose(request, "opinion_create")
    begin = {"noted_on": timezone.localdate(), **{name: request.GET[name] for name in BEGIN if name in request.GET}}
    form = OpinionForm(request.POST or None, initial=begin, organisation=desk.organisation, user=request.user)
    act = request.POST.get("act", "")
    if request.method == "POST" and act != "edit" and form.is_valid():
        entries = entries_of(form.cleaned_data, as_one=act == "one")
        if len(entries) > 1 and act != "save":
            return render(request, "appraisals/opinion_preview.html", {"form": form, "entries": entries, "desk": desk})
        if _saved(request, desk, form, entries):
            return redirect(f"{request.path}?{desk.query(**form.next_begins())}")
    return render(request, "appraisals/opinion_create.html", _writing(desk, form))


def _choose(request: AuthedRequest, name: str) -> HttpResponse:
    """Where, and in which round: the only one at once. Raises PermissionDenied where there is none."""
    here = places(request.user)
    word = request.GET.get("q", "").strip()[:40]
    found = list((here.filter(name__icontains=word) if word else here)[:50])
    if not found and not word:
        raise PermissionDenied
    choices = desks(request.user, found)
    if len(choices) == 1 and not word:
        return redirect(f"{reverse(name)}?{Desk(choices[0][1], choices[0][0], request.user).query()}")
    return render(request, "appraisals/opinion_choose.html", {"choices": choices, "word": word})


def _saved(request: AuthedRequest, desk: Desk, form: OpinionForm, entries: list[actions.Entry]) -> bool:
    found = form.cleaned_data
    try:
        actions.enter(desk.round, desk.organisation, found["channel"], found["noted_on"], entries, actor=request.user)
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return False
    count = sum(entry.count for entry in entries)
    told = _("%(rows)d opinions entered, %(count)d mentions.") % {"rows": len(entries), "count": count}
    messages.success(request, told)
    return True


def _writing(desk: Desk, form: OpinionForm) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "desk": desk,
        "form": form,
        "people": desk.names(today),
        "today": entered_today(desk.user, desk.round, desk.organisation),
    }


@require_safe
def opinion_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    opinion = _opinion(request, pk)
    told = shown(opinion, request.user)
    count = bool(told["text"] or told["sealed"])
    actions.note_reading(opinion, count, actor=request.user, address=client_address(request))
    return render(request, "appraisals/opinion_detail.html", told)


@get_or_post
def opinion_retarget(request: AuthedRequest, pk: int) -> HttpResponse:
    opinion = _opinion(request, pk)
    request.user.require(Right.SORT_OPINIONS, opinion)
    begin = {"target": opinion.target, "person": opinion.concerns or ""}
    form = AboutForm(request.POST or None, initial=begin, organisation=opinion.organisation, user=request.user)
    if form.is_valid():
        about = form.cleaned_data["target"], form.cleaned_data["concerns"]
        if perform(request, lambda: actions.retarget(opinion, *about, actor=request.user), done=_("Saved.")):
            return redirect("opinion_list")  # perhaps it is somebody else's to read from now on
    told = {"form": form, "opinion": opinion, "cancel_url": opinion.get_absolute_url()}
    return render(request, "appraisals/opinion_retarget.html", told)


@get_or_post
def opinion_seal(request: AuthedRequest, pk: int) -> HttpResponse:
    opinion = _opinion(request, pk)
    request.user.require(Right.SORT_OPINIONS, opinion)
    form = SealForm(request.POST or None, receivers=receivers_of(opinion))
    if form.is_valid():
        act = lambda: actions.seal(opinion, form.chosen, actor=request.user)  # noqa: E731
        if perform(request, act, done=_("Handed over. The register says nothing more of it.")):
            return redirect("opinion_list")
    told = {"form": form, "opinion": opinion, "cancel_url": opinion.get_absolute_url()}
    return render(request, "appraisals/opinion_seal.html", told)


@require_POST
def opinion_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _opinion(request, pk), name, actions.move)


@require_safe
def opinion_figures(request: AuthedRequest) -> HttpResponse:
    may_enter = any(request.user.may(right, None) for right in actions.WRITERS)
    return render(request, "appraisals/opinion_figures.html", {"board": Figures(request), "may_enter": may_enter})


@require_safe
def opinion_summary(request: AuthedRequest) -> HttpResponse:
    """征求意见汇总表, to print."""
    told = {"board": Figures(request), "may_export": request.user.may(Right.EXPORT, None)}
    return render(request, "appraisals/opinion_summary.html", told | {"style": static("branchlife/print-a4.css")})


@require_safe
def channel_list(request: AuthedRequest) -> HttpResponse:
    rows = ChannelCount.objects.visible_to(request.user).select_related("organisation", "round")
    page = lists.page(
        request, rows, columns=CHANNEL_COLUMNS, filters=ChannelFilter, default_sort="organisation__path",
        reads=CHANNEL_READS,
    )  # fmt: skip
    return lists.render(request, "appraisals/channel_list.html", page)


@get_or_post
def channel_edit(request: AuthedRequest) -> HttpResponse:
    desk = Desk.of(request)
    if desk is None:
        return _choose(request, "channel_edit")
    form = ChannelForm(request.POST or None, initial=_numbers(request, desk))
    if form.is_valid():
        found, at = form.cleaned_data, (desk.round, desk.organisation)
        act = lambda: actions.count_channels(*at, form.counted, found["counted_on"], actor=request.user)  # noqa: E731
        if perform(request, act, done=_("Saved.")):
            return redirect(f"{reverse('opinion_figures')}?round={desk.round.pk}&place={desk.organisation.pk}")
    told = {"form": form, "desk": desk, "cancel_url": reverse("opinion_figures")}
    return render(request, "appraisals/channel_edit.html", told)


def _numbers(request: AuthedRequest, desk: Desk) -> dict[str, object]:
    """What stands there now."""
    rows: QuerySet[ChannelCount] = ChannelCount.objects.visible_to(request.user)
    begin: dict[str, object] = {"counted_on": timezone.localdate()}
    for row in rows.filter(round=desk.round, organisation=desk.organisation):
        for name in ("issued", "returned", "approximate"):
            begin[f"{name}_{row.channel}"] = getattr(row, name)
    return begin


@require_safe
def opinion_form(request: AuthedRequest) -> HttpResponse:
    """The sheet on paper: the equal way."""
    desk = Desk.of(request)
    if desk is None:
        return _choose(request, "opinion_form")
    may_open = any(request.user.may(right, OpinionPage(organisation=desk.organisation)) for right in OPENERS)
    return render(request, "appraisals/opinion_form.html", {"desk": desk, "may_open": may_open})


def _opinion(request: AuthedRequest, pk: int) -> Opinion:
    rows = Opinion.objects.visible_to(request.user).select_related("organisation", "round", "concerns")
    return get_object_or_404(rows, pk=pk)
