"""A publication to print or to open in Word: for whoever reads it."""

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from papers.document import TYPE
from rectification.models import Publication, PublicationLine
from rectification.publishing.papers.sheet import Sheet, document, sheet_of

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
@never_cache
def publication_paper(request: AuthedRequest, pk: int) -> HttpResponse:
    """The publication as a page to print."""
    publication, sheet = _asked(request, pk)
    context = {"publication": publication, "sheet": sheet, "style": static("branchlife/print-a4.css")}
    return render(request, "rectification/publication_paper.html", context)


@require_safe
@never_cache
def publication_word(request: AuthedRequest, pk: int) -> HttpResponse:
    """The publication as a Word file."""
    publication, sheet = _asked(request, pk)
    name = quote(f"{publication.title}.docx")
    headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(document(sheet), content_type=TYPE, headers=headers)


def _asked(request: AuthedRequest, pk: int) -> tuple[Publication, Sheet]:
    """The publication and its sheet. Raises Http404."""
    rows = Publication.objects.visible_to(request.user).select_related("organisation")
    publication = get_object_or_404(rows, pk=pk)
    lines = PublicationLine.objects.visible_to(request.user).filter(publication=publication).standing()
    return publication, sheet_of(publication, lines.select_related("problem"))
