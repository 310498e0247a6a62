"""The forms as files, for whoever reads the grades; told to the audit log."""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from appraisals.grades.actions.reading import note_form, note_reading
from appraisals.grades.pages import READERS
from appraisals.grades.papers.content import Sheet, sheets_of
from appraisals.grades.papers.forms import FEEDBACK, REGISTER, document
from appraisals.grades.views.grades import PARTS
from appraisals.models import Grade, Grading
from branches.http import AuthedRequest
from papers.document import TYPE
from shell.address import client_address
from workflow.actors import require_any

TITLES = {"register": REGISTER, "feedback": FEEDBACK}
HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
@never_cache
def grading_word(request: AuthedRequest, pk: int, form: str) -> HttpResponse:
    """The forms of all members of a branch, in roster order."""
    rows = Grading.objects.visible_to(request.user).select_related("organisation", "round", "round__organisation")
    grading = get_object_or_404(rows, pk=pk)
    require_any(request.user, READERS, grading)
    _require_form(form)
    sheets = sheets_of(grading, request.user)
    note_reading(grading, _shown(sheets), actor=request.user, address=client_address(request))
    return _file(request, form, grading, sheets, grading.organisation.label)


@require_safe
@never_cache
def grade_word(request: AuthedRequest, pk: int, form: str) -> HttpResponse:
    """The form of one member, also for himself."""
    grade = get_object_or_404(Grade.objects.visible_to(request.user).select_related(*PARTS), pk=pk)
    _require_form(form)
    grading = Grading(organisation=grade.organisation, round=grade.entry.round)
    sheets = sheets_of(grading, request.user, only=grade)
    note_reading(grade, _shown(sheets), actor=request.user, address=client_address(request))
    return _file(request, form, grading, sheets, str(grade))


def _require_form(form: str) -> None:
    """Raises Http404 for a form that there is not."""
    if form not in TITLES:
        raise Http404


def _shown(sheets: list[Sheet]) -> int:
    return sum(bool(sheet.grade and sheet.level) for sheet in sheets)


def _file(request: AuthedRequest, form: str, grading: Grading, sheets: list[Sheet], whose: str) -> HttpResponse:
    note_form(grading, TITLES[form], len(sheets), actor=request.user, address=client_address(request))
    name = quote(f"{whose}{grading.round.year}年度{TITLES[form]}.docx")
    headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(document(form, grading, sheets), content_type=TYPE, headers=headers)
