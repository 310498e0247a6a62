"""Pages of checks of study notes."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.http import AuthedRequest
from branches.models import Organisation
from branches.moving import moved
from branches.pages import kept
from branches.rights import Right
from meetings.models import NotesCheck
from meetings.notes import actions, pages
from meetings.notes.filters import NotesFilter
from meetings.notes.forms import CheckForm, FillForm, LookForm
from meetings.notes.lists import NOTES_COLUMNS, NOTES_READS
from meetings.notes.paper import sheet
from meetings.papers.actions import note_paper
from meetings.papers.forms import Form
from meetings.papers.views import word_file
from meetings.papers.word import SIZES
from shell import lists
from shell.address import client_address
from shell.asked import asked
from shell.copies import SAVED, copy_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def notes_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(NotesCheck).visible_to(request.user)
    page = lists.page(
        request, rows, columns=NOTES_COLUMNS, filters=NotesFilter, default_sort="-checked_on", reads=NOTES_READS
    )
    return lists.render(request, "meetings/notes_list.html", page, here=list(pages.places(request.user)[:5]))


@get_or_post
def notes_create(request: AuthedRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    check = NotesCheck(organisation=organisation)
    request.user.require(Right.RECORD, check)
    form = CheckForm(request.POST or None, initial=CheckForm.initial_of(check))
    made: list[NotesCheck] = []
    act = lambda: made.append(actions.open_check(organisation, form.facts(), actor=request.user))  # noqa: E731
    if form.is_valid() and kept(request, form, act, done=_("Opened. Now enter what you find.")):
        return redirect("notes_fill", made[0].pk)
    return render(request, "meetings/notes_edit.html", {"form": form, "check": check})


@get_or_post
def notes_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    check = _to_enter(request, pk)
    form = CheckForm(request.POST or None, initial=CheckForm.initial_of(check))
    if form.is_valid():
        seen = form.cleaned_data["version"] or 0
        if kept(request, form, lambda: actions.amend(check, form.facts(), actor=request.user, seen=seen)):
            return redirect(check)
    return render(request, "meetings/notes_edit.html", {"form": form, "check": check})


@require_safe
def notes_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "meetings/notes_detail.html", pages.shown(_found(request, pk), request.user))


@get_or_post
def notes_fill(request: AuthedRequest, pk: int) -> HttpResponse:
    check = _to_enter(request, pk)
    known, before = pages.people(check, request.user), pages.lines(check, request.user)
    form = FillForm(request.POST or None, check=check, people=[(one.key, one.name) for one in known], lines=before)
    if form.is_valid():
        told = {"correct_by": form.cleaned_data["correct_by"], "seen": form.cleaned_data["version"]}
        if kept(request, form, lambda: actions.fill(check, form.found(), actor=request.user, **told), tags=SAVED):
            return redirect(check)
    rows = [(person, form.fields_of(person.key)) for person in known]
    context = {"form": form, "check": check, "rows": rows, "copy": copy_of(request, "notes", pk)}
    return render(request, "meetings/notes_fill.html", context)


@get_or_post
def notes_look(request: AuthedRequest, pk: int) -> HttpResponse:
    check = _to_enter(request, pk)
    known = [(one.key, one.name) for one in pages.people(check, request.user)]
    form = LookForm(request.POST or None, check=check, people=known, lines=pages.lines(check, request.user))
    if form.is_valid():
        found = form.cleaned_data
        told = {"actor": request.user, "seen": found["version"]}
        if kept(request, form, lambda: actions.look_again(check, found["members"], found["on"], **told)):
            return redirect(check)
    context = {"form": form, "check": check, "cancel_url": check.get_absolute_url()}
    return render(request, "meetings/notes_look.html", context)


@require_POST
def notes_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moved(request, _found(request, pk), name, actions.move)


@require_safe
@never_cache
def notes_paper(request: AuthedRequest, pk: int, size: str) -> HttpResponse:
    """The list as a page to print, on A4 or A5."""
    check, form = _sheet(request, pk, size)
    context = {"check": check, "form": form, "size": size, "sizes": [*SIZES]}
    return render(request, "meetings/notes_paper.html", {**context, "style": static(f"branchlife/print-{size}.css")})


@require_safe
@never_cache
def notes_word(request: AuthedRequest, pk: int, size: str) -> HttpResponse:
    """The list as a Word file."""
    check, form = _sheet(request, pk, size)
    return word_file(form, size, check.checked_on)


def _found(request: AuthedRequest, pk: int) -> NotesCheck:
    rows = NotesCheck.objects.visible_to(request.user).select_related("organisation", "recorded_by")
    return get_object_or_404(rows, pk=pk)


def _to_enter(request: AuthedRequest, pk: int) -> NotesCheck:
    """A check this person enters. Raises Http404, PermissionDenied."""
    check = _found(request, pk)
    request.user.require(Right.RECORD, check)
    return check


def _sheet(request: AuthedRequest, pk: int, size: str) -> tuple[NotesCheck, Form]:
    """The check and its list, for whoever serves the branch; told to the audit log."""
    check = _found(request, pk)
    if size not in SIZES:
        raise Http404
    if not pages.reads_all(check, request.user):
        raise PermissionDenied
    form = sheet(check, request.user)
    note_paper(check, form.title, actor=request.user, address=client_address(request))
    return check, form
