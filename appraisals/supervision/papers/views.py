"""The letter of a visit, for whoever reads the record; a draft has none."""

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from appraisals.models import Visit, VisitLine
from appraisals.supervision.papers.actions import note_letter
from appraisals.supervision.papers.letter import Letter, document, letter_of
from branches.http import AuthedRequest
from papers.document import TYPE
from shell.address import client_address

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
@never_cache
def visit_paper(request: AuthedRequest, pk: int) -> HttpResponse:
    """The letter as a page to print."""
    visit, letter = _asked(request, pk)
    context: dict[str, Any] = {"visit": visit, "letter": letter, "style": static("branchlife/print-a4.css")}
    return render(request, "appraisals/visit_paper.html", context)


@require_safe
@never_cache
def visit_word(request: AuthedRequest, pk: int) -> HttpResponse:
    """The letter as a Word file."""
    visit, letter = _asked(request, pk)
    name = quote(f"{visit.organisation.name}{visit.visited_on:%Y年%m月%d日}{letter.title}.docx")
    headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(document(letter), content_type=TYPE, headers=headers)


def _asked(request: AuthedRequest, pk: int) -> tuple[Visit, Letter]:
    """The visit and its letter, told to the audit log. Raises Http404."""
    rows = Visit.objects.visible_to(request.user).told().select_related("organisation")
    visit = get_object_or_404(rows, pk=pk)
    lines = VisitLine.objects.visible_to(request.user).filter(visit=visit).select_related("visit").order_by("position")
    letter = letter_of(visit, list(lines))
    note_letter(visit, letter.title, actor=request.user, address=client_address(request))
    return visit, letter
