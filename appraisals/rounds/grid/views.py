"""The grid of a stage: type totals for all branches of a township on one page, and pass the stage for them."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.models import Stage
from appraisals.rounds.grid import actions
from appraisals.rounds.grid.book import book, title
from appraisals.rounds.grid.importing import ImportPage, sheet_of_faults
from appraisals.rounds.grid.pages import GridPage
from appraisals.rounds.grid.place import MOST, TOO_MUCH, Part
from branches.http import AuthedRequest
from shell.address import client_address

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def grid_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    page = GridPage(request, _stage(request, pk))
    if request.method == "POST" and page.take():
        return redirect(request.get_full_path())
    return render(request, "appraisals/grid_edit.html", {"page": page}, status=page.status)


@require_safe
@never_cache
def grid_export(request: AuthedRequest, pk: int) -> HttpResponse:
    """The grid as it is narrowed, as .xlsx to fill in."""
    part = Part(request, _stage(request, pk))
    if part.is_too_much:
        messages.error(request, TOO_MUCH)
        return redirect(f"{reverse('grid_edit', args=[pk])}?under={part.place.pk}")
    lines = part.lines(part.rows[:MOST])
    address = client_address(request)
    actions.note_export(part.stage, part.place, len(lines), actor=request.user, address=address)
    return _file(book(part, lines), f"{title(part)}_{part.place.label}_{timezone.localdate():%Y%m%d}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def grid_import(request: AuthedRequest, pk: int) -> HttpResponse:
    """Send the .xlsx back: first what it would do, then, confirmed, all of it or nothing."""
    page = ImportPage(request, _stage(request, pk))
    if request.method == "POST" and page.take():
        return redirect(reverse("grid_edit", args=[pk]) + page.back)
    return render(request, "appraisals/grid_import.html", {"page": page}, status=page.status)


@require_POST
def grid_faults(request: AuthedRequest, pk: int) -> HttpResponse:
    """What is to be corrected in a file, as a sheet: the file itself is not kept."""
    Part(request, _stage(request, pk))
    return _file(sheet_of_faults(request.POST.get("faults", "")), "代录汇总_须更正.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _stage(request: AuthedRequest, pk: int) -> Stage:
    rows = Stage.objects.visible_to(request.user).select_related("round", "round__organisation")
    return get_object_or_404(rows, pk=pk)
