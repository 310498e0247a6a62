"""Pages of talks."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.http import AuthedRequest
from branches.models import Organisation
from branches.models.organisations import Kind
from branches.moving import moved
from branches.pages import REFUSALS, perform, words_of
from branches.rights import Right
from branches.rules.pages import may_set, year_of
from meetings.models import Talk
from meetings.talks import actions
from meetings.talks.board import READERS, board
from meetings.talks.filters import TalkFilter
from meetings.talks.forms import TriggerForm
from meetings.talks.lists import TALK_COLUMNS, TALK_READS
from meetings.talks.pages import Sheet, places, shown
from meetings.talks.triggers import triggers_of
from shell import lists
from shell.asked import asked
from workflow.actors import require_any

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def talk_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(Talk).visible_to(request.user)
    page = lists.page(
        request, rows, columns=TALK_COLUMNS, filters=TalkFilter, default_sort="-held_on", reads=TALK_READS
    )
    here = list(places(request.user)[:2])
    may = {
        "may_record": bool(here),
        "here": here[0] if len(here) == 1 else None,
        "may_export": request.user.may(Right.EXPORT, None),
    }
    return lists.render(request, "meetings/talk_list.html", page, **may)


@get_or_post
def talk_create(request: AuthedRequest) -> HttpResponse:
    here = places(request.user)
    key = request.GET.get("organisation", "")
    if not key.isdecimal():
        return _begin(request, list(here[:50]))
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=key)
    require_any(request.user, actions.WRITERS, Talk(organisation=organisation))
    sheet = Sheet(organisation, request.POST or None, request.user)
    if request.method == "POST" and sheet.is_valid() and (done := _saved(request, sheet)):
        return done
    return render(request, "meetings/talk_create.html", {"sheet": sheet, "organisation": organisation})


def _begin(request: AuthedRequest, here: list[Organisation]) -> HttpResponse:
    """The only branch at once, else a choice of them. Raises PermissionDenied where there is none."""
    if not here:
        raise PermissionDenied
    if len(here) == 1:
        return redirect(f"{reverse('talk_create')}?organisation={here[0].pk}")
    return render(request, "meetings/talk_choose.html", {"choices": here})


def _saved(request: AuthedRequest, sheet: Sheet) -> HttpResponse | None:
    try:
        count = sheet.save()
    except REFUSALS as refusal:
        sheet.day.add_error(None, words_of(refusal))
        return None
    messages.success(request, _("%(count)d talks recorded.") % {"count": count})
    return redirect("talk_list")


@require_safe
def talk_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Talk.objects.visible_to(request.user).select_related("organisation", "recorded_by")
    talk = get_object_or_404(rows, pk=pk)
    return render(request, "meetings/talk_detail.html", shown(talk, request.user))


@require_POST
def talk_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    talk = get_object_or_404(Talk.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    return moved(request, talk, name, actions.move)


@get_or_post
def trigger_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not may_set(request.user, organisation):
        raise PermissionDenied
    form = TriggerForm(request.POST or None, initial={"wording": "\n".join(triggers_of(organisation.path))})
    cancel = reverse("rule_list", args=[pk])
    if form.is_valid():
        lines = form.cleaned_data["wording"].splitlines()
        act: Any = lambda: actions.word_triggers(organisation, lines, actor=request.user)  # noqa: E731
        if perform(request, act, done=_("Saved.")):
            return redirect(cancel)
    told = {"form": form, "organisation": organisation, "cancel_url": cancel}
    return render(request, "meetings/trigger_edit.html", told)


@require_safe
def talk_coverage(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    require_any(request.user, READERS, organisation)
    if organisation.kind != Kind.BRANCH:
        raise Http404
    return render(request, "meetings/talk_coverage.html", board(organisation, year_of(request), request.user))
