"""Pages of meeting records."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.http import AuthedRequest
from branches.moving import moved
from branches.pages import REFUSALS, words_of
from branches.rights import Right
from meetings import actions
from meetings.filters import MeetingFilter
from meetings.lists import EXPORT_SELECTED, MEETING_COLUMNS, MEETING_READS
from meetings.models import Meeting
from meetings.pages import blank, choices, may_submit, shown
from meetings.plans.pages import asked_before, plan_shown
from meetings.sheet import CorrectionSheet, Sheet
from meetings.states import State
from meetings.unsaved.actions import Behind
from shell import confirm, lists
from shell.asked import asked
from shell.copies import SAVED, copy_of
from workflow.actors import require_any
from workflow.moves import available_moves


@require_safe
def meeting_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(Meeting).visible_to(request.user).records().as_told_to(request.user)
    may = {"may_record": request.user.may(Right.RECORD, None), "may_export": request.user.may(Right.EXPORT, None)}
    page = lists.page(
        request, rows, columns=MEETING_COLUMNS, filters=MeetingFilter, default_sort="-started_at",
        deeds=[EXPORT_SELECTED] if may["may_export"] else [], reads=MEETING_READS,
    )  # fmt: skip
    # How many that leaves out stands in the file: counting them here would cost every look at the list a query.
    may["only_handed_in"] = may["may_export"] and request.user.may(Right.OVERSEE, None)
    return lists.render(request, "meetings/meeting_list.html", page, **may)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.RECORD, None)
    meeting = blank(request)
    if meeting is None:
        return render(request, "meetings/meeting_choose.html", {"choices": choices(request.user)})
    return _write(request, meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Meeting.objects.visible_to(request.user).select_related("organisation", "minutes")
    meeting = get_object_or_404(rows, pk=pk)
    request.user.require(Right.RECORD, meeting)
    if not meeting.is_open:
        messages.info(request, _("This record can no longer be edited: it is “%s”.") % meeting.get_state_display())
        return redirect(meeting)
    return _write(request, meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_revise(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Meeting.objects.visible_to(request.user).select_related("organisation", "minutes")
    meeting = get_object_or_404(rows, pk=pk)
    require_any(request.user, actions.LEADERS, meeting)
    if not any(move.name == "revise" for move in available_moves(meeting, request.user)):
        messages.info(request, _("Only a filed record is corrected: this one is “%s”.") % meeting.get_state_display())
        return redirect(meeting)
    return _write(request, meeting, CorrectionSheet)


@require_safe
def meeting_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    rows = Meeting.objects.visible_to(request.user).select_related("organisation", "host", "recorder", "group")
    meeting = get_object_or_404(rows, pk=pk)
    if meeting.is_plan:
        return render(request, "meetings/plan_detail.html", plan_shown(meeting, request.user))
    return render(request, "meetings/meeting_detail.html", shown(meeting, request.user))


@require_POST
def meeting_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    cautions = asked_before(meeting, request.user) if name == "announce" else {}
    return moved(request, meeting, name, actions.move, cautions)


def _write(request: AuthedRequest, meeting: Meeting, kind: type[Sheet] = Sheet) -> HttpResponse:
    """Show the writing page; on POST save it, hand it in where asked, or show again what was typed with its faults."""
    then = request.POST.get("save", "")
    sheet = kind(
        meeting, request.POST or None, reader=request.user, strict=then == "submit", like_last="like" in request.GET
    )
    if then in sheet.saves and sheet.is_valid():
        return _save(request, sheet, submit=then == "submit")
    return _writing(request, sheet)


def _save(request: AuthedRequest, sheet: Sheet, *, submit: bool) -> HttpResponse:
    try:
        if submit and (page := _question(request, sheet)):
            return page
        sheet.save(actor=request.user, submit=submit, note=request.POST.get("note", ""))
    except (actions.Stale, Behind):
        sheet.meet()
        return _writing(request, sheet, status=409)
    except REFUSALS as refusal:
        sheet.form.add_error(None, words_of(refusal))
        return _writing(request, sheet)
    messages.success(request, _done(sheet.meeting) if submit else _("Draft saved."), extra_tags=SAVED)
    return redirect(sheet.meeting)


def _question(request: AuthedRequest, sheet: Sheet) -> HttpResponse | None:
    """The page that asks before a record is handed in; None where nothing is to ask or it was answered. Raises what
    the actions raise: nobody is asked about a record that is refused afterwards."""
    if not (text := sheet.question()):
        return None
    title, back = _("Submit this record?"), reverse("meeting_list")
    why = _("Reason why it is handed in all the same") if sheet.asks_why and sheet.warnings() else ""
    page = confirm.ask(
        request, title=title, text=text, back=back, label=_("Submit"), rewrite=("save", "again"), note=why
    )
    if page:
        sheet.rehearse(actor=request.user)
    return page


def _done(meeting: Meeting) -> str:
    return _("Submitted and filed.") if meeting.state == State.FILED else _("Submitted.")


def _writing(request: AuthedRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    meeting = sheet.meeting
    context = {
        "sheet": sheet,
        "meeting": meeting,
        "may_submit": may_submit(meeting, request.user),
        "corrects": isinstance(sheet, CorrectionSheet),
        "copy": copy_of(request, "meeting", meeting.pk or request.get_full_path()),
    }
    return render(request, "meetings/meeting_edit.html", context, status=status)
