"""Pages of figures and of the totals typed beside them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches import moving
from branches.http import AuthedRequest
from branches.pages import perform
from figures import actions
from figures.columns import TOTALS, TotalFilter, facts
from figures.forms import TotalForm
from figures.models import TypedTotal
from figures.pages import Asked, Board
from shell import lists
from workflow.actors import require_any


@require_safe
def figure_list(request: AuthedRequest) -> HttpResponse:
    return render(request, "figures/figure_list.html", {"board": Board(request)})


@require_safe
def total_list(request: AuthedRequest) -> HttpResponse:
    rows = TypedTotal.objects.visible_to(request.user).select_related("organisation")
    page = lists.page(request, rows, columns=TOTALS, filters=TotalFilter, default_sort="-typed_at")
    return lists.render(request, "figures/total_list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def total_create(request: AuthedRequest) -> HttpResponse:
    asked = Asked.of(request)
    require_any(request.user, actions.WRITERS, asked.organisation)
    form = TotalForm(request.POST or None, organisation=asked.organisation)
    if form.is_valid() and perform(
        request, lambda: actions.type_total(*asked.told, form.told, actor=request.user), done=_("Saved.")
    ):
        return redirect(asked.back)
    return render(request, "figures/total_create.html", {"asked": asked, "form": form, "cancel_url": asked.back})


@require_safe
def total_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = TypedTotal.objects.visible_to(request.user).select_related("organisation", "summary")
    total = get_object_or_404(rows, pk=pk)
    context = {"total": total, "facts": facts(total), **moving.shown(total, request.user)}
    return render(request, "figures/total_detail.html", context)


@require_POST
def total_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    total = get_object_or_404(TypedTotal.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    return moving.moved(request, total, name, actions.move)
