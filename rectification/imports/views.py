"""The import of a ledger: choose a file, look at what it would add, confirm."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from branches.http import AuthedRequest
from rectification.imports.pages import ImportPage, template
from rectification.problems.rules import LEADERS
from workflow.actors import require_any

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def problem_import(request: AuthedRequest) -> HttpResponse:
    page = ImportPage(request)
    if request.method == "POST" and page.take():
        told = ngettext("%d problem written down.", "%d problems written down.", page.written) % page.written
        messages.success(request, told)
        return redirect("problem_list")
    return render(request, "rectification/problem_import.html", {"page": page, "form": page.form})


@require_safe
def problem_template(request: AuthedRequest) -> HttpResponse:
    """An empty ledger to fill in."""
    require_any(request.user, LEADERS, None)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote('整改台账_导入模板.xlsx')}"}
    return HttpResponse(template(), content_type=XLSX, headers=headers)
