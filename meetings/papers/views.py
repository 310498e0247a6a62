"""The record and the sheet to sign, to print or to open in Word: for whoever reads the words of the meeting."""

from datetime import date
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from branches.http import AuthedRequest
from branches.models import User
from branches.rights import Right
from meetings.models import Meeting, Minutes
from meetings.papers import actions
from meetings.papers.forms import FORMS, Form
from meetings.papers.word import SIZES, document
from meetings.states import UPCOMING
from papers.document import TYPE
from shell.address import client_address

HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
@never_cache
def meeting_paper(request: AuthedRequest, pk: int, paper: str, size: str) -> HttpResponse:
    """The form as a page to print, on A4 or A5."""
    meeting, form = _asked(request, pk, paper, size)
    context = {"meeting": meeting, "form": form, "paper": paper, "size": size, "sizes": [*SIZES]}
    return render(request, "meetings/meeting_paper.html", {**context, "style": static(f"branchlife/print-{size}.css")})


@require_safe
@never_cache
def meeting_word(request: AuthedRequest, pk: int, paper: str, size: str) -> HttpResponse:
    """The form as a Word file."""
    meeting, form = _asked(request, pk, paper, size)
    return word_file(form, size, meeting.held_on)


def word_file(form: Form, size: str, day: date) -> HttpResponse:
    """A form as a Word file named after its branch, its day and its title."""
    name = quote(f"{form.branch}{day:%Y年%m月%d日}{form.title}.docx")
    headers = {**HEADERS, "Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return HttpResponse(document(form, size), content_type=TYPE, headers=headers)


def _asked(request: AuthedRequest, pk: int, paper: str, size: str) -> tuple[Meeting, Form]:
    """The meeting and its form filled for this reader, told to the audit log. Raises Http404."""
    if paper not in FORMS or size not in SIZES:
        raise Http404
    rows = Meeting.objects.visible_to(request.user).select_related("organisation", "group", "host", "recorder")
    meeting = get_object_or_404(rows, pk=pk)
    minutes = Minutes.objects.visible_to(request.user).filter(pk=pk).first()
    if minutes is None and not _calls(request.user, meeting, paper):
        raise Http404
    form = FORMS[paper](meeting, minutes, request.user)
    actions.note_paper(meeting, form.title, actor=request.user, address=client_address(request))
    return meeting, form


def _calls(user: User, meeting: Meeting, paper: str) -> bool:
    """True if the paper is the sheet to sign of a meeting still to be held, and this person prepares it."""
    return paper == "sign-in" and meeting.state in UPCOMING and user.may(Right.RECORD, meeting)
