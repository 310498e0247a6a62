"""The list of a branch to print or to open in Word, for whoever reads all of its problems."""

from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from branches.models import Organisation
from branches.rights import Right
from papers.document import TYPE
from rectification.ledger.board import Narrowed
from rectification.ledger.papers.actions import note_list
from rectification.ledger.papers.sheet import Sheet, document, sheet_of
from rectification.models import Measure
from shell.address import client_address

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
READERS = (Right.READ_BRANCH, Right.OVERSEE)
MOST = 1000  # problems of one branch on paper


@require_safe
@never_cache
def problem_paper(request: AuthedRequest, pk: int) -> HttpResponse:
    """The list as a page to print."""
    branch, sheet, query = _asked(request, pk)
    context: dict[str, Any] = {"organisation": branch, "sheet": sheet, "query": query}
    return render(
        request, "rectification/problem_paper.html", context | {"style": static("branchlife/print-a4-wide.css")}
    )


@require_safe
@never_cache
def problem_word(request: AuthedRequest, pk: int) -> HttpResponse:
    """The list as a Word file."""
    branch, sheet, _query = _asked(request, pk)
    name = quote(f"{branch.name}{request.user.reach.day:%Y年%m月%d日}整改清单.docx")
    headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(document(sheet), content_type=TYPE, headers=headers)


def _asked(request: AuthedRequest, pk: int) -> tuple[Organisation, Sheet, str]:
    """The branch, its list as narrowed by the address, and that address; told to the audit log. Raises Http404,
    PermissionDenied for whoever reads only his own."""
    user = request.user
    branch = get_object_or_404(Organisation.objects.visible_to(user), pk=pk)
    if not any(user.may(right, branch) for right in READERS):
        raise PermissionDenied
    found = Narrowed(request)
    rows = found.rows.plain().in_figures().filter(organisation=branch)
    rows = rows.select_related("organisation", "member", "responsible")
    rows = rows.prefetch_related(Prefetch("measures", Measure.objects.all(), to_attr="lines"))
    what = found.chosen.get("round")
    sheet = sheet_of(branch, rows.order_by("found_on", "pk")[:MOST], user.reach.day, str(what or ""))
    note_list(branch, sheet.title, sheet.count, actor=user, address=client_address(request))
    return branch, sheet, found.query
