"""Days off of a place: read by whoever belongs there, laid down by superiors."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from branches.actions import days_off as actions
from branches.days_off.forms import DaysForm
from branches.days_off.pages import table
from branches.http import AuthedRequest
from branches.models import DayOff
from branches.pages import perform
from branches.rights import Right
from branches.rules.pages import may_set, place_of, year_of


@require_http_methods(["GET", "HEAD", "POST"])
def day_off_list(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation, year = place_of(request, pk), year_of(request)
    if request.method == "POST" and not may_set(request.user, organisation):
        raise PermissionDenied
    form = DaysForm(request.POST or None)
    if form.is_valid():
        lines = form.cleaned_data["lines"]
        act = lambda: actions.lay_down_days(organisation, lines, actor=request.user)  # noqa: E731
        if perform(request, act, done=_("Saved.")):
            year = lines[0].day.year if lines else year
            return redirect(f"{reverse('day_off_list', args=[pk])}?year={year}")
    return render(request, "branches/day_off_list.html", {**table(organisation, year, request.user), "form": form})


@require_POST
def day_off_withdraw(request: AuthedRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(DayOff.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    request.user.require(Right.ARRANGE, row)
    perform(request, lambda: actions.withdraw_day(row, actor=request.user), done=_("Taken back."))
    return redirect(f"{reverse('day_off_list', args=[row.organisation_id])}?year={row.day.year}")
