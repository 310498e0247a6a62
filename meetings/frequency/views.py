"""Pages of the frequency of meetings, and of exemptions from it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters import FilterSet

from branches import moving
from branches.filters import OrganisationFilter
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import kept
from branches.rights import Right
from branches.rules.pages import year_of
from meetings.frequency import actions
from meetings.frequency.forms import ExemptionForm
from meetings.frequency.pages import board_of, columns, read_by, told_of
from meetings.models import FormExemption
from meetings.plans.pages import branch_of
from shell import lists


class BranchFilter(FilterSet):
    organisation = OrganisationFilter(path="path")


@require_safe
def frequency_list(request: AuthedRequest) -> HttpResponse:
    year: int = year_of(request)
    told: dict[int, Any] = {}
    rows = Organisation.objects.visible_to(request.user).read_by(request.user).branches().open()
    page = lists.page(request, rows, columns=columns(year, told), filters=BranchFilter, default_sort="path")
    told |= told_of(page.objects, year, request.user)
    context = {"year": year, "years": (year - 1, year, year + 1)}
    return lists.render(request, "meetings/frequency_list.html", page, **context)


@require_safe
def frequency_board(request: AuthedRequest, pk: int) -> HttpResponse:
    branch = read_by(request, pk)
    return render(request, "meetings/frequency_board.html", board_of(branch, year_of(request), request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def form_exemption_create(request: AuthedRequest, pk: int) -> HttpResponse:
    branch = branch_of(request, pk)
    request.user.require(Right.ARRANGE, branch)
    form, back = ExemptionForm(request.POST or None), reverse("frequency_board", args=[pk])
    if form.is_valid() and kept(request, form, lambda: actions.exempt(branch, actor=request.user, **form.cleaned_data)):
        return redirect(back)
    context = {"form": form, "organisation": branch, "cancel_url": back}
    return render(request, "meetings/form_exemption_create.html", context)


@require_safe
def form_exemption_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = FormExemption.objects.visible_to(request.user).select_related("organisation")
    exemption = get_object_or_404(rows, pk=pk)
    context = {"exemption": exemption, **moving.shown(exemption, request.user)}
    return render(request, "meetings/form_exemption_detail.html", context)


@require_POST
def form_exemption_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    rows = FormExemption.objects.visible_to(request.user).select_related("organisation")
    return moving.moved(request, get_object_or_404(rows, pk=pk), name, actions.move)
