"""The grid of a stage: type totals for all branches of a township on one page, and pass the stage for them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from appraisals.models import Stage
from appraisals.rounds.grid.pages import GridPage
from branches.http import AuthedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def grid_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    page = GridPage(request, _stage(request, pk))
    if request.method == "POST" and page.take():
        return redirect(request.get_full_path())
    return render(request, "appraisals/grid_edit.html", {"page": page}, status=page.status)


def _stage(request: AuthedRequest, pk: int) -> Stage:
    rows = Stage.objects.visible_to(request.user).select_related("round", "round__organisation")
    return get_object_or_404(rows, pk=pk)
