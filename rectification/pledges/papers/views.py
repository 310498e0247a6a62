"""The published pledges of a branch to print or to open in Word: for whoever reads them."""

from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from branches.models import Organisation
from papers.document import TYPE
from rectification.models import Pledge, PledgeReview
from rectification.pledges.papers.sheet import Sheet, document, sheet_of
from rectification.pledges.states import SHOWN_AT_HOME

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
MOST = 500


@require_safe
@never_cache
def pledge_paper(request: AuthedRequest, pk: int) -> HttpResponse:
    """The list as a page to print."""
    branch, sheet = _asked(request, pk)
    context = {"organisation": branch, "sheet": sheet, "style": static("branchlife/print-a4.css")}
    return render(request, "rectification/pledge_paper.html", context)


@require_safe
@never_cache
def pledge_word(request: AuthedRequest, pk: int) -> HttpResponse:
    """The list as a Word file."""
    branch, sheet = _asked(request, pk)
    name = quote(f"{branch.name}公开承诺事项.docx")
    headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(document(sheet), content_type=TYPE, headers=headers)


def _asked(request: AuthedRequest, pk: int) -> tuple[Organisation, Sheet]:
    """The branch and what is published there, as far as this person reads it. Raises Http404, PermissionDenied."""
    user = request.user
    if not user.reach.takes_part:
        raise PermissionDenied
    branch = get_object_or_404(Organisation.objects.visible_to(user), pk=pk)
    rows = Pledge.objects.visible_to(user).filter(organisation=branch, state__in=SHOWN_AT_HOME)
    found = list(rows.select_related("member", "responsible").order_by("whose", "due_on", "pk")[:MOST])
    last = {row.pledge_id: str(row.get_standing_display())
            for row in PledgeReview.objects.visible_to(user).filter(pledge__in=[row.pk for row in found])}  # fmt: skip
    for row in found:
        row.stands = last.get(row.pk, "")
    return branch, sheet_of(branch, found, user.reach.day)
