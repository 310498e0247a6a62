"""The month of a branch or of a member, and the address under which a telephone reads when the branch meets."""

from datetime import timedelta
from typing import Any

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import REFUSALS, perform, words_of
from branches.rights import Right
from branches.sign_in.limits import APP
from meetings.calendar import actions, feed
from meetings.calendar.month import address_of, meetings_of, month_asked, printed, weeks
from meetings.models import CalendarFeed, FeedSwitch
from meetings.plans.pages import branch_of
from meetings.plans.periods import period_of
from shell import confirm
from shell.address import client_address, neighbourhood
from shell.asked import asked


@require_safe
def calendar_month(request: AuthedRequest) -> HttpResponse:
    home = _home(request)
    context = {
        "home": home,
        "is_on": home is not None and _is_on(request, home),
        "feed": asked(CalendarFeed).visible_to(request.user).live().first(),
    }
    return render(request, "meetings/calendar_month.html", context | _month(request, None))


@require_safe
def calendar_branch(request: AuthedRequest, pk: int) -> HttpResponse:
    branch = branch_of(request, pk)
    context = {
        "is_on": _is_on(request, branch),
        "may_switch": request.user.may(Right.LEAD, branch),
    }
    return render(request, "meetings/calendar_branch.html", context | _month(request, branch))


@require_POST
def calendar_switch(request: AuthedRequest, pk: int) -> HttpResponse:
    branch = branch_of(request, pk)
    request.user.require(Right.LEAD, branch)
    on, back = request.POST.get("on") == "yes", reverse("calendar_branch", args=[pk])
    text = _(
        "Members can then read on a telephone when the branch meets: day and time only. The addresses lie outside this"
        " system; whoever has one can read it."
    )
    if on and (page := confirm.ask(request, title=_("Switch calendar addresses on?"), text=text, back=back)):
        return page
    done = _("Switched on.") if on else _("Switched off; all addresses have ended.")
    perform(request, lambda: actions.switch(branch, on=on, actor=request.user), done=done)
    return redirect(back)


@require_POST
@never_cache
def calendar_address_create(request: AuthedRequest) -> HttpResponse:
    """The only page that shows the address."""
    try:
        token = actions.make_address(_home(request), actor=request.user, address=client_address(request))
    except REFUSALS as refusal:
        return render(request, "meetings/calendar_address_create.html", {"refusal": words_of(refusal)})
    address = settings.PUBLIC_URL + reverse("calendar_feed", args=[token])
    return render(request, "meetings/calendar_address_create.html", {"address": address})


@require_POST
def calendar_address_end(request: AuthedRequest) -> HttpResponse:
    end = actions.end_address
    perform(request, lambda: end(actor=request.user, address=client_address(request)), done=_("The address has ended."))
    return redirect("calendar_month")


@login_not_required
@require_safe
@never_cache
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed; the same 404 for an address that never was, has ended, or is not to be read now."""
    place = neighbourhood(client_address(request))
    if not ratelimit.consume(request, app=APP, action="calendar_feed", key=place, limit_get=True):
        return HttpResponse(status=429, headers={"Retry-After": "900"})
    if (found := feed.found(token)) is None:
        raise Http404
    headers = {"X-Robots-Tag": "noindex", "Content-Disposition": "inline; filename=branch.ics"}
    return HttpResponse(feed.written(found), content_type="text/calendar; charset=utf-8", headers=headers)


def _home(request: AuthedRequest) -> Organisation | None:
    home: Organisation | None = None
    if path := request.user.reach.home_path:
        home = asked(Organisation).visible_to(request.user).filter(path=path).first()
    return home


def _is_on(request: AuthedRequest, branch: Organisation) -> bool:
    return bool(asked(FeedSwitch).visible_to(request.user).filter(organisation=branch.pk).exists())


def _month(request: AuthedRequest, branch: Organisation | None) -> dict[str, Any]:
    today = request.user.reach.day
    month = month_asked(request.GET.get("month", ""), today)
    rows = meetings_of(request.user, month, branch)
    return {
        "branch": branch,
        "month": month,
        "earlier": address_of(month.before),
        "later": address_of(period_of(month.last + timedelta(1), "month")),
        "weeks": printed(weeks(month, rows, today)),
        "has_meetings": bool(rows),
    }
